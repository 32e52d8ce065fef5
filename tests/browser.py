"""Which Chromium the browser tests drive: Debian's if it is there, else Playwright's own.

`python -m tests.browser` fetches Playwright's when the machine has none.
"""

import shutil
import subprocess
import sys
from pathlib import Path

# Without these Chromium calls home at every start, which a room without internet makes slow.
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """The system's Chromium, or None for Playwright's own."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


if __name__ == "__main__" and chromium_path() is None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        have = Path(playwright.chromium.executable_path).exists()
    if not have:
        sys.exit(subprocess.call([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]))
