"""Example 1 of the WGAN paper: its closed forms, computed by the solvers, and the view that shows them."""

import json
from base64 import b64decode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import components, plain
from wgan_demo.distances.divergences import LN2
from wgan_demo.distances.exact import solve_exact
from wgan_demo.distances.parallel_lines import segment_curves, segments
from wgan_demo.plots.parallel_lines import broken_at_0, segments_figure

THETA = np.array([-1, -0.35, -0.05, 0, 1e-4, 0.5, 1])


def test_the_paper_s_closed_forms():
    curves, apart = segment_curves(THETA), THETA != 0
    np.testing.assert_allclose(curves.values["w1"], np.abs(THETA), atol=1e-12)
    np.testing.assert_allclose(curves.values["js"], LN2 * apart, atol=1e-12)
    np.testing.assert_allclose(curves.values["tv"], 1.0 * apart, atol=1e-12)
    np.testing.assert_array_equal(curves.values["kl"], np.where(apart, np.inf, 0))


def test_only_w1_has_a_slope_to_follow():
    slopes, apart = segment_curves(THETA).slopes, THETA != 0
    np.testing.assert_allclose(slopes["w1"], np.where(THETA < 0, -1, 1), atol=1e-6)
    for key in ("js", "tv"):
        np.testing.assert_allclose(slopes[key], np.where(apart, 0, np.nan), atol=1e-6, err_msg=key)
    assert np.isnan(slopes["kl"]).all()


@pytest.mark.parametrize("points", [1, 2, 7, 50])
def test_the_number_of_points_does_not_matter(points):
    plan = solve_exact(*segments(0.3, points=points))
    assert plan.value == pytest.approx(0.3)
    np.testing.assert_allclose(plan.coupling, np.eye(points) / points, atol=1e-12)


@pytest.mark.parametrize("theta", [-0.7, 0.05])
def test_every_arrow_of_the_picture_is_level_and_theta_long(theta):
    arrows = segments_figure(solve_exact(*segments(theta))).data[0]
    x, y = np.reshape(arrows.x, (-1, 3)), np.reshape(arrows.y, (-1, 3))
    assert len(x) == 20
    np.testing.assert_allclose(x[:, 1] - x[:, 0], theta)
    np.testing.assert_allclose(y[:, 1], y[:, 0])


def test_what_does_not_move_has_no_arrow():
    assert len(segments_figure(solve_exact(*segments(0))).data[0].x) == 0


def test_the_slope_of_w1_is_broken_at_0_and_not_slanted():
    curves = broken_at_0(segment_curves(np.array([-0.5, 0.0, 0.5])))
    np.testing.assert_array_equal(curves.theta, [-0.5, 0, 0, 0, 0.5])
    np.testing.assert_allclose(curves.slopes["w1"], [-1, -1, np.nan, 1, 1], atol=1e-6)
    np.testing.assert_allclose(curves.values["w1"], [0.5, 0, 0, 0, 0.5], atol=1e-12)


def page():
    from wgan_demo.ui.distances import parallel_lines

    parallel_lines.show()


def open_view(**link) -> AppTest:
    at = AppTest.from_function(page, default_timeout=30)
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def figures(at) -> list[dict]:
    return [json.loads(element.proto.json)["figure"] for element in components(at)]


def test_numbers_and_curves_wait_for_the_guess():
    at = open_view()
    assert len(figures(at)) == 1
    assert not at.metric
    assert not at.success
    at.button_group(key="d_lines_guess").set_value("W₁ alone").run()
    assert not at.exception
    assert [metric.value for metric in at.metric] == ["0.5000", "∞", "0.6931", "1.0000"]
    assert len(figures(at)) == 4
    assert any(
        "W₁ falls from 0.5000 to 0.1000. KL stays at ∞, JS at 0.6931" in plain(text.value) for text in at.markdown
    )


@pytest.mark.parametrize(("theta", "numbers"), [("0", ["0.0000"] * 4), ("-0.4", ["0.4000", "∞", "0.6931", "1.0000"])])
def test_a_link_brings_back_place_and_answer(theta, numbers):
    at = open_view(d_lines_theta=theta, d_lines_guess="All four")
    assert [metric.value for metric in at.metric] == numbers
    lines, w1, kl, js = figures(at)
    place = lines["data"][2]["x"]  # of each point of Q, as base64
    np.testing.assert_array_equal(np.frombuffer(b64decode(place["bdata"]), place["dtype"]), float(theta))
    assert kl["data"][-2]["x"] == [float(theta)]
    for panel in (w1, kl, js):
        low, high = panel["layout"]["xaxis"]["range"]
        assert low < -1
        assert high == 1


@pytest.mark.parametrize("value", ["abc", "nan", "5", "<b>", ""])
def test_a_senseless_link_opens_the_first_question(value):
    at = open_view(d_lines_theta=value, d_lines_guess=value)
    assert at.slider(key="d_lines_theta").value == 0.5
    assert not at.metric
