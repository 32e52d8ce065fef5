"""Bars drawn by hand: their text in a link, and whose word counts when Python and the hand both speak."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from streamlit.testing.v1 import AppTest

from tests.pages import components, distances_of
from wgan_demo.ui.components.bars import bars_text, parse_bars


@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.sampled_from([1.0, 0.5, 0.1, 0.25]))
def test_text_and_back(steps, step):
    heights = tuple(round(n * step, 9) for n in steps)
    assert parse_bars(bars_text(heights), len(heights), 40 * step, step) == heights


def test_the_text_is_what_a_link_can_carry():
    assert bars_text((3.0, 2.0, 0.5)) == "3 2 0.5"
    assert parse_bars(" 3+2, 0.5 ", 3, 8, 0.5) == (3.0, 2.0, 0.5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("3 2", "3 heights are needed, one for each bar, but the text lists 2"),
        ("", "but the text lists 0"),
        ("3 2 two", "“two” is not a number: write heights like 0 1 8"),
        ("3 2 9", "The height 9 is not between 0 and 8"),
        ("3 2 -1", "The height -1 is not between 0 and 8"),
        ("3 2 nan", "The height nan is not between"),
        ("3 2 inf", "The height inf is not between"),
        ("3 2 1.5", "The height 1.5 is between two steps: write a multiple of 1"),
    ],
)
def test_a_bad_text_is_named(text, message):
    with pytest.raises(ValueError, match=message):
        parse_bars(text, 3, 8)


def page():
    import streamlit as st

    from wgan_demo.ui.components.bars import bars, bars_text

    heights = bars("b", st.session_state.get("given", (1, 2)), names=("x", "y"), color="red", label="Bars", top=4)
    st.write(bars_text(heights))
    if st.session_state.get("back"):  # the hand's drawing becomes what Python gives
        st.session_state.given = heights


def given_to(at):
    return json.loads(components(at)[0].proto.json)


def draw(at, heights):
    """What the browser sends when a hand has drawn."""
    at.session_state["b"] = {"drawn": {"rev": given_to(at)["rev"], "heights": heights}}
    return at.run()


def test_the_hand_s_drawing_stays_until_python_gives_another():
    at = AppTest.from_function(page).run()
    assert at.markdown[0].value == "1 2"
    assert draw(at, "4 0").markdown[0].value == "4 0"
    assert at.run().markdown[0].value == "4 0"
    before = given_to(at)["rev"]
    at.session_state["given"] = (3, 3)
    assert at.run().markdown[0].value == "3 3"
    assert given_to(at)["heights"] == [3, 3]
    assert given_to(at)["rev"] != before  # so that the browser takes them
    at.session_state["given"] = (1, 2)
    assert at.run().markdown[0].value == "1 2"  # not what was drawn on these earlier


def test_a_drawing_handed_back_is_no_new_drawing():
    at = AppTest.from_function(page)
    at.session_state["back"] = True
    at.run()
    rev = given_to(at)["rev"]
    for heights in ("4 0", "4 1", "3 1"):
        assert draw(at, heights).markdown[0].value == heights
        assert given_to(at)["rev"] == rev


def test_a_drawing_outlives_its_component():
    at = draw(AppTest.from_function(page).run(), "4 0")
    del at.session_state["b"]  # as when the page was left
    assert at.run().markdown[0].value == "4 0"
    assert given_to(at)["heights"] == [4, 0]


# ---- on the Distances page: P or Q drawn by you ---------------------------------------------------------------------

DRAWN = {"d_p_family": "Drawn by you", "d_q_family": "Drawn by you", "d_theta": "0"}
W1, KL, REVERSE_KL = 0, 2, 3


def open_distances(**link):
    at = AppTest.from_file("../course.py", default_timeout=30)
    at.run().switch_page("pages/distances.py")
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def numbers(at):
    return [float(text.replace("∞", "inf")) for text in distances_of(at)]


def one_bar(place, height=3):
    return " ".join(str(height * (bar == place)) for bar in range(12))


def test_drawings_in_the_link_are_what_is_measured():
    at = open_distances(**DRAWN, d_p_bars=one_bar(2), d_q_bars=one_bar(6, 9))
    assert numbers(at)[W1] == pytest.approx(4)
    assert numbers(at)[KL] == np.inf
    two = "3 1 0 0 0 0 0 0 0 0 0 0"
    at = open_distances(**DRAWN, d_p_bars=two, d_q_bars="1 1 0 0 0 0 0 0 0 0 0 0")
    assert numbers(at)[W1] == pytest.approx(0.25)
    assert numbers(at)[KL] == pytest.approx(stats.entropy([0.75, 0.25], [0.5, 0.5]), abs=1e-4)
    assert numbers(at)[REVERSE_KL] == pytest.approx(stats.entropy([0.5, 0.5], [0.75, 0.25]), abs=1e-4)
    assert at.query_params["d_p_bars"] == two


def test_the_hand_moves_numbers_and_link():
    at = open_distances(**DRAWN, d_p_bars=one_bar(2), d_q_bars=one_bar(2))
    at.session_state["d_q_bars"] = {"drawn": {"rev": 1, "heights": one_bar(5, 10)}}
    assert numbers(at.run())[W1] == pytest.approx(3)
    assert at.query_params["d_q_bars"] == one_bar(5, 10)
    at.selectbox(key="d_q_family").select("Gaussian").run()
    assert "d_q_bars" not in at.query_params  # what is not seen is not in the link
    assert at.query_params["d_p_bars"] == one_bar(2)
    at.selectbox(key="d_q_family").select("Drawn by you").run()
    assert numbers(at)[W1] == pytest.approx(3)  # and is not lost


def test_bars_that_are_all_zero_leave_the_last_drawing_in_use():
    at = open_distances(**DRAWN, d_p_bars=one_bar(2), d_q_bars=one_bar(6))
    at.session_state["d_p_bars"] = {"drawn": {"rev": 1, "heights": one_bar(0, 0)}}
    assert "All bars of P are 0: raise one." in at.run().warning[0].value
    assert numbers(at)[W1] == pytest.approx(4)
    assert at.query_params["d_p_bars"] == one_bar(2)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [("1 2 3", "12 heights are needed"), (one_bar(1, -1), "not between 0 and 10"), (one_bar(1, 0), "are 0: raise one"),
     ("<b> " * 12, "is not a number"), ("nan " * 12, "not between"), ("9" * 5000, "the text lists 1")],
)  # fmt: skip
def test_a_bad_drawing_in_the_link_is_named_and_the_first_one_shown(link, sentence):
    at = open_distances(**DRAWN, d_p_bars=link)
    assert len(at.warning) == 1
    assert sentence in at.warning[0].value
    assert numbers(at) == numbers(open_distances(**DRAWN))


@pytest.mark.parametrize("other", ["Gaussian", "Uniform", "Point masses", "Real data"])
def test_a_drawing_against_every_kind_of_family(other):
    at = open_distances(**DRAWN | {"d_q_family": other})
    assert len(numbers(at)) == 7
    assert not open_distances(**DRAWN | {"d_p_family": other}).exception
