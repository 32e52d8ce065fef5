"""One iteration in slow motion: a walk through its pieces in one picture, and what is said of each."""

from functools import partial

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.slow_motion.captions import pieces
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui import lesson
from wgan_demo.ui.components.walkthrough import walkthrough
from wgan_demo.ui.runs.slow_motion.norm_guess import norm_guessed
from wgan_demo.ui.runs.slow_motion.piece import code, words
from wgan_demo.ui.runs.slow_motion.where import stand, where
from wgan_demo.ui.runs.slow_motion.which_step import can_go_on, go_on, kept_trace, which_step
from wgan_demo.ui.runs.slow_motion.whose import begin_example, refuse, wait, whose_run
from wgan_demo.ui.runs.tab import TabRun

WALKED = "walked"  # the last piece of an iteration has been seen


def show(
    own_run: TabRun, spec: RunSpec | None, place: st.delta_generator.DeltaGenerator, before: JobView | None
) -> str | None:
    """Draw the lesson in slow motion of the tab's own run, in this place; here the code that ran and, once the last
    piece has been seen, what to take away.

    A tab that has none gets one for this picture alone: it has learnt a little (`warm`) with the page's settings,
    `spec`, and stands still. Without settings that make sense there is no picture. `before` is the tab's own run as the
    page's buttons know it: when it has come to a stop since then, the whole page runs again. Returns the job of the run
    that is taken apart, None if there is none.
    """
    own = own_run.job_id is not None
    if own:
        own_run.example.end()
    elif spec is not None:
        begin_example(own_run.example, spec)
    run = own_run if own else own_run.example
    view, job_id = run.view, run.job_id
    if own and before is not None and before.busy and not view.busy:
        st.rerun()
    recording = view.recording if view else None
    ready = recording is not None and (own or not view.busy)
    if view is None:
        return None
    trace = kept_trace(own_run, job_id) if ready else None
    with place:
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
            _take_apart(own_run, trace, view)
            whose_run(run, view, trace, spec and spec.config, own)
    if trace is not None and trace.finite:
        code(trace)
        if own_run.get(WALKED):
            _take_away(trace)
    return job_id


def _take_apart(run: TabRun, trace: StepTrace, view: JobView) -> None:
    """The picture, what is said of the piece at which it stands, and which step of which iteration it is."""
    names = pieces(trace.config)
    at = where(run, names, trace.show)
    if at.piece == names[-1]:
        run.put(WALKED, True)
    left, right = st.columns(2, gap="medium")
    with right:
        revealed = norm_guessed(run, trace, at.piece, at.sample)
        if revealed:
            words(run, trace, names, at.piece, at.sample)
    with left:
        walkthrough(
            trace,
            at,
            key=run.key("walk"),
            revealed=revealed,
            ready=can_go_on(trace, view),
            on_at=partial(stand, run),
            on_more=partial(go_on, run, run.job_id or run.example.job_id),
        )
    which_step(run, trace, view)


def _take_away(trace: StepTrace) -> None:
    many = WORDS[trace.space.kind].many
    lesson.take_away(
        "The critic measures its own slope between data and samples, pays for what is off, and moves its weights; then "
        f"the generator moves its {many} up that slope. One iteration is no more than this."
        if trace.penalties is not None
        else f"The critic scores data and samples and moves its weights; then the generator moves its {many} up the "
        "slope of these scores. One iteration is no more than this."
    )
