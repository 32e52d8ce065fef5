"""The critic bent by mouse, thumb and keyboard: picture, values, table and link agree, and so do browser and Python."""

import re
from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser import settle, to_lesson, wait_until
from tests.e2e.hand import centre, drag, swipe
from tests.e2e.slow import Slow
from wgan_demo.distances import duality

SHARES = {name: [np.array(heights) / sum(heights) for heights in pair] for name, pair in duality.PRESETS.items()}
FLAT = np.zeros(duality.PLACES)


def knot(page, place):
    return page.get_by_role("slider", name=f"f at place {place}", exact=True)


def heights(page) -> np.ndarray:
    """What the knots say."""
    return np.array([float(knot(page, place).get_attribute("aria-valuenow")) for place in range(duality.PLACES)])


def number(text: str) -> float:
    return float(re.search(r"[−-]?[0-9.]+", text)[0].replace("−", "-"))


def said(page) -> list[float]:
    """Tiles and value bar."""
    return [number(text) for text in page.locator(".score .tile b, .amount .value").all_inner_texts()]


def expect_f(page, f, preset="Side by side"):
    """Knots, value bar, tiles and link all show this f, with the values that Python computes."""
    p, q = SHARES[preset]
    for place, height in enumerate(f):
        expect(knot(page, place)).to_have_attribute("aria-valuenow", f"{height:g}")
    expected = [f @ p, f @ q, duality.greatest_slope(f), duality.value(f, p, q)]
    wait_until(page, lambda: said(page) == pytest.approx(expected, abs=0.0051))
    linked = duality.heights_text(f) if f.any() else None
    page.wait_for_function("f => new URL(location).searchParams.get('du_f') === f", arg=linked)


@pytest.fixture
def critic(open_page):
    page = open_page("duality")
    expect(knot(page, 8)).to_be_visible()
    return page


def lift(page, place, pixels):
    """Drag a knot up; the picture says where it has been let go."""
    x, y = centre(knot(page, place))
    drag(page, (x, y), (x, y - pixels))
    expect(page.locator(".status[aria-live]")).to_contain_text(f"f({place}) = ")


def test_a_drag_pulls_the_chain_as_python_does(critic):
    before = FLAT
    for place, pixels in [(0, 80), (8, -120), (3, 60), (5, -30)]:
        lift(critic, place, pixels)
        f = heights(critic)
        assert abs(f[place] - before[place]) > 0.3
        expect_f(critic, duality.pull(before, place, f[place]))
        before = f
    assert duality.greatest_slope(before) == pytest.approx(1)


def test_value_and_chain_do_not_wait_for_the_server(open_page, page):
    slow = Slow(page)
    open_page("duality")
    slow.holds = True
    lift(page, 0, 120)
    f = heights(page)
    assert duality.greatest_slope(f) == pytest.approx(1)
    value = duality.value(f, *SHARES["Side by side"])
    assert number(page.locator(".amount .value").inner_text()) == pytest.approx(value, abs=0.0051)
    assert number(page.locator(".amount .share").inner_text()) == pytest.approx(100 * value / (17 / 3), abs=0.51)


def test_two_drags_reach_w1_and_python_says_so(critic):
    lift(critic, 0, 400)
    lift(critic, 8, -400)
    expect(critic.locator(".fill")).to_have_class("fill full")
    expect(critic.locator(".amount .share")).to_have_text("100 %")
    settle(critic)
    expect(critic.get_by_text("No f under the clamp lifts it higher: W₁ = 5.67 steps.")).to_be_visible()
    expect(critic.locator(".stage .link.taut")).to_have_count(8)


def test_the_page_follows_while_the_hand_still_holds_the_knot(critic):
    x, y = centre(knot(critic, 0))
    critic.mouse.move(x, y)
    critic.mouse.down()
    critic.mouse.move(x, y - 100, steps=10)
    critic.wait_for_function("new URL(location).searchParams.get('du_f')")
    settle(critic)
    assert heights(critic)[0] > 3
    critic.mouse.move(x, y - 60, steps=4)  # the answer from the server has not taken the knot out of the hand
    wait_until(critic, lambda: 1 < heights(critic)[0] < 3)
    critic.mouse.up()


