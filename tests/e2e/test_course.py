"""The course as a whole: every page opens, also as the first link after a start, and none needs the internet."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import settle
from tests.e2e.conftest import serve
from wgan_demo.ui.course import COURSE

PAGES = ["", *(lesson.page for lesson in COURSE), "class"]


def test_a_link_to_a_lesson_works_right_after_the_start(page):
    with serve() as url:
        page.goto(f"{url}/training?tr_seed=7")
        settle(page)
        expect(page.get_by_role("button", name="By hand")).to_be_visible()
        expect(page.get_by_label("Seed")).to_have_value("7")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stays_on_this_server_and_reports_no_error(open_page, page, app_url, path):
    addresses, errors = [], []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_page(path)
    page.wait_for_load_state("networkidle")
    assert [url for url in addresses if not url.startswith((app_url, "data:", "blob:"))] == []
    assert errors == []
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_home_leads_to_the_first_lesson_without_torch_or_plotly(open_page, page):
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    open_page()
    assert not [url for url in addresses if "plotly" in url.lower()]
    expect(page.locator("img")).to_have_count(len(COURSE))
    page.get_by_role("button", name=re.compile("Start")).click()
    expect(page).to_have_url(re.compile("moving_boxes"))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("moving_boxes", "def solve_exact"),
        ("distances", "def kl"),
        ("duality", "def value"),
        ("training", "def critic_step"),
        ("vanishing", "def best_logit"),
        ("slope", "def clip"),
        ("clinic", "def infected"),
        ("claims?cl_guess_1=false", "def shift_curves"),
    ],
)
def test_every_lesson_shows_the_code_that_ran(open_page, page, path, source):
    open_page(path)
    page.get_by_text("The code that ran").click()
    expect(page.locator("pre").filter(has_text=source).first).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("training?tr_seed=1e999&tr_steps=inf&tr_lambda=3", "tr_lambda=3"),
        ("training?tr_pace=&tr_seed=7", "tr_seed=7"),
        ("moving_boxes?mb_preset=&mb_p=2", "mb_p=2"),
        ("training?tr_seed=-inf&tr_lambda=3", "tr_lambda=3"),
        ("training?tr_steps=" + "9" * 5000 + "&tr_lambda=3", "tr_lambda=3"),
        ("moving_boxes?mb_p=&mb_preset=Piles", "mb_preset=Piles"),
    ],
)
def test_a_damaged_link_loses_only_what_is_damaged(open_page, link, kept):
    page = open_page(link)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("The code that ran")).to_be_visible()
    expect(page).to_have_url(re.compile(f"[?]{re.escape(kept)}$"))


@pytest.mark.parametrize("link", ["tr_seed=inf", "tr_at=&tr_seed=7", "tr_layers="])
def test_what_is_left_out_of_a_link_is_named(open_page, link):
    page = open_page(f"training?{link}")
    expect(page.get_by_test_id("stToast")).to_contain_text(f"makes no sense: {link.partition('&')[0]}")


def test_back_onto_a_damaged_link_is_told_in_a_sentence(open_page):
    page = open_page("training?tr_seed=inf&tr_lambda=3")
    page.go_back()
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("makes no sense: tr_seed=inf. Go forward again")).to_be_visible()
    page.go_forward()
    settle(page)
    expect(page.get_by_text("The code that ran")).to_be_visible()
    page.go_back()
    settle(page)
    page.reload()
    settle(page)
    expect(page.get_by_text("The code that ran")).to_be_visible()
    expect(page.get_by_label("Seed")).to_have_value("0")


def test_the_story_leads_from_lesson_to_lesson_once_the_answer_is_there(open_page):
    page = open_page("moving_boxes")
    expect(page).to_have_title(re.compile("Moving boxes"))
    expect(page.get_by_text("Take away.")).to_have_count(0)
    page.get_by_role("button", name="Just show me").click()
    expect(page.get_by_text("Take away.")).to_be_visible()
    page.locator(".st-key-next").get_by_role("link", name="Next").click()
    expect(page).to_have_title(re.compile("Distances"))
    expect(page.get_by_role("heading", level=1)).to_have_text(COURSE[1].question)
    page.get_by_role("link", name="Home").first.click()
    cards = page.locator(".st-key-path")
    expect(cards.get_by_role("link", name="Moving boxes, done")).to_be_visible()
    expect(cards.get_by_role("link", name=re.compile("done"))).to_have_count(1)
