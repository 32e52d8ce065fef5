"""A question in the place of the picture that it covers."""

from collections.abc import Mapping

import streamlit as st

from wgan_demo.ui import lesson, link


def cover(question: lesson.Choice, answers: Mapping[str, str], *, height: int | str = "content") -> str | None:
    """Ask the question, in `height` pixels until it is answered, so that nothing is empty beside another picture.

    The answer stands with it from then on. Returns the guess once it is made, else None.
    """
    with st.container(border=True, height="content" if _answered(question) else height, vertical_alignment="center"):
        guess = lesson.ask(question)
        if guess:
            lesson.say(answers[guess])
    return guess


def _answered(question: lesson.Choice) -> bool:
    """A link may bring the answer: in the first run it is in no widget yet."""
    key = question.key
    return (lesson.guessed(key) if key in st.session_state else link.text(key)) in question.options
