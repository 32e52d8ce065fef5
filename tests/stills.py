"""Take the pictures of the home page and the README from the app itself: `python -m tests.stills`."""

from playwright.sync_api import Page

from tests.browser import chromium, settle
from tests.e2e.conftest import ROOT, serve
from wgan_demo.ui.course import COURSE, Lesson

FOLDER = ROOT / "static/stills"
SIZE = {"width": 960, "height": 660}
BAR = 60  # height of the navigation, which is left out


def ready(tab: Page, lesson: Lesson) -> None:
    """Wait for a lesson's charts, and scroll past its title."""
    tab.wait_for_timeout(2000)
    if lesson.page == "training":
        tab.get_by_role("button", name="Pause the recording").click()
        tab.get_by_label("Moment of the recording").fill("750")
    tab.evaluate(f"document.querySelector('[data-testid=stMain]').scrollTo(0, {lesson.scroll})")
    tab.wait_for_timeout(500)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with serve() as url, chromium() as browser:
        for theme in ("light", "dark"):
            context = browser.new_context(viewport=SIZE, color_scheme=theme, device_scale_factor=1)
            tab = context.new_page()
            for lesson in COURSE:
                tab.goto(f"{url}/{lesson.page}?{lesson.still}")
                settle(tab)
                ready(tab, lesson)
                area = {"x": 0, "y": BAR, "width": SIZE["width"], "height": SIZE["height"] - BAR}
                tab.screenshot(path=FOLDER / f"{lesson.page}-{theme}.png", clip=area)
            context.close()


if __name__ == "__main__":
    main()
