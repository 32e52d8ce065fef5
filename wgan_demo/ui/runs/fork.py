"""A second run beside the first: one that repeats it up to a moment, and goes on with new settings from there."""

import streamlit as st

from wgan_demo.engine.jobs import MAX_STEPS
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import branch, settings_at
from wgan_demo.gan.settings import CHANGEABLE
from wgan_demo.ui import lesson
from wgan_demo.ui.runs.buttons import pace
from wgan_demo.ui.runs.film import OnStage
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.runs.widgets import FIELDS, widget

OWN = "own"  # what stands under "second" when the run that is compared is the tab's second one


def fork_here(run: TabRun, on: OnStage, at: int | None) -> None:
    """A button that begins a second run at the moment that is shown, with new settings if wanted.

    Of a run that moves there is only a button that waits.
    """
    recording = on.recording
    if on.moves:
        st.button("Fork", icon=":material/fork_right:", key=run.key("fork_waits"), disabled=True)
        return
    step = recording.frames[-1].step if at is None else at  # of a run that blew up: the last good one
    over = step >= MAX_STEPS  # a run ends there
    with st.popover(
        f"Fork at iteration {step:,}",
        icon=":material/fork_right:",
        key=run.key("fork"),
        on_change="rerun",
        disabled=over,
    ):
        fork_form(run, on, step)


def fork_form(run: TabRun, on: OnStage, step: int) -> None:
    """New settings from an iteration on, and the button that begins a second run with them."""
    recording = on.recording
    now = settings_at(recording.config, recording.changes, step + 1)
    data = run.rows(recording)
    if now.columns and data is None:
        st.info("The columns of this run are not at hand any more: choose them above and train them again.")
        return
    elsewhere = (
        "" if on.own
        else " It was recorded on another machine, where rounding may differ: that grows, and after some hundred "
        "iterations the fork would be another course of the same settings."
    )  # fmt: skip
    lesson.note(f"Repeats the run up to iteration {step:,} bit for bit, then goes on with these.{elsewhere}")
    values = {}
    for name in filter(now.reads, CHANGEABLE):
        (key,) = FIELDS[name].widgets
        values[name] = widget(key, now, run.key(f"fork_{key}_{step}"))
    changes = branch(recording.config, recording.changes, step, values)
    end = recording.steps if step < recording.steps else min(max(2 * step, 250), MAX_STEPS)
    if st.button(
        f"Fork, and train to iteration {end:,}", type="primary", icon=":material/fork_right:",
        key=run.key("fork_go"),
        on_click=begin_second, args=(run, RunSpec(recording.config, data, changes), end),
    ):  # fmt: skip
        st.rerun()  # the comparison stands outside the fragment that this is in


def begin_second(run: TabRun, spec: RunSpec, end: int) -> None:
    """Begin the tab's second run, in place of the one it had, and train it to iteration `end` at the page's speed."""
    run.second.take_over()
    pool().start(run.second.begin(spec), end, pace(run))
    run.second.put("target", end)
    run.put("second", OWN)
    run.put("fork", False)  # both popovers close, for they would hide it
    run.put("another", False)
