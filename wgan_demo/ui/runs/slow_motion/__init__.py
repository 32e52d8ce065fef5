"""One iteration in slow motion: a stepper through its pieces, each bright as it is named."""

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.slow_motion.captions import pieces
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui import lesson
from wgan_demo.ui.runs.slow_motion.norm_guess import norm_guessed
from wgan_demo.ui.runs.slow_motion.piece import code, picture, words
from wgan_demo.ui.runs.slow_motion.stepper import chosen_sample, piece_buttons
from wgan_demo.ui.runs.slow_motion.which_step import kept_trace, step_buttons
from wgan_demo.ui.runs.slow_motion.whose import begin_example, refuse, wait, whose_run
from wgan_demo.ui.runs.tab import TabRun


def show(own_run: TabRun, spec: RunSpec | None) -> str | None:
    """Draw the lesson in slow motion in place of the live view, of the tab's own run.

    A tab that has none gets one for this picture alone: it has learnt WARM iterations with the page's settings,
    `spec`, and stands still. Without settings that make sense there is no picture. Returns the job of the run that is
    taken apart, None if there is none.
    """
    own = own_run.job_id is not None
    if own:
        own_run.example.end()
    elif spec is not None:
        begin_example(own_run.example, spec)
    run = own_run if own else own_run.example
    view, job_id = run.view, run.job_id
    recording = view.recording if view else None
    config = spec.config if spec else TrainConfig()
    ready = recording is not None and (own or not view.busy)
    piece = piece_buttons(own_run, names := pieces(recording.config if recording else config))
    if view is None:
        return None
    trace = kept_trace(own_run, job_id) if ready else None
    if trace is None:
        if view.busy and not ready:
            wait(run, own)
        else:
            refuse(run, view, own)
    elif not trace.finite:
        st.error(
            f"In iteration {trace.iteration:,} the networks no longer give finite numbers: the run has blown up. "
            f"{'**Reset** begins anew; a' if own else 'A'} smaller learning rate helps."
        )
    else:
        whose_run(run, view, trace, spec and spec.config, own)
        _take_apart(own_run, trace, view, piece, names)
    return job_id


def _take_apart(run: TabRun, trace: StepTrace, view: JobView, piece: str, names: tuple[str, ...]) -> None:
    """The picture of a piece and what is said of it."""
    step_buttons(run, trace, view)
    left, right = st.columns(2, gap="medium")
    with right:
        sample = chosen_sample(run, trace, piece, names)
        reveal = norm_guessed(run, trace, piece, sample)
        if reveal:
            words(run, trace, names, piece, sample)
    with left:
        picture(run, trace, piece, sample, reveal)
    code(trace)
    lesson.take_away(
        "The critic measures its own slope between data and samples, pays for what is off, and moves its weights; then "
        "the generator moves its points up that slope. One iteration is no more than this."
        if trace.penalties is not None
        else "The critic scores data and samples and moves its weights; then the generator moves its points up the "
        "slope of these scores. One iteration is no more than this."
    )
