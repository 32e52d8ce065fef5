"""The buttons of a training run: how fast, start, pause, one iteration, back, reset."""

from collections.abc import Callable

import streamlit as st

from wgan_demo.engine.jobs import ENDED, MOVING, JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import branch, settings_at
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.ui import link
from wgan_demo.ui.components.presses import presses
from wgan_demo.ui.runs.tab import TabRun, pool

WIDTH = 132  # pixels of the button that begins: the same for each of its words
PACES = {"one by one": 1, "slow": 25, "medium": 100, "full": None}  # generator iterations a second


def buttons(run: TabRun, row, spec: RunSpec | None, view: JobView | None, usual: str = "medium") -> None:
    """How fast, `usual` at first; start, pause, one iteration, reset: only those that mean something can be pressed."""
    if run.guest:  # nobody commands the lecturer's; these begin or continue one's own
        view = run.view
    stepping = run.get("target") is None  # one iteration, which may be asked for again before it is done
    moving = view is not None and view.state in MOVING and not stepping
    ended = view is not None and view.state in ENDED
    with row:
        if recording := _can_go_back(run, view):
            frame, rate = recording.frames[-1].step, _smaller_rate(recording)
            st.button(
                f"Back to iteration {frame:,}, on with learning rate {rate:g}", icon=":material/undo:", type="primary",
                on_click=_go_back, args=(run, recording),
                help="Repeats the run up to its last good frame and makes the learning rate ten times smaller there",
            )  # fmt: skip
        else:
            with st.container(key="run_go", width=WIDTH):  # course.css shows the first
                if moving:
                    st.button(
                        "Pause", icon=":material/pause:", type="primary", shortcut="S", on_click=_pause, args=(run,),
                        width="stretch",
                    )  # fmt: skip
                else:
                    st.button(
                        "Continue" if view else "Start", icon=":material/play_arrow:", type="primary", shortcut="S",
                        on_click=_start, args=(run, spec), disabled=ended or (spec is None and view is None),
                        width="stretch",
                    )  # fmt: skip
                presses("run_step", "N", run.get("presses", 0))
        st.button(
            "One iteration", icon=":material/skip_next:", key="run_step", shortcut="N", on_click=_step,
            args=(run, spec), disabled=moving or ended or (spec is None and view is None),
            help="n_critic steps of the critic, then one of the generator",
        )  # fmt: skip
        speed(run, usual, lambda: _set_pace(run))
        reset(run.end, view is not None)


def speed(run: TabRun, usual: str, on_change: Callable[[], None]) -> None:
    """How fast it trains: the key of one of PACES, `usual` at first."""
    st.segmented_control(
        "Speed", PACES, default=usual, required=True, key=run.key("pace"), **link.KEPT, on_change=on_change,
        label_visibility="collapsed", format_func=lambda name: f"{PACES[name]} / s" if PACES[name] else "Full",
    )  # fmt: skip


def reset(end: Callable[[], None], begun: bool) -> None:
    """The button that ends what has begun; before, course.css hides it in its place."""
    st.button("Reset", icon=":material/restart_alt:", key="run_reset", on_click=end, disabled=not begun)


def pace(run: TabRun) -> float | None:
    """The chosen speed in generator iterations a second, None for flat out."""
    return PACES.get(run.get("pace"))


def _set_pace(run: TabRun) -> None:
    job_id, target = run.job_id, run.get("target")
    if job_id and target and pool().view(job_id).state in MOVING:
        pool().start(job_id, target, pace(run))


def _can_go_back(run: TabRun, view: JobView | None) -> Recording | None:
    """The run that blew up, if it can be repeated up to its last good frame."""
    recording = view.recording if view is not None and view.state == "failed" else None
    if recording is None or not recording.frames:
        return None
    return recording if not recording.config.columns or run.rows(recording) else None


def _smaller_rate(recording: Recording) -> float:
    """A tenth of the learning rate at the last frame."""
    now = settings_at(recording.config, recording.changes, recording.frames[-1].step + 1)
    return max(now.lr / 10, SETTINGS["lr"].low)


def _go_back(run: TabRun, recording: Recording) -> None:
    """A new run that repeats this one up to its last good frame, at full speed, and has a smaller rate from there."""
    frame, rate = recording.frames[-1].step, _smaller_rate(recording)
    changes = branch(recording.config, recording.changes, frame, {"lr": rate})
    job_id = run.begin(RunSpec(recording.config, run.rows(recording), changes))
    run.put("target", frame)
    run.put("lr", rate)
    pool().start(job_id, frame)


def _start(run: TabRun, spec: RunSpec | None) -> None:
    run.take_over()
    job_id = run.job_id or run.begin(spec)
    done = pool().view(job_id).recording
    run.put("target", (done.steps if done else 0) + run.get("steps"))
    pool().start(job_id, run.get("target"), pace(run))


def _step(run: TabRun, spec: RunSpec | None) -> None:
    run.put("presses", run.get("presses", 0) + 1)
    run.put("target", None)  # no change of speed may set it going
    run.take_over()
    pool().step(run.job_id or run.begin(spec))


def _pause(run: TabRun) -> None:
    if job_id := run.job_id:
        pool().pause(job_id)
