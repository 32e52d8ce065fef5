"""The page of the moving boxes, run through the app as a visitor meets it."""

import json
import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import complaints, components, formulas, open_lesson, plain, text
from wgan_demo.distances.assignment import PRESETS, BoxProblem, optimal_plan, plan_text
from wgan_demo.ui.components.board import places, verdict, why

BOXES = PRESETS["Six boxes"]


def open_page(**link):
    """The lesson with six boxes, unless the link says otherwise."""
    return open_lesson("moving_boxes", **{"mb_preset": "Six boxes"} | link)


def on_board(app: AppTest) -> dict:
    """What the board was given."""
    return json.loads(components(app)[0].proto.json)


def put(app: AppTest, plan: str) -> AppTest:
    """The hand leaves the boxes in these slots."""
    app.session_state["mb_board"] = {"placed": {"problem": on_board(app)["problem"], "plan": plan}}
    return app.run()


def test_the_first_look_shows_the_board_and_hides_the_optimum():
    app = open_page()
    assert not app.exception
    assert complaints(app) == []
    given = on_board(app)
    assert (given["boxes"], given["slots"]) == (list(BOXES.boxes), list(BOXES.slots))
    assert given["plan"] == "------"
    assert not given["revealed"]
    assert "42" not in text(app) + formulas(app)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_is_shown_whole_and_its_optimal_plan_is_called_optimal(preset):
    app = open_page(mb_preset=preset)
    given = on_board(app)
    assert (tuple(given["boxes"]), tuple(given["slots"])) == (PRESETS[preset].boxes, PRESETS[preset].slots)
    put(app, given["optimum"])
    assert not app.exception
    assert ":green-badge[Optimal]" in text(app)
    assert on_board(app.run())["revealed"]


@pytest.mark.parametrize(
    ("p", "plan", "says"),
    [
        ("1", "BA", ":green-badge[Optimal] This plan costs **2 box-steps**"),
        ("2", "BA", ":orange-badge[2 above the cheapest] This plan costs **4 box·steps²**, the cheapest 2."),
        ("½", "BA", ":green-badge[Optimal] This plan costs **1.41 box·√steps**"),
        ("½", "AB", ":orange-badge[0.59 above the cheapest] This plan costs **2 box·√steps**, the cheapest 1.41."),
    ],
)
def test_the_exponent_breaks_the_tie(p, plan, says):
    app = put(open_page(mb_preset="A tie broken", mb_p=p), plan)
    assert says in text(app)


def test_a_dear_plan_is_told_how_far_above_it_is():
    app = put(open_page(mb_preset="Two plans"), "BA")
    assert ":orange-badge[2 above the cheapest] This plan costs **4 box-steps**, the cheapest 2." in text(app)
    assert r"1 \cdot |3 - 1| + 1 \cdot |2 - 4| = 4" in formulas(app)
    assert "in order (left box to left slot) costs 2 box-steps, crossed costs 4" in text(app)


def test_both_units_of_the_piles():
    app = put(open_page(mb_preset="Piles"), on_board(open_page(mb_preset="Piles"))["optimum"])
    assert "**5 box-steps**, and no plan costs less: EMD = 5 / 10 = 0.5 steps." in text(app)
    assert r"= \tfrac{5}{10} = 0.5" in formulas(app)


def test_a_guess_reveals_the_optimum_and_is_compared():
    app = open_page()
    app.slider[0].set_value(40.0).run()
    next(button for button in app.button if button.label == "That is my guess").click().run()
    assert "You guessed 40; the least is 42." in text(app)
    assert on_board(app)["revealed"]
    assert "The best finish from here costs **42 box-steps**: nothing is lost yet." in text(app)


@pytest.mark.parametrize("p", ["½", "1", "2"])
@pytest.mark.parametrize("preset", PRESETS)
def test_the_guess_can_be_right(preset, p):
    app = open_page(mb_preset=preset, mb_p=p)
    slider = app.slider[0]
    put(app, on_board(app)["optimum"])
    least = float(re.search(r"costs \*\*([0-9.]+) ", text(app))[1])
    assert slider.min <= least <= slider.max


def test_six_boxes_explain_why_every_plan_costs_the_same():
    app = put(open_page(), "FEDCBA")
    assert "**every** plan costs 42" in text(app)
    assert "53 − 11" in text(app)


