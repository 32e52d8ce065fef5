"""The board under a real hand: mouse, thumb and keyboard, each seen in picture, table, cost and link at once."""

import re
from string import ascii_uppercase

import pytest
from playwright.sync_api import expect

from tests.browser import settle, wait_until
from tests.e2e.hand import centre, drag, swipe
from tests.e2e.slow import Slow
from wgan_demo.distances.assignment import PRESETS, optimal_plan, parse_plan, plan_cost, plan_table, plan_text

SIX = PRESETS["Six boxes"]


def box(page, n):
    return page.get_by_role("button", name=re.compile(rf"^Box {n} from"))


def slot(page, letter):
    return page.locator(".slot", has_text=letter)


def expect_plan(page, plan, problem=SIX):
    """Picture, table, margins, cost and link all show this plan, as Python computes it."""
    placed = parse_plan(plan, problem)
    for number, letter in enumerate(plan, start=1):
        where = "on its pile" if letter == "-" else f"in slot {letter}"
        expect(box(page, number)).to_have_attribute("aria-label", re.compile(where))
    _, _, gamma = plan_table(problem, placed)
    rows = page.locator(".gamma tr")
    for i, row in enumerate(gamma):
        expect(rows.nth(i + 1).locator("td:not(.sum)")).to_have_text([str(value) for value in row])
        expect(rows.nth(i + 1).locator(".sum")).to_have_text(re.compile(rf"^{row.sum()}/"))
    expect(rows.last.locator(".sum").last).to_have_text(f"{gamma.sum()}/{len(placed)}")
    expect(page.locator(".tile.cost b")).to_have_text(f"{plan_cost(problem, placed):g}")
    linked = plan if plan.strip("-") else None
    page.wait_for_function("plan => new URL(location).searchParams.get('mb_plan') === plan", arg=linked)


@pytest.fixture
def board(open_page):
    page = open_page("moving_boxes?mb_preset=Six+boxes")
    expect(box(page, 6)).to_be_visible()
    return page


def test_a_drag_moves_box_table_and_cost_together(board):
    drag(board, centre(box(board, 1)), centre(slot(board, "E")))
    expect_plan(board, "E-----")
    drag(board, centre(box(board, 5)), centre(slot(board, "C")))
    expect_plan(board, "E---C-")
    expect(board.locator(".tile.least b")).to_have_text("?")


def test_cost_and_table_do_not_wait_for_the_server(open_page, page):
    slow = Slow(page)
    open_page("moving_boxes?mb_preset=Six+boxes")
    slow.holds = True
    drag(page, centre(box(page, 1)), centre(slot(page, "E")))
    expect(page.locator(".tile.cost b")).to_have_text("9")
    expect(page.locator(".gamma td.some")).to_have_text("1")


def test_a_drop_near_a_slot_snaps_and_a_drop_far_away_returns(board):
    x, y = centre(slot(board, "A"))
    drag(board, centre(box(board, 1)), (x - 25, y - 30))
    expect_plan(board, "A-----")
    drag(board, centre(box(board, 1)), (x - 300, y - 200))
    expect_plan(board, "------")


def test_a_drop_on_a_filled_slot_swaps(board):
    drag(board, centre(box(board, 1)), centre(slot(board, "A")))
    drag(board, centre(box(board, 4)), centre(slot(board, "F")))
    drag(board, centre(box(board, 1)), centre(slot(board, "F")))
    expect_plan(board, "F--A--")
    drag(board, centre(box(board, 6)), centre(slot(board, "A")))  # from its pile: the other goes back to its own
    expect_plan(board, "F----A")


def test_undo_steps_back_and_all_boxes_can_be_taken_back(board):
    drag(board, centre(box(board, 1)), centre(slot(board, "A")))
    drag(board, centre(box(board, 4)), centre(slot(board, "B")))
    board.get_by_role("button", name="Undo").click()
    expect_plan(board, "A-----")
    board.get_by_role("button", name="Take all back").click()
    expect_plan(board, "------")
    board.get_by_role("button", name="Undo").click()
    expect_plan(board, "A-----")


