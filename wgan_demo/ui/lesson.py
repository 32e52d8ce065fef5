"""The furniture of a lesson: its question, the prediction before the answer, the code that ran, what to take away."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from wgan_demo.ui import course


def question(title: str, lead: str) -> None:
    """The page's one question as its title, and one or two short sentences that say what to do first."""
    course.enter()
    st.title(title, anchor=False)
    st.markdown(lead)


def predict(key: str, prompt: str, *, low: float, high: float, step: float, unit: str) -> float | None:
    """Let the student guess a number before it is shown; returns the guess once it is made, else None.

    The guess stays made until the page is left or `key` changes, so a key per problem asks once per problem.
    """
    if guessed(key) is not None:
        return guessed(key)
    with st.container(border=True):
        label = f"**Your guess first.** {prompt} ({unit})"
        guess = st.slider(label, low, high, (low + high) / 2, step, format="%g", key=f"{key}_guess")
        if st.button("Show me", type="primary", key=f"{key}_show"):
            st.session_state[f"{key}_made"] = guess
            st.rerun()
    return None


def guessed(key: str) -> float | None:
    """The guess made under this key, or None: for what stands on the page above its `predict`."""
    return st.session_state.get(f"{key}_made")


def code_that_ran(*steps: tuple[str, str, Callable | str]) -> None:
    """Formula, the same with this step's numbers put in, and the source of the function that computed it.

    Each step is (latex formula, latex with numbers, function). A function that this process must not import, because
    torch comes with it, is named instead: "wgan_demo.gan.lipschitz:gradient_penalty". Formula and numbers may be empty.
    """
    panel = st.expander("The code that ran", icon=":material/code:", key="code_that_ran", on_change="rerun")
    if not panel.open:  # a step of a slider need not send what nobody sees
        return
    with panel:
        for formula, numbers, function in steps:
            for latex in filter(None, (formula, numbers)):
                st.latex(latex)
            st.code(_source(function), language="python")


@cache  # a step of a slider shows the same source again
def _source(function: Callable | str) -> str:
    if callable(function):
        return inspect.getsource(inspect.unwrap(function))
    module, _, name = function.partition(":")
    text = Path(find_spec(module).origin).read_text()
    found = next(node for node in ast.walk(ast.parse(text)) if getattr(node, "name", None) == name)
    return textwrap.dedent(ast.get_source_segment(text, found, padded=True))


def take_away(sentence: str) -> None:
    """The one sentence to remember, at the end of the page."""
    st.success(f"**Take away.** {sentence}", icon=":material/lightbulb:")
