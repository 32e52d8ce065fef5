"""A question in the place of the picture that it covers."""

from collections.abc import Mapping

import streamlit as st

from wgan_demo.ui import lesson


def cover(question: lesson.Choice, answers: Mapping[str, str], *, height: int | str = "content") -> str | None:
    """Ask the question, in `height` pixels until it is answered, so that nothing is empty beside another picture.

    The answer stands with it from then on. Returns the guess once it is made, else None.
    """
    tall = "content" if lesson.answered(question) else height
    with st.container(border=True, height=tall, vertical_alignment="center"):
        guess = lesson.ask(question)
        if guess:
            lesson.say(answers[guess])
    return guess
