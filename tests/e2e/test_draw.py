"""Drawing the data of a run by mouse, by thumb and by keyboard, and finding it again in the link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.hand import drag, swipe

LINK = "training?tr_data=Drawn+by+you"


def square(page):
    area = page.locator(".draw .square").bounding_box()
    return lambda x, y: (area["x"] + x * area["width"], area["y"] + y * area["height"])


def count(page) -> int:
    return int(re.match(r"\d+", page.locator(".draw .status").inner_text())[0])


def expect_points(page, n: int) -> None:
    expect(page.locator(".draw .status")).to_have_text(re.compile(rf"^{n} points?\b"))


def test_a_mouse_sprinkles_points_undo_takes_the_line_back_and_the_link_keeps_it(open_page):
    page = open_page(LINK)
    before = count(page)
    at = square(page)
    drag(page, at(0.1, 0.1), at(0.9, 0.1))
    page.wait_for_function("location.search.includes('tr_points=')")
    settle(page)
    drawn = count(page)
    assert before + 20 < drawn < before + 32
    page.reload()
    settle(page)
    expect_points(page, drawn)
    page.get_by_role("button", name="Clear").click()
    page.get_by_text("Draw some points").wait_for()
    expect(page.get_by_role("button", name=re.compile("Start"))).to_be_disabled()
    page.get_by_role("button", name="Undo").click()
    expect_points(page, drawn)
    expect(page.get_by_role("button", name=re.compile("Start"))).to_be_enabled()


def test_what_can_be_undone_is_kept_while_something_else_is_looked_at(open_page):
    page = open_page(LINK)
    before = count(page)
    page.locator(".draw .square").focus()
    page.keyboard.press("Enter")
    expect_points(page, before + 1)
    settle(page)
    for look, there in (("One iteration in slow motion", 1), ("The whole run", 0)):
        page.get_by_text(look, exact=True).click()
        expect(page.locator(".st-key-tr_walk")).to_have_count(there)
        settle(page)
        expect_points(page, before + 1)
        expect(page.locator(".draw").get_by_role("button", name="Undo")).to_be_enabled()
    page.locator(".draw").get_by_role("button", name="Undo").click()
    expect_points(page, before)


def test_the_keyboard_sets_points(open_page):
    page = open_page(LINK)
    before = count(page)
    page.locator(".draw .square").focus()
    for key in ("ArrowUp", "ArrowUp", "Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect_points(page, before + 2)
    page.keyboard.press("Delete")
    expect_points(page, before + 1)


def test_a_thumb_draws_and_the_page_stays_put(open_page, handheld):
    page = open_page(LINK, tab=handheld)
    page.locator(".draw .square").scroll_into_view_if_needed()
    settle(page)
    at, before = square(page), count(page)
    swipe(page, at(0.2, 0.9), at(0.2, 0.26))
    wait_until(page, lambda: count(page) > before + 8)
    settle(page)
    assert square(page)(0, 0) == pytest.approx(at(0, 0), abs=1)
