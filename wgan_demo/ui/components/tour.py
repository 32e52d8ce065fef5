"""The guide through a page (static/tour): it points at one control after the other, and goes on when it was used."""

from collections.abc import Callable, Sequence

import streamlit as st

from wgan_demo.ui.components import assets

_tour = assets.component("tour/tour")


def tour(page: str, steps: Sequence, at: int | None, on_step: Callable[[int | None], None]) -> None:
    """Draw the guide's button on the page of this name, and the guide itself from step `at` on, counted from 0.

    A step has `at`, a CSS selector (parts after " >> " are looked for inside components, and of several separated by
    " | " the first that is drawn counts), and what it `says`. `on_step` is called with the step that it has come to,
    None when it was left.
    """
    key = f"tour_{page}"

    def moved() -> None:
        on_step(st.session_state[key]["step"])

    data = {"page": page, "steps": [step._asdict() for step in steps], "at": at}
    _tour(key=key, data=data, default={"step": at}, on_step_change=moved, height="content", width="content")
