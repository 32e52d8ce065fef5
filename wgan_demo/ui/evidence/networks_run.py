"""One run of the wall of objectives and generators, trained here: its pictures, its numbers, its files."""

import streamlit as st

from wgan_demo.engine.spec import RunSpec
from wgan_demo.experiments.studies.digits_networks import SEEDS, STEPS, STUDY, run_name
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.stage import Run
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components import stage
from wgan_demo.ui.components.news import News
from wgan_demo.ui.components.numbers import news as numbers_news
from wgan_demo.ui.components.numbers import numbers, rows
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.beside import readings
from wgan_demo.ui.runs.buttons import buttons
from wgan_demo.ui.runs.files import files_panel
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.status import standing
from wgan_demo.ui.runs.tab import TabRun
from wgan_demo.ui.runs.widgets import in_words

RUN = TabRun("nw")
HEIGHT = 400  # pixels of the picture, at most
TOLD = {"lr": "rate", "ncritic": "steps of the judge in each", "batch": "batch", "opt": "optimiser"}


def open_cell(objectives: dict[str, str], generators: dict[str, str]) -> None:
    """Choose a cell by what its row and column are called, and train its run."""
    lesson.say("**A cell’s run, here and now**")
    row = {"horizontal": True, "vertical_alignment": "bottom"}
    with st.container(**row):
        objective = st.selectbox(
            "Objective", list(objectives), key=RUN.key("objective"), width=150, **_kept(objectives)
        )
        generator = st.selectbox(
            "Generator", list(generators), key=RUN.key("generator"), width=260, **_kept(generators)
        )
        seed = st.selectbox("Seed", list(SEEDS), key=RUN.key("seed"), width=90, **link.KEPT)
    config = STUDY.runs[run_name(objective, generator, seed)]
    view = RUN.shown
    RUN.put("steps", STEPS)
    with st.container(key=RUN.key("controls"), horizontal=True, vertical_alignment="center"):
        bar = st.container(key="run_bar", width="content", horizontal=True, vertical_alignment="center")
    buttons(RUN, bar, RunSpec(config), view, "full")
    lesson.note(settings(config))
    _watch(config)


def _kept(names: dict[str, str]) -> dict:
    return {"format_func": names.get} | link.KEPT


def settings(config: TrainConfig) -> str:
    """What the run is trained with, beside what its cell is called."""
    told = "; ".join(f"{words} {in_words(config, key)}" for key, words in TOLD.items())
    return f"{STEPS:,} iterations of the generator; {told}. The script in “Take it away” holds all settings."


def _watch(config: TrainConfig) -> None:
    """The run of this tab, as far as it has come."""
    view = RUN.shown
    begun = view is not None and film.has_begun(view)
    if view is not None and not begun:
        st.markdown(standing(view, "nothing yet", guest=RUN.guest))
    pulse, top, below = Pulse.of(RUN), st.container(gap=None), st.container()

    @st.fragment(key=RUN.key("moment"))
    def at_moment() -> None:
        on = film.on_stage(RUN, None)
        recording = on.recording
        with top:
            line = standing(RUN.shown, f"seed {recording.config.seed}", pulse.words, guest=RUN.guest)
            if not RUN.guest and recording.config != config:
                line += " *Another cell is chosen by now: **Reset**, then **Start**.*"
            st.markdown(line)
        with below:
            left, right = st.columns(2, gap="medium")
            with left:
                at = film.show(_film(recording, on.moves), Run(recording), link=RUN.prefix)
            moment = recording.until(at)
            with right:
                numbers(readings(moment, f"of {RUN.whose}"), key=RUN.key("numbers"))
                lesson.note(moment.view.caption(moment))

    if begun:
        at_moment()
    with top:
        live(RUN, {RUN: view}, pulse, _news)
    if begun:
        files_panel(RUN, film.on_stage(RUN, None).recording, RUN.shown_id)


def _beside(films: stage.Films, clock: str) -> list[list[dict]]:
    """The numbers at each frame of the film."""
    ((recording, frames),) = films
    moments = (recording.until(frame.step) for frame in frames)
    return [[{"numbers": [{"readings": rows(readings(moment, "of this run"))}, {}]} for moment in moments]]


def _film(recording: Recording, moves: bool) -> stage.Film:
    return stage.Film(
        film.name_of(recording, RUN.shown_id), RUN.key("stage"), HEIGHT, moves, play=False, beside=_beside
    )


def _news() -> dict[str, News]:
    """What is new of a run that moves."""
    view = RUN.shown
    if not film.has_begun(view):
        return {}
    recording = view.recording
    shown = _film(recording, True)
    return {
        shown.key: stage.news(shown, Run(recording)),
        RUN.key("numbers"): numbers_news(readings(recording, f"of {RUN.whose}")),
    }
