"""Lesson: the same two networks on pictures, a standard GAN beside a WGAN-GP."""

import streamlit as st

from wgan_demo.ui import lesson, link
from wgan_demo.ui.images import duel, losses, memory, own, rates, slowly

VIEWS = {
    "Side by side": duel.show,
    "In slow motion": slowly.show,
    "The learning rate": rates.show,
    "Does the loss tell?": losses.show,
    "Is it memorised?": memory.show,
    "Your own": own.show,
}

lesson.title("digits")
view = st.segmented_control(
    "Look at", list(VIEWS), default=next(iter(VIEWS)), required=True, wrap=True, key="im_view",
    label_visibility="collapsed", **link.KEPT,
)  # fmt: skip
VIEWS[view]()
if VIEWS[view] is not slowly.show:
    slowly.leave()
