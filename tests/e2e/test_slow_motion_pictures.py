"""Slow motion on pictures in a real browser: by keyboard on a desk, by touch on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.test_slow_motion import picture, title

LOOK = "digits?im_view=In+slow+motion"
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# How many pixels of a part of the picture, [left, upper, right, lower] as shares of it, are of this colour.
COUNT = """(canvas, [[left, upper, right, lower], [red, green, blue]]) => {
  const { width, height } = canvas
  const { data } = canvas.getContext("2d").getImageData(
    left * width, upper * height, (right - left) * width, (lower - upper) * height)
  let found = 0
  for (let i = 0; i < data.length; i += 4)
    found += Math.hypot(data[i] - red, data[i + 1] - green, data[i + 2] - blue) < 60
  return found
}"""
MIDDLE, UNDER = [0.4, 0.06, 0.6, 0.3], [0.4, 0.37, 0.6, 0.61]
AMBER, GREEN, PINK = [230, 159, 0], [26, 168, 129], [209, 134, 175]


def seen(page, part, color) -> int:
    return picture(page).evaluate(COUNT, [part, color])


def test_what_lies_between_and_where_ink_is_wanted_is_drawn_and_u_follows_the_hand(open_page):
    page = open_page(LOOK)
    expect(title(page)).to_have_text("1. Real pictures x", timeout=60_000)  # the worker comes up first
    settle(page)
    assert seen(page, MIDDLE, AMBER) == 0
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(title(page)).to_have_text(re.compile(r"^5\. ∇f"))
    wait_until(page, lambda: seen(page, MIDDLE, AMBER) > 100)
    wait_until(page, lambda: min(seen(page, UNDER, GREEN), seen(page, UNDER, PINK)) > 100)
    way = page.get_by_role("slider", name="u, on the way")
    way.focus()
    before = float(way.input_value())
    page.keyboard.press("ArrowRight")
    page.wait_for_function("u => Math.abs(new URL(location).searchParams.get('im_b_u') - u) < 0.006", arg=before + 0.01)
    expect(title(page)).to_have_text(re.compile(r"^5\."))  # the arrow was the slider's
    page.keyboard.press("ArrowLeft")  # back at the step's own
    page.wait_for_function("!new URL(location).searchParams.has('im_b_u')")


@pytest.mark.parametrize("size", SIZES)
def test_picture_words_and_next_are_seen_and_the_iteration_is_really_taken(browser, app_url, size):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=size == "phone")
    page = context.new_page()
    page.goto(f"{app_url}/{LOOK}&im_b_piece=norm&im_b_sample=2")
    page.get_by_role("button", name="Above 1").click(timeout=60_000)
    expect(title(page)).to_have_text("6. Its norm, against 1")
    settle(page)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    bar = page.locator(".st-key-run_bar").bounding_box()
    low = bar["y"] if size == "phone" else height
    for part in (picture(page), page.get_by_role("button", name="Next →")):
        box = part.bounding_box()
        assert box["y"] + box["height"] <= low
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    page.get_by_role("button", name="Next iteration").click()
    expect(page.get_by_text("Iteration 501 is taken")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Changing the picture of sample 2")).to_be_visible()  # it has norms of its own
    context.close()
