"""The time machine of a run: all its frames once it stands still, what it was at one of them, and a fork from there."""

import re
from dataclasses import replace
from functools import lru_cache
from zlib import crc32

import numpy as np
import streamlit as st

from wgan_demo.datasets.table import TableData
from wgan_demo.engine.jobs import MAX_STEPS, JobView, counts
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import branch, settings_at
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import CHANGEABLE
from wgan_demo.plots.stage import Run, thinned
from wgan_demo.ui.components.stage import LAYERS, USUAL, stage
from wgan_demo.ui.runs import live_run
from wgan_demo.ui.runs.buttons import PACES
from wgan_demo.ui.runs.widgets import FIELDS, widget
from wgan_demo.ui.table_source import literal

FORK = "tr_b"  # the lesson key of the second run, beside the tab's own
SECOND = "tr_second"  # the widget that says which run is B
END = "tr_b_end"  # where the second run ends
OWN = "own"  # its value for the tab's second run


def shown(job_id: str | None, shipped: Recording) -> tuple[Recording, bool, bool]:
    """What to show of a tab's run once it has begun, and the shipped recording before that.

    Returns the recording, whether it is the tab's own, and whether more will come without a command.
    """
    view = live_run.pool().view(job_id) if job_id else None
    if view is None or view.recording is None or (view.recording.steps == 0 and view.state == "queued"):
        return shipped, False, False
    return whole(job_id, view), True, view.busy


def whole(job_id: str, view: JobView) -> Recording:
    """A run's recording with all its frames where it stands still, fetched once; as polled while it moves.

    A run whose worker is gone keeps what was fetched before, or else its newest frames.
    """
    if view.busy:
        return view.recording
    try:
        return _fetched(job_id, counts(view.recording))
    except LookupError:
        return view.recording


@lru_cache(maxsize=16)  # of 5 MB at most
def _fetched(job_id: str, known: tuple[int, int, int]) -> Recording:
    """Raises LookupError, which is not remembered, when the worker has not got it, or has gone on meanwhile."""
    recording = live_run.pool().recording(job_id)
    if recording is None or counts(recording) != known:
        raise LookupError(job_id)
    return replace(recording, frames=thinned(recording.frames))


def name_of(recording: Recording, job_id: str | None = None) -> str:
    """What tells one film from another: a run that has gone on is another film."""
    return f"{job_id or crc32(repr(recording.config).encode())} {recording.steps}"


def show(
    *runs: Run, film: str, key: str, link: str, live: bool, play: bool, height: int, clock: str = "iterations"
) -> int | None:
    """The stage of a run, or of two, under the film's name (see `stage`).

    Returns the tick of the clock that the viewer has chosen, None for the newest one and while the film plays. It is in
    the link as `link`_at, and what is drawn as `link`_layers; what makes no sense there is named below the stage.
    """
    times = [CLOCKS[clock].ticks(run.recording, [frame.step for frame in run.recording.frames]) for run in runs]
    ticks = np.unique(np.concatenate(times))
    start, layers, notes = _from_link(ticks, CLOCKS[clock].tick, film, key, link)
    look = stage(
        *runs, key=key, height=height, film=film, live=live, play=play, start=start, layers=layers, clock=clock
    )
    with st.container(key=f"{key}_notes"):
        for note in notes:
            st.warning(note, icon=":material/link_off:")
    at = None if not play and look.at == ticks[-1] else look.at
    _into_link(f"{link}_at", at)
    _into_link(f"{link}_layers", None if look.layers == USUAL else " ".join(look.layers) or "none")
    return at


def _into_link(name: str, value) -> None:
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


