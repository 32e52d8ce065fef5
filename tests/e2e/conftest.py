"""A real server and a real browser: `app_url` serves the app, `page` is a tab, `open_page` waits for a page."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser import ARGS, chromium_path

ROOT = Path(__file__).parents[2]
QUIET_MS = 300  # widgets debounce: a page is done when nothing has run for this long


def pytest_collection_modifyitems(items):
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the app's server did not come up within 30 s")


@contextmanager
def serve(folder: Path = ROOT):
    """Run the app on a free port; yields its address, and stops it with everything it started."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=folder, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url)
        yield url
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def app_url():
    with serve() as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A tab of 1440 x 900; a test that needs a phone asks `browser.new_context(...)` for one."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def handheld(browser):
    """A tab of a phone of 390 x 844 that knows touch."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def settle(page: Page, timeout: float = 30_000) -> None:
    """Wait until the script is not running and no skeleton is left."""
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=timeout)
    for _ in range(2):
        page.wait_for_timeout(QUIET_MS)
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=timeout)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')", timeout=timeout)


@pytest.fixture
def open_page(app_url, page):
    """open_page("distances?d_theta=3") goes there and waits until it is drawn; returns the tab."""

    def go(path: str = "", *, tab: Page = page) -> Page:
        tab.goto(f"{app_url}/{path}")
        settle(tab)
        return tab

    return go