def test_the_keyboard_alone_bends_f(critic):
    knot(critic, 4).focus()
    for key in ["PageUp", "PageUp", "ArrowUp", "ArrowUp", "ArrowDown"]:
        critic.keyboard.press(key)
    f = duality.pull(duality.pull(FLAT, 4, 2.2), 4, 2.1)  # on the way down the neighbours need not follow
    expect_f(critic, f)
    expect(knot(critic, 4)).to_have_attribute(
        "aria-valuetext", re.compile(r"^f\(4\) = 2.1. E_P f − E_Q f = −?[0-9.]+ of 5.67")
    )
    critic.keyboard.press("ArrowRight")
    expect(knot(critic, 5)).to_be_focused()
    critic.keyboard.press("PageDown")
    expect_f(critic, f := duality.pull(f, 5, f[5] - 1))
    critic.keyboard.press("ArrowLeft")
    critic.keyboard.press("Home")
    expect_f(critic, duality.pull(f, 4, 0))
    expect(critic.locator(".status[aria-live]")).to_contain_text("f(4) = 0.")
    critic.keyboard.press("c")  # to the app alone it would be a hotkey
    expect(critic.get_by_role("dialog")).to_have_count(0)
    critic.get_by_role("button", name="Undo").click()
    expect_f(critic, f)


def test_undo_steps_back_and_flatten_can_be_undone(critic):
    lift(critic, 2, 60)
    one = heights(critic)
    lift(critic, 6, -60)
    two = heights(critic)
    critic.get_by_role("button", name="Flatten f").click()
    expect_f(critic, FLAT)
    for f in (two, one, FLAT):
        critic.get_by_role("button", name="Undo").click()
        expect_f(critic, f)
    expect(critic.get_by_role("button", name="Undo")).to_be_disabled()


def test_without_the_clamp_the_value_runs_away_and_the_clamp_tames_it(open_page):
    page = open_page("duality?du_preset=Both+sides&du_clamp=false")
    x, y = centre(knot(page, 4))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 250, steps=10)  # to the edge, and held there
    first = heights(page)[4]
    wait_until(page, lambda: heights(page)[4] > max(first, 10))
    page.mouse.up()
    expect(page.locator(".words")).to_have_text(
        re.compile(r"× W₁: not a distance. Without the clamp any number can be")
    )
    steep = heights(page)
    assert (np.delete(steep, 4) == 0).all()
    expect_f(page, steep, "Both sides")
    expect(page.get_by_text("which says nothing about W₁; divided by its greatest slope")).to_be_visible()
    page.get_by_text("Clamp: no slope above 1").click()
    settle(page)
    expect_f(page, duality.tame(steep), "Both sides")
    expect(page.locator(".status[aria-live]")).to_contain_text("The clamp is back")


def test_the_plan_shows_which_pair_is_loose_and_the_gap_is_its_sum(open_page):
    page = open_page("duality?du_preset=Both+sides&du_plan=true&du_f=0+0+1+2+3+2+1+0+0")
    p, q = SHARES["Both sides"]
    plan, slack = duality.plan_that_keeps(p, q), duality.slack(heights(page))
    rows = [row.locator("td").all_inner_texts() for row in page.locator(".pairs tr:not(.sum)").all()[1:]]
    moves = [(i, j) for i, j in np.argwhere(plan > 1e-12) if i != j]
    assert [row[0] for row in rows] == [f"{i} → {j}" for i, j in moves]
    for row, (i, j) in zip(rows, moves, strict=True):
        assert number(row[4]) == pytest.approx(slack[i, j])
        assert ("tight" in row[4]) == (slack[i, j] == 0)
        assert number(row[5]) == pytest.approx(plan[i, j] * slack[i, j], abs=1e-4)
    assert number(page.locator("tr.sum td").last.inner_text()) == pytest.approx(0.5)
    lift(page, 4, 300)
    expect(page.locator("tr.sum td").last).to_have_text("0")
    expect(page.locator(".pairs tr.tight")).to_have_count(len(moves))


def test_the_best_f_opens_after_a_guess_and_can_be_taken_over(open_page):
    page = open_page("duality?du_preset=Zigzag")
    reveal = page.get_by_label("Show the best f: f*")
    expect(reveal).to_be_disabled()
    page.get_by_text("1, always", exact=True).click()
    expect(reveal).to_be_enabled()
    page.get_by_text("Show the best f: f*").click()
    expect(page.get_by_text("a zigzag that turns 7 times")).to_be_visible()
    page.get_by_role("button", name="Take the best f").click()
    expect(page.locator(".amount .share")).to_have_text("100 %")
    settle(page)
    assert duality.value(heights(page), *SHARES["Zigzag"]) == pytest.approx(1)
    expect(page.get_by_text("No f under the clamp lifts it higher: W₁ = 1 step.")).to_be_visible()


