"""Slow motion in a real browser: a run is there at once, keys step, one chart stays, an iteration is really taken."""

import re

from playwright.sync_api import expect

from tests.browser import settle
from tests.e2e.test_training import metric, start, status

LOOK = "training?tr_look=One+iteration+in+slow+motion"


def title(page):
    return page.get_by_role("heading", level=3)


def opened(open_page, link: str = "", **tab):
    page = open_page(LOOK + link, **tab)
    expect(title(page)).to_be_visible(timeout=60_000)  # the worker comes up first
    settle(page)
    return page


def test_it_steps_by_keyboard_on_one_chart_and_the_link_follows(open_page):
    page = opened(open_page)
    expect(title(page)).to_have_text("1. Real points x")
    page.wait_for_selector(".st-key-tr_step .js-plotly-plot .main-svg")
    page.evaluate("document.querySelector('.st-key-tr_step .js-plotly-plot').mark = 1")
    for number in (2, 3, 4, 5):
        page.keyboard.press("ArrowRight")
        expect(title(page)).to_have_text(re.compile(rf"^{number}\."))
    page.keyboard.press("ArrowLeft")
    expect(title(page)).to_have_text(re.compile(r"^4\."))
    settle(page)
    assert "tr_piece=interpolate" in page.url
    assert page.evaluate("document.querySelector('.st-key-tr_step .js-plotly-plot').mark") == 1


def test_a_guess_reveals_the_norm_and_the_iteration_is_taken(open_page, tab):
    page = open_page(f"{LOOK}&tr_piece=norm&tr_sample=2", tab=tab)
    page.get_by_role("button", name="Below 1").click(timeout=60_000)
    expect(title(page)).to_have_text("6. Its norm, against 1")
    expect(page.get_by_text("Your guess for sample 2, below 1")).to_be_visible()
    page.get_by_role("button", name="Next iteration").click()
    expect(page.get_by_text("Iteration 26 is taken")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Along the arrow of sample 2")).to_be_visible()  # the next iteration has norms of its own


def test_a_run_of_one_s_own_takes_the_place_of_the_one_begun_for_the_picture(open_page):
    page = opened(open_page, "&tr_steps=40&tr_pace=Full")
    expect(page.get_by_text("begun for the picture")).to_be_visible()
    start(page)
    newest = page.get_by_role("button", name="Newest")
    expect(page.get_by_text("begun for the picture")).to_have_count(0, timeout=60_000)
    expect(page.locator(".st-key-tr_controls").get_by_role("button", name="Continue")).to_be_visible(timeout=60_000)
    newest.click()
    expect(page.get_by_text("Iteration 41, which the run has not taken yet")).to_be_visible()
    page.get_by_text("The whole run", exact=True).click()
    expect(status(page)).to_contain_text("Done")
    expect(metric(page, "Iteration")).to_have_text("40")


def test_nothing_is_wider_than_the_page(open_page, tab):
    page = opened(open_page, "&tr_piece=loss", tab=tab)
    for piece in ("penalty", "update", "push"):
        page.get_by_role("radio", name=piece).or_(page.get_by_role("button", name=piece, exact=True)).first.click()
        settle(page)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= page.viewport_size["width"]