def test_a_problem_of_ones_own_starts_as_a_copy_and_may_be_changed():
    app = open_page(mb_preset="Two plans")
    app.segmented_control(key="mb_preset").set_value("Your own").run()
    assert (app.text_input(key="mb_boxes").value, app.text_input(key="mb_slots").value) == ("1 4", "2 3")
    app.text_input(key="mb_boxes").set_value("0, 20").run()
    assert on_board(app)["boxes"] == [0, 20]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("1 1 1 2 3", "The totals differ (boxes: 5, slots: 6): add or remove places"),
        ("1 1 1 2 3 3 3", "The totals differ (boxes: 7, slots: 6): add or remove places"),
        ("1 1 -1 2 3 3", "No place -1 for boxes on this line: it runs from 0 to 20."),
        ("1 1 one 2 3 3", "“one” is not a place for boxes: type whole numbers"),
        ("1 " * 500, "That is 500 boxes, and the board holds 12"),
        ("99999", "No place 99999"),
        ("", "There are no boxes yet"),
        ("nan", "“nan” is not a place"),
    ],
)
def test_bad_typing_gets_one_sentence_and_keeps_problem_and_plan(typed, says):
    app = put(open_page(), "AB----")
    app.segmented_control(key="mb_preset").set_value("Your own").run()
    app.text_input(key="mb_boxes").set_value(typed).run()
    assert not app.exception
    assert len(complaints(app)) == 1
    assert says in complaints(app)[0]
    assert "The board keeps the last problem that worked" in complaints(app)[0]
    assert on_board(app)["boxes"] == list(BOXES.boxes)
    assert on_board(app)["plan"] == "AB----"


def test_a_plan_is_found_again_after_a_look_at_another_problem():
    app = put(open_page(), "AB----")
    app.segmented_control(key="mb_preset").set_value("Piles").run()
    assert on_board(app)["plan"] == "-" * 10
    app.segmented_control(key="mb_preset").set_value("Six boxes").run()
    assert on_board(app)["plan"] == "AB----"


def test_a_lecturers_link_brings_problem_exponent_and_plan():
    app = open_page(mb_preset="Your own", mb_boxes="0 5", mb_slots="5 10", mb_p="2", mb_plan="BA")
    given = on_board(app)
    assert (given["boxes"], given["slots"], given["p"], given["plan"]) == ([0, 5], [5, 10], 2, "BA")
    assert ":orange-badge[50 above the cheapest] This plan costs **100 box·steps²**" in text(app)


@pytest.mark.parametrize(
    ("link", "complains"),
    [
        ({"mb_preset": "<script>alert(1)</script>"}, False),
        ({"mb_p": "nan"}, False),
        ({"mb_plan": "AAAAAA"}, True),
        ({"mb_plan": "<b>" * 2000}, True),
        ({"mb_plan": "ABC"}, True),
        ({"mb_preset": "Your own", "mb_boxes": "![x](//evil.example)", "mb_slots": "1"}, True),
        ({"mb_preset": "Your own", "mb_boxes": "9" * 5000, "mb_slots": "../../etc"}, True),
        ({"mb_preset": "Your own", "mb_boxes": "", "mb_slots": ""}, True),
    ],
)
def test_a_damaged_link_still_shows_a_whole_board(link, complains):
    app = open_page(**link)
    assert not app.exception
    kept = BOXES if "mb_preset" not in link else PRESETS["Two plans"]
    assert on_board(app)["boxes"] == list(kept.boxes)
    assert on_board(app)["plan"] == "-" * len(kept.boxes)
    assert len(complaints(app)) == complains
    assert not any(mark in message for message in complaints(app) for mark in ("<", "![", "//"))


@pytest.mark.parametrize("p", [0.5, 1, 2])
def test_the_reason_given_holds_for_all_sides(p):
    for boxes, slots in [((1, 2, 3), (3, 4, 5)), ((3, 4, 5), (1, 2, 3)), ((1, 5, 9), (2, 5, 6))]:
        problem = BoxProblem(boxes, slots)
        assert ("**every** plan" in why(problem, p)) == (p == 1 and max(boxes) <= min(slots))
    for boxes, slots in [((0,), (0,)), ((1, 1), (2, 3)), ((1, 2, 5), (3, 3, 3))]:
        assert "only one plan" in why(BoxProblem(boxes, slots), p)
    assert places((1, 2)) == "1 2"
    assert plan_text((None, 1)) == "-B"


def test_for_p_below_1_in_order_is_not_called_dear_where_it_is_the_cheapest():
    assert "no plan costs less" in why(BoxProblem((0, 5, 10), (1, 6, 11)), 0.5)
    assert "boxes that can stay do stay" in why(BoxProblem((0, 1, 2), (1, 2, 3)), 0.5)


