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
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import chromium, settle

ROOT = Path(__file__).parents[2]
GRACE = 5.0  # seconds that a run waits for its tab here
expect.set_options(timeout=20_000)  # on a busy machine


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
def serve(folder: Path = ROOT, **settings: str):
    """Run the app on a free port; yields its address, and stops it with everything it started.

    `settings` are environment variables.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=folder, env=os.environ | {"PYTHONUNBUFFERED": "1"} | settings)
    try:
        url = f"http://127.0.0.1:{port}/{settings.get('STREAMLIT_SERVER_BASE_URL_PATH', '')}".rstrip("/")
        wait_until_up(url)
        yield url
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def app_url(tmp_path_factory):
    rooms = tmp_path_factory.mktemp("rooms") / "rooms.db"
    with serve(WGAN_GRACE=str(GRACE), WGAN_ROOMS=f"sqlite:///{rooms}") as url:
        yield url


@pytest.fixture(scope="session")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def desk(browser, app_url):
    """A visitor's browser on a laptop."""
    with visitor(browser, app_url, viewport={"width": 1440, "height": 900}) as context:
        yield context


@pytest.fixture(scope="session")
def pocket(browser, app_url):
    """A visitor's browser on a phone."""
    with visitor(browser, app_url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as context:
        yield context


@contextmanager
def visitor(browser: Browser, app_url: str, **options):
    """A context that stays, with a tab that stays: a page that it has seen before opens in half the time."""
    context = browser.new_context(**options)
    context.new_page().goto(f"{app_url}/_stcore/health")
    yield context
    context.close()


def visit(context: BrowserContext):
    """A tab; afterwards nothing is left of the visit but the browser's cache."""
    stays = context.pages[0]
    yield context.new_page()
    for tab in context.pages[1:]:
        tab.close()
    context.set_offline(False)
    context.clear_cookies()
    stays.evaluate("localStorage.clear()")


@pytest.fixture
def page(desk):
    """A tab of 1440 x 900."""
    yield from visit(desk)


@pytest.fixture
def handheld(pocket):
    """A tab of a phone of 390 x 844 that knows touch."""
    yield from visit(pocket)


@pytest.fixture(params=["desk", "pocket"])
def tab(request):
    """A tab of each."""
    yield from visit(request.getfixturevalue(request.param))


@pytest.fixture
def open_page(app_url, page):
    """open_page("distances?d_theta=3") goes there and waits until it is drawn; returns the tab."""

    def go(path: str = "", *, tab: Page = page) -> Page:
        tab.goto(f"{app_url}/{path}")
        settle(tab)
        return tab

    return go


CALL = """async ({ file, source, values }) => {
  const module = await import(new URL("app/static/" + file, document.baseURI).href)
  return new Function("module", "values", `return (${source})(module, values)`)(module, values)
}"""


@pytest.fixture(scope="module")
def blank(app_url, browser):
    """A tab that shows nothing but can import what the app serves."""
    tab = browser.new_page()
    tab.goto(f"{app_url}/_stcore/health")
    tab.evaluate("base => (document.head.innerHTML = `<base href='${base}/'>`)", app_url)
    yield tab
    tab.close()


@pytest.fixture
def call(blank):
    """call("file.js", "(module, values) => ...", values): what the function gives, with the file's module."""

    def run(file: str, source: str, values=None):
        return blank.evaluate(CALL, {"file": file, "source": source, "values": values})

    return run
