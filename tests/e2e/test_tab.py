"""The tab without a browser, by which benchmarks/load.py measures, is answered as a browser is."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tests.tab import Tab


def seconds(tab: Tab, kind: str) -> list[float]:
    return [answer.seconds for answer in tab.answers if answer.kind == kind]


def visit(tab: Tab, url: str, act) -> None:
    async def listen_and_act() -> None:
        listening = asyncio.create_task(tab.listen(url))
        try:
            await act(tab)
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    with ThreadPoolExecutor(1) as thread:  # Playwright leaves its own loop running in the thread of the tests
        thread.submit(asyncio.run, listen_and_act()).result()


def test_a_run_is_looked_at_again_and_again(app_url):
    async def train(tab: Tab) -> None:
        await tab.press("Start")
        await tab.until(lambda: len(seconds(tab, "tick")) >= 2)
        await tab.press("Pause")

    tab = Tab("training", "tr_steps=20000")
    visit(tab, app_url, train)
    assert tab.errors == []
    assert len(seconds(tab, "open")) == 1
    assert len(seconds(tab, "press")) == 2
    assert "tr_steps=20000" in tab.query


def test_a_step_of_the_slider_is_answered_by_its_fragment(app_url):
    async def explore(tab: Tab) -> None:
        for theta in (3.7, 12.4):
            await tab.slide("θ", theta)

    tab = Tab("distances")
    visit(tab, app_url, explore)
    assert tab.errors == []
    assert len(seconds(tab, "slide")) == 2
    assert tab.received > 10_000
