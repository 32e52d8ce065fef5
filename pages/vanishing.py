"""Lesson: why a good discriminator leaves a generator alone, and what a critic does instead."""

import streamlit as st

from wgan_demo.ui import lesson, link
from wgan_demo.ui.standstill import ceiling, collapse, generators, noise, pull, trap

VIEWS = {
    "The pull": pull,
    "Three generators": generators,
    "The ceiling": ceiling,
    "Noise": noise,
    "The trap": trap,
    "Collapse": collapse,
}

lesson.title("vanishing")
chosen = st.segmented_control(
    "Look at", list(VIEWS), default=next(iter(VIEWS)), required=True, wrap=True, key="va_view",
    label_visibility="collapsed", **link.BOUND,
)  # fmt: skip
st.subheader(VIEWS[chosen].QUESTION, anchor=False)
st.fragment(VIEWS[chosen].show)()
