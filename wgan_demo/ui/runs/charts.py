"""The three charts of a run: built once as figures, and what is new of them while the run goes on."""

import streamlit as st

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.training import (
    loss_figure,
    loss_update,
    norm_course_figure,
    norm_course_update,
    norms_figure,
    norms_update,
)
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.figure import news as figure_news
from wgan_demo.ui.components.news import News
from wgan_demo.ui.runs.tab import TabRun


def charts(run: TabRun, recording: Recording, at: int | None, told: bool) -> None:
    """Norms at iteration `at`, the newest one for None; norms and losses of the whole recording.

    Unless `told`, the course of the distance is left out.
    """
    frame, distance = recording.until(at).frames[-1], recording.view.distance
    norms = frame["norms"]
    histogram, course = st.columns(2, gap="small")
    with histogram:
        figure(
            norms_figure(norms, frame.step, OBJECTIVES[recording.config.loss].score),
            key=run.key("norms"),
            height=200,
            alt=f"Gradient norms at {len(norms)} interpolates: mean {norms.mean():.2f}, and the line at 1.",
        )
    with course:
        figure(
            norm_course_figure(recording, at),
            key=run.key("norm_course"),
            height=200,
            alt="Mean and standard deviation of the gradient norm over the iterations, and the line at 1.",
        )
    figure(
        loss_figure(recording, at, told),
        key=run.key("loss"),
        height=300,
        alt=f"Critic's loss, score gap and, {'' if told else 'after your guess, '}exact {distance} by iteration, "
        "with the noise floor.",
    )


def news(run: TabRun, recording: Recording) -> dict[str, News]:
    """The same charts as they are now, by the keys under which they were drawn."""
    frame, score = recording.frames[-1], OBJECTIVES[recording.config.loss].score
    updates = {
        "norms": norms_update(frame["norms"], frame.step, score),
        "norm_course": norm_course_update(recording),
        "loss": loss_update(recording),
    }
    return {run.key(name): figure_news(update) for name, update in updates.items()}
