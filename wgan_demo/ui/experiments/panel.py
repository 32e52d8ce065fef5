"""A study on a page: how its recordings were made, and the same study done here, with progress, estimate and cancel.

One study is under way at a time, for the whole server: whoever looks at it sees how it stands, and may cancel it. It
goes on when its visitors have left, and what has finished stays in a folder of the server's own.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from wgan_demo.environment import Environment
from wgan_demo.ui import lesson
from wgan_demo.ui.components.beat import beat
from wgan_demo.ui.runs.tab import pool

if TYPE_CHECKING:
    from wgan_demo.experiments import Progress, Result, Runner

PULSE = 1.0  # seconds between two looks
ENDS = {"finished": "success", "cancelled": "info", "failed": "error"}


def folder(name: str) -> Path:
    """Where results of a study that was done on this server are written."""
    return Environment.read().studies_folder / name


@st.cache_resource(show_spinner=False)
def shipped(name: str) -> dict[str, Result]:
    """The results that come with the program. Shared, so not to be changed."""
    from wgan_demo.experiments import STUDIES, finished
    from wgan_demo.experiments.result import SHIPPED

    return finished(STUDIES[name], SHIPPED / name)


@st.cache_resource(show_spinner=False)
def _runners() -> dict[str, Runner]:
    """The studies that were begun on this server, by name; at most one of them is running."""
    return {}


def _drive(runner: Runner) -> None:
    """Look until it ends, whoever watches."""
    while runner.look().state == "running":
        time.sleep(PULSE / 2)


def begin(name: str) -> None:
    """Do what is missing of it on this server."""
    from wgan_demo.experiments import STUDIES, Runner

    if running() is None:
        runner = _runners()[name] = Runner(STUDIES[name], folder(name), pool())
        threading.Thread(target=_drive, args=(runner,), name=f"study {name}", daemon=True).start()


def running() -> str | None:
    """The study that is under way on this server."""
    return next((name for name, runner in list(_runners().items()) if runner.state == "running"), None)


def study_panel(name: str) -> None:
    """How the recordings of this study were made, and the button that does the same here."""
    from wgan_demo.experiments import STUDIES

    study, results = STUDIES[name], shipped(name)
    with st.expander("How these runs were made, and the same here", icon=":material/science:", key=f"study_{name}"):
        seconds = sum(result.seconds for result in results.values())
        versions = ", ".join(sorted({result.version for result in results.values()}))
        seeds = ", ".join(sorted({str(result.config["seed"]) for result in results.values()}))
        lesson.note(
            f"{study.question} {len(results)} runs of {study.steps:,} steps, seed {seeds}, version {versions}: "
            f"{seconds:.0f} s of training on one core. "
            f"`python -m wgan_demo.experiments {name} --to FOLDER` makes them anew."
        )
        _under_way(name)


def _under_way(name: str) -> None:
    """The study as it is done here; a fragment, so that only this part of the page is drawn again."""
    other = running()

    @st.fragment
    def part() -> None:
        runner = _runners().get(name)
        progress = runner.progress() if runner else None
        busy = progress is not None and progress.state == "running"
        with st.container(horizontal=True, vertical_alignment="center"):
            label = "Do it here" if progress is None or progress.state == "finished" else "Go on"
            st.button(
                label, icon=":material/play_arrow:", key=f"study_begin_{name}", on_click=begin, args=(name,),
                disabled=busy or other not in (None, name),
            )  # fmt: skip
            if busy:
                st.button("Cancel", icon=":material/stop:", key=f"study_cancel_{name}", on_click=runner.cancel)
        if other not in (None, name):
            st.caption(f"Another study, “{other}”, is under way on this server: one at a time.")
        if progress is not None:
            st.progress(min(1.0, progress.share), text=told(progress))
            if progress.message:
                (st.warning if busy else getattr(st, ENDS[progress.state]))(progress.message)
            if not busy:
                _compare(name)
        if running() != other:
            st.rerun()  # other studies of the page may be done now, or not
        if other == name:
            beat(f"study_{name}", PULSE)

    part()


def told(progress: Progress) -> str:
    """How it stands, in a sentence."""
    left = ""
    if progress.state == "running":
        left = ": how long is not known yet" if progress.seconds is None else f": about {progress.seconds:.0f} s to go"
    return f"{progress.done} of {progress.total} runs finished{left}."


def _compare(name: str) -> None:
    """The greatest difference between what was found here and what ships."""
    from wgan_demo.experiments import STUDIES, finished

    here = finished(STUDIES[name], folder(name))
    pairs = [
        (value, shipped(name)[run].numbers[number])
        for run, result in here.items()
        if run in shipped(name)
        for number, value in result.numbers.items()
    ]
    if pairs:
        worst = max(abs(a - b) / max(abs(a), abs(b), 1e-12) for a, b in pairs)
        st.caption(f"{len(here)} runs done here: no number differs from the recordings' by more than {worst:.1%}.")