def _from_link(
    ticks: np.ndarray, called: str, film: str, key: str, link: str
) -> tuple[int | None, tuple[str, ...], list[str]]:
    """Where the link points in the first film that is shown, which layers it names, and what was wrong with it."""
    if f"{key}_link" not in st.session_state:
        start, layers, notes = None, USUAL, []
        if (text := st.query_params.get(f"{link}_at")) is not None:
            try:
                start = parse_at(text, ticks, f"{link}_at", called)
            except ValueError as error:
                notes.append(str(error))
        if (text := st.query_params.get(f"{link}_layers")) is not None:
            named = tuple(name for name in LAYERS if name in text.split())
            layers = named if named or text == "none" else USUAL
            if not text.split() or set(text.split()) - {*LAYERS, "none"}:
                notes.append(f"{link}_layers in the link may name {', '.join(LAYERS)}, or none; the rest is left out.")
        st.session_state[f"{key}_link"] = (film, start, layers, notes)
    first, start, layers, notes = st.session_state[f"{key}_link"]
    if film != first:  # when the first one comes back, it does not go back to where the link pointed
        start, notes = None, []
        st.session_state[f"{key}_link"] = (None, start, layers, notes)
    return start, layers, notes


def parse_at(text: str, ticks: np.ndarray, name: str, called: str = "iterations") -> int:
    """Of the rising `ticks` (k,) of the frames, the one nearest to the moment that was typed.

    Raises ValueError in one clear sentence, which calls the text `name` and the ticks what they are `called`.
    """
    wanted = int(text) if re.fullmatch("[0-9]{1,15}", text) else -1
    if not 0 <= wanted <= ticks[-1]:
        said = text if len(text) <= 20 else text[:19] + "…"
        raise ValueError(
            f"{name}={literal(said)} in the link points nowhere: it must be a whole number of {called} from "
            f"0 to {ticks[-1]:,}, the end of this recording."
        )
    return int(ticks[np.abs(ticks - wanted).argmin()])


def fork_here(recording: Recording, at: int | None, *, own: bool, live: bool, data: TableData | None) -> None:
    """A button that begins a second run at the moment that is shown, with new settings if wanted.

    `own` says that the run was trained here, `data` are its rows where they are one's own and at hand.
    """
    step = recording.frames[-1].step if at is None else at  # of a run that blew up: the last good one
    now = settings_at(recording.config, recording.changes, step + 1)
    over = live or step >= MAX_STEPS  # a run ends there
    with st.popover(
        f"Fork at iteration {step:,}", icon=":material/fork_right:", key="tr_fork", on_change="rerun", disabled=over
    ):
        if now.columns and data is None:
            st.info("The columns of this run are not at hand any more: choose them above and train them again.")
            return
        elsewhere = (
            "" if own
            else " It was recorded on another machine, where rounding may differ: that grows, and after some hundred "
            "iterations the fork would be another course of the same settings."
        )  # fmt: skip
        st.caption(f"Repeats the run up to iteration {step:,} bit for bit, then goes on with these.{elsewhere}")
        values = {}
        for name in filter(now.reads, CHANGEABLE):
            (key,) = FIELDS[name].widgets
            values[name] = widget(key, now, f"tr_fork_{key}_{step}")
        changes = branch(recording.config, recording.changes, step, values)
        end = recording.steps if step < recording.steps else min(max(2 * step, 250), MAX_STEPS)
        if st.button(
            f"Fork, and train to iteration {end:,}", type="primary", icon=":material/fork_right:", key="tr_fork_go",
            on_click=begin_second, args=(RunSpec(recording.config, data, changes), end),
        ):  # fmt: skip
            st.rerun()  # the comparison stands outside the fragment that this is in


def begin_second(spec: RunSpec, end: int) -> None:
    """Begin the tab's second run, in place of the one it had, and train it to iteration `end` at the page's speed."""
    job_id = live_run.begin(FORK, spec)
    live_run.pool().start(job_id, end, PACES.get(st.session_state.get("tr_pace")))
    st.session_state[SECOND], st.session_state[END] = OWN, end
    st.session_state.tr_fork = st.session_state.tr_another = False  # both popovers close, for they would hide it
