"""Home: the sand that walks, its plans against POT's, and the path of the lessons."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser import frames, settle, wait_until
from tests.e2e.hand import centre
from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure
from wgan_demo.ui.course import COURSE

COSTS = """({ PLANS, cost }, { p, q }) =>
  Object.fromEntries(Object.entries(PLANS).map(([name, plan]) => [name, cost(Float64Array.from(p), plan(p, q))]))"""


def emd(p, q) -> float:
    return solve_exact(DiscreteMeasure.uniform(np.array(p)), DiscreteMeasure.uniform(np.array(q))).cost


@pytest.mark.parametrize("shift", [-7, -1.5, 0, 0.3, 2, 9])
def test_no_plan_is_cheaper_than_the_cheapest(call, shift):
    rng = np.random.default_rng(3)
    p = rng.normal(size=60)
    q = rng.choice([-3, 3], 60, p=[0.3, 0.7]) + rng.normal(size=60) + shift
    found = call("walk/plan.js", COSTS, {"p": p.tolist(), "q": q.tolist()})
    assert found["cheapest"] == pytest.approx(emd(p, q), abs=1e-9)
    assert found["swapped"] >= found["cheapest"] - 1e-9
    if shift in (-7, 9):  # all of Q lies to one side
        assert found["swapped"] == pytest.approx(found["cheapest"])
    else:
        assert found["swapped"] > 1.05 * found["cheapest"]


def test_a_plan_takes_each_grain_of_q_once(call):
    rng = np.random.default_rng(4)
    p, q = rng.normal(size=(2, 51)).round(1)
    source = """({ PLANS }, { p, q }) => Object.values(PLANS).map((plan) => Array.from(plan(p, q)))"""
    for plan in call("walk/plan.js", source, {"p": p.tolist(), "q": q.tolist()}):
        assert sorted(plan) == sorted(q)


BUMPS = [[-2, 1.2, 0.3], [2.5, 1.8, 0.7]]


def density(x: np.ndarray) -> np.ndarray:
    bump = lambda z: 15 / 16 * np.clip(1 - z**2, 0, None) ** 2  # noqa: E731
    return sum(share / half * bump((x - place) / half) for place, half, share in BUMPS)


def test_grains_have_equal_mass_in_the_shape_of_their_bumps(call):
    source = "({ grains }, bumps) => Array.from(grains(bumps, 100))"
    grains = call("walk/plan.js", source, BUMPS)
    x = np.linspace(-4, 5, 100_001)
    mass = np.cumsum(density(x)) * (x[1] - x[0])
    np.testing.assert_allclose(np.interp(grains, x, mass), (np.arange(100) + 0.5) / 100, atol=1e-4)


WAY = """async ({ between, profile, stack }, { bumps, range, t }) => {
  const { PLANS, grains } = await import(new URL("app/static/walk/plan.js", document.baseURI).href)
  const p = grains(bumps, 1000), plan = PLANS.swapped(p, p.map((x) => x / 2 + 1))
  const xs = between(p, plan, t)
  return [p, plan, xs, stack(xs, range), profile(xs, range)].map((values) => Array.from(values))
}"""


@pytest.mark.parametrize("t", [0, 0.3, 1])
def test_grains_go_straight_and_fill_a_pile_of_their_density(call, t):
    range_ = [-6, 6]
    p, plan, xs, ys, heights = map(np.array, call("walk/path.js", WAY, {"bumps": BUMPS, "range": range_, "t": t}))
    np.testing.assert_allclose(xs, (1 - t) * p + t * plan)
    cells = np.linspace(*range_, len(heights), endpoint=False) + 6 / len(heights)
    assert heights.sum() * 12 / len(heights) == pytest.approx(1)
    shares = ys / np.interp(xs, cells, heights)
    assert shares.min() >= 0
    assert shares.max() <= 1
    assert np.abs(np.sort(shares) - np.linspace(0, 1, len(shares))).max() < 0.05  # all heights alike
    if t == 0:
        assert np.abs(heights - density(cells)).max() < 0.08 * density(cells).max()


def test_the_walk_begins_at_p_reaches_q_and_comes_back_along_each_plan(call):
    source = """({ LENGTH, moment }) =>
      Array.from({ length: 2001 }, (_, i) => moment((2 * LENGTH * i) / 2000, 2)).map(({ plan, t }) => [plan, t])"""
    plans, t = np.array(call("walk/cycle.js", source)).T
    for plan in (0, 1):
        one = t[:-1][plans[:-1] == plan]
        assert (one[0], one.min()) == (0, 0)
        assert one.max() == pytest.approx(1)
        assert np.abs(np.diff(one)).max() < 0.02
    assert (plans[-1], t[-1]) == (0, 0)


def test_grips_keep_apart_and_in_the_picture(call):
    source = """({ gripsAt }, middles) => middles.map((m) => gripsAt(m, [90, 120], 360))"""
    middles = [[100, 300], [180, 180], [185, 180], [0, 0], [360, 360], [360, 0], [20, 30]]
    for (p, q), (a, b) in zip(middles, call("walk/layout.js", source, middles), strict=True):
        assert min(a, b) >= 0
        assert max(a + 90, b + 120) <= 360
        assert (a + 90 < b) if p <= q else (b + 120 < a)


# ---- in the page -----------------------------------------------------------------------------------------------------


def costs(page: Page) -> list[str]:
    return [cost(page, plan) for plan in ("cheapest plan", "sides swapped")]


def place(grip) -> float:
    """Where this pile is, in units of x."""
    return float(grip.get_attribute("aria-valuenow"))


def so_far(page: Page) -> str:
    return page.locator(".so-far").filter(has_text="so far").inner_text()


def cost(page: Page, plan: str) -> str:
    return page.get_by_role("button", name=plan).locator("b").inner_text()


def sand(page: Page) -> str:
    return page.locator("canvas").nth(1).evaluate("canvas => canvas.toDataURL()")


def stands_still(page: Page) -> bool:
    before = sand(page), so_far(page)
    frames(page, 15)
    return (sand(page), so_far(page)) == before


def test_the_sand_walks_and_counts(open_page):
    page = open_page()
    before, count = sand(page), so_far(page)
    wait_until(page, lambda: sand(page) != before and so_far(page) != count)
    page.get_by_role("button", name="Stand still").click()
    walk = page.get_by_role("button", name="Walk")
    expect(walk).to_be_visible()
    assert stands_still(page)
    walk.click()
    wait_until(page, lambda: not stands_still(page))


def test_a_plan_that_is_pressed_is_walked_along(open_page):
    page = open_page()
    swapped = page.get_by_role("button", name="sides swapped")
    swapped.click()
    expect(swapped).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="cheapest plan")).to_have_attribute("aria-pressed", "false")
    assert float(cost(page, "sides swapped")) > float(cost(page, "cheapest plan"))


def test_a_drag_changes_plan_and_costs_without_the_server(app_url, tab):
    asked = []
    tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: asked.append(frame)))
    tab.goto(app_url)
    settle(tab)
    tab.wait_for_load_state("networkidle")
    tab.on("request", lambda request: asked.append(request.url))
    assert any(not isinstance(frame, str) for frame in asked)  # it does hear what is sent
    asked.clear()
    for name in ("P, the sand", "Q, where it goes"):
        grip = tab.get_by_role("slider", name=name)
        before, at = costs(tab), place(grip)
        x, y = centre(grip)
        tab.mouse.move(x, y)
        tab.mouse.down()
        tab.mouse.move(x + 40, y, steps=4)
        tab.mouse.up()
        wait_until(tab, lambda grip=grip, at=at: place(grip) > at)
        dragged = costs(tab)
        assert dragged != before
        expect(grip).to_be_focused()
        grip.press("ArrowLeft")
        wait_until(tab, lambda dragged=dragged: costs(tab) != dragged)
        expect(grip).to_have_attribute("aria-valuetext", re.compile(re.escape(cost(tab, "cheapest plan"))))
    settle(tab)
    assert asked == []


def test_sand_itself_can_be_dragged(open_page):
    page = open_page()
    grip = page.get_by_role("slider", name="P, the sand")
    stage = page.locator(".picture").bounding_box()
    x, y = stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2  # P stands at 0, in the middle
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - stage["width"] / 15, y, steps=4)  # the picture is 15 units wide
    page.mouse.up()
    wait_until(page, lambda: place(grip) == pytest.approx(-1, abs=0.02))


def test_a_finger_drags_a_pile(app_url, handheld):
    handheld.goto(app_url)
    settle(handheld)
    grip = handheld.get_by_role("slider", name="Q, where it goes")
    at, (x, y) = place(grip), centre(grip)
    touch = handheld.context.new_cdp_session(handheld)
    for kind, dx in (("touchStart", 0), *(("touchMove", 10 * i) for i in range(1, 6))):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + dx, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_until(handheld, lambda: place(grip) > at + 1)


def test_where_all_go_one_way_both_plans_cost_the_same(open_page):
    page = open_page()
    page.get_by_role("slider", name="P, the sand").press("Home")
    page.get_by_role("slider", name="Q, where it goes").press("End")
    expect(page.get_by_text("both plans cost the same")).to_be_visible()
    cheapest, swapped = costs(page)
    assert cheapest == swapped


def test_it_stands_still_for_who_wants_no_motion_until_asked(app_url, browser):
    calm = browser.new_page(reduced_motion="reduce")
    calm.goto(app_url)
    settle(calm, glides=True)
    assert stands_still(calm)
    assert 0 < float(so_far(calm).split()[0]) < float(cost(calm, "cheapest plan"))
    calm.get_by_role("button", name="Walk").click()
    wait_until(calm, lambda: not stands_still(calm))
    calm.close()


def test_it_stands_still_while_nobody_sees_it(app_url, handheld):
    handheld.goto(app_url)
    settle(handheld)
    wait_until(handheld, lambda: not stands_still(handheld))
    handheld.get_by_role("img", name=COURSE[-1].alt).scroll_into_view_if_needed()
    wait_until(handheld, lambda: stands_still(handheld))
    handheld.get_by_role("heading", level=1).scroll_into_view_if_needed()
    wait_until(handheld, lambda: not stands_still(handheld))


def test_it_takes_the_page_s_colours_also_when_they_change(app_url, browser):
    calm = browser.new_page(reduced_motion="reduce", color_scheme="light")
    calm.goto(app_url)
    settle(calm, glides=True)
    ground = (
        """canvas => Array.from(canvas.getContext("2d").getImageData(5, Math.round(0.72 * canvas.height), 1, 1).data)"""
    )
    picture = calm.locator("canvas").first
    wait_until(calm, lambda: sum(picture.evaluate(ground)[:3]) < 250)
    calm.emulate_media(color_scheme="dark", reduced_motion="reduce")
    wait_until(calm, lambda: sum(picture.evaluate(ground)[:3]) > 500)
    calm.close()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_title_picture_and_button_are_on_the_first_screen(open_page, page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    open_page()
    title = page.get_by_role("heading", level=1)
    picture, start = page.locator(".picture"), page.get_by_role("button", name="Start with the boxes")
    assert float(title.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) <= 32
    tops = [part.bounding_box() for part in (title, picture, start)]
    for part, below in zip(tops, [*tops[1:], {"y": height}], strict=True):
        assert part["y"] + part["height"] <= below["y"]
    assert picture.bounding_box()["height"] >= 220
    names = [*(lesson.title for lesson in COURSE), *(lesson.question for lesson in COURSE)]
    for name in names:
        node = page.locator(".st-key-path").get_by_text(name).first
        assert node.evaluate(
            "node => node.scrollWidth <= node.clientWidth || getComputedStyle(node).display === 'inline'"
        )
        box, card = node.bounding_box(), page.locator(".st-key-path > *").first.bounding_box()
        assert box["x"] + box["width"] <= width
        assert box["width"] <= card["width"] or width == 390


def test_the_path_leads_to_every_lesson(open_page, page):
    open_page()
    for lesson in COURSE:
        drawing = page.get_by_role("img", name=lesson.alt)
        wait_until(page, lambda drawing=drawing: drawing.evaluate("image => image.complete && image.naturalWidth > 0"))
        page.locator(f".st-key-path_{lesson.page}").click(position={"x": 30, "y": 30})  # on the drawing
        expect(page).to_have_url(re.compile(lesson.page))
        settle(page)
        page.get_by_role("link", name="Home").first.click()
        expect(page.get_by_role("button", name="Start with the boxes")).to_be_visible()
        settle(page)
