"""Slow motion in a real browser: one picture walks by keyboard, hand and rail, and iterations are really taken."""

import re

from playwright.sync_api import expect

from tests.browser import settle
from tests.e2e.test_training import metric, start, status

LOOK = "training?tr_look=One+iteration+in+slow+motion"


def title(page):
    return page.get_by_role("heading", level=3)


def opened(open_page, link: str = "", **tab):
    page = open_page(LOOK + link, **tab)
    expect(title(page)).to_be_visible(timeout=60_000)  # the worker comes up first
    settle(page)
    return page


def picture(page):
    return page.locator(".walkthrough canvas")


def test_it_walks_by_keyboard_in_one_picture_and_the_link_follows(open_page):
    page = opened(open_page)
    expect(title(page)).to_have_text("1. Real points x")
    expect(page.get_by_role("button", name="Back")).to_be_disabled()
    picture(page).evaluate("node => (node.mark = 1)")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(picture(page)).to_have_attribute("aria-label", re.compile("^∇f"))  # at once
    expect(title(page)).to_have_text(re.compile(r"^5\."))
    page.keyboard.press("ArrowLeft")
    expect(title(page)).to_have_text(re.compile(r"^4\."))
    page.wait_for_function("new URL(location).searchParams.get('tr_piece') === 'interpolate'")
    assert picture(page).evaluate("node => node.mark") == 1
    stop = page.get_by_role("button", name="9. The critic’s weights move")
    stop.click()
    expect(stop).to_have_attribute("aria-current", "step")
    expect(title(page)).to_have_text(re.compile(r"^9\."))
    page.get_by_role("button", name="before", exact=True).click()
    page.wait_for_function("new URL(location).searchParams.get('tr_surface') === 'before'")
    assert picture(page).evaluate("node => node.mark") == 1


def test_a_tap_marks_a_sample(open_page, tab):
    page = opened(open_page, tab=tab)
    sample = page.get_by_role("spinbutton", name="Sample")
    expect(sample).to_have_value("1")
    width = picture(page).bounding_box()["width"]
    for i in range(100):  # somewhere in the picture is another one
        picture(page).click(position={"x": (i % 10 + 0.5) / 10 * width, "y": (i // 10 + 0.5) / 10 * width})
        if sample.input_value() != "1":
            break
    marked = sample.input_value()
    assert marked != "1"
    page.wait_for_function("marked => new URL(location).searchParams.get('tr_sample') === marked", arg=marked)


def test_a_guess_reveals_the_norm_and_no_press_for_the_next_iteration_is_lost(open_page, tab):
    page = open_page(f"{LOOK}&tr_piece=norm&tr_sample=2", tab=tab)
    page.get_by_role("button", name="Below 1").click(timeout=60_000)
    expect(title(page)).to_have_text("6. Its norm, against 1")
    expect(page.get_by_text("Your guess for sample 2, below 1")).to_be_visible()
    on = page.get_by_role("button", name="Next iteration")
    expect(on).to_be_enabled()
    on.evaluate("node => { node.click(); node.click(); node.click() }")
    expect(page.get_by_text("Iteration 28 is taken")).to_be_visible(timeout=20_000)
    expect(page.locator(".iteration")).to_have_text("Iteration 29")
    expect(page.get_by_text("Along the arrow of sample 2")).to_be_visible()  # the next iteration has norms of its own


def test_picture_words_and_next_are_seen_without_scrolling(open_page):
    page = opened(open_page, "&tr_piece=penalty")
    for width, height in ((1440, 900), (1024, 768), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        parts = [picture(page), page.get_by_role("button", name="Next →"), title(page)]
        low = height
        if width == 390:
            low = page.locator(".st-key-run_bar").bounding_box()["y"]  # there it lies over the page's end
        else:
            parts.append(page.locator(".katex").first)
        for box in (part.bounding_box() for part in parts):
            assert box["y"] + box["height"] <= low
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


BETWEEN = """({ between, wanted }) => {
  const [from, to] = [wanted([["real"], []]), wanted([["fake"], ["real"]])]
  return [0, 0.5, 1].map((t) => between(from, to, t))
}"""


def test_from_piece_to_piece_layers_grow_and_grow_dim(call):
    first, middle, last = call("walkthrough/tracks.js", BETWEEN)
    assert first == {"real": {"grown": 1, "light": 1}}
    assert middle["fake"] == {"grown": 0.5, "light": 0.5}
    assert last["real"]["light"] < middle["real"]["light"] < 1
    assert last["fake"] == {"grown": 1, "light": 1}


def test_no_words_are_written_over_others(call):
    labels = [
        {
            "text": str(i),
            "of": i,
            "x": 50 + i % 3,
            "y": 50 + i % 2,
            "gap": 12,
            "width": 30,
            "way": [0, 0],
            "must": i == 0,
        }
        for i in range(12)
    ]
    found = call("walkthrough/labels.js", "({ placed }, labels) => placed(labels, [], [100, 100], 17)", labels)
    assert found[0]["text"] == "0"
    assert 1 < len(found) < 12
    boxes = [(one["box"]["x"], one["box"]["y"]) for one in found]
    for i, (x, y) in enumerate(boxes):
        assert 0 <= x <= 70
        assert 0 <= y <= 83
        assert all(abs(x - other[0]) >= 30 or abs(y - other[1]) >= 17 for other in boxes[:i])


def test_a_run_of_one_s_own_takes_the_place_of_the_one_begun_for_the_picture(open_page):
    page = opened(open_page, "&tr_steps=40&tr_pace=Full")
    expect(page.get_by_text("begun for the picture")).to_be_visible()
    start(page)
    newest = page.get_by_role("button", name="Newest")
    expect(page.get_by_text("begun for the picture")).to_have_count(0, timeout=60_000)
    expect(page.locator(".st-key-tr_controls").get_by_role("button", name="Continue")).to_be_visible(timeout=60_000)
    newest.click()
    expect(page.get_by_text("Iteration 41, which the run has not taken yet")).to_be_visible(timeout=20_000)
    page.get_by_text("The whole run", exact=True).click()
    expect(status(page)).to_contain_text("Done")
    expect(metric(page, "Iteration")).to_have_text("40")
