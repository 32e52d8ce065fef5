"""Below a path of its own, as behind a proxy, and in a frame of another site, where a browser gives no storage."""

import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser import settle, to_lesson
from tests.e2e.conftest import serve
from wgan_demo.ui.components.assets import static_url
from wgan_demo.ui.course import PAGES
from wgan_demo.ui.headers import FOR_EVER, POLICY


@pytest.fixture(scope="module")
def below():
    """The app's address, which ends in a path."""
    with serve(STREAMLIT_SERVER_BASE_URL_PATH="some/course", STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION="false") as url:
        yield url


@pytest.fixture
def framed(below):
    """The address of another site, whose page holds the lesson on training in a frame."""
    html = f'<iframe style="width: 1300px; height: 850px" src="{below}/training"></iframe>'.encode()

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html)

        def log_message(self, *_):
            pass

    site = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://localhost:{site.server_port}/"  # another name than the app's is another site
    site.shutdown()


def test_pages_have_their_frame_and_policy_and_files_are_kept(below):
    with urllib.request.urlopen(f"{below}/distances") as answer:
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert PAGES["distances"].question in answer.read().decode()
    with urllib.request.urlopen(f"{below}/{static_url('stage/stage.js')}") as answer:
        assert answer.headers["Cache-Control"] == FOR_EVER
    with urllib.request.urlopen(f"{below}/app/static/course.css") as answer:
        assert answer.headers["Cache-Control"] != FOR_EVER  # its address stays when it changes


def test_below_a_path_nothing_is_missing_or_forbidden(browser, below):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, wrong = context.new_page(), []
    page.on(
        "response", lambda answer: answer.status >= 400 and "_stcore" not in answer.url and wrong.append(answer.url)
    )
    page.on("console", lambda message: "Content Security Policy" in message.text and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{below}/")
    settle(page)
    page.wait_for_function("[...document.images].every((image) => image.naturalWidth > 0)")
    for title in ("Moving boxes", "Distances", "Training", "Digits"):
        to_lesson(page, title)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.reload()
    settle(page)
    assert not wrong
    context.close()


def test_in_a_frame_of_another_site_it_trains(browser, framed):
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(framed)
    course = page.frame_locator("iframe")
    course.get_by_role("button", name="Start").click(timeout=30_000)
    expect(course.locator(".st-key-tr_status")).to_contain_text("Training", timeout=60_000)
    assert page.frames[1].evaluate("(() => { try { return !localStorage } catch { return true } })()")
    course.get_by_role("button", name="Pause").click()
    expect(course.locator(".st-key-tr_status")).to_contain_text("Paused")
    context.close()
