"""What a reload, Back and a second tab do to a run and to what is seen."""

import re

from playwright.sync_api import expect

from tests.browser import settle, wait_until


def trained(page) -> int:
    """How far the run of one's own has come."""
    text = page.locator(".numbers dl > div").first.inner_text()
    found = re.search(r"([\d,]+)\s+of your run", text)
    return int(found[1].replace(",", "")) if found else 0


def test_a_reload_finds_the_run_again_and_a_copy_of_the_tab_does_not(open_page, app_url):
    page = open_page("training?tr_steps=20000")
    page.get_by_role("button", name="Start").click()
    wait_until(page, lambda: trained(page) > 20)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    expect(page.get_by_text("Paused")).to_be_visible()
    expect(page.locator(".st-key-tr_stage .bar:not(.live)")).to_be_visible()  # its last iteration has come
    settle(page)
    before = trained(page)
    assert before > 0
    name = page.evaluate("sessionStorage.getItem('wgan-tab')")
    copy = page.context.new_page()
    copy.goto(f"{app_url}/_stcore/health")
    copy.evaluate("name => sessionStorage.setItem('wgan-tab', name)", name)
    copy.goto(f"{app_url}/training")
    settle(copy)
    expect(copy.get_by_role("button", name="Start")).to_be_visible()
    copy.close()
    page.reload()
    settle(page)
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    wait_until(page, lambda: trained(page) == before)


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
