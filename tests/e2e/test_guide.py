"""The guide through each lesson, to its end: by mouse, by keyboard, and by using what it points at."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import frames
from wgan_demo.ui.guide import GUIDES

SEEN = """(ring) => {
  const { top, bottom, width, height } = ring.getBoundingClientRect()
  return width > 12 && height > 12 && bottom > 60 && top < innerHeight
}"""
APART = """([ring, card]) => {
  const [a, b] = [ring, card].map((node) => node.getBoundingClientRect())
  return b.top >= 0 && b.left >= 0 && b.bottom <= innerHeight && b.right <= innerWidth
}"""


def guide_of(page):
    return page.get_by_role("dialog", name="Guide")


def sees_its_target(page) -> None:
    frames(page)  # in which the ring goes there
    ring = page.locator(".tour .ring")
    expect(ring).to_be_visible()
    page.wait_for_function(SEEN, arg=ring.element_handle())
    page.wait_for_function(APART, arg=[ring.element_handle(), guide_of(page).element_handle()])


@pytest.mark.parametrize("device", ["page", "handheld"])
@pytest.mark.parametrize("lesson", GUIDES)
def test_it_is_walked_to_its_end(open_page, request, lesson, device):
    page = open_page(lesson, tab=request.getfixturevalue(device))
    steps = GUIDES[lesson]
    assert 4 <= len(steps) <= 7
    expect(guide_of(page)).to_be_hidden()
    page.get_by_role("button", name="Guide").click()
    for number, step in enumerate(steps, start=1):
        expect(guide_of(page)).to_contain_text(step.says)
        expect(guide_of(page)).to_contain_text(f"{number} of {len(steps)}")
        sees_its_target(page)
        guide_of(page).get_by_role("button", name="Next" if number < len(steps) else "Finish").click()
    expect(guide_of(page)).to_be_hidden()
    expect(page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.parametrize("lesson", GUIDES)
def test_it_is_walked_by_keyboard(open_page, lesson):
    page = open_page(lesson)
    page.get_by_role("button", name="Guide").focus()
    page.keyboard.press("Enter")
    for step in GUIDES[lesson]:
        expect(guide_of(page)).to_contain_text(step.says)
        expect(guide_of(page).locator(".next")).to_be_focused()
        page.keyboard.press("Enter")
    expect(guide_of(page)).to_be_hidden()
    expect(page.get_by_role("button", name="Guide")).to_be_focused()


def test_it_stays_open_when_it_is_taken_off_the_page_and_put_back(open_page):
    """As Streamlit does now and then in the middle of a run, on a busy computer."""
    page = open_page("duality?guide=2")
    expect(guide_of(page)).to_be_visible()
    guide_of(page).locator(".next").focus()
    frames(page, 2)  # it looks once a frame where the focus is
    page.locator(".tour").evaluate("""async (root) => {
      const { parentNode, nextSibling } = root
      root.remove()
      await new Promise(requestAnimationFrame)
      parentNode.insertBefore(root, nextSibling)
    }""")
    expect(guide_of(page)).to_be_visible()
    expect(guide_of(page).locator(".next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(guide_of(page)).to_contain_text(GUIDES["duality"][2].says)


def test_it_goes_on_when_the_control_was_used(open_page):
    page = open_page("distances")
    page.get_by_role("button", name="Guide").click()
    hand = page.get_by_role("slider", name="Q: drag it, or move it with the arrow keys")
    hand.hover()
    page.mouse.down()
    page.mouse.move(900, 400, steps=4)
    page.mouse.up()
    expect(guide_of(page)).to_contain_text("2 of 7")
    guide_of(page).get_by_role("button", name="Next").click()
    expect(guide_of(page)).to_contain_text("3 of 7")
    sees_its_target(page)
    page.get_by_text("JS and TV").click()
    expect(guide_of(page)).to_contain_text("4 of 7")
    expect(page).to_have_url(re.compile("guide=4"))


def test_the_link_opens_it_where_it_was_left_and_another_page_without(open_page):
    page = open_page("duality?guide=2")
    expect(guide_of(page)).to_contain_text("2 of 7")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Leave the guide").click()
    expect(guide_of(page)).to_be_hidden()
    expect(page).not_to_have_url(re.compile("guide"))
    page.get_by_role("button", name="Guide").click()
    page.locator(".st-key-place").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How does a critic teach a generator?")
    expect(guide_of(page)).to_be_hidden()


def test_a_step_that_does_not_exist_is_told(open_page):
    page = open_page("duality?guide=77")
    expect(page.get_by_text("The guide of this page has steps 1 to 7.")).to_be_visible()
