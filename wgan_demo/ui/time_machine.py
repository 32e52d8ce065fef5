"""The time machine of a run: all its frames once it stands still, what it was at one of them, and a fork from there."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.gan.recording import Recording
from wgan_demo.ui import live_run
from wgan_demo.ui.stage import LAYERS, USUAL, Run, stage, thinned

FORK = "tr_b"  # the lesson key of the second run, beside the tab's own


def whole(job_id: str, view: JobView) -> Recording:
    """A run's recording with all its frames where it stands still, fetched once; as polled while it moves.

    A run whose worker is gone keeps what was fetched before, or else its newest frames.
    """
    if view.busy:
        return view.recording
    try:
        return _fetched(job_id, len(view.recording.records), len(view.recording.evaluations))
    except LookupError:
        return view.recording


@lru_cache(maxsize=16)  # of 3 MB at most
def _fetched(job_id: str, records: int, evaluations: int) -> Recording:
    """Raises LookupError, which is not remembered, when the worker has not got it, or has gone on meanwhile."""
    recording = live_run.pool().recording(job_id)
    if recording is None or (len(recording.records), len(recording.evaluations)) != (records, evaluations):
        raise LookupError(job_id)
    return replace(recording, frames=thinned(recording.frames))


def name_of(recording: Recording, job_id: str | None = None) -> str:
    """What tells one film from another: a run that has gone on is another film."""
    return f"{job_id or recording.label} {recording.steps}"


def until(recording: Recording, step: int | None) -> Recording:
    """The recording as it was when iteration `step` was done; the whole of it for None."""
    if step is None:
        return recording
    return replace(
        recording,
        records=recording.records[recording.records[:, 0] <= step],
        evaluations=recording.evaluations[recording.evaluations[:, 0] <= step],
        frames=[frame for frame in recording.frames if frame.step <= step],
        changes=tuple(change for change in recording.changes if change[0] <= step),
    )


def show(recording: Recording, *, key: str, link: str, own: str | None, live: bool, height: int) -> int | None:
    """The stage of the tab's run, whose job id is `own`, or of a shipped recording, which plays at once.

    Returns the iteration that the viewer has chosen, None for the newest one. It is in the link as `link`_at, and what
    is drawn as `link`_layers; what makes no sense there is named below the stage.
    """
    film = name_of(recording, own)
    start, layers, notes = _from_link(recording, film, key, link)
    look = stage(
        Run(recording), key=key, height=height, film=film, live=live, play=own is None, start=start, layers=layers
    )
    with st.container(key=f"{key}_notes"):
        for note in notes:
            st.warning(note, icon=":material/link_off:")
    at = None if own and look.at == recording.frames[-1].step else look.at
    _into_link(f"{link}_at", at)
    _into_link(f"{link}_layers", None if look.layers == USUAL else " ".join(look.layers) or "none")
    return at


def _into_link(name: str, value) -> None:
    if value is None:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


def _from_link(recording: Recording, film: str, key: str, link: str) -> tuple[int | None, tuple[str, ...], list[str]]:
    """Where the link points in the first film that is shown, which layers it names, and what was wrong with it."""
    if f"{key}_link" not in st.session_state:
        start, layers, notes = None, USUAL, []
        if (text := st.query_params.get(f"{link}_at")) is not None:
            try:
                start = parse_at(text, recording, f"{link}_at")
            except ValueError as error:
                notes.append(str(error))
        if (text := st.query_params.get(f"{link}_layers")) is not None:
            layers = tuple(name for name in LAYERS if name in text.split())
            if set(text.split()) - {*LAYERS, "none"}:
                notes.append(f"{link}_layers in the link may name {', '.join(LAYERS)}, or none; the rest is left out.")
        st.session_state[f"{key}_link"] = (film, start, layers, notes)
    first, start, layers, notes = st.session_state[f"{key}_link"]
    return (start, layers, notes) if film == first else (None, layers, [])


def parse_at(text: str, recording: Recording, name: str) -> int:
    """The step of the frame nearest to an iteration that was typed. Raises ValueError in one clear sentence."""
    steps = np.array([frame.step for frame in recording.frames])
    try:
        wanted = int(text)
    except ValueError:
        wanted = -1
    if not 0 <= wanted <= steps[-1]:
        said = text if len(text) <= 20 else text[:19] + "…"
        raise ValueError(
            f"{name}={said} in the link points nowhere: it must be a whole number from 0 to {steps[-1]:,}, the end of "
            "this recording."
        )
    return int(steps[np.abs(steps - wanted).argmin()])
