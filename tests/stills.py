"""Take the pictures of the home page and the README from the app itself: `python -m tests.stills`."""

from playwright.sync_api import Page, sync_playwright

from tests.browser import ARGS, chromium_path
from tests.e2e.conftest import ROOT, serve, settle

FOLDER = ROOT / "static/stills"
SIZE = {"width": 1280, "height": 800}
LESSONS = {
    "moving_boxes": "moving_boxes",
    "distances": "distances?d_theta=4",
    "training": "training",
}


def ready(tab: Page, lesson: str) -> None:
    """Wait for a lesson's charts, and scroll past its title."""
    if lesson == "training":
        tab.wait_for_selector("canvas")
        tab.wait_for_timeout(7000)  # the recording has reached its end
    tab.wait_for_timeout(2000)
    tab.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 90)")
    tab.wait_for_timeout(300)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with serve() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        for theme in ("light", "dark"):
            context = browser.new_context(viewport=SIZE, color_scheme=theme, device_scale_factor=0.75)
            tab = context.new_page()
            for lesson, path in LESSONS.items():
                tab.goto(f"{url}/{path}")
                settle(tab)
                ready(tab, lesson)
                tab.screenshot(path=FOLDER / f"{lesson}-{theme}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
