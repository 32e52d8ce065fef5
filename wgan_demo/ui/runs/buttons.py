"""The buttons of a training run: how fast, start, pause, one iteration, back, reset."""

import streamlit as st

from wgan_demo.datasets.table import TableData
from wgan_demo.engine.jobs import ENDED, MOVING
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import branch, settings_at
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.ui.runs import live_run

PACES = {"one by one": 1, "slow": 25, "medium": 100, "full": None}  # generator iterations a second


def buttons(row, spec: RunSpec | None, view) -> None:
    """How fast; start, pause, one iteration, reset: only those that mean something now can be pressed."""
    moving = view is not None and view.state in MOVING
    ended = view is not None and view.state in ENDED
    with row:
        st.segmented_control(
            "Speed", PACES, default="medium", required=True, key="tr_pace", bind="query-params", on_change=_set_pace,
            format_func=lambda name: f"{PACES[name]} / s" if PACES[name] else "Full",
        )  # fmt: skip
        if recording := _can_go_back(view):
            frame, rate = recording.frames[-1].step, _smaller_rate(recording)
            st.button(
                f"Back to iteration {frame:,}, on with learning rate {rate:g}", icon=":material/undo:", type="primary",
                on_click=_go_back, args=(recording,),
                help="Repeats the run up to its last good frame and makes the learning rate ten times smaller there",
            )  # fmt: skip
        elif moving:
            st.button("Pause", icon=":material/pause:", type="primary", shortcut="S", on_click=_pause)
        else:
            word = "Continue" if view else "Start"
            st.button(
                word, icon=":material/play_arrow:", type="primary", shortcut="S", on_click=_start,
                args=(spec,),
                disabled=ended or (spec is None and view is None),
            )  # fmt: skip
        st.button(
            "One iteration", icon=":material/skip_next:", shortcut="N", on_click=_step, args=(spec,),
            disabled=moving or ended or (spec is None and view is None),
            help="n_critic steps of the critic, then one of the generator",
        )  # fmt: skip
        st.button("Reset", icon=":material/restart_alt:", on_click=live_run.end, args=("tr",), disabled=view is None)


def _set_pace() -> None:
    job_id, target = live_run.current("tr"), st.session_state.get("tr_target")
    if job_id and target and live_run.pool().view(job_id).state in MOVING:
        live_run.pool().start(job_id, target, PACES[st.session_state.tr_pace])


def begin(spec: RunSpec) -> str:
    """Begin the tab's run and remember its data, for forks of it."""
    st.session_state.tr_run_data = spec.data
    return live_run.begin("tr", spec)


def known_data(recording: Recording) -> TableData | None:
    """The rows that a run on data of one's own draws from, if they are at hand."""
    data = st.session_state.get("tr_run_data")
    return data if recording.config.columns and data is not None and data.label == recording.label else None


def _can_go_back(view) -> Recording | None:
    """The run that blew up, if it can be repeated up to its last good frame."""
    recording = view.recording if view is not None and view.state == "failed" else None
    if recording is None or not recording.frames:
        return None
    return recording if not recording.config.columns or known_data(recording) else None


def _smaller_rate(recording: Recording) -> float:
    """A tenth of the learning rate at the last frame."""
    now = settings_at(recording.config, recording.changes, recording.frames[-1].step + 1)
    return max(now.lr / 10, SETTINGS["lr"].low)


def _go_back(recording: Recording) -> None:
    """A new run that repeats this one up to its last good frame, at full speed, and has a smaller rate from there."""
    frame, rate = recording.frames[-1].step, _smaller_rate(recording)
    changes = branch(recording.config, recording.changes, frame, {"lr": rate})
    job_id = begin(RunSpec(recording.config, known_data(recording), changes))
    st.session_state.tr_target, st.session_state.tr_lr = frame, rate
    live_run.pool().start(job_id, frame)


def _start(spec: RunSpec | None) -> None:
    job_id = live_run.current("tr") or begin(spec)
    done = live_run.pool().view(job_id).recording
    st.session_state.tr_target = (done.steps if done else 0) + st.session_state.tr_steps
    live_run.pool().start(job_id, st.session_state.tr_target, PACES[st.session_state.tr_pace])


def _step(spec: RunSpec | None) -> None:
    st.session_state.tr_target = None  # no change of speed may set it going
    live_run.pool().step(live_run.current("tr") or begin(spec))


def _pause() -> None:
    if job_id := live_run.current("tr"):
        live_run.pool().pause(job_id)
