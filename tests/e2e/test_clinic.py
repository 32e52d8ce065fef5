"""The bug clinic by mouse, thumb and keyboard."""

import re

from playwright.sync_api import expect

from tests.browser import settle
from wgan_demo.gan.bugs.bugs import BUGS


def test_a_bug_is_named_and_its_lines_are_shown_then_comes_the_next_case(open_page, tab):
    page = open_page("clinic?bc_case=2", tab=tab)
    expect(page.locator("pre")).to_have_count(0)
    page.get_by_role("radio", name=BUGS["wrong_axis"].name).click()
    settle(page)
    expect(page.locator("pre")).to_contain_text("unflatten")
    expect(page.get_by_text("1 of 1 first guesses right")).to_be_visible()
    page.get_by_role("button", name="Next case").press("Enter")
    expect(page).to_have_url(re.compile("bc_case=3"))
    settle(page)
    expect(page.locator("pre")).to_have_count(0)
    assert BUGS["no_graph"].name not in page.url


def test_the_keyboard_alone_names_a_bug(open_page):
    page = open_page("clinic?bc_case=5")
    first = page.get_by_role("radio").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    settle(page)
    expect(page.locator("pre")).to_contain_text("loss = loss - self.config.gp_weight")
    expect(page.get_by_text("Take away.")).to_be_visible()


def test_the_samples_of_both_are_a_film(open_page):
    page = open_page("clinic?bc_case=5")
    page.get_by_text("The samples of both").click()
    expect(page.locator(".st-key-bc_stage canvas")).to_have_count(4)  # of each the picture, and the points on it


def test_both_train_before_the_visitor_s_eyes(open_page):
    page = open_page("clinic?bc_case=8&bc_seed=3")
    page.get_by_role("button", name="Train both here").click()
    page.get_by_role("button", name="Train both", exact=True).click()

    expect(page.get_by_text("stopped at iteration 10")).to_be_visible()
    expect(page.get_by_text("became NaN")).to_be_visible()
    page.reload()
    settle(page)
    expect(page.get_by_text("became NaN")).to_be_visible()
    page.get_by_role("button", name="Train both here").click()
    page.get_by_role("button", name="Back to the recordings").click()
    expect(page.get_by_text("Both from seed 3, 800 iterations")).to_be_visible()
