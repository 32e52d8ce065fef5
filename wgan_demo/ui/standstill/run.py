"""Discriminator and critic learning in the worker, on a generator that stands still, as this page watches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from wgan_demo.ui import lesson
from wgan_demo.ui.runs.tab import TabRun, pool

if TYPE_CHECKING:
    from wgan_demo.engine import JobView
    from wgan_demo.gan.standstill.config import StandstillConfig
    from wgan_demo.gan.standstill.recording import StandstillRecording

RUN = TabRun("va")
STATES = {
    "starting": ":orange-badge[:material/hourglass: Starting] The worker begins in a few seconds.",
    "queued": ":orange-badge[:material/hourglass: Queued] Others train now; your place in the queue: {rank}.",
    "running": ":green-badge[:material/play_arrow: Training] Both learn now; the picture shows the newest step.",
    "finished": ":blue-badge[:material/check: Trained] Go through its steps with the bar.",
}


@dataclass
class Run:
    """This tab's run, if there is one with this config, as the page was when its whole script ran."""

    config: StandstillConfig
    job_id: str | None
    view: JobView | None

    @classmethod
    def of(cls, config: StandstillConfig) -> Run:
        job_id = RUN.job_id
        return cls(config, job_id, pool().view(job_id) if job_id else None)

    @property
    def busy(self) -> bool:
        """More will come by itself."""
        return self.view is not None and self.view.busy

    def now(self) -> JobView | None:
        """The run at this moment."""
        return pool().view(self.job_id) if self.job_id else None

    def changed(self) -> bool:
        """The run has begun or ended to move since the page's script ran."""
        now = self.now()
        return now is not None and now.busy != self.view.busy

    def newest(self) -> StandstillRecording | None:
        """The recording so far, its frames on a log axis; None before there is one, or for another config."""
        now = self.now()
        if now is None or now.recording is None or now.recording.config != self.config:
            return None
        whole = pool().recording(self.job_id)
        return (whole or now.recording).thinned()

    def buttons(self) -> None:
        """Train both, or take them away."""
        from wgan_demo.engine.spec import RunSpec

        if st.button("Train D and f here", icon=":material/model_training:", key="va_train", disabled=self.busy):
            job_id = RUN.begin(RunSpec(self.config))
            pool().start(job_id, self.config.steps)
            st.session_state.pop("va_live_step_place", None)
            st.rerun()
        if self.job_id and st.button("Remove it", icon=":material/close:", key="va_remove"):
            RUN.end()
            st.rerun()

    def follow(self, recording: StandstillRecording) -> None:
        """While it learns, the newest step is the one that is shown."""
        last = len(recording.frames) - 1
        at = st.session_state.get("va_live_step_place", last)
        st.session_state["va_live_step_place"] = last if self.busy else min(at, last)

    def say(self) -> None:
        """How it stands."""
        now = self.now()
        with st.container():  # also when empty: what comes below keeps its place
            if now is None:
                lesson.say("Nothing has been trained on this P and Q yet: about twenty seconds of one core.")
            elif now.recording is not None and now.recording.config != self.config:
                lesson.say("What was trained belongs to another P or Q: train on these.")
            else:
                lesson.say(
                    STATES.get(now.state, ":red-badge[:material/error: Stopped] {message}").format_map(vars(now))
                )