def test_the_link_brings_the_view_back(open_page):
    page = open_page("duality")
    page.get_by_text("One grain", exact=True).click()
    expect(page).to_have_url(re.compile(r"du_preset=One"))
    settle(page)
    lift(page, 8, 90)
    page.get_by_text("1, always", exact=True).click()
    for name, linked in (("Show which mass moves: an optimal plan γ", "du_plan"), ("Show the best f: f*", "du_reveal")):
        expect(page.get_by_label(name)).to_be_enabled()
        page.get_by_text(name).click()
        expect(page).to_have_url(re.compile(f"{linked}=true"))
    f = heights(page)
    expect_f(page, f, "One grain")
    link = page.evaluate("location.href")
    other = page.context.new_page()
    other.goto(link)
    settle(other)
    expect_f(other, f, "One grain")
    expect(other.locator(".pairs tr")).to_have_count(3)
    expect(other.locator(".curve.potential")).to_have_count(2)  # in the picture and in the legend
    assert other.evaluate("location.href") == link


def test_f_is_still_there_after_a_look_at_another_page(critic):
    lift(critic, 2, 60)
    f = heights(critic)
    expect_f(critic, f)
    to_lesson(critic, "Moving boxes")
    settle(critic)
    to_lesson(critic, "Duality")
    settle(critic)
    expect_f(critic, f)


@pytest.fixture
def phone(handheld, open_page):
    page = open_page("duality", tab=handheld)
    expect(knot(page, 8)).to_be_visible()
    return page


def test_a_thumb_bends_f_and_the_page_stays_put(phone):
    knot(phone, 3).scroll_into_view_if_needed()
    x, y = centre(knot(phone, 3))
    before = phone.locator(".place").first.bounding_box()["y"]
    swipe(phone, (x, y), (x, y - 60))
    expect(phone.locator(".status[aria-live]")).to_contain_text("f(3) = ")
    f = heights(phone)
    assert f[3] > 2
    expect_f(phone, duality.pull(FLAT, 3, f[3]))
    assert phone.locator(".place").first.bounding_box()["y"] == pytest.approx(before, abs=1)


def test_a_thumb_beside_the_knots_scrolls_the_page(phone):
    place = phone.locator(".place").nth(4)
    place.scroll_into_view_if_needed()
    x, y = centre(place)
    swipe(phone, (x, y), (x, y - 250))
    wait_until(phone, lambda: centre(place)[1] < y - 80)
    assert (heights(phone) == 0).all()


def test_on_a_phone_every_knot_is_a_thumb_wide_and_value_and_f_are_seen_together(phone):
    areas = [knot(phone, place).bounding_box() for place in range(duality.PLACES)]
    assert min(min(area["width"], area["height"]) for area in areas) >= 36
    assert all(b["x"] - a["x"] >= 36 for a, b in pairwise(areas))
    whole = phone.locator(".critic").bounding_box()
    assert whole["x"] >= 0
    assert whole["x"] + whole["width"] <= 390
    scene = phone.locator(".scene").bounding_box()
    assert scene["y"] + scene["height"] - whole["y"] < 844


@pytest.mark.parametrize("device", ["page", "handheld"])
def test_the_trained_critic_is_seen_where_its_button_is_clicked(open_page, request, device):
    page = open_page("duality?du_preset=Both+sides", tab=request.getfixturevalue(device))
    button = page.get_by_role("button", name="Train a critic on this P and Q")
    button.click()
    curve = page.locator(".stage .curve.trained")
    expect(curve).to_be_attached(timeout=30_000)
    settle(page)
    expect(curve).to_be_in_viewport()
    expect(button).to_be_in_viewport()


def test_axes_have_names_and_units_and_no_bar_leaves_them(open_page):
    page = open_page("duality?du_preset=Both+sides")
    assert page.locator(".stage .title").all_text_contents() == ["f(x), steps", "place x, steps"]
    expect(page.locator(".words")).to_have_text("3 steps are missing.")
    axis = page.locator(".stage .axis").last.bounding_box()
    for bar in page.locator(".stage rect.target").all():
        box = bar.bounding_box()
        assert axis["x"] <= box["x"]
        assert box["x"] + box["width"] <= axis["x"] + axis["width"]
