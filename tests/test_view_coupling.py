"""The view of the plan, through the page as a visitor meets it."""

import numpy as np
import pytest

from tests.pages import plain
from tests.test_page_distances import HOSTILE, figures, fine, open_page

NAME = "The plan"


def text(app) -> str:
    return " ".join(plain(element.value) for kind in (app.markdown, app.caption, app.warning) for element in kind)


def heats(app) -> list[dict]:
    return [trace for figure in figures(app) for trace in figure["figure"]["data"] if trace["type"] == "heatmap"]


def test_the_plans_appear_with_the_guess():
    app = open_page(d_view=NAME)
    assert len(figures(app)) == 2
    assert heats(app) == []
    app.button_group(key="d_plan_guess").set_value("A slanted line").run()
    assert len(heats(fine(app))) == 2
    assert "every bit of P moves by 3." in text(app)


def test_w1_is_the_same_three_ways_and_the_entropic_cost_lies_above():
    app = open_page(d_view=NAME, d_theta="1", d_epsilon="1", d_plan_guess="One spot")
    assert text(app).count("1.0000") >= 4
    assert "cost 1.1592" in text(app)  # so says POT's sinkhorn for the same bins
    assert app.select_slider(key="d_epsilon").value == 1


def test_what_has_not_converged_is_no_distance():
    app = open_page(d_view=NAME, d_theta="0", d_epsilon="0.02", d_plan_guess="One spot")
    assert "Not converged: after 500 iterations at ε = 0.02" in app.warning[0].value
    assert "no cost to trust" in text(app)
    app.select_slider(key="d_epsilon").set_value(1.0).run()
    assert not fine(app).warning


@pytest.mark.parametrize(
    "q", ["Gaussian", "Mixture of two Gaussians", "Uniform", "Laplace", "Point masses", "Real data"]
)
@pytest.mark.parametrize("p", ["Gaussian", "Uniform", "Point masses", "Real data"])
def test_every_pair(p, q):
    app = open_page(d_view=NAME, d_p_family=p, d_q_family=q, d_plan_guess="Just show me")
    for heat in heats(app):
        assert len(heat) > 3
    assert len(heats(app)) == 2


def test_data_on_another_scale_have_epsilons_of_that_scale():
    link = {f"d_{side}_{name}_wine": value for side in "pq" for name, value in (("column", "proline"),)}
    app = open_page(d_view=NAME, d_p_family="Real data", d_q_family="Real data", d_data="Wines", **link)
    slider = app.select_slider(key="d_epsilon_100")
    assert slider.options[-1] == "1000"
    curve = figures(app)[1]["figure"]
    assert np.isfinite(curve["layout"]["yaxis"]["range"]).all()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_senseless_link_opens_the_default(value):
    app = open_page(d_view=NAME, d_epsilon=value, d_plan_guess=value)
    assert app.select_slider(key="d_epsilon").value == 0.1
    assert heats(app) == []


def test_the_code_panel_shows_what_ran():
    app = open_page(d_view=NAME)
    app.session_state["code_that_ran"] = True
    fine(app.run())
    assert any("def area_between_quantiles" in code.value for code in app.code)