def test_the_link_follows_an_undo_that_came_before_the_link_of_the_move(open_page, page):
    slow = Slow(page)
    open_page("moving_boxes?mb_preset=Six+boxes")
    drag(page, centre(box(page, 1)), centre(slot(page, "A")))
    expect_plan(page, "A-----")
    slow.holds = True
    drag(page, centre(box(page, 4)), centre(slot(page, "B")))
    wait_until(page, lambda: any(b"mb_plan=A--B--" in message for message in slow.held))
    before = slow.asked
    page.get_by_role("button", name="Undo").click()
    wait_until(page, lambda: slow.asked > before)
    slow.go_on()
    expect_plan(page, "A-----")


def test_the_keyboard_alone_fills_the_board(board):
    live = board.locator(".status[aria-live]")
    box(board, 1).focus()
    board.keyboard.press("ArrowRight")
    expect(live).to_have_text(re.compile("Box 1 to slot A at place 7. It would cost 6."))
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    expect(live).to_have_text(re.compile("Box 1 goes from place 1 to place 8 and costs 7. Cost so far: 7 box-steps."))
    expect_plan(board, "B-----")
    board.keyboard.press("Tab")
    board.keyboard.press("5")
    board.keyboard.press("Enter")
    expect_plan(board, "BE----")
    board.keyboard.press("Tab")
    board.keyboard.press("c")  # a letter of a slot; to the app alone it would be a hotkey
    board.keyboard.press("Escape")
    expect(live).to_have_text("Box 3 stays where it is.")
    board.keyboard.press("c")
    board.keyboard.press("Enter")
    expect_plan(board, "BEC---")
    board.keyboard.press("Escape")
    expect_plan(board, "BE----")
    expect(board.get_by_role("dialog")).to_have_count(0)


def test_finishing_shows_the_optimum_and_python_agrees(board):
    for number, letter in enumerate(reversed(ascii_uppercase[:6]), start=1):
        drag(board, centre(box(board, number)), centre(slot(board, letter)))
    expect_plan(board, "FEDCBA")
    expect(board.locator(".tile.least b")).to_have_text("42")
    expect(board.locator(".tile.least")).to_contain_text("EMD 7")
    expect(board.locator(".tile.above b")).to_have_text("0")
    expect(board.locator(".tile.cost")).to_contain_text("7 per box")
    settle(board)
    expect(
        board.get_by_text("This plan costs 42 box-steps, and no plan costs less: EMD = 42 / 6 = 7 steps.")
    ).to_be_visible()
    expect(board.get_by_text("Here every plan costs 42")).to_be_visible()


# With each change, as a play goes on by its own clock.
WATCH_THE_PLAY = """(board) => {
  const seen = (window.seen = [])
  const look = () => {
    const placed = [...board.querySelectorAll(".sum")].at(-1).textContent
    const now = placed + " costs " + board.querySelector(".cost b").textContent
    if (now !== seen.at(-1)) seen.push(now)
  }
  look()
  new MutationObserver(look).observe(board, { subtree: true, childList: true, characterData: true })
}"""


def test_the_optimum_is_played_box_by_box(open_page):
    board = open_page("moving_boxes?mb_preset=Two+plans&mb_plan=BA")
    expect(board.locator(".tile.above b")).to_have_text("+2")
    board.locator(".board").evaluate(WATCH_THE_PLAY)
    board.get_by_role("button", name="Play the cheapest").click()
    board.wait_for_function("window.seen.at(-1) === '2/2 costs 2'")
    assert board.evaluate("window.seen") == ["2/2 costs 4", "0/2 costs 0", "1/2 costs 1", "2/2 costs 2"]
    expect_plan(board, "AB", PRESETS["Two plans"])
    board.get_by_role("button", name="Undo").click()  # the student's own plan is not lost
    expect_plan(board, "BA", PRESETS["Two plans"])


