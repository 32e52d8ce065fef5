"""One iteration of the WGAN-GP in slow motion: what its critic is shown, as pictures."""

import streamlit as st

from wgan_demo.ui.images.controls import controls
from wgan_demo.ui.images.rivals import RIVALS
from wgan_demo.ui.runs import slow_motion

WALKED = RIVALS[1]


def show() -> None:
    """The whole view."""
    before = WALKED.run.view
    specs, _ = controls()
    slow_motion.show(WALKED.run, specs[RIVALS.index(WALKED)], st.container(), before)


def leave() -> None:
    """Another view is looked at: the run that was begun for this one ends."""
    WALKED.run.example.end()
