"""Take the README's picture from the app itself: `python -m tests.stills`."""

from tests.browser import chromium, settle
from tests.e2e.conftest import ROOT, serve

STILL = ROOT / "static/stills/training-light.png"
SIZE = {"width": 960, "height": 660}
BAR = 60  # height of the navigation, which is left out


def main() -> None:
    with serve() as url, chromium() as browser:
        tab = browser.new_page(viewport=SIZE, color_scheme="light", device_scale_factor=1)
        tab.goto(f"{url}/training")
        settle(tab)
        tab.get_by_role("button", name="Pause the recording").click()
        tab.get_by_label("Moment of the recording").fill("750")
        show = "(node, bar) => ((node.style.scrollMarginTop = `${bar + 10}px`), node.scrollIntoView())"
        tab.locator(".layout").first.evaluate(show, BAR)
        settle(tab, glides=True)
        tab.screenshot(path=STILL, clip={"x": 0, "y": BAR, "width": SIZE["width"], "height": SIZE["height"] - BAR})


if __name__ == "__main__":
    main()
