"""Discriminator and critic learning in the worker, on a generator that stands still, as this page watches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from wgan_demo.ui import lesson
from wgan_demo.ui.runs.alone import Alone, standing
from wgan_demo.ui.runs.tab import TabRun, pool

if TYPE_CHECKING:
    from wgan_demo.gan.standstill.recording import StandstillRecording

RUN = TabRun("va")
AT = "va_live_step_place"  # which of its frames is shown


class Run(Alone):
    """This tab's run, if there is one with this config."""

    def newest(self) -> StandstillRecording | None:
        """The recording so far, its frames on a log axis; None before there is one, or for another config."""
        now = self.now()
        if now is None or now.recording is None or now.recording.config != self.config:
            return None
        whole = pool().recording(self.job_id)
        return (whole or now.recording).thinned()

    def controls(self) -> None:
        """Train both, or take them away."""
        if self.buttons("Train D and f here"):
            st.session_state.pop(AT, None)
            st.rerun()

    def follow(self, recording: StandstillRecording) -> None:
        """While it learns, the newest step is the one that is shown."""
        last = len(recording.frames) - 1
        at = st.session_state.get(AT, last)
        st.session_state[AT] = last if self.busy else min(at, last)

    def say(self) -> None:
        """How it stands."""
        now = self.now()
        with st.container():  # also when empty: what comes below keeps its place
            if now is None:
                lesson.say("Nothing has been trained on this P and Q yet: about twenty seconds of one core.")
            elif now.recording is not None and now.recording.config != self.config:
                lesson.say("What was trained belongs to another P or Q: train on these.")
            else:
                running = "Both learn now; the picture shows the newest step."
                lesson.say(standing(now, running, "Go through its steps with the bar."))
