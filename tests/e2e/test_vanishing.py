"""Why GANs stall, by mouse, keyboard and touch: the steps are played, gone through and kept in the link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import settle
from wgan_demo.ui.standstill.recordings import shipped

CURVES, COURSE = ".st-key-va_curves", ".st-key-va_course"


def said(page, key: str = CURVES):
    return page.locator(f"{key} .said")


def values(page, key: str = CURVES) -> list[str]:
    return page.locator(f"{key} dd").all_inner_texts()


# Pause at the sixth step, however slow this test is.
PAUSE = """([said, button]) => {
  const look = () => (Number(said.textContent) >= 6 ? button.click() : requestAnimationFrame(look))
  look()
}"""


def test_play_goes_through_the_steps_without_asking_the_server(app_url, tab):
    asked = []
    tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: asked.append(frame)))
    tab.goto(f"{app_url}/vanishing?va_guess=harder")
    settle(tab)
    asked.clear()
    before = values(tab)
    play = tab.get_by_role("button", name="Play")
    tab.evaluate(PAUSE, [said(tab).element_handle(), play.element_handle()])
    play.click()
    expect(said(tab)).to_have_text(re.compile(r"^([6-9]|\d\d+)$"))
    expect(play).to_be_visible()
    step = said(tab).inner_text()
    expect(said(tab, COURSE)).to_have_text(step)
    expect(tab).to_have_url(re.compile(f"va_step={step}(&|$)"))  # told when it has stopped
    settle(tab)
    assert len(asked) == 1
    assert values(tab) != before


@pytest.mark.parametrize("device", ["page", "handheld"])
def test_keys_go_from_step_to_step_and_the_pulls_follow(open_page, request, device):
    page = open_page("vanishing?va_guess=harder&va_theta=4", tab=request.getfixturevalue(device))
    steps = [str(step) for step in shipped("theta=4,seed=0").steps_kept]
    slider = page.locator(f"{CURVES} input[type=range]")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    expect(said(page)).to_have_text(steps[3])
    expect(said(page, COURSE)).to_have_text(steps[3])
    slider.press("End")
    expect(said(page, COURSE)).to_have_text("4000")
    page.wait_for_function("location.search.includes('va_step=4000')")
    settle(page)
    pull = values(page, COURSE)[0]
    assert "10⁻" in pull  # what is left of ln(1 - D)
    page.reload()
    settle(page)
    expect(said(page)).to_have_text("4000")
    expect(page.locator(f"{COURSE} dd").first).to_have_text(pull)


def test_a_guess_uncovers_the_arrows_and_the_course(open_page):
    page = open_page("vanishing")
    expect(page.locator(COURSE)).to_have_count(0)
    expect(page.locator(f"{CURVES} svg:not(.inside)[height='190']")).to_have_count(0)
    page.get_by_role("radio", name="more weakly").click()
    expect(page.locator(f"{COURSE} .sentence")).to_contain_text("has fallen")
    expect(page.locator(f"{CURVES} svg:not(.inside)[height='190']")).to_be_visible()
    expect(page.get_by_text("Take away.")).to_be_visible()
    expect(page).to_have_url(re.compile("va_guess"))


def test_every_view_opens_from_the_row_and_is_in_the_link(open_page):
    page = open_page("vanishing")
    for view, key in (("The ceiling", "va_judges"), ("Noise", "va_blurred"), ("The trap", "va_critics")):
        page.get_by_role("radio", name=view).click()
        expect(page.locator(f".st-key-{key} svg").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.wait_for_function("location.search.includes('va_view=The+trap')")


def test_a_theta_of_one_s_own_is_trained_before_the_eyes(open_page):
    page = open_page("vanishing?va_theta=Another&va_own_theta=3")
    page.get_by_role("button", name="Train D and f here").click()
    expect(page.locator(".st-key-va_live_curves .said")).to_have_text(re.compile(r"[1-9]\d+"), timeout=60_000)
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator(".st-key-va_live_curves")).to_have_count(0)
    expect(page.get_by_text("Nothing has been trained on this P and Q yet")).to_be_visible()
