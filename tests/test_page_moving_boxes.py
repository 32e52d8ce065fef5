"""The page of the moving boxes, run through the app as a visitor meets it."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from wgan_demo.distances.assignment import PRESETS, BoxProblem, plan_text
from wgan_demo.ui.board import places, why

BOXES = PRESETS["Six boxes"]


def open_page(**link) -> AppTest:
    app = AppTest.from_file("../app.py", default_timeout=30)
    app.run().switch_page("pages/moving_boxes.py")
    for name, value in link.items():
        app.query_params[name] = value
    return app.run()


def on_board(app: AppTest) -> dict:
    """What the board was given."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def put(app: AppTest, plan: str) -> AppTest:
    """The hand leaves the boxes in these slots."""
    app.session_state["mb_board"] = {"placed": {"problem": on_board(app)["problem"], "plan": plan}}
    return app.run()


def text(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


def formulas(app: AppTest) -> str:
    """Those of the code panel, which loads when it is opened."""
    app.session_state["code_that_ran"] = True
    app.run()
    return " ".join(element.value for element in app.latex)


def complaints(app: AppTest) -> list[str]:
    return [element.value for element in [*app.error, *app.warning]]


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
        ("2", "BA", ":orange-badge[2 above the optimum] This plan costs **4 box·steps²**, the cheapest 2."),
        ("½", "BA", ":green-badge[Optimal] This plan costs **1.41 box·√steps**"),
        ("½", "AB", ":orange-badge[0.59 above the optimum] This plan costs **2 box·√steps**, the cheapest 1.41."),
    ],
)
def test_the_exponent_breaks_the_tie(p, plan, says):
    app = put(open_page(mb_preset="A tie broken", mb_p=p), plan)
    assert says in text(app)


def test_a_dear_plan_is_told_how_far_above_it_is():
    app = put(open_page(mb_preset="Two plans"), "BA")
    assert ":orange-badge[2 above the optimum] This plan costs **4 box-steps**, the cheapest 2." in text(app)
    assert r"1 \cdot |3 - 1| + 1 \cdot |2 - 4| = 4" in formulas(app)
    assert "in order (left box to left slot) costs 2 box-steps, crossed costs 4" in text(app)


def test_both_units_of_the_piles():
    app = put(open_page(mb_preset="Piles"), on_board(open_page(mb_preset="Piles"))["optimum"])
    assert "**5 box-steps**, and no plan costs less: EMD = 5 / 10 = 0.5." in text(app)
    assert r"= \tfrac{5}{10} = 0.5" in formulas(app)


def test_a_guess_reveals_the_optimum_and_is_compared():
    app = open_page()
    app.slider[0].set_value(40.0).run()
    next(button for button in app.button if button.label == "Show me").click().run()
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
    assert "The board keeps the last problem that worked." in complaints(app)[0]
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
    assert ":orange-badge[50 above the optimum] This plan costs **100 box·steps²**" in text(app)


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
    assert on_board(app)["boxes"] == list(BOXES.boxes)
    assert on_board(app)["plan"] == "------"
    assert len(complaints(app)) == complains
    assert not any(mark in message for message in complaints(app) for mark in ("<", "![", "//"))


@pytest.mark.parametrize("p", [0.5, 1, 2])
def test_the_reason_given_holds_for_all_sides(p):
    for boxes, slots in [((1, 2, 3), (3, 4, 5)), ((3, 4, 5), (1, 2, 3)), ((1, 5, 9), (2, 5, 6)), ((0,), (0,))]:
        problem = BoxProblem(boxes, slots)
        assert ("**every** plan" in why(problem, p)) == (p == 1 and max(boxes) <= min(slots))
    assert places((1, 2)) == "1 2"
    assert plan_text((None, 1)) == "-B"
