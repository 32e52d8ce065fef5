"""Drawing pictures of one's own by mouse, by thumb and by keyboard, and finding them again in the link."""

import re

from playwright.sync_api import expect

from tests.browser import settle
from tests.e2e.hand import drag, swipe

LINK = "digits?im_view=Your+own"


def pad(page):
    area = page.locator(".pad .square").bounding_box()
    return lambda x, y: (area["x"] + x * area["width"], area["y"] + y * area["height"])


def count(page) -> int:
    return int(re.match(r"\d+", page.locator(".pad .status").inner_text())[0])


def expect_pictures(page, n: int) -> None:
    expect(page.locator(".pad .status")).to_have_text(re.compile(rf"^{n} pictures?\b"))


def press(page, name: str) -> None:
    page.locator(".pad").get_by_role("button", name=name).click()


def test_a_mouse_draws_one_picture_after_the_other_and_the_link_keeps_them(open_page):
    page = open_page(LINK)
    press(page, "Clear all")
    expect_pictures(page, 0)
    for n in range(2):
        at = pad(page)
        drag(page, at(0.1, 0.2 + 0.3 * n), at(0.9, 0.2 + 0.3 * n))
        expect_pictures(page, n + 1)
        press(page, "Next picture")
    expect(page.get_by_text("Draw 18 more")).to_be_visible()
    page.wait_for_function("location.search.includes('my_pictures=')")
    settle(page)
    expect(page.locator(".st-key-run_bar").get_by_role("button", name="Start")).to_be_disabled()
    page.reload()
    settle(page)
    expect_pictures(page, 2)
    strip = page.locator(".pad .strip").bounding_box()
    page.mouse.click(strip["x"] + strip["width"] / 16, strip["y"] + 10)
    expect(page.locator(".pad .status")).to_contain_text("picture 1 is on the pad")
    press(page, "Remove")
    expect_pictures(page, 1)
    press(page, "Undo")
    expect_pictures(page, 2)
    settle(page)


def test_the_keyboard_inks_pixels_and_undo_outlives_another_view(open_page):
    page = open_page(LINK)
    before = count(page)
    page.locator(".pad .square").focus()
    for key in ("ArrowUp", "Enter", "ArrowRight", "Enter", "n", "Enter"):
        page.keyboard.press(key)
    expect_pictures(page, before + 2)
    settle(page)
    for look, there in (("Side by side", 0), ("Your own", 1)):
        page.get_by_text(look, exact=True).click()
        expect(page.locator(".pad")).to_have_count(there)
        settle(page)
    expect_pictures(page, before + 2)
    page.locator(".pad .square").focus()
    for left in (1, 1, 0):  # of the first picture the second pixel goes first
        page.keyboard.press("Delete")
        expect_pictures(page, before + left)
    settle(page)


def test_a_thumb_draws_and_the_page_stays_put(open_page, handheld):
    page = open_page(LINK, tab=handheld)
    page.locator(".pad .square").scroll_into_view_if_needed()
    settle(page)
    at, before = pad(page), count(page)
    swipe(page, at(0.2, 0.9), at(0.2, 0.3))
    expect_pictures(page, before + 1)
    settle(page)
    assert pad(page)(0, 0) == at(0, 0)