# A key on a box, in the very moment when so many are placed.
INTERRUPT = """(board, { placed, box, key }) => {
  const watch = new MutationObserver(() => {
    if ([...board.querySelectorAll(".sum")].at(-1).textContent !== placed) return
    watch.disconnect()
    const node = board.querySelectorAll("button.box")[box - 1]
    node.focus()
    node.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }))
  })
  watch.observe(board, { subtree: true, childList: true, characterData: true })
}"""


def test_a_hand_that_interrupts_the_play_keeps_picture_and_link_together(open_page):
    board = open_page("moving_boxes?mb_preset=Piles")
    board.locator(".board").evaluate(INTERRUPT, {"placed": "2/10", "box": 9, "key": "ArrowRight"})
    board.get_by_role("button", name="Play the cheapest").click()
    expect(board.locator(".status[aria-live]")).to_have_text(re.compile("^Box 9 to slot"))
    expect(box(board, 9)).to_be_focused()
    board.keyboard.press("Escape")
    best = plan_text(optimal_plan(PRESETS["Piles"]))
    expect_plan(board, best[:2] + "-" * 8, PRESETS["Piles"])


def test_a_guess_reveals_the_optimum(board):
    board.get_by_role("button", name="That is my guess").click()
    settle(board)
    expect(board.locator(".tile.least b")).to_have_text("42")
    expect(board.get_by_text("You guessed 27; the least is 42.")).to_be_visible()


def test_unequal_totals_say_so_and_keep_the_plan(board):
    drag(board, centre(box(board, 1)), centre(slot(board, "E")))
    board.get_by_text("Your own", exact=True).click()
    settle(board)
    field = board.get_by_label("Boxes stand at")
    expect(field).to_have_value("1 1 1 2 3 3")
    field.fill("1 1 1 2 3")
    field.press("Enter")
    settle(board)
    expect(board.get_by_text("The totals differ (boxes: 5, slots: 6)")).to_be_visible()
    expect_plan(board, "E-----")
    field.fill("1 1 1 2 3 3")
    field.press("Enter")
    settle(board)
    expect(board.get_by_text("The totals differ")).to_have_count(0)
    expect_plan(board, "E-----")


def test_the_link_brings_back_what_was_on_the_board(board):
    board.get_by_text("Piles", exact=True).click()
    expect(box(board, 10)).to_be_visible()
    settle(board)
    drag(board, centre(box(board, 2)), centre(slot(board, "C")))
    expect_plan(board, "-C--------", PRESETS["Piles"])
    other = board.context.new_page()
    other.goto(board.evaluate("location.href"))
    settle(other)
    expect_plan(other, "-C--------", PRESETS["Piles"])


@pytest.fixture
def phone(handheld, open_page):
    page = open_page("moving_boxes?mb_preset=Six+boxes", tab=handheld)
    expect(box(page, 6)).to_be_visible()
    return page


def test_a_thumb_drags_a_box_and_the_page_stays_put(phone):
    slot(phone, "F").scroll_into_view_if_needed()
    before = centre(slot(phone, "F"))
    swipe(phone, centre(box(phone, 4)), before)
    expect_plan(phone, "---F--")
    assert centre(slot(phone, "F")) == pytest.approx(before, abs=1)


def test_a_thumb_beside_the_boxes_scrolls_the_page(phone):
    slot(phone, "A").scroll_into_view_if_needed()
    x, y = centre(slot(phone, "A"))
    swipe(phone, (x, y), (x, y - 300))
    wait_until(phone, lambda: centre(slot(phone, "A"))[1] < y - 100)


def test_a_tap_on_a_box_and_a_tap_on_a_slot_place_it(phone):
    box(phone, 6).tap()
    slot(phone, "B").tap()
    expect_plan(phone, "-----B")


