"""The view of two samples, through the page as a visitor meets it."""

import numpy as np
import pytest

from tests.test_page_distances import HOSTILE, figures, fine, open_page
from tests.test_view_coupling import text
from wgan_demo.distances.sampling import floor_constant, noise_floor
from wgan_demo.measures import Gaussian

NAME = "Samples"


def show(app):
    next(button for button in app.button if button.label == "Show me").click().run()
    return fine(app)


def test_the_floor_is_guessed_before_it_is_shown():
    app = open_page(d_view=NAME)
    assert len(figures(app)) == 1
    assert "area" not in str(figures(app)[0])
    show(app)
    assert len(figures(app)) == 2
    mean = noise_floor(Gaussian().measure(), 100, 0, draws=50).mean()
    assert f"You guessed 0.5 for 100 points; the mean is **{mean:.3g}**" in text(app)
    assert f"= {floor_constant(Gaussian().measure()) / 10:.3g} units of x" in text(app)
    assert "50 pairs of samples for each n, seed 0" in text(app)


def test_a_new_draw_is_another_seed():
    app = show(open_page(d_view=NAME, d_seed="99", d_n="1000"))
    assert app.select_slider(key="d_n").value == 1000
    before = figures(app)
    fine(app.button(key="d_new_draw").click().run())
    assert app.slider(key="d_seed").value == 0
    after = figures(app)
    assert before != after
    w1 = noise_floor(Gaussian().measure(), 1000, 0, draws=1)[0]
    assert f"area = {w1:.4f}" in str(after[0])


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
    assert len(figures(app)) == 1


def test_zeros_are_counted():
    app = show(open_page(d_view=NAME, d_p_family="Point masses", d_p_atoms="2"))
    assert "exactly 0 apart" in text(app)


@pytest.mark.parametrize("p", ["Mixture of two Gaussians", "Uniform", "Laplace", "Drawn by you", "Real data"])
def test_every_family(p):
    app = show(open_page(d_view=NAME, d_p_family=p))
    for figure in figures(app)[-2:]:  # above them the bars to be drawn
        assert np.isfinite(figure["figure"]["layout"]["yaxis"]["range"]).all()
    assert ("replacement" in text(app)) == (p == "Real data")


@pytest.mark.parametrize("value", HOSTILE)
def test_a_senseless_link_opens_the_default(value):
    app = open_page(d_view=NAME, d_n=value, d_seed=value)
    assert app.select_slider(key="d_n").value == 100
    assert app.slider(key="d_seed").value == 0


def test_the_code_panel_shows_what_ran():
    app = open_page(d_view=NAME)
    app.session_state["code_that_ran"] = True
    fine(app.run())
    assert any("def noise_floor" in code.value for code in app.code)
    assert not any("sqrt n" in latex.value for latex in app.latex)  # the law would give the guess away
    assert any("def floor_constant" in code.value for code in show(app).code)
