"""A page’s frame is there at once; nothing jumps while the rest comes, nor when a lesson is begun."""

import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser import settle
from wgan_demo.ui.course import PAGES

SIZES = {"desk": (1440, 900), "projector": (1024, 768), "phone": (390, 844)}
SHIFTS = """window.shift = 0
new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.value)))
  .observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.parametrize("path", PAGES)
def test_the_html_of_a_page_has_its_title_and_lead(app_url, path):
    with urllib.request.urlopen(f"{app_url}/{path}?some=link") as answer:
        html = answer.read().decode()
    assert f"<h1>{PAGES[path].question}</h1>" in html
    assert f"<title>{PAGES[path].tab}</title>" in html
    assert "**" not in html.partition('id="first-paint"')[2].partition("</p>")[0]


def test_what_is_no_page_of_the_course_goes_on_to_streamlit(app_url):
    with urllib.request.urlopen(f"{app_url}/nowhere") as answer:
        assert "first-paint" not in answer.read().decode()
    with urllib.request.urlopen(f"{app_url}/_stcore/health") as answer:
        assert answer.read() == b"ok"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_jumps_while_a_page_comes(browser, app_url, path, size):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    page.goto(f"{app_url}/{path}")
    settle(page)
    expect(page.locator("#first-paint")).to_have_count(0)
    page.wait_for_function("performance.now() > 3000")
    assert page.evaluate("shift") < 0.05
    context.close()


def test_who_comes_while_the_server_wakes_up_reads_so(browser, app_url):
    context = browser.new_context()
    context.route("**/_stcore/**", lambda route: None)  # it has not answered yet
    page = context.new_page()
    page.goto(f"{app_url}/training", wait_until="commit")
    sentence = page.get_by_text("The course is waking up: a few seconds more.")
    expect(sentence).to_have_css("animation-delay", "2s")  # a page that comes at once says nothing of it
    expect(sentence).to_have_css("opacity", "1")
    expect(sentence).to_be_in_viewport(ratio=1)
    context.close()


def test_a_page_that_cannot_be_drawn_is_not_covered_for_ever(browser, app_url):
    context = browser.new_context()
    context.route("**/_stcore/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{app_url}/distances")
    expect(page.locator("#first-paint")).to_be_attached()
    expect(page.locator("#first-paint")).to_have_count(0)
    context.close()


def fill_a_slot(page) -> None:
    page.get_by_role("button", name="Just show me").click()


def show_the_answer(page) -> None:
    page.get_by_role("radio", name="Just show me").click()


def drag_q(page) -> None:
    page.get_by_role("slider", name="Q: drag it, or move it with the arrow keys").hover()
    page.mouse.down()
    page.mouse.move(page.viewport_size["width"] * 0.7, 400, steps=5)
    page.mouse.up()


def lift_a_knot(page) -> None:
    page.get_by_role("slider", name="f at place 0").press("ArrowUp")


def start_a_run(page) -> None:
    page.get_by_role("button", name="Start").click()
    expect(page.locator(".st-key-run_bar").get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(".st-key-tr_status, .st-key-im_status")).to_contain_text("Training", timeout=60_000)
    page.locator(".st-key-run_bar").get_by_role("button", name="Pause").click()  # a page that is live is never still
    expect(page.locator(".st-key-tr_status, .st-key-im_status")).to_contain_text("Paused")


def play(page) -> None:
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def name_the_bug(page) -> None:
    page.get_by_role("radio", name="wrong sign of the penalty").click()
    expect(page.locator(".st-key-bc_versus")).to_be_visible()


def judge(page) -> None:
    page.get_by_role("radio", name="true").click()
    expect(page.locator(".st-key-cl_picture svg").first).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("moving_boxes", fill_a_slot),
        ("distances", drag_q),
        ("duality", lift_a_knot),
        ("training", start_a_run),
        ("vanishing", play),
        ("clinic", name_the_bug),
        ("claims", judge),
        ("digits", start_a_run),
        ("slope", show_the_answer),
        ("evidence", show_the_answer),
    ],
)
def test_nothing_jumps_when_a_lesson_is_begun(browser, app_url, path, act, size):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    page.goto(f"{app_url}/{path}")
    settle(page)
    page.evaluate("shift = 0")
    act(page)
    settle(page)
    assert page.evaluate("shift") < 0.05
    context.close()