def test_on_a_phone_every_box_is_a_thumb_wide_and_everything_is_seen_together(phone):
    for number in range(1, 7):
        area = box(phone, number).bounding_box()
        assert min(area["width"], area["height"]) >= 36
    whole = phone.locator(".board").bounding_box()
    assert whole["x"] >= 0
    assert whole["x"] + whole["width"] <= 390
    top = phone.locator(".score").bounding_box()["y"]
    table = phone.locator(".gamma").bounding_box()
    assert table["y"] + table["height"] - top < 844


def test_a_long_line_on_a_phone_keeps_its_boxes_apart_and_scrolls(phone, app_url):
    phone.goto(f"{app_url}/moving_boxes?mb_preset=Your+own&mb_boxes=0+1+2+3&mb_slots=17+18+19+20")
    settle(phone)
    first, second = box(phone, 1).bounding_box(), box(phone, 2).bounding_box()
    assert second["x"] - first["x"] >= 35
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    box(phone, 1).tap()
    slot(phone, "D").tap()
    expect(phone.locator(".tile.cost b")).to_have_text("20")


def test_moves_are_counted_and_undo_takes_one_back(open_page):
    board = open_page("moving_boxes?mb_preset=Two+plans")
    drag(board, centre(box(board, 1)), centre(slot(board, "B")))
    drag(board, centre(box(board, 2)), centre(slot(board, "A")))
    expect(board.locator(".tile.above")).to_contain_text("in 2 moves")
    drag(board, centre(box(board, 1)), centre(slot(board, "A")))
    expect(board.locator(".tile.above")).to_contain_text("in 3 moves")
    board.get_by_role("button", name="Undo").click()
    expect(board.locator(".tile.above")).to_contain_text("in 2 moves")


def test_a_nudge_names_the_boxes_of_a_bad_plan_and_swaps_them(open_page):
    board = open_page("moving_boxes?mb_preset=Two+plans")
    drag(board, centre(box(board, 1)), centre(slot(board, "B")))
    drag(board, centre(box(board, 2)), centre(slot(board, "A")))
    expect_plan(board, "BA", PRESETS["Two plans"])
    settle(board)
    expect(board.get_by_text("Swap boxes")).to_have_count(0)  # only when asked
    board.get_by_text("A nudge", exact=True).click()
    expect(board.get_by_text("Swap boxes 1 and 2: saves 2 box-steps.")).to_be_visible()
    board.wait_for_function("new URL(location).searchParams.get('mb_look') === 'A nudge'")
    board.get_by_role("button", name="Swap them").click()
    expect_plan(board, "AB", PRESETS["Two plans"])
    expect(board.get_by_text("Nothing to swap")).to_be_visible()
    board.get_by_role("button", name="Undo").click()  # the student's own plan is not lost
    expect_plan(board, "BA", PRESETS["Two plans"])
    expect(board.get_by_text("Swap boxes 1 and 2: saves 2 box-steps.")).to_be_visible()


def test_six_boxes_have_two_plans_side_by_side_and_either_can_be_put_on_the_board(open_page):
    board = open_page("moving_boxes?mb_preset=Six+boxes&mb_plan=AEFBCD")
    board.get_by_text("Same cost, another plan", exact=True).click()
    first, second = (board.get_by_role("img", name=re.compile(f"^γ{index}")) for index in "₁₂")
    expect(second).to_be_visible()
    settle(board)
    for picture in (first, second):
        assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0
    expect(second).to_have_attribute("alt", re.compile("1 to 7, 1 to 10, 1 to 10, 2 to 9, 3 to 9, 3 to 8"))
    here, there = first.bounding_box(), second.bounding_box()
    assert here["x"] + here["width"] <= there["x"]
    assert here["y"] == there["y"]
    board.get_by_role("button", name="Put γ₂ on the board").click()
    expect(board.locator(".gamma tr").nth(2).locator("td:not(.sum)")).to_have_text(["0", "0", "1", "0"])
    expect(board.locator(".tile.cost b")).to_have_text("42")
    expect(second).to_have_attribute("alt", re.compile("2 to 8"))


