"""The furniture of a lesson: its question, the prediction before the answer, the code that ran, what to take away."""

import inspect
from collections.abc import Callable

import streamlit as st


def question(title: str, lead: str) -> None:
    """The page's one question as its title, and one or two short sentences that say what to do first."""
    st.title(title, anchor=False)
    st.markdown(lead)


def predict(key: str, prompt: str, *, low: float, high: float, step: float, unit: str) -> float | None:
    """Let the student guess a number before it is shown; returns the guess once it is made, else None.

    The guess stays made until the page is left or `key` changes, so a key per problem asks once per problem.
    """
    made = f"{key}_made"
    if made in st.session_state:
        return st.session_state[made]
    with st.container(border=True):
        guess = st.slider(f"**Your guess first.** {prompt} ({unit})", low, high, (low + high) / 2, step, key=f"{key}_guess")
        if st.button("Show me", type="primary", key=f"{key}_show"):
            st.session_state[made] = guess
            st.rerun()
    return None


def code_that_ran(*steps: tuple[str, str, Callable]) -> None:
    """Formula, the same with this step's numbers put in, and the source of the function that computed it.

    Each step is (latex formula, latex with numbers, function); the source is read from the function itself.
    """
    with st.expander("The code that ran", icon=":material/code:"):
        for formula, numbers, function in steps:
            st.latex(formula)
            if numbers:
                st.latex(numbers)
            st.code(inspect.getsource(inspect.unwrap(function)), language="python")


def take_away(sentence: str) -> None:
    """The one sentence to remember, at the end of the page."""
    st.success(f"**Take away.** {sentence}", icon=":material/lightbulb:")
