"""The recordings that ship with the program, as the study "standstill" has made them."""

import streamlit as st

from wgan_demo.gan.standstill.recording import StandstillRecording
from wgan_demo.ui.experiments import panel

NAME = "standstill"


@st.cache_resource(show_spinner=False)
def shipped(run: str) -> StandstillRecording:
    """A run of the study. Shared, so not to be changed."""
    from wgan_demo.experiments import STUDIES

    return StandstillRecording.of(STUDIES[NAME].runs[run], panel.shipped(NAME)[run].arrays)