def test_a_plan_that_is_dearer_by_less_than_a_hundredth_is_not_called_optimal():
    problem = BoxProblem((0, 1), (18, 19))  # in order 2 sqrt 18 = 8.4853, crossed sqrt 19 + sqrt 17 = 8.4820
    assert ":orange-badge[0.003 above the cheapest]" in verdict(problem, (0, 1), optimal_plan(problem, 0.5), 0.5)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_nudge_names_the_two_boxes_and_swaps_them():
    app = put(open_page(mb_preset="Two plans", mb_look="A nudge"), "BA")
    assert "**Swap boxes 1 and 2:** saves 2 box-steps." in text(app)
    press(app, "Swap them")
    assert (on_board(app)["plan"], on_board(app)["rev"]) == ("AB", 1)
    assert "**Nothing to swap:** this plan is optimal" in text(app)
    assert ":green-badge[Optimal]" in text(app)
    put(app, "BA")  # and the hand goes on
    assert "**Swap boxes 1 and 2:**" in text(app)


def test_only_what_has_something_to_show_is_offered_and_what_is_looked_at_stays():
    def offered(app: AppTest) -> list[str]:
        return app.pills(key="mb_look").options

    app = open_page(mb_preset="Two plans")
    assert offered(app) == ["Giving boxes up"]
    put(app, "BA")
    assert offered(app) == ["A nudge", "Giving boxes up"]
    app.pills(key="mb_look").set_value("A nudge").run()
    put(app, "AB")
    assert offered(app) == ["A nudge", "Giving boxes up"]  # it says that there is nothing to swap
    assert offered(open_page(mb_preset="A tie broken")) == ["One long way or two short", "Giving boxes up"]
    assert "Same cost, another plan" in offered(open_page(mb_plan="AEFBCD"))


def test_a_plan_of_six_in_a_link_without_a_preset_is_put_on_the_board():
    app = open_lesson("moving_boxes", mb_plan="AEFBCD")
    assert (on_board(app)["boxes"], on_board(app)["plan"]) == (list(BOXES.boxes), "AEFBCD")
    assert complaints(app) == []


def test_a_nudge_for_a_plan_in_part():
    app = put(open_page(mb_preset="Piles", mb_look="A nudge"), "--------" + "A-")
    assert "Place two boxes or more" in text(app)
    put(app, "J-------A-")
    assert "**Swap boxes 1 and 9:** saves 6 box-steps." in text(app)
    put(app, "A-------J-")
    assert "Swapping boxes that are placed already saves nothing." in text(app)


def test_where_no_two_boxes_help_the_ring_is_named():
    link = {"mb_preset": "Your own", "mb_boxes": "0 5 9 10 15 19", "mb_slots": "4 8 11 14 16 17", "mb_p": "½"}
    app = open_page(**link, mb_plan="ABDCEF", mb_look="A nudge")
    said = "No swap of two boxes helps, yet this plan is not the cheapest. **Pass 3 boxes round:** "
    assert said in text(app)
    assert "saves 0.23 box·√steps" in text(app)
    press(app, "Swap them")
    assert ":green-badge[Optimal]" in text(app)


@pytest.mark.parametrize("mine", ["AEFBCD", "AEFCBD"])
def test_six_boxes_show_the_articles_two_plans_side_by_side(mine):
    app = open_page(mb_plan=mine, mb_look="Same cost, another plan")
    assert "Two different plans, and both cost **42 box-steps**" in text(app)
    gamma_1 = r"$1 \cdot |7 - 1| + 2 \cdot |10 - 1| + 1 \cdot |8 - 2| + 2 \cdot |9 - 3| = 42$"
    gamma_2 = r"$1 \cdot |7 - 1| + 2 \cdot |10 - 1| + 1 \cdot |9 - 2| + 1 \cdot |8 - 3| + 1 \cdot |9 - 3| = 42$"
    sums = [plain(element.value) for element in app.markdown if "cdot" in element.value]
    assert sums == ([gamma_1, gamma_2] if mine == "AEFBCD" else [gamma_2, gamma_1])
    press(app, "Put γ₂ on the board")
    sums.reverse()
    assert [plain(element.value) for element in app.markdown if "cdot" in element.value] == sums


def test_a_plan_without_an_equal_says_so():
    app = open_page(mb_preset="Two plans", mb_look="Same cost, another plan")
    assert "Place all boxes" in text(app)
    put(app, "AB")
    assert "**No other plan costs exactly 2 box-steps.**" in text(app)
    assert "Two different plans" not in text(app)


