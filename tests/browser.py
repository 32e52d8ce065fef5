"""The Chromium that the browser tests drive: Debian's if it is there, else Playwright's own.

`python -m tests.browser` fetches Playwright's when the machine has none.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from wgan_demo.ui.course import COURSE

# Without these Chromium calls home at every start, which a room without internet makes slow.
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # tabs of one context share a process, and what it has compiled
]

# Widgets send what was typed or dragged a moment later: every timer of at most half a second may end in a question to
# the server, and a question is open until the server has said something. What glides asks for one frame after another.
UNDER_WAY = """(() => {
  const open = (window.underWay = { timers: new Set(), frames: new Set(), asked: false, since: 0, seen: 0 })
  const { setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame, WebSocket } = window
  window.setTimeout = (call, ms = 0, ...rest) => {
    const timer = setTimeout((...given) => (open.timers.delete(timer), call(...given)), ms, ...rest)
    if (ms <= 500) open.timers.add(timer)
    return timer
  }
  window.clearTimeout = (timer) => (open.timers.delete(timer), clearTimeout(timer))
  window.requestAnimationFrame = (draw) => {
    const frame = requestAnimationFrame((now) => (open.frames.delete(frame), draw(now)))
    open.frames.add(frame)
    return frame
  }
  window.cancelAnimationFrame = (frame) => (open.frames.delete(frame), cancelAnimationFrame(frame))
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given)
      this.addEventListener("message", () => (open.asked = false))
    }
    send(data) {
      open.asked = true
      super.send(data)
    }
  }
})()"""

# Asked at each frame: nothing is under way, nor has been in the last frames and QUIET ms.
SETTLED = """({ quiet, glides }) => {
  const open = window.underWay
  const still = document.querySelector(
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]")
  const waits = open.asked || open.timers.size || (glides && open.frames.size)
  const components = [...document.querySelectorAll("[data-testid^=stBidiComponent]")]
  const loads = components.some((node) => (node.shadowRoot ?? node).childElementCount < 2) // its modules
  if (!still || waits || loads || document.querySelector("[data-testid=stSkeleton], #first-paint")) open.seen = 0
  if (!open.seen++) open.since = performance.now()
  return open.seen > 3 && performance.now() - open.since >= quiet
}"""
QUIET = 100  # milliseconds that React and the server may take from one thing to the next


def chromium_path() -> str | None:
    """The system's Chromium, or None for Playwright's own."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def chromium():
    """A browser, on whose pages `settle` can be used."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        new_context = browser.new_context

        def observed(**options):
            context = new_context(**options)
            context.add_init_script(UNDER_WAY)
            return context

        browser.new_context = observed
        browser.new_page = lambda **options: observed(**options).new_page()
        yield browser
        browser.close()


def settle(page: Page, *, glides: bool = False) -> None:
    """Wait until the script has run, no skeleton is left, and no widget has something to send.

    With `glides`, until nothing on the page moves any more either; a film that plays always does.
    """
    page.wait_for_function(SETTLED, arg={"quiet": QUIET, "glides": glides})


def to_lesson(page: Page, title: str) -> None:
    """To this lesson, through its chapter in the bar of a desk."""
    chapter = next(lesson.chapter for lesson in COURSE if lesson.title == title)
    page.get_by_role("navigation").get_by_role("button", name=chapter).click()
    page.get_by_role("menuitem").filter(has_text=title).click()
    settle(page)


def frames(page: Page, count: int = 1) -> None:
    """Let the browser draw so often, which takes longer where it is slow."""
    page.evaluate("async (n) => { while (n--) await new Promise(requestAnimationFrame) }", count)


def wait_until(page: Page, condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for what Python finds out about a page."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        frames(page, 3)


if __name__ == "__main__" and chromium_path() is None:
    with sync_playwright() as playwright:
        have = Path(playwright.chromium.executable_path).exists()
    if not have:
        sys.exit(subprocess.call([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]))
