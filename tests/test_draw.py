"""Drawn points: their text in a link, and what a damaged one says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from wgan_demo.ui.components.draw import CODE, MOST, parse_points, points_text


@given(st.lists(st.tuples(st.integers(0, 63), st.integers(0, 63)), max_size=MOST))
def test_text_and_points_are_each_other_s_inverse(cells):
    text = "".join(CODE[x] + CODE[y] for x, y in cells)
    points = parse_points(text)
    assert points.shape == (len(cells), 2)
    assert (np.abs(points) < 1).all()
    assert points_text(points) == text


def test_the_corners_of_the_square():
    assert points_text([[-1, -1], [1, 1], [0, 0]]) == "AA__gg"
    assert parse_points("AA") == pytest.approx(np.full((1, 2), -1 + 1 / 64))


@pytest.mark.parametrize("text", ["A", "A!", "ÄÄ", "<b>", "AA" * (MOST + 1), "A" * 4999])
def test_a_damaged_drawing_says_what_to_do(text):
    with pytest.raises(ValueError, match="draw it anew"):
        parse_points(text)


def training(**link):
    at = AppTest.from_file("../course.py", default_timeout=60)
    at.query_params["tr_data"] = "Drawn by you"
    for name, value in link.items():
        at.query_params[name] = value
    at.run()
    at.switch_page("pages/training.py").run()
    assert not at.exception
    return at


def test_the_training_page_takes_the_drawing_from_the_link():
    at = training(tr_points="AA__ggAg")
    assert "AA__ggAg" in at.query_params["tr_points"]
    assert not next(button for button in at.button if button.label == "Start").disabled
    assert not at.warning


def test_a_damaged_drawing_in_the_link_is_named_and_a_letter_stands_there():
    at = training(tr_points="<b>!")
    assert "draw it anew" in at.warning[0].value
    assert "tr_points" not in at.query_params


def test_too_few_points_say_what_to_do():
    assert any("Draw some points" in note.value for note in training(tr_points="AA").info)
    assert any("Draw some points" in note.value for note in training(tr_points="AABACA").info)  # on one line


def page():
    import numpy as np
    import streamlit as st

    from wgan_demo.ui.components.draw import draw, points_text

    start = np.array(st.session_state.get("start", [[0.5, 0.5]]))
    st.text(points_text(draw("drawing", start, color="#123456", label="Draw")))


def test_the_hand_s_drawing_stays_until_other_points_are_passed():
    at = AppTest.from_function(page).run()
    assert at.text[0].value == "ww"
    at.session_state["drawing"] = {"drawn": {"rev": 1, "text": "ABCD"}}
    assert at.run().text[0].value == "ABCD"
    at.session_state["start"] = [[-1.0, -1.0]]
    assert at.run().text[0].value == "AA"
