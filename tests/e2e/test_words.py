"""Words that explain themselves, by mouse, keyboard and touch."""

import re

from playwright.sync_api import expect

from tests.browser import settle, wait_until


def test_a_word_opens_its_entry_under_the_mouse_and_closes_it(open_page):
    page = open_page("duality")
    page.locator("a", has_text="critic f").hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("gives every point a score")
    expect(card).not_to_contain_text("More of it")  # it is taught here
    page.mouse.move(5, 700)
    expect(card).to_be_hidden()


def test_a_word_opens_with_the_focus_and_says_itself(open_page):
    page = open_page("moving_boxes")
    word = page.locator("a", has_text="box-steps").first
    page.locator(".st-key-place").get_by_role("link").focus()
    while not word.evaluate("node => node === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("carrying one box one place")
    expect(word).to_have_attribute("aria-description", re.compile("carrying one box"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_a_tap_opens_a_word_and_the_link_stays(open_page, handheld):
    page = open_page("training", tab=handheld)
    address = page.evaluate("location.href")
    page.locator("a", has_text="generator").first.tap()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("random numbers into points")
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    expect(card).to_be_hidden()
    assert page.evaluate("location.href") == address


def test_a_word_in_a_legend_and_at_an_axis_opens_where_it_stands(open_page):
    page = open_page("training?tr_guess_8=Just+show+me")
    chart = page.locator(".js-plotly-plot", has=page.locator(".legendtext", has_text="score gap")).locator("..")
    gap = chart.get_by_role("link", name="score gap")
    gap.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("mean score of data")
    drawn = chart.locator(".legendtext", has_text="score gap")

    def lies_over_it() -> bool:
        lies, there = gap.bounding_box(), drawn.bounding_box()
        return all(abs(lies[side] - there[side]) < 2 for side in ("x", "width"))

    wait_until(page, lies_over_it)
    chart.get_by_role("link", name="iteration").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("critic")


def test_a_word_in_the_legend_of_a_critic_opens(open_page):
    page = open_page("duality?du_preset=Both+sides&du_f=0+0+1+2+3+2+1+0+0")
    page.locator(".critic .legend").get_by_role("link", name="slope").hover()
    expect(page.get_by_role("tooltip")).to_contain_text("for one unit of x")


def test_a_word_among_the_numbers_of_a_run_is_one_too(open_page):
    page = open_page("training?tr_guess_8=Just+show+me")
    page.locator(".numbers a", has_text=re.compile("score gap", re.IGNORECASE)).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("mean score of data")
    settle(page)
