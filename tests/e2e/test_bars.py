"""Bars under a real hand, on the Distances page: mouse, thumb and keyboard, seen in bars, numbers and link."""

import pytest
from playwright.sync_api import expect

from tests.browser import settle
from wgan_demo.ui.components.bars import bars_text

FLAT = (5.0,) * 12
LINK = f"distances?d_p_family=Drawn+by+you&d_theta=0&d_p_bars={bars_text(FLAT).replace(' ', '+')}"
TOP = 10


def column(page, bar):
    return page.locator(".column").nth(bar)


def place(page, bar, height):
    """The point of the screen where this bar would have this height."""
    area = column(page, bar).bounding_box()
    return area["x"] + area["width"] / 2, area["y"] + area["height"] * (1 - height / TOP)


def expect_heights(page, heights):
    """Bars, what they say, and the link all have these heights."""
    for bar, height in enumerate(heights):
        expect(column(page, bar)).to_have_attribute("aria-valuenow", f"{height:g}")
        expect(column(page, bar).locator(".value")).to_have_text(f"{height:g}")
    page.wait_for_function("text => new URL(location).searchParams.get('d_p_bars') === text", arg=bars_text(heights))


def changed(bars, heights=FLAT):
    """The heights with some bars, {place: height}, at others."""
    return tuple(float(bars.get(bar, height)) for bar, height in enumerate(heights))


@pytest.fixture
def drawn(open_page):
    page = open_page(LINK)
    column(page, 11).scroll_into_view_if_needed()
    settle(page)
    return page


def test_the_link_brings_back_the_drawing(drawn):
    expect_heights(drawn, FLAT)
    assert column(drawn, 0).bounding_box()["height"] > 100


def test_the_mouse_drags_a_bar_and_a_click_sets_one(drawn):
    drawn.mouse.move(*place(drawn, 3, 5))
    drawn.mouse.down()
    drawn.mouse.move(*place(drawn, 3, 9), steps=5)
    expect_heights(drawn, changed({3: 9}))  # the page follows before the button is let go
    drawn.mouse.move(*place(drawn, 3, 30))
    drawn.mouse.up()
    expect_heights(drawn, changed({3: 10}))
    drawn.mouse.click(*place(drawn, 7, 2))
    expect_heights(drawn, changed({3: 10, 7: 2}))


def test_numbers_and_picture_follow_the_drawing(drawn):
    before = drawn.locator(".shift dd:not(.slope)").first.inner_text()
    drawn.mouse.click(*place(drawn, 11, 10))
    expect(drawn.locator(".shift dd:not(.slope)").first).not_to_have_text(before)


def test_a_fast_sweep_leaves_no_bar_out(drawn):
    drawn.mouse.move(*place(drawn, 0, 0))
    drawn.mouse.down()
    drawn.mouse.move(*place(drawn, 10, 10))  # one jump of the pointer
    drawn.mouse.up()
    expect_heights(drawn, changed({bar: bar for bar in range(11)}))
    drawn.keyboard.press("ArrowDown")  # the keyboard goes on where the hand was
    expect_heights(drawn, changed({bar: min(bar, 9) for bar in range(11)}))


def test_the_keyboard_alone_draws(drawn):
    column(drawn, 0).focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "PageUp", "ArrowRight", "PageDown", "ArrowRight", "Home"):
        drawn.keyboard.press(key)
    drawn.keyboard.press("Tab")
    for key in ("End", "ArrowDown", "c", "r"):  # the letters are the app's hotkeys
        drawn.keyboard.press(key)
    expect_heights(drawn, changed({0: 7, 1: 10, 2: 0, 3: 0, 4: 9}))
    expect(drawn.get_by_role("dialog")).to_have_count(0)
    expect(drawn.get_by_role("slider", name="4", exact=True)).to_have_attribute("aria-valuetext", "9 of 10")


def test_all_zero_says_so_and_the_last_drawing_counts(drawn):
    drawn.mouse.click(*place(drawn, 0, 9))
    expect_heights(drawn, changed({0: 9}))
    drawn.mouse.move(*place(drawn, 0, 0))
    drawn.mouse.down()
    drawn.mouse.move(*place(drawn, 11, 0))
    drawn.mouse.up()
    drawn.get_by_text("All bars of P are 0: raise one.").wait_for()
    settle(drawn)
    expect(drawn.locator(".shift dd:not(.slope)")).to_have_count(7)
    drawn.mouse.click(*place(drawn, 4, 3))
    expect_heights(drawn, changed({4: 3}, (0.0,) * 12))
    expect(drawn.get_by_text("All bars of P are 0")).to_have_count(0)


def swipe(page, points):
    thumb = page.context.new_cdp_session(page)
    for i, (x, y) in enumerate(points):
        kind = "touchMove" if i else "touchStart"
        thumb.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    thumb.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(page)


def test_a_thumb_on_a_bar_draws_and_beside_the_bars_it_scrolls(open_page, handheld):
    page = open_page(LINK, tab=handheld)
    column(page, 0).scroll_into_view_if_needed()
    assert column(page, 0).bounding_box()["width"] >= 24
    top = "document.querySelector('[data-testid=stMain]').scrollTop"
    before = page.evaluate(top)
    swipe(page, [place(page, 2, 9 - step) for step in range(9)])
    assert page.evaluate(top) == before
    expect_heights(page, changed({2: 1}))
    swipe(page, [place(page, 4, 8), place(page, 6, 8), place(page, 8, 8)])
    expect_heights(page, changed({2: 1} | dict.fromkeys(range(4, 9), 8)))
    x, y = place(page, 0, 0)
    swipe(page, [(x, y + 60 - 15 * step) for step in range(8)])
    page.wait_for_function(f"{top} > {before} + 40")
    expect_heights(page, changed({2: 1} | dict.fromkeys(range(4, 9), 8)))
