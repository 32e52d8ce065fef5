"""Look at a page: `python -m tests.shot distances moving_boxes?mb_p=2 --url http://localhost:8501 --out shots`.

Writes one full-page PNG per page, width (1440, 1024, 390) and theme (light, dark).
"""

import argparse
import re
from pathlib import Path

from tests.browser import chromium, settle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--url", default="http://localhost:8501")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--widths", type=int, nargs="+", default=[1440, 1024, 390])
    parser.add_argument("--themes", nargs="+", default=["light", "dark"])
    parser.add_argument("--wait", type=int, default=1500, help="milliseconds to wait after the page has settled")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for theme in arguments.themes:
            for width in arguments.widths:
                context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
                tab = context.new_page()
                tab.on("console", lambda note: note.type == "error" and print(note.text, note.location["url"]))
                tab.on("pageerror", lambda error: print("page error:", error))
                for path in arguments.pages:
                    tab.goto(f"{arguments.url}/{path}")
                    settle(tab)
                    tab.wait_for_timeout(arguments.wait)
                    # Streamlit scrolls an inner element: grow the window to its height for a whole picture.
                    height = tab.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                    tab.set_viewport_size({"width": width, "height": min(max(900, height + 80), 6000)})
                    tab.wait_for_timeout(600)
                    name = re.sub(r"\W+", "_", path) or "home"
                    tab.screenshot(path=arguments.out / f"{name}-{width}-{theme}.png")
                    tab.set_viewport_size({"width": width, "height": 900})
                context.close()


if __name__ == "__main__":
    main()
