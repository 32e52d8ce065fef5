"""Your own: a WGAN-GP learns a few pictures that a visitor has drawn. Does it make new ones, or copies?"""

from dataclasses import replace
from functools import partial

import streamlit as st

from wgan_demo.datasets.table import TableData
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.view import Reading
from wgan_demo.plots.images import copies_figure, copies_update
from wgan_demo.plots.stage import Run
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components import stage
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.figure import news as figure_news
from wgan_demo.ui.components.news import News
from wgan_demo.ui.components.numbers import news as numbers_news
from wgan_demo.ui.components.numbers import numbers, rows
from wgan_demo.ui.images import own_copies
from wgan_demo.ui.images.own_data import own_pictures, source
from wgan_demo.ui.runs import beside, film
from wgan_demo.ui.runs.buttons import buttons
from wgan_demo.ui.runs.files import files_panel
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.status import standing
from wgan_demo.ui.runs.tab import TabRun
from wgan_demo.ui.table_source import literal

RUN = TabRun("my")
LIKE = "digits"  # the data set whose settings are used
LENGTH = 12_000  # iterations of its generator, half a minute of one core
HEIGHT = 400  # pixels of the picture, at most
WAIT = "**Start** trains on these pictures, here and now. Then the answer stands with what it makes."
BEGUN = "The answer stands below what it makes."


def show() -> None:
    """The whole view."""
    row = {"horizontal": True, "vertical_alignment": "center"}
    with st.container(key=RUN.key("controls"), **row):
        bar = st.container(key="run_bar", width="content", **row)
        where = source(RUN)
        with st.popover(f"Seed {RUN.get('seed', 0)}", icon=":material/tune:"):
            seed = int(st.number_input("Seed", 0, 9999, 0, key=RUN.key("seed"), **link.KEPT))
    left, right = st.columns([5, 6], gap="medium")
    with left:
        data = own_pictures(RUN, where)
    spec = data and RunSpec(config(data, seed), data)
    view = RUN.shown
    RUN.put("steps", LENGTH)
    buttons(RUN, bar, spec, view, "full")
    begun = view is not None and film.has_begun(view)
    with right:
        answer = BEGUN if begun else WAIT
        guess = lesson.cover(own_copies.GUESS, lambda _: answer, height="content" if begun else HEIGHT)
        if view is not None and not begun:
            st.markdown(standing(view, "nothing yet", guest=RUN.guest))
    pulse, top, picture, below = Pulse.of(RUN), right.container(gap=None), right.container(), st.container()

    @st.fragment(key=RUN.key("moment"))
    def at_moment() -> None:
        on = film.on_stage(RUN, None)
        recording, originals = on.recording, _originals(on.recording)
        with top:
            name = f"{literal(recording.label)}, seed {recording.config.seed}"
            line = standing(RUN.shown, name, pulse.words, guest=RUN.guest)
            if spec and not RUN.guest and (spec.config != recording.config or spec.data != RUN.rows(recording)):
                line += " *These are no longer the pictures or the seed of this run: **Reset**, then **Start**.*"
            st.markdown(line)
        with picture:
            at = film.show(_film(recording, on.moves, bool(guess)), Run(recording), link=RUN.prefix)
        moment = recording.until(at)
        with below:
            numbers(readings(moment, bool(guess), f"of {RUN.whose}"), key=RUN.key("numbers"))
            lesson.note(moment.view.caption(moment))
            if not guess or originals is None:
                return
            course, pairs = st.columns(2, gap="large")
            with course:
                figure(
                    copies_figure(recording, originals.rows, at), key=RUN.key("course"), height=260,
                    alt="By iteration, the exact EMD and how far a generated picture is from the nearest original, in "
                    "the mean; dotted, how far the originals are from each other, and the floor of the EMD.",
                )  # fmt: skip
            if not on.moves:
                with pairs:
                    own_copies.pairs(moment.frames[-1], originals)
                own_copies.verdict(recording, originals, guess, LENGTH)

    if begun:
        at_moment()
    with top:
        live(RUN, {RUN: view}, pulse, lambda: _news(bool(guess)))
    if begun:
        on = film.on_stage(RUN, None)
        files_panel(RUN, on.recording, RUN.shown_id)
        originals = _originals(on.recording)
        if guess and originals and not on.moves and on.recording.steps >= LENGTH / 2:
            own_copies.end(on.recording, originals)


def config(data: TableData, seed: int) -> TrainConfig:
    """The settings of a WGAN-GP on these pictures: those on the digits."""
    return replace(PRESETS["live"].config(LIKE), dataset=data.label, columns=len(data.axes), seed=seed)


def _originals(recording: Recording) -> own_copies.Originals | None:
    """The pictures that the run learns, None where they are not at hand."""
    data = RUN.rows(recording)
    return data and own_copies.Originals.of(data)


def readings(recording: Recording, told: bool, of: str = "of this run") -> list[Reading]:
    """The numbers of the newest evaluation; how near to the originals it comes only where that is `told`.

    `of` is what is said beside its iteration.
    """
    found, originals = beside.readings(recording, of), _originals(recording)
    more = own_copies.readings(recording.frames[-1], originals) if told and originals else []
    return [*found[:2], *more, *found[2:]]


def _beside(films: stage.Films, clock: str, told: bool) -> list[list[dict]]:
    """The numbers at each frame of the film."""
    ((recording, frames),) = films
    return [[{"numbers": [{"readings": rows(readings(recording.until(frame.step), told))}, {}]} for frame in frames]]


# The same ones each time: films are kept by them.
FOLLOWS = {told: partial(_beside, told=told) for told in (False, True)}


def _film(recording: Recording, moves: bool, told: bool) -> stage.Film:
    name = f"{film.name_of(recording, RUN.shown_id)} {told}"
    return stage.Film(name, RUN.key("stage"), HEIGHT, moves, beside=FOLLOWS[told])


def _news(told: bool) -> dict[str, News]:
    """What is new of a run that moves."""
    view = RUN.shown
    if not film.has_begun(view):
        return {}
    recording, originals = view.recording, _originals(view.recording)
    shown = _film(recording, True, told)
    found = {
        shown.key: stage.news(shown, Run(recording)),
        RUN.key("numbers"): numbers_news(readings(recording, told, f"of {RUN.whose}")),
    }
    if told and originals:
        found[RUN.key("course")] = figure_news(copies_update(recording, originals.rows, None))
    return found
