"""Take the README's picture from the app itself: `python -m tests.stills`."""

from tests.browser import chromium, settle
from tests.e2e.conftest import ROOT, serve

STILL = ROOT / "static/stills/training-light.png"


def main() -> None:
    with serve() as url, chromium() as browser:
        tab = browser.new_page(viewport={"width": 1440, "height": 860}, color_scheme="light", device_scale_factor=1)
        tab.goto(f"{url}/training?tr_guess_8=Just+show+me")
        settle(tab)
        tab.get_by_role("button", name="Pause the recording").click()
        tab.get_by_label("Moment of the recording").fill("500")
        settle(tab, glides=True)
        tab.screenshot(path=STILL)


if __name__ == "__main__":
    main()
