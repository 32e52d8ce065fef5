"""A lecturer makes a link on the page, opens it, and goes on with a presenter's remote control."""

import re

from playwright.sync_api import expect

from tests.browser import settle
from wgan_demo.ui.guide import GUIDES

LARGE = "getComputedStyle(document.documentElement).fontSize === '20px'"


def test_a_link_is_made_and_its_page_goes_on_by_a_remote_control(open_page):
    page = open_page("distances?d_theta=5")
    expect(page.locator(".stMain .stSlider")).not_to_have_count(0)
    page.get_by_role("button", name="Lecture").click()
    for role, name in (
        ("button", "settings"),
        ("button", "the way through"),
        ("radio", "125 %"),
        ("radio", "question"),
    ):
        page.get_by_role(role, name=name).click()
        settle(page)
    page.get_by_text("presenter’s remote").click()
    address = page.locator("[data-testid=stPopoverBody] code")
    expect(address).to_contain_text("remote=1")
    lecture = page.context.new_page()
    lecture.goto(address.inner_text())
    settle(lecture)
    for hidden in (".stMain .stSlider", "[data-testid=stTopNav]"):
        for node in lecture.locator(hidden).all():
            expect(node).to_be_hidden()
    lecture.wait_for_function(LARGE)
    guide = lecture.get_by_role("dialog", name="Guide")
    expect(guide).to_contain_text("Say which ones stop")
    expect(lecture.locator(".st-key-d_guess")).to_be_visible()
    for _ in range(len(GUIDES["distances"]) - 2):  # to its end, from its third step
        lecture.keyboard.press("PageDown")
        settle(lecture)
    expect(guide).to_be_hidden()
    lecture.keyboard.press("PageDown")
    expect(lecture).to_have_url(re.compile("/duality"))
    settle(lecture)
    lecture.keyboard.press("PageDown")
    expect(lecture).to_have_url(re.compile("/training"))
    settle(lecture)
    lecture.wait_for_function(LARGE)
    playing = lecture.get_by_role("button", name="Pause the recording")
    expect(playing).to_be_visible()
    lecture.keyboard.press(".")
    expect(lecture.get_by_role("button", name="Play the recording")).to_be_visible()
    lecture.keyboard.press("PageUp")
    expect(lecture).to_have_url(re.compile("/duality"))
