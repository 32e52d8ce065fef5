"""Lesson: what holds the critic's slope, by clipping, by a penalty, and by other means."""

import streamlit as st

from wgan_demo.ui import lesson, link

lesson.title("slope")
with st.spinner("Loading the recordings…"):  # the server's first visitor waits for them
    from wgan_demo.ui.slope import layers, places, surfaces

VIEWS = {"Surfaces": surfaces, "Layer by layer": layers, "Place by place": places}

chosen = st.segmented_control(
    "Look at", list(VIEWS), default=next(iter(VIEWS)), required=True, wrap=True, key="sl_view",
    label_visibility="collapsed", **link.BOUND,
)  # fmt: skip
VIEWS[chosen].show()
