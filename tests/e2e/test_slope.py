"""Holding the slope in a real browser, on a desk and on a phone, by mouse and by keyboard."""

import re

from playwright.sync_api import expect

from tests.browser import settle


def picture(page, dataset: str = "swiss_roll"):
    return page.locator(f".st-key-sl_surface_{dataset} .js-plotly-plot")


def test_c_is_moved_and_the_guess_uncovers_the_numbers(open_page, tab):
    page = open_page("slope", tab=tab)
    expect(picture(page)).to_contain_text("c = 0.1")
    slider = page.locator(".st-key-sl_c").get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    settle(page)
    expect(picture(page)).to_contain_text("c = 0.03")
    expect(page).to_have_url(re.compile(r"sl_c=0\.03"))
    expect(picture(page)).not_to_contain_text("bound")
    page.get_by_role("radio", name="A third to three quarters").click()
    settle(page)
    expect(picture(page)).to_contain_text("bound")
    expect(page.get_by_text("Take away.")).to_be_visible()


def test_the_step_is_scrubbed_by_keyboard_and_both_pictures_follow(open_page, tab):
    page = open_page("slope?sl_view=Layer+by+layer&sl_layer_guess=Just+show+me", tab=tab)
    slider = page.locator(".st-key-sl_layers").get_by_role("slider").first
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator(".st-key-sl_layers")).to_contain_text("From layer 12 to layer 1 at step 0:")
    expect(page.locator(".st-key-sl_weights")).to_contain_text("Step 0:")
    settle(page)
    expect(page).to_have_url(re.compile("sl_step=0"))


def test_batch_norm_is_put_into_the_critic_and_the_hold_is_lost(open_page, tab):
    page = open_page("slope?sl_view=Place+by+place", tab=tab)
    expect(page.locator(".st-key-sl_spread")).to_have_count(0)
    page.get_by_role("radio", name="Spectral normalisation").click()
    expect(page.locator(".st-key-sl_spread .js-plotly-plot")).to_contain_text("5.0·10⁷ →")
    page.get_by_text("Batch norm in the critic", exact=True).click()
    settle(page)
    expect(page.get_by_text("the hold is lost")).to_be_visible()
    expect(page).to_have_url(re.compile("sl_batch_norm=true"))
