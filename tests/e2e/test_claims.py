"""What the articles get wrong, by mouse, thumb and keyboard."""

import re

from playwright.sync_api import expect

from tests.browser import settle
from wgan_demo.gan.claims.claims import CLAIMS


def test_a_claim_is_judged_and_the_picture_comes_in_the_place_of_the_question(open_page, tab):
    page = open_page("claims?cl_claim=2", tab=tab)
    expect(page.locator(".st-key-cl_picture")).to_have_count(0)
    page.get_by_role("radio", name="false").click()
    settle(page)
    expect(page.locator(".st-key-cl_picture svg").first).to_be_visible()
    expect(page.get_by_text("1 of 1 first guesses right")).to_be_visible()
    expect(page.locator(".st-key-cl_numbers")).to_contain_text("1.05")
    page.get_by_role("button", name="Next claim").click()
    expect(page).to_have_url(re.compile("cl_claim=3"))
    settle(page)
    expect(page.locator(".st-key-cl_picture")).to_have_count(0)


def test_the_keyboard_alone_chooses_and_judges(open_page):
    page = open_page("claims")
    group = page.get_by_role("radiogroup", name="Claim").get_by_role("radio")
    group.nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-cl_saying")).to_contain_text(list(CLAIMS.values())[3].says)
    settle(page)
    page.get_by_role("radio", name="it depends").press("Enter")
    settle(page)
    expect(page.locator(".st-key-cl_asked")).to_contain_text("No False.")
    expect(page).to_have_url(re.compile(r"cl_guess_4=it\+depends"))
