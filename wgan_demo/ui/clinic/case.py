"""Which case is on the table, its question, and the answers to choose from."""

import streamlit as st

from wgan_demo.gan.bugs.bugs import BUGS, CASES, Bug
from wgan_demo.ui import lesson, link

HIDES = "these curves do not tell"
NUMBER = "bc_case"


def choose() -> int:
    """The number of the case, from 1; a button leads to the next one."""
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="bc_bar"):
        st.markdown(f"Case, of {len(CASES)}", width="content")
        number = st.number_input(
            "Case", 1, len(CASES), 1, key=NUMBER, width=130, label_visibility="collapsed", **link.KEPT
        )
        st.button("Next case", icon=":material/arrow_forward:", type="primary", on_click=_next, args=(number,))
    return number


def _next(number: int) -> None:
    st.session_state[NUMBER] = number % len(CASES) + 1


def name_of(number: int) -> str:
    """The name in BUGS of a case."""
    return CASES[number - 1]


def question(number: int) -> lesson.Choice:
    """Which bug it is: its name among three others in the order of BUGS, and that nothing tells."""
    name = name_of(number)
    options = [BUGS[each].name for each in BUGS if each == name or each in BUGS[name].decoys]
    return lesson.Choice(f"bc_guess_{number}", "Which bug does the solid run have?", [*options, HIDES, lesson.SHOW])


def right(bug: Bug, guess: str) -> bool:
    """The bug was named, or it was said of one that hides that nothing tells."""
    return guess == bug.name or (bug.hides and guess == HIDES)