def test_the_small_figure_of_the_exponents_comes_only_when_asked_for(open_page):
    board = open_page("moving_boxes?mb_preset=A+tie+broken")
    assert not board.evaluate("performance.getEntriesByType('resource').some(({ name }) => name.includes('plotly'))")
    board.get_by_text("One long way or two short", exact=True).click()
    expect(board.locator(".js-plotly-plot")).to_have_count(3)
    expect(board.get_by_text("p = ½: crossed < in order")).to_be_visible()


def press_bar(page, side, place, height, top=6):
    """Where a pile of this height ends, once nothing moves it any more."""
    settle(page)
    bar = page.get_by_role("group", name=f"How many {side}").get_by_role("slider", name=str(place), exact=True)
    bar.scroll_into_view_if_needed()
    area = bar.bounding_box()
    return area["x"] + area["width"] / 2, area["y"] + area["height"] * (1 - height / top)


def expect_problem(page, boxes, slots):
    for label, text in (("Boxes stand at", boxes), ("Slots are at", slots)):
        expect(page.get_by_label(label)).to_have_value(text)
    page.wait_for_function("text => new URL(location).searchParams.get('mb_boxes') === text", arg=boxes)


def test_piles_are_drawn_with_the_mouse_and_typed_at_once(open_page):
    board = open_page("moving_boxes?mb_preset=Your+own&mb_boxes=1+1&mb_slots=3+4")
    board.get_by_text("Draw the piles").click()
    expect(board.get_by_role("group", name="How many slots")).to_be_visible()
    board.mouse.click(*press_bar(board, "boxes", 5, 2))
    expect_problem(board, "1 1 5 5", "3 4")
    expect(board.get_by_text("The totals differ (boxes: 4, slots: 2)")).to_be_visible()
    board.mouse.click(*press_bar(board, "slots", 8, 2))
    expect_problem(board, "1 1 5 5", "3 4 8 8")
    expect(board.get_by_text("The totals differ")).to_have_count(0)
    expect(box(board, 4)).to_have_attribute("aria-label", re.compile("from place 5, on its pile"))
    board.get_by_label("Boxes stand at").fill("0 0 0 2")
    board.keyboard.press("Enter")
    settle(board)
    bar = board.get_by_role("group", name="How many boxes").get_by_role("slider", name="0", exact=True)
    expect(bar).to_have_attribute("aria-valuenow", "3")


def test_piles_are_drawn_with_a_thumb(phone, app_url):
    phone.goto(f"{app_url}/moving_boxes?mb_preset=Your+own&mb_boxes=1+1&mb_slots=3+4&mb_draw=true")
    settle(phone)
    swipe(phone, press_bar(phone, "boxes", 1, 2), press_bar(phone, "boxes", 1, 1))
    expect_problem(phone, "1", "3 4")
    swipe(phone, press_bar(phone, "boxes", 6, 1), press_bar(phone, "boxes", 6, 3))
    expect_problem(phone, "1 6 6 6", "3 4")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_unequal_totals_have_a_price(open_page):
    board = open_page("moving_boxes?mb_preset=Your+own&mb_boxes=0+1+3&mb_slots=1+20&mb_price=8")
    said = "1 box carried, 2 given up, 1 slot filled anew: 0 + 3 × 8 = 24 box-steps"
    expect(board.get_by_text(said)).to_be_visible()
    board.get_by_role("slider", name=re.compile("^Price c")).press("ArrowRight")
    expect(board.get_by_text("2 boxes carried, 1 given up, 0 slots filled anew: 17 + 1 × 8.5 = 25.5")).to_be_visible()
    board.wait_for_function("new URL(location).searchParams.get('mb_price') === '8.5'")
    expect(board.get_by_role("img", name=re.compile("^2 carried"))).to_be_visible()
    expect_plan(board, "--", PRESETS["Two plans"])  # the board keeps the last problem that worked


