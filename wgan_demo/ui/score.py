"""How many first guesses of a lesson with many questions were right in this visit."""

from collections.abc import Hashable

import streamlit as st

from wgan_demo.ui import lesson


def count(game: str, question: Hashable, guess: str | None, right: bool) -> None:
    """Note a guess: the first one for each question counts, “Just show me” neither way."""
    if guess not in (None, lesson.SHOW):
        st.session_state.setdefault(f"{game}_score", {}).setdefault(question, right)
    elif guess == lesson.SHOW:
        st.session_state.setdefault(f"{game}_score", {}).setdefault(question, None)


def words(game: str, of: int, what: str) -> str:
    """The score as a badge, in Markdown; it holds the place of its line from the beginning."""
    made = st.session_state.get(f"{game}_score", {}).values()
    right, guessed = sum(bool(each) for each in made), sum(each is not None for each in made)
    return (
        f":gray-badge[:material/scoreboard: {right} of {guessed} first guesses right] {len(made)} of {of} {what} seen."
    )
