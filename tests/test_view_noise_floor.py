"""The view of two samples, through the page as a visitor meets it."""

import numpy as np
import pytest

from tests.pages import messages
from tests.test_page_distances import HOSTILE, fine, open_page
from tests.test_view_coupling import text
from wgan_demo.distances.one_dim import wasserstein
from wgan_demo.distances.sampling import floor_constant, noise_floor, two_samples
from wgan_demo.measures import DiscreteMeasure, Gaussian
from wgan_demo.plots.distances import number
from wgan_demo.ui.distances.noise_floor import SIZES

NAME = "Samples"


def show(app):
    next(button for button in app.button if button.label == "That is my guess").click().run()
    return fine(app)


def test_the_floor_is_guessed_before_it_is_shown():
    app = open_page(d_view=NAME)
    assert list(messages(app)) == ["d_samples"]
    header, _ = messages(app)["d_samples"]
    assert "areas" not in header["panels"][0]
    assert not header["sentence"]
    show(app)
    assert list(messages(app)) == ["d_samples", "d_floor"]
    mean = noise_floor(Gaussian().measure(), 100, 0, draws=50).mean()
    assert f"You guessed 0.5 for 100 points; the mean is **{mean:.3g}**" in text(app)
    assert f"= {floor_constant(Gaussian().measure()) / 10:.3g} units of x" in text(app)
    assert "50 pairs of samples for each n, seed 0" in text(app)


def test_a_new_draw_is_another_seed():
    app = show(open_page(d_view=NAME, d_seed="99", d_n="1000"))
    before, _ = messages(app)["d_samples"]
    assert before["places"][before["at"]] == "1000"
    fine(app.button(key="d_new_draw").click().run())
    assert app.slider(key="d_seed").value == 0
    after, _ = messages(app)["d_samples"]
    assert before["sentence"] != after["sentence"]


def test_the_numbers_of_every_n_are_those_of_the_samples_that_are_drawn():
    app = show(open_page(d_view=NAME, d_seed="7"))
    header, _ = messages(app)["d_samples"]
    for n, said in zip(SIZES, header["sentence"], strict=True):
        samples = two_samples(Gaussian().measure(), n, 7)[0]
        assert f"W₁ = {number(wasserstein(*map(DiscreteMeasure.uniform, samples)))} units" in said


def test_it_says_from_which_n_on_p_and_q_can_be_told_apart():
    app = show(open_page(d_view=NAME))
    assert "W₁(P, Q) = 3 is above all 50 draws already with n = 10." in text(app)
    app.slider(key="d_theta").set_value(0.1).run()
    assert "above all 50 draws from n = " in text(fine(app))
    app.slider(key="d_theta").set_value(0.0).run()
    assert "no number of points tells them apart" in text(fine(app))
    app = show(open_page(d_view=NAME, d_theta="0.1", d_p_std="5", d_q_std="5"))
    needed = (floor_constant(Gaussian(0, 5).measure()) / 0.1) ** 2
    assert f"n ≈ {needed:,.0f}" in text(app)


def test_a_single_point_has_no_noise():
    app = open_page(d_view=NAME, d_p_family="Point masses")
    assert "single point" in app.info[0].value
    assert list(messages(app)) == ["d_samples"]


def test_zeros_are_counted():
    app = show(open_page(d_view=NAME, d_p_family="Point masses", d_p_atoms="2"))
    assert "exactly 0 apart" in text(app)


@pytest.mark.parametrize("p", ["Mixture of two Gaussians", "Uniform", "Laplace", "Drawn by you", "Real data"])
def test_every_family(p):
    app = show(open_page(d_view=NAME, d_p_family=p))
    for key in ("d_samples", "d_floor"):
        header, _ = messages(app)[key]
        assert all(np.isfinite([panel["y"]["low"], panel["y"]["high"]]).all() for panel in header["panels"])
    assert ("replacement" in text(app)) == (p == "Real data")


@pytest.mark.parametrize("value", HOSTILE)
def test_a_senseless_link_opens_the_default(value):
    app = open_page(d_view=NAME, d_n=value, d_seed=value)
    header, _ = messages(app)["d_samples"]
    assert header["places"][header["at"]] == "100"
    assert app.slider(key="d_seed").value == 0


def test_the_code_panel_shows_what_ran():
    app = open_page(d_view=NAME)
    app.session_state["code_that_ran"] = True
    fine(app.run())
    assert any("def noise_floor" in code.value for code in app.code)
    assert not any("sqrt n" in latex.value for latex in app.latex)  # the law would give the guess away
    assert any("def floor_constant" in code.value for code in show(app).code)
