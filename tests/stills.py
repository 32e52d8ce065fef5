"""Take the pictures of the home page and the README from the app itself: `python -m tests.stills`."""

from playwright.sync_api import Page

from tests.browser import chromium, settle
from tests.e2e.conftest import ROOT, serve

FOLDER = ROOT / "static/stills"
SIZE = {"width": 960, "height": 660}
BAR = 60  # height of the navigation, which is left out
LESSONS = {  # address, and how far to scroll past the title
    "moving_boxes": ("moving_boxes?mb_plan=CA-E--", 250),
    "distances": ("distances?d_theta=4", 350),
    "duality": ("duality?du_f=2.6+2.6+2.1+1.4+0.6+-0.4+-1.4+-2.1+-2.1", 400),
    "training": ("training", 410),
}


def ready(tab: Page, lesson: str, scroll: int) -> None:
    """Wait for a lesson's charts, and scroll past its title."""
    tab.wait_for_timeout(2000)
    if lesson == "training":
        tab.get_by_role("button", name="Pause the recording").click()
        tab.get_by_label("Moment of the recording").fill("750")
    tab.evaluate(f"document.querySelector('[data-testid=stMain]').scrollTo(0, {scroll})")
    tab.wait_for_timeout(500)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with serve() as url, chromium() as browser:
        for theme in ("light", "dark"):
            context = browser.new_context(viewport=SIZE, color_scheme=theme, device_scale_factor=1)
            tab = context.new_page()
            for lesson, (path, scroll) in LESSONS.items():
                tab.goto(f"{url}/{path}")
                settle(tab)
                ready(tab, lesson, scroll)
                area = {"x": 0, "y": BAR, "width": SIZE["width"], "height": SIZE["height"] - BAR}
                tab.screenshot(path=FOLDER / f"{lesson}-{theme}.png", clip=area)
            context.close()


if __name__ == "__main__":
    main()
