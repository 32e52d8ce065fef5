"""A phone that is put away while its run trains, and taken out again when it is done."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import settle, wait_until
from tests.e2e.conftest import serve
from tests.e2e.test_reload import trained

STEPS = 400


def hide(phone: Page, hidden: bool) -> None:
    """Another app is in front of it, or the screen is off."""
    phone.evaluate("hidden => Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })", hidden)


@pytest.mark.parametrize("cut", [False, True], ids=["seen no more", "cut off"])
def test_a_run_goes_on_while_the_phone_sleeps_and_nothing_is_asked_for_it(handheld, browser, cut):
    """Cut off, it is away for longer than a run trains on for it: this one rests meanwhile, and goes on then."""
    sockets, asked, sleeps = [], [], False

    def connect(tab) -> None:
        sockets.append([tab] if sleeps else [tab, tab.connect_to_server()])

    handheld.route_web_socket("**/_stcore/stream", connect)
    handheld.on("request", lambda request: asked.append(request.url))
    with serve(WGAN_GRACE="0") as url:
        handheld.goto(f"{url}/training?tr_steps={STEPS}")
        settle(handheld)
        handheld.get_by_role("button", name="Start").click()
        wait_until(handheld, lambda: trained(handheld) > 20)

        sleeps = True
        hide(handheld, True)
        if cut:
            for end in sockets[-1]:
                end.close()
        house = browser.new_page()
        house.goto(f"{url}/status")
        told = "Runs by state: 1 resting." if cut else "Runs by state: 1 finished."
        asked.clear()
        expect(house.get_by_text(told)).to_be_visible(timeout=60_000)
        house.close()
        assert not [address for address in asked if "/app/news/" in address]
        assert trained(handheld) < STEPS

        sleeps = False
        hide(handheld, False)
        for tab, *server in sockets:
            if not server:
                tab.close()
        wait_until(handheld, lambda: trained(handheld) == STEPS)
        expect(handheld.get_by_text("Done")).to_be_visible()
