"""Frames per second in headless Chromium while a run trains and its page draws twice a second.

`python benchmarks/frames.py`: against the same page at rest, and whether the charts' nodes were kept.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.browser import chromium, settle
from tests.e2e.conftest import serve

SECONDS = 10
COUNT = """(seconds) => new Promise((done) => {
  let frames = 0
  const start = performance.now()
  const tick = (now) => now - start < 1000 * seconds ? (frames++, requestAnimationFrame(tick)) : done(frames / seconds)
  requestAnimationFrame(tick)
})"""
TAG = "[...document.querySelectorAll('.js-plotly-plot, canvas')].forEach((node) => (node.tagged = true))"
KEPT = "[...document.querySelectorAll('.js-plotly-plot')].map((node) => node.tagged === true)"


def main() -> None:
    with serve() as url, chromium() as browser:
        tab = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="no-preference")
        tab.goto(f"{url}/training?tr_steps=20000&tr_pace=Full")
        settle(tab)
        tab.wait_for_selector(".js-plotly-plot .main-svg")
        tab.get_by_role("button", name="Pause the recording").click()
        rest = tab.evaluate(COUNT, SECONDS)
        tab.get_by_role("button", name="Start").click()
        tab.get_by_text(" a second").wait_for(timeout=60_000)
        tab.wait_for_timeout(3000)
        tab.evaluate(TAG)
        live = tab.evaluate(COUNT, SECONDS)
        kept = tab.evaluate(KEPT)
        status = tab.get_by_text(" a second").inner_text()
    print(f"page at rest:  {rest:.1f} frames a second")
    print(f"while it trains and draws: {live:.1f} frames a second ({status})")
    print(f"ratio: {live / rest:.2f}; chart nodes kept: {sum(kept)} of {len(kept)}")


if __name__ == "__main__":
    main()