def test_one_long_way_beats_two_short_ones_at_one_half():
    app = open_page(mb_preset="A tie broken", mb_look="One long way or two short")
    assert "Boxes 1 and 2 go 1 and 1 steps **in order**, 2 and 0 steps **crossed**: 2 in all" in text(app)
    assert r"$\sqrt{2} + \sqrt{0} = 1.41 < 2 = \sqrt{1} + \sqrt{1}$ box·√steps" in text(app)
    assert "$2 + 0 = 2 = 1 + 1$ box-steps" in text(app)
    assert r"$2^2 + 0^2 = 4 > 2 = 1^2 + 1^2$ box·steps²" in text(app)
    app.segmented_control(key="mb_preset").set_value("Two plans").run()
    assert "No two boxes of this problem can be crossed" in text(app)


def test_unequal_totals_are_offered_with_a_price():
    app = put(open_page(mb_preset="Your own", mb_boxes="0 1 3", mb_slots="1 20"), "--")
    assert "The totals differ (boxes: 3, slots: 2)" in complaints(app)[0]
    assert "**1 box carried, 2 given up, 1 slot filled anew: 0 + 3 × 3 = 9 box-steps**" in text(app)
    app.slider(key="mb_price").set_value(9.0).run()
    assert "**2 boxes carried, 1 given up, 0 slots filled anew: 17 + 1 × 9 = 26 box-steps**" in text(app)
    assert "1 box from c = 0, 2 boxes from c = 8.5 box-steps" in text(app)
    picture, table = (element.proto.body for element in app.get("html"))
    drawn = ElementTree.fromstring(b64decode(picture.partition("base64,")[2].partition('"')[0]))
    assert [mark.text for mark in drawn.findall(".//{*}text")][-5:] == ["✕", "2", "3", "A", "B"]
    assert "given up" in table
    assert r"17 + 9 \cdot 1 + 9 \cdot 0 = 26" in formulas(app)
    assert any("def solve_unbalanced" in code.value for code in app.code)


def test_boxes_may_be_given_up_though_there_is_a_slot_for_each():
    app = open_page(mb_look="Giving boxes up", mb_price="1")
    assert "**0 boxes carried, 6 given up, 6 slots filled anew: 0 + 12 × 1 = 12 box-steps**" in text(app)
    assert complaints(app) == []
    app.slider(key="mb_price").set_value(12.0).run()
    assert "**6 boxes carried, 0 given up, 0 slots filled anew: 42 + 0 × 12 = 42 box-steps**" in text(app)


@pytest.mark.parametrize("p", ["½", "1", "2"])
@pytest.mark.parametrize("view", ["A nudge", "Same cost, another plan", "One long way or two short", "Giving boxes up"])
@pytest.mark.parametrize("preset", PRESETS)
def test_every_view_of_every_preset_is_shown(preset, view, p):
    app = open_page(mb_preset=preset, mb_p=p, mb_look=view)
    put(app, on_board(app)["plan"].replace("-", "A", 1))
    put(app, on_board(app)["optimum"][::-1])
    assert not app.exception
    assert app.pills(key="mb_look").value == view


def bars_given(app: AppTest, which: int) -> list[float]:
    return json.loads(components(app)[which].proto.json)["heights"]


def test_piles_that_are_drawn_are_the_typed_problem():
    app = open_page(mb_preset="Your own", mb_boxes="1 1 4", mb_slots="2 3 3", mb_draw="true")
    assert bars_given(app, 0)[:6] == [0, 2, 0, 0, 1, 0]
    assert bars_given(app, 1)[:6] == [0, 0, 1, 2, 0, 0]
    app.session_state["mb_boxes_bars"] = {"drawn": {"rev": 1, "heights": "0 1 0 0 2 0 0 0 0 0 0"}}
    app.run()
    assert app.text_input(key="mb_boxes").value == "1 4 4"
    assert json.loads(components(app)[2].proto.json)["boxes"] == [1, 4, 4]
    app.text_input(key="mb_boxes").set_value("0 0 0").run()
    assert bars_given(app, 0)[:3] == [3, 0, 0]
    app.text_input(key="mb_boxes").set_value("0 zero 12").run()
    assert len(complaints(app)) == 1
    assert (len(bars_given(app, 0)), bars_given(app, 0)[12]) == (21, 1)
    assert not app.exception


@pytest.mark.parametrize("link", [{"mb_price": "nan"}, {"mb_price": "-3"}, {"mb_look": "<b>"}, {"mb_draw": "maybe"}])
def test_a_damaged_view_in_the_link_is_dropped(link):
    app = open_page(mb_preset="Your own", mb_boxes="0 1 3", mb_slots="1 20", **link)
    assert not app.exception
    assert len(complaints(app)) == 1
