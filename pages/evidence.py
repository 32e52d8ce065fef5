"""Lesson: what papers have published of GANs, what this program measured, and why the two stand side by side only."""

import streamlit as st

from wgan_demo.ui import lesson, link
from wgan_demo.ui.evidence import measured, networks, published, soon

VIEWS = {
    "Published": published.show,
    "Measured here": measured.show,
    "How soon": soon.show,
    "Four objectives": networks.show,
}

lesson.title("evidence")
view = st.segmented_control(
    "Look at", list(VIEWS), default=next(iter(VIEWS)), required=True, key="ev_view", label_visibility="collapsed",
    **link.KEPT,
)  # fmt: skip
VIEWS[view]()
