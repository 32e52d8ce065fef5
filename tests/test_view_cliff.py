"""The view of infinite KL, through the page as a visitor meets it: every sentence is about the numbers shown."""

import pytest

from tests.pages import messages
from tests.test_page_distances import HOSTILE, fine, open_page, upload
from tests.test_view_coupling import text
from wgan_demo.distances import smoothing
from wgan_demo.measures import Gaussian
from wgan_demo.plots.distances import number
from wgan_demo.ui.distances.cliff import EPSILONS, bins_to

NAME = "When KL is infinite"
GUESS = {"d_cliff_guess": "Still infinity"}
UNIFORM = {"d_p_family": "Uniform", "d_q_family": "Uniform"}


def sentence(app) -> str:
    header, _ = messages(app)["d_smoothed_bins"]
    return header["sentence"][header["at"]] if header["sentence"] else ""


def test_between_gaussians_it_says_that_kl_is_finite_and_becomes_too_low():
    app = open_page(d_view=NAME, **GUESS)
    assert "true KL(P‖Q) is 4.5000 nats, finite" in sentence(app)
    assert "no harm done yet" in sentence(app)
    assert "At θ = 35 the true one is 612.5 nats, the smoothed one 14." in sentence(app)
    app.slider(key="d_theta").set_value(30.0).run()
    assert "450 nats, finite; in bins and with ε it is 14." in sentence(fine(app))
    assert ", 3.3" in sentence(app)  # per cent of it


def test_an_infinite_kl_is_said_to_be_infinite():
    app = open_page(d_view=NAME, **UNIFORM, **GUESS, d_smoothing="1e-12")
    assert "KL(P‖Q) is infinite, and ε = 1e-12 makes 2" in sentence(app)
    header, _ = messages(app)["d_cliff"]
    assert header["panels"][0]["y"]["marks"][-1][1] == "∞"
    assert "No false infinity" not in text(app)


def test_the_number_follows_epsilon_and_not_theta():
    app = open_page(d_view=NAME, **UNIFORM, **GUESS, d_theta="5")
    said = sentence(app)
    app.slider(key="d_theta").set_value(20.0).run()
    assert sentence(fine(app)) == said
    app.session_state["d_smoothing_place"] = 8
    assert sentence(fine(app.run())) != said
    assert app.query_params["d_smoothing"] == "1e-4"


def test_numbers_and_sentences_of_every_epsilon_are_those_of_the_solver():
    app = open_page(d_view=NAME, **GUESS)
    edges, of_p, *_ = bins_to(Gaussian(), Gaussian(), 35.0)
    of_q = smoothing.bin_masses(Gaussian(3, 1), edges)
    header, _ = messages(app)["d_cliff"]
    exact = [number(float(smoothing.smoothed_kl(of_p, of_q, epsilon))) for epsilon in EPSILONS]
    assert header["numbers"][1] == ["with ε added, nats", exact]
    bins, _ = messages(app)["d_smoothed_bins"]
    assert all(text in said for text, said in zip(exact, bins["sentence"], strict=True))


def test_2450_nats_are_not_infinite():
    said = text(open_page(d_view=NAME, d_theta="35", d_p_std="0.5", d_q_std="0.5"))
    assert "From log densities KL(P‖Q) = 2,450 nats" in said
    assert "comes out as **∞**" in said


def test_both_numbers_called_js_are_named():
    said = text(open_page(d_view=NAME, **UNIFORM))
    assert "the divergence, 0.6931 nats" in said
    assert "0.8326 √nats" in said


def test_p_equal_to_q():
    assert "0.0000" in sentence(open_page(d_view=NAME, d_theta="0", **GUESS))


@pytest.mark.parametrize(
    "q", ["Gaussian", "Mixture of two Gaussians", "Uniform", "Laplace", "Point masses", "Drawn by you", "Real data"]
)
@pytest.mark.parametrize("p", ["Gaussian", "Point masses", "Drawn by you", "Real data"])
def test_every_pair(p, q):
    app = open_page(d_view=NAME, d_p_family=p, d_q_family=q, d_cliff_guess="Still infinity")
    assert "no bin is empty" in text(app)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_senseless_link_opens_the_default(value):
    app = open_page(d_view=NAME, d_smoothing=value, d_cliff_guess=value)
    header, _ = messages(app)["d_smoothed_bins"]
    assert header["places"][header["at"]] == "1e-8"


def test_the_code_panel_shows_what_ran():
    app = open_page(d_view=NAME)
    app.session_state["code_that_ran"] = True
    fine(app.run())
    assert any("def naive_kl" in code.value for code in app.code)


def test_a_flat_end_is_called_flat_also_where_bins_and_edges_do_not_fit():
    said = sentence(open_page(d_view=NAME, d_p_family="Laplace", d_q_family="Uniform", d_smoothing="1e-2", **GUESS))
    assert "nats and flat" in said
    said = sentence(open_page(d_view=NAME, d_p_std="5", d_q_std="5", d_smoothing="1e-12", **GUESS))
    assert "still changing" in said


def test_nothing_gives_the_guess_away():
    app = open_page(d_view=NAME)
    assert list(messages(app)) == ["d_smoothed_bins"]
    assert not app.success
    assert sentence(app) == ""


@pytest.mark.parametrize("cells", ["5 5", "0 0", "1e-30 3e-30", "1e29 3e29", "1e15 1000000000000001"])
@pytest.mark.parametrize("p", ["Real data", "Gaussian"])
def test_odd_scales_of_data(cells, p):
    app = open_page(d_view=NAME, d_p_family=p, d_q_family="Real data", d_data="Upload a CSV", **GUESS)
    upload(app, f"a {cells}".replace(" ", "\n").encode())
    assert "nan" not in text(app) + sentence(app)
