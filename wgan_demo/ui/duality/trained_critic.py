"""The critic that a network learns on the Duality page's P and Q: its run, its curve and what its numbers promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from wgan_demo.ui import lesson
from wgan_demo.ui.components.critic import Curve, number
from wgan_demo.ui.runs.alone import Alone, standing
from wgan_demo.ui.runs.tab import TabRun

if TYPE_CHECKING:
    from wgan_demo.gan.critic_alone.config import CriticRecording
    from wgan_demo.measures import DiscreteMeasure

RUN = TabRun("du")
SEEN = "Pink in the picture."


class Run(Alone):
    """This tab's trained critic, if there is one for these P and Q."""

    @classmethod
    def between(cls, source: DiscreteMeasure, target: DiscreteMeasure) -> Run:
        """That of the page's P and Q."""
        from wgan_demo.gan.critic_alone.config import CriticConfig

        return cls.of(RUN, CriticConfig.between(source, target))

    def newest(self) -> CriticRecording | None:
        """The recording, once it has a trained frame; None for another P and Q."""
        now = self.now()
        recording = now.recording if now else None
        return recording if recording and recording.config == self.config and recording.frames else None


def curves(recording: CriticRecording | None) -> tuple[Curve, ...]:
    """The trained critic's newest curve."""
    if recording is None:
        return ()
    frame = recording.frames[-1]
    return (Curve("trained", f"trained critic, step {frame.step:,}", recording.grid, frame["f"]),)


def numbers(run: Run, recording: CriticRecording | None, w1: float) -> None:
    """How the training stands, and the one number of it that says something about W1."""
    now = run.now()
    with st.container():  # also when empty: what comes below keeps its place
        if now is None:
            return
        if recording is None and now.recording is not None:
            lesson.say("The trained critic belongs to another P and Q: train one on these two.")
            return
        lesson.say(standing(now, SEEN, SEEN))
        if recording is None:
            return
        step, gap, slope = recording.course("value")[0][-1], recording.value("value"), recording.value("greatest_slope")
        with st.container(horizontal=True):
            st.metric("Step", f"{step:,.0f}", f"of {recording.config.steps:,}", **_NOTE)
            note = f"above W₁ = {number(w1)}: no distance" if gap > w1 else f"below W₁ = {number(w1)}"
            st.metric("$\\mathbb{E}_P f - \\mathbb{E}_Q f$", f"{gap:.3f}", note, **_NOTE)
            grid = f"Measured between {len(recording.grid)} points of its curve"
            st.metric("Greatest slope", f"{slope:.3f}", "the penalty is no clamp", help=grid, **_NOTE)
            if slope:
                note = f"a true lower bound of W₁ = {number(w1)}"
                st.metric("Value / slope", f"{gap / slope:.3f}", note, **_NOTE)


_NOTE = {"delta_color": "off", "delta_arrow": "off"}


def code(recording: CriticRecording | None) -> tuple[tuple[str, str, str], ...]:
    """One step of its training, with the numbers of the newest."""
    if recording is None:
        return ()
    formula = r"L = -\big(\mathbb{E}_P f - \mathbb{E}_Q f\big) + \lambda\,\mathbb{E}\max\big(0, |f'(\hat x)| - 1\big)^2"
    filled = ""
    if len(recording.records):
        loss, penalty, gap = (recording.value(name) for name in ("critic_loss", "gradient_penalty", "score_gap"))
        filled = rf"{loss:.4f} = -({gap:.4f}) + {recording.config.gp_weight:g} \cdot {penalty:.6f}"
    return ((formula, filled, "wgan_demo.gan.critic_alone.trainer:step"),)
