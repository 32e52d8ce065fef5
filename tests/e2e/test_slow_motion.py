"""Slow motion in a real browser, in an app of its own: the keyboard steps, one chart stays, a step is really taken."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import ROOT, serve, settle

APP = """
import streamlit as st
from wgan_demo.gan.config import TrainConfig
from wgan_demo.ui import live_run, slow_motion

st.set_page_config(layout="wide")
job_id = live_run.current("tr")
view = live_run.pool().view(job_id) if job_id else None
slow_motion.show(view.recording if view else None, job_id, TrainConfig(hidden=(16, 16), batch_size=16), {})
"""


@pytest.fixture(scope="module")
def scratch_url(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slow")
    for name in ("wgan_demo", ".streamlit"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "static", folder / "static")
    (folder / "app.py").write_text(APP)
    with serve(folder) as url:
        yield url


def begin(page, url: str, link: str = "") -> None:
    page.goto(f"{url}/{link}")
    settle(page)
    page.get_by_role("button", name="Begin a run").click()
    expect(title(page)).to_be_visible(timeout=60_000)
    settle(page)


def title(page):
    return page.get_by_role("heading", level=3)


def test_it_steps_by_keyboard_on_one_chart_and_the_link_follows(scratch_url, page):
    begin(page, scratch_url)
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


def test_a_guess_reveals_the_norm_and_the_iteration_is_taken(scratch_url, page):
    page.goto(f"{scratch_url}/?tr_piece=norm&tr_sample=2")
    settle(page)
    page.get_by_role("button", name="Begin a run").click()
    page.get_by_role("button", name="Below 1").click(timeout=60_000)
    expect(title(page)).to_have_text("6. Its norm, against 1")
    expect(page.get_by_text("Your guess for sample 2, below 1")).to_be_visible()
    page.get_by_role("button", name="Next iteration").click()
    expect(page.get_by_text("Iteration 1 is taken")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Your guess first")).to_be_visible()  # the next iteration has norms of its own


def test_on_a_phone_nothing_is_wider_than_the_page(scratch_url, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    begin(page, scratch_url, "?tr_piece=loss")
    for piece in ("penalty", "update", "push"):
        page.get_by_role("radio", name=piece).or_(page.get_by_role("button", name=piece, exact=True)).first.tap()
        settle(page)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= 390
    context.close()
