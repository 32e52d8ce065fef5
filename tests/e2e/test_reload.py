"""What a reload, Back and a second tab do to a run and to what is seen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.conftest import serve


@pytest.fixture(scope="module")
def patient():
    """The address of an app whose runs wait long for their tab: a busy machine takes its time for a reload."""
    with serve(WGAN_GRACE="300") as url:
        yield url


def trained(page) -> int:
    """How far the run of one's own has come."""
    text = page.locator(".numbers dl > div").first.inner_text()
    found = re.search(r"([\d,]+)\s+of your run", text)
    return int(found[1].replace(",", "")) if found else 0


def train_a_while(page, url: str) -> int:
    """A run that stands still; returns how far it has come."""
    page.goto(f"{url}/training?tr_steps=20000")
    settle(page)
    page.get_by_role("button", name="Start").click()
    wait_until(page, lambda: trained(page) > 20)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    expect(page.get_by_text("Paused")).to_be_visible()
    expect(page.locator(".st-key-tr_stage .bar:not(.live)")).to_be_visible()  # its last iteration has come
    settle(page)
    return trained(page)


def finds_its_run(page, steps: int) -> None:
    """The tab has its run back, which has come so far."""
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    wait_until(page, lambda: trained(page) == steps)


def test_a_reload_finds_the_run_again_and_a_copy_of_the_tab_does_not(page, app_url):
    before = train_a_while(page, app_url)
    name = page.evaluate("sessionStorage.getItem('wgan-tab')")
    copy = page.context.new_page()
    copy.goto(f"{app_url}/_stcore/health")
    copy.evaluate("name => sessionStorage.setItem('wgan-tab', name)", name)
    copy.goto(f"{app_url}/training")
    settle(copy)
    expect(copy.get_by_role("button", name="Start")).to_be_visible()
    copy.close()
    page.reload()
    finds_its_run(page, before)


@pytest.mark.parametrize("lost", ["question", "answer"])
def test_a_reload_in_the_middle_of_a_reload_finds_the_run_too(page, patient, lost):
    """The tab asks for the runs that it had under its name: it is loaded anew on the way there, or back."""
    loads, asked, answers = [], [], []

    def connect(tab) -> None:
        server = tab.connect_to_server()
        loads.append(tab)
        if len(loads) != 2:
            return

        def ask(message: bytes) -> None:
            if b"before" in message:
                asked.append(message)
            if not asked or lost == "answer":
                server.send(message)

        tab.on_message(ask)
        server.on_message(lambda message: answers.append(message) if asked else tab.send(message))

    page.route_web_socket("**/_stcore/stream", connect)
    before = train_a_while(page, patient)
    name = page.evaluate("sessionStorage.getItem('wgan-tab')").encode()
    page.reload()
    wait_until(page, lambda: asked and (lost == "question" or any(name in message for message in answers)))
    page.reload()
    finds_its_run(page, before)


def test_back_and_forward_show_the_view_that_was_seen(open_page):
    page = open_page("distances")
    page.get_by_role("radio", name="Parallel lines").click(force=True)
    settle(page)
    expect(page).to_have_url(re.compile("Parallel"))
    page.go_back()
    settle(page)
    expect(page.get_by_role("radio", name="Against θ")).to_be_checked()
    page.go_forward()
    settle(page)
    expect(page.get_by_role("radio", name="Parallel lines")).to_be_checked()
