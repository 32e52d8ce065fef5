"""A run as a film: all its frames once it stands still, and where in it the viewer is."""

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
import streamlit as st

from wgan_demo.engine.jobs import JobView, counts
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.stage import Run, thinned
from wgan_demo.ui import link as address
from wgan_demo.ui.components.stage import LAYERS, USUAL, Film, stage
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.table_source import literal


class OnStage(NamedTuple):
    """What is looked at: a recording, whether it trains here, in this tab or in the lecturer's, and whether more of it
    will come by itself.
    """

    recording: Recording
    own: bool
    moves: bool


def on_stage(run: TabRun, stand_in: Recording) -> OnStage:
    """A tab's run once it has begun, and the recording that stands in for it before that."""
    view = run.shown
    if view is None or not has_begun(view):
        return OnStage(stand_in, False, False)
    return OnStage(whole(run.shown_id, view), True, view.busy)


def has_begun(view: JobView) -> bool:
    """There is a first frame to show, and more than that if others train first."""
    return view.recording is not None and (view.recording.steps > 0 or view.state != "queued")


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
    recording = pool().recording(job_id)
    if recording is None or counts(recording) != known:
        raise LookupError(job_id)
    return replace(recording, frames=thinned(recording.frames))


def name_of(recording: Recording, job_id: str | None = None) -> str:
    """What tells one film from another: a run that has gone on is another film."""
    return f"{job_id or crc32(repr(recording.config).encode())} {recording.steps}"


def show(film: Film, *runs: Run, link: str) -> int | None:
    """The stage of a run, or of two.

    Returns the tick of the clock that the viewer has chosen, None for the newest one and while the film plays. It is in
    the link as `link`_at, and what is drawn as `link`_layers; what makes no sense there is named below the stage.
    """
    clock = CLOCKS[film.clock]
    times = [clock.ticks(run.recording, [frame.step for frame in run.recording.frames]) for run in runs]
    ticks = np.unique(np.concatenate(times))
    start, layers, notes = _from_link(film, ticks, clock.tick, link)
    look = stage(film, *runs, start=start, layers=layers)
    with st.container(key=f"{film.key}_notes"):
        for note in notes:
            st.warning(note, icon=":material/link_off:")
    at = None if not film.play and look.at == ticks[-1] else look.at
    address.put(f"{link}_at", None if at is None else str(at))
    address.put(f"{link}_layers", None if look.layers == USUAL else " ".join(look.layers) or "none")
    return at


def _from_link(film: Film, ticks: np.ndarray, called: str, link: str) -> tuple[int | None, tuple[str, ...], list[str]]:
    """Where the link points in the first film that is shown, which layers it names, and what was wrong with it."""
    kept = f"{film.key}_link"
    if address.renewed(kept) or kept not in st.session_state:
        start, layers, notes = None, USUAL, []
        if (text := address.text(f"{link}_at")) is not None:
            try:
                start = parse_at(text, ticks, f"{link}_at", called)
            except ValueError as error:
                notes.append(str(error))
        if (text := address.text(f"{link}_layers")) is not None:
            named = tuple(name for name in LAYERS if name in text.split())
            layers = named if named or text == "none" else USUAL
            if not text.split() or set(text.split()) - {*LAYERS, "none"}:
                notes.append(f"{link}_layers in the link may name {', '.join(LAYERS)}, or none; the rest is left out.")
        st.session_state[kept] = (film.name, start, layers, notes)
    first, start, layers, notes = st.session_state[kept]
    if film.name != first:  # when the first one comes back, it does not go back to where the link pointed
        start, notes = None, []
        st.session_state[kept] = (None, start, layers, notes)
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
