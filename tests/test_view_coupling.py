"""The view of the plan, through the page as a visitor meets it."""

import numpy as np
import pytest

from tests.pages import messages, plain
from tests.test_page_distances import HOSTILE, fine, open_page
from wgan_demo.measures import Gaussian
from wgan_demo.plots.distances import number
from wgan_demo.ui.distances.coupling import EPSILONS, plans

NAME = "The plan"


def text(app) -> str:
    return " ".join(plain(element.value) for kind in (app.markdown, app.caption, app.warning) for element in kind)


def plans_of(app) -> list[list[float]]:
    """The shades of each plan that is drawn."""
    sent = messages(app)
    last = [sent[key][1][-1] for key in ("d_plan_exact", "d_plan_entropic") if key in sent]
    return [arrays["cells 0"] for arrays in last if "cells 0" in arrays]


def prices(app) -> list[list[str]]:
    """The cost of the entropic plan of every epsilon, and how much more that is than W1."""
    return [texts for _, texts in messages(app)["d_plan_entropic"][0]["numbers"]]


def test_the_plans_appear_with_the_guess():
    app = open_page(d_view=NAME)
    assert list(messages(app)) == ["d_plan_exact", "d_quantiles", "d_epsilon_curve"]  # of the plan the margins alone
    assert plans_of(app) == []
    app.button_group(key="d_plan_guess").set_value("A slanted line").run()
    assert len(plans_of(fine(app))) == 2
    assert "every bit of P moves by 3." in text(app)


def test_w1_is_the_same_three_ways_and_the_entropic_cost_lies_above():
    app = open_page(d_view=NAME, d_theta="1", d_epsilon="1", d_plan_guess="One spot")
    assert text(app).count("1.0000") >= 4
    header, _ = messages(app)["d_plan_entropic"]
    assert header["places"][header["at"]] == "1"
    assert prices(app)[0][header["at"]] == "1.1592"  # so says POT's sinkhorn for the same bins


def test_the_numbers_of_every_epsilon_are_those_of_the_solver():
    app = open_page(d_view=NAME, d_theta="0.5", d_plan_guess="One spot")
    *_, path = plans(Gaussian(), Gaussian(0.5, 1), 1.0)
    assert prices(app)[0] == [number(path[epsilon].cost) for epsilon in EPSILONS]


def test_what_has_not_converged_is_no_distance():
    app = open_page(d_view=NAME, d_theta="0", d_epsilon="0.02", d_plan_guess="One spot")
    assert "Not converged: after 500 iterations at ε = 0.02" in app.warning[0].value
    assert [texts[4] for texts in prices(app)] == ["not converged", "no cost to trust"]
    app.session_state["d_epsilon_place"] = 9
    assert not fine(app.run()).warning


@pytest.mark.parametrize(
    "q", ["Gaussian", "Mixture of two Gaussians", "Uniform", "Laplace", "Point masses", "Real data"]
)
@pytest.mark.parametrize("p", ["Gaussian", "Uniform", "Point masses", "Real data"])
def test_every_pair(p, q):
    app = open_page(d_view=NAME, d_p_family=p, d_q_family=q, d_plan_guess="Just show me")
    assert [cells.max() for cells in plans_of(app)] == [255, 255]


def test_data_on_another_scale_have_epsilons_of_that_scale():
    link = {f"d_{side}_{name}_wine": value for side in "pq" for name, value in (("column", "proline"),)}
    app = open_page(d_view=NAME, d_p_family="Real data", d_q_family="Real data", d_data="Wines", **link)
    header, _ = messages(app)["d_epsilon_curve"]
    assert header["places"][-1] == "1000"
    ends = header["panels"][0]["y"]
    assert np.isfinite([ends["low"], ends["high"]]).all()


@pytest.mark.parametrize("value", HOSTILE)
def test_a_senseless_link_opens_the_default(value):
    app = open_page(d_view=NAME, d_epsilon=value, d_plan_guess=value)
    header, _ = messages(app)["d_epsilon_curve"]
    assert header["places"][header["at"]] == "0.1"
    assert plans_of(app) == []


def test_the_code_panel_shows_what_ran():
    app = open_page(d_view=NAME)
    app.session_state["code_that_ran"] = True
    fine(app.run())
    assert any("def area_between_quantiles" in code.value for code in app.code)
