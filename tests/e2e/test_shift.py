"""Theta under the hand: Q is dragged, and numbers, area and charts follow without asking the server."""

import base64

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import settle
from tests.e2e.test_distances import expect_numbers
from wgan_demo.distances import at_theta
from wgan_demo.measures import Gaussian, PointMasses, Uniform
from wgan_demo.plots.distances import number
from wgan_demo.plots.shift import pack, parts
from wgan_demo.ui.distances.pair import METRICS

READ = """async ({ valueAt, number }, { text, at }) => {
  const { decode } = await import(new URL("app/static/message.js", document.baseURI).href)
  const { groups } = decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)))
  const curves = Object.fromEntries(Object.entries(groups[1]).map(([name, { array }]) => [name, array]))
  const all = (xs) => Object.fromEntries(Object.keys(curves).map((name) =>
    [name, Array.from(xs, (x) => String(valueAt(curves.theta, curves[name], x)))]))
  return { grid: all(curves.theta), between: all(at) }
}"""
PAIRS = {
    "Gaussians": (Gaussian(0, 1), Gaussian(0, 2)),
    "uniforms": (Uniform(0, 1), Uniform(0, 1)),
    "atoms": (PointMasses((0.0, 1.0), (1, 1)), PointMasses((0.0,), (1,))),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_browser_has_python_s_values_at_every_theta_of_the_grid(call, name):
    pair = at_theta.Pair(*PAIRS[name])
    curves = at_theta.curves(pair.p, pair.q, pair.theta_max)
    text = base64.b64encode(pack(parts(pair, curves), {"theta": 0.0})).decode()
    middle = ((curves.theta[1:] + curves.theta[:-1]) / 2).tolist()
    found = call("shift/curves.js", READ, {"text": text, "at": middle})
    for key, values in curves.values.items():
        np.testing.assert_array_equal(np.array(found["grid"][key], float), values)
        between = np.array(found["between"][key], float)
        ends = np.stack([values[1:], values[:-1]])
        finite = np.isfinite(ends).all(axis=0)
        np.testing.assert_allclose(between[finite], ends.mean(axis=0)[finite], rtol=1e-12)
        assert np.isinf(between[np.isinf(ends).any(axis=0)]).all()


def test_numbers_are_written_as_python_writes_them(call):
    values = [0.0, 1e-7, 0.000743, 0.0099, 0.01, 0.5, 3.0, 9.9999, 10.0, 16.8204, 612.5, 12345.678, 1234567.8]
    found = call("shift/curves.js", "({ number }, values) => values.map(number)", values)
    assert found[2:] == [number(value) for value in values][2:]
    assert call("shift/curves.js", "({ number }) => number(Infinity)") == "∞"


COUNT = """() => {
  window.draws = 0
  const node = document.querySelector(".st-key-d_shift [data-testid=stBidiComponentRegular], .st-key-d_shift")
  const root = [...node.querySelectorAll("*")].find((one) => one.shadowRoot)?.shadowRoot ?? node
  const watch = { attributes: true, attributeFilter: ["transform"] }
  new MutationObserver(() => (window.draws += 1)).observe(root.querySelector(".hand"), watch)
}"""


def middle(page) -> tuple[float, float]:
    box = page.locator(".hand .grip").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_drag_redraws_without_asking_and_what_is_let_go_is_exact(open_page):
    page = open_page("distances")
    expect_numbers(page, w1="3.0000")
    settle(page)
    page.evaluate(COUNT)
    page.evaluate("""() => { const send = WebSocket.prototype.send; window.sent = 0
      WebSocket.prototype.send = function (...data) { window.sent += 1; return send.apply(this, data) } }""")
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    for i in range(60):
        page.mouse.move(x + 2 * (i + 1), y)
        page.evaluate("new Promise(requestAnimationFrame)")
    assert page.evaluate("window.draws") >= 30
    assert page.evaluate("window.sent") == 0
    expect(page.locator(".shift dd:not(.slope)").first).not_to_have_text("3.0000")
    page.mouse.up()
    page.wait_for_function("new URL(location).searchParams.get('d_theta')")
    settle(page)
    theta = float(page.evaluate("new URL(location).searchParams.get('d_theta')"))
    assert theta > 3
    pair = at_theta.Pair(Gaussian(0, 1), Gaussian(0, 1)).at(theta)
    expect_numbers(page, **{name: number(pair.values[name]) for name in METRICS})


def test_arrow_keys_move_q_by_the_slider_s_step(open_page):
    page = open_page("distances")
    hand = page.locator(".hand")
    expect(hand).to_have_attribute("aria-valuenow", "3")
    hand.focus()
    hand.press("ArrowRight")
    hand.press("PageUp")
    expect_numbers(page, w1="4.1000")
    page.wait_for_function("new URL(location).searchParams.get('d_theta') === '4.1'")


def test_the_hand_goes_back_to_where_it_let_go_before_the_slider_was_moved(open_page):
    page = open_page("distances")
    hand, slider = page.locator(".hand"), page.get_by_role("slider", name="θ: how far")
    for node, key, theta in ((hand, "ArrowRight", "3.1"), (slider, "ArrowRight", "3.2"), (hand, "ArrowLeft", "3.1")):
        node.press(key)
        page.wait_for_function("theta => new URL(location).searchParams.get('d_theta') === theta", arg=theta)
        expect(hand).to_have_attribute("aria-valuenow", theta)
        settle(page)


def test_the_marks_of_the_charts_follow(open_page):
    page = open_page("distances?d_guess=KL")
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot:has(.main-svg)').length === 3")
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y)
    page.mouse.move(x + 90, y)
    page.wait_for_function("document.querySelector('.js-plotly-plot').layout.shapes[0].x0 > 3.2")
    page.mouse.up()