SWEEP_THE_HINT = """() => {
  const board = document.querySelector('[data-testid=stMain]')
  const root = [...board.querySelectorAll('*')].find((node) => node.shadowRoot?.querySelector('.hint')).shadowRoot
  const hint = root.querySelector('.hint')
  const overlaps = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  const others = [...root.querySelectorAll('.stage > .box')].slice(1)
  const animations = hint.getAnimations({ subtree: true })
  const covered = new Set()
  for (let time = 0; time < 4200; time += 50) {
    for (const animation of animations) { animation.pause(); animation.currentTime = time }
    for (const part of hint.children)
      if (Number(getComputedStyle(part).opacity) * Number(getComputedStyle(hint).opacity) > 0.05)
        for (const box of others)
          if (overlaps(part.getBoundingClientRect(), box.getBoundingClientRect())) covered.add(box.textContent)
  }
  return [animations.length, [...covered]]
}"""


@pytest.mark.parametrize("preset", PRESETS)
def test_the_box_that_shows_the_way_covers_no_other_box(open_page, preset):
    board = open_page(f"moving_boxes?mb_preset={preset.replace(' ', '+')}")
    assert board.evaluate(SWEEP_THE_HINT) == [2, []]


def test_a_high_pile_makes_flat_boxes_not_a_tall_board(open_page):
    eleven = "+".join(["4"] * 11)
    board = open_page(f"moving_boxes?mb_preset=Your+own&mb_boxes={eleven}&mb_slots={'+'.join(map(str, range(11)))}")
    assert board.locator(".scene").bounding_box()["height"] < 520
    drag(board, centre(box(board, 11)), centre(slot(board, "K")))
    expect(box(board, 11)).to_have_attribute("aria-label", re.compile("in slot K"))
    drag(board, centre(box(board, 5)), centre(slot(board, "A")))
    expect(box(board, 5)).to_have_attribute("aria-label", re.compile("in slot A"))


def test_nothing_moves_while_a_box_is_dragged(open_page):
    board = open_page("moving_boxes?mb_preset=Two+plans&mb_plan=B-&mb_look=A+nudge")
    pills = board.get_by_text("A nudge", exact=True)
    before = pills.bounding_box()
    board.mouse.move(*centre(box(board, 2)))
    board.mouse.down()
    board.mouse.move(*centre(slot(board, "A")), steps=8)
    settle(board)
    assert pills.bounding_box() == before
    board.mouse.up()
    expect(board.get_by_text("Swap boxes 1 and 2")).to_be_visible()


def test_the_view_stays_in_the_link_whatever_appears_above_it(open_page):
    board = open_page("moving_boxes?mb_preset=Six+boxes&mb_look=A+nudge")
    board.get_by_text("Your own", exact=True).click()
    expect(board.get_by_label("Boxes stand at")).to_be_visible()
    settle(board)
    board.get_by_text("Draw the piles").click()
    expect(board.get_by_role("group", name="How many slots")).to_be_visible()
    settle(board)
    board.get_by_label("Boxes stand at").fill("1 2")
    board.keyboard.press("Enter")
    settle(board)
    expect(board.get_by_text("The totals differ (boxes: 2, slots: 6)")).to_be_visible()
    board.get_by_role("slider", name=re.compile("^Price c")).press("ArrowRight")
    board.wait_for_function("new URL(location).searchParams.has('mb_price')")
    settle(board)
    board.get_by_label("Boxes stand at").fill("1 two")
    board.keyboard.press("Enter")
    board.wait_for_function("new URL(location).searchParams.get('mb_boxes') === '1 two'")
    settle(board)
    link = board.evaluate("Object.fromEntries(new URL(location).searchParams)")
    assert link["mb_look"] == "A nudge"
    assert (link["mb_draw"], link["mb_boxes"], link["mb_slots"]) == ("true", "1 two", "7 8 9 9 10 10")
