"""Your own: a WGAN-GP learns a few pictures that a visitor has drawn. Does it make new ones, or copies?"""

from dataclasses import replace

import numpy as np
import streamlit as st

from wgan_demo.datasets.spaces import SIDE
from wgan_demo.datasets.table import TableData
from wgan_demo.distances.nearest import COPY, copied, to_others
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.images import PICTURES
from wgan_demo.gan.spaces.view import Reading
from wgan_demo.plots.images import copies_figure, copies_update, ink
from wgan_demo.plots.stage import Run
from wgan_demo.plots.theme import SOURCE, TARGET
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components import stage
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.figure import news as figure_news
from wgan_demo.ui.components.news import News
from wgan_demo.ui.components.numbers import news as numbers_news
from wgan_demo.ui.components.numbers import numbers, rows
from wgan_demo.ui.images.own_data import own_pictures, source
from wgan_demo.ui.images.tiles import Tile, tiles
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
HEIGHT = 400  # pixels of the picture, at most
COMPARED = 8  # generated pictures that are shown with the nearest of the visitor's
LENGTH = 12_000  # iterations of its generator, half a minute of one core
SOME = 1 / 8  # of all pictures: so many copies at the end, and it does copy
ANSWERS = {"more and more copies": True, "more and more new ones": False, lesson.SHOW: None}  # whether it says copies
GUESS = lesson.Choice(
    "my_guess", "It learns from these pictures alone. What will it make, the longer it trains?", list(ANSWERS)
)
WAIT = "**Start** trains on these pictures, here and now. Then the answer stands with what it makes."
BEGUN = "The answer stands below what it makes."


def show() -> None:
    """The whole view."""
    row = {"horizontal": True, "vertical_alignment": "center"}
    with st.container(key=RUN.key("controls"), **row):
        bar = st.container(key="run_bar", width="content", **row)
        where = source(RUN)
        with st.popover(f"Seed {st.session_state.get(RUN.key('seed'), 0)}", icon=":material/tune:"):
            seed = int(st.number_input("Seed", 0, 9999, 0, key=RUN.key("seed"), **link.KEPT))
    left, right = st.columns([5, 6], gap="medium")
    with left:
        data = own_pictures(RUN, where)
    spec = data and RunSpec(config(data, seed), data)
    view = RUN.view
    RUN.put("steps", LENGTH)
    buttons(RUN, bar, spec, view, "full")
    begun = view is not None and film.has_begun(view)
    with right:
        guess = lesson.cover(GUESS, lambda _: BEGUN if begun else WAIT, height="content" if begun else HEIGHT)
        if not begun and view is not None:
            st.markdown(standing(view, "nothing yet"))
    pulse, top, picture, below = Pulse.of(RUN), right.container(gap=None), right.container(), st.container()

    @st.fragment(key=RUN.key("moment"))
    def at_moment() -> None:
        on = film.on_stage(RUN, None)
        data = RUN.rows(on.recording)
        with top:
            line = standing(RUN.view, f"{literal(on.recording.label)}, seed {on.recording.config.seed}", pulse.words)
            if spec and (spec.config != on.recording.config or spec.data != data):
                line += " *These are no longer the pictures or the seed of this run: **Reset**, then **Start**.*"
            st.markdown(line)
        with picture:
            at = film.show(_film(on, guess, data), Run(on.recording), link=RUN.prefix)
        moment = on.recording.until(at)
        with below:
            numbers(readings(moment, data if guess else None), key=RUN.key("numbers"))
            lesson.note(moment.view.caption(moment))
        if not guess or data is None:
            return
        charts, nearest = below.columns(2, gap="large")
        with charts:
            figure(
                copies_figure(on.recording, data.points, at), key=RUN.key("course"), height=260,
                alt="By iteration, the exact EMD and how far a generated picture is from the nearest of yours, in the "
                "mean; dotted, how far yours are from each other, and the floor of the EMD.",
            )  # fmt: skip
        if not on.moves:
            with nearest:
                _copies(moment.frames[-1], data)
            with below:
                _verdict(on.recording, data, guess)

    if begun:
        at_moment()
    with top:
        live(RUN, {RUN: view}, pulse, lambda: _news(guess))
    if begun:
        on = film.on_stage(RUN, None)
        files_panel(RUN, on.recording, RUN.job_id)
        if guess and not on.moves and on.recording.steps >= LENGTH / 2:
            _end(on.recording)


def config(data: TableData, seed: int):
    """The settings of a WGAN-GP on these pictures: those on the digits."""
    return replace(PRESETS["live"].config(LIKE), dataset=data.label, columns=len(data.axes), seed=seed)


def readings(recording: Recording, data: TableData | None) -> list[Reading]:
    """The numbers of the newest evaluation; with the `data` also how near to them what is made comes."""
    found = beside.readings(recording, "of your run")
    if data is None:
        return found
    near = copied(_flat(recording.frames[-1]), data.points)
    others = to_others(data.points).mean()
    return [
        *found[:2],
        Reading("To the nearest of yours", f"{near.distance.mean():.2f}", f"yours from each other {others:.2f}"),
        Reading("Copies", f"{near.copied.sum()} of {PICTURES}", "of one of yours"),
        *found[2:],
    ]


def _flat(frame: Frame) -> np.ndarray:
    return frame["fake"].reshape(len(frame["fake"]), -1).astype(float)


def _film(on: film.OnStage, guess: str | None, data: TableData | None) -> stage.Film:
    def follows(films: stage.Films, clock: str) -> list[list[dict]]:
        ((recording, frames),) = films
        return [_beside(recording, tuple(frame.step for frame in frames), data if guess else None)]

    name = film.name_of(on.recording, RUN.job_id)
    return stage.Film(f"{name} {bool(guess)}", RUN.key("stage"), HEIGHT, on.moves, beside=follows)


def _beside(recording: Recording, steps: tuple[int, ...], data: TableData | None) -> list[dict]:
    """The numbers at each frame."""
    return [{"numbers": [{"readings": rows(readings(recording.until(step), data))}, {}]} for step in steps]


def _news(guess: str | None) -> dict[str, News]:
    """What is new of a run that moves."""
    view = RUN.view
    if not film.has_begun(view):
        return {}
    recording = view.recording
    data = RUN.rows(recording) if guess else None
    shown = _film(film.OnStage(recording, True, True), guess, data)
    found = {
        shown.key: stage.news(shown, Run(recording)),
        RUN.key("numbers"): numbers_news(readings(recording, data)),
    }
    if data is not None:
        found[RUN.key("course")] = figure_news(copies_update(recording, data.points, None))
    return found


def _copies(frame: Frame, data: TableData) -> None:
    """Some of the pictures of a frame with the nearest of the visitor's."""
    near = copied(_flat(frame), data.points)
    made, index = frame["fake"][:COMPARED], near.index[:COMPARED]
    real = data.points[index].reshape(-1, 1, SIDE, SIDE)
    words = ["copy" if copy else "" for copy in near.copied[:COMPARED]]
    tiles(
        [
            ("generated: the first row of the square", [
                Tile(ink(picture, TARGET), f"generated picture {i}, {word or 'no copy'}", word)
                for i, (picture, word) in enumerate(zip(made, words, strict=True), 1)
            ]),
            ("of yours, the nearest to each", [
                Tile(ink(picture, SOURCE), f"your picture {at + 1}") for picture, at in zip(real, index, strict=True)
            ]),
        ],
        key="own_near",
    )  # fmt: skip


def _verdict(recording: Recording, data: TableData, guess: str) -> None:
    """What the newest pictures say of the guess."""
    near = copied(_flat(recording.frames[-1]), data.points)
    copies, others, said = int(near.copied.sum()), to_others(data.points).mean(), ANSWERS[guess]
    judged = "So far: " if recording.steps < LENGTH else ""
    if not judged and said is not None:
        judged = "Yes. " if said == (copies >= SOME * PICTURES) else "Not with these. "
    lesson.say(
        f"{judged}At iteration {recording.steps:,} **{copies} of {PICTURES}** are copies: three times as near to one "
        f"of yours as to any other. In the mean a generated picture lies {near.distance.mean():.2f} pixel units from "
        f"the nearest of yours, and yours lie {others:.2f} from each other."
    )


def _end(recording: Recording) -> None:
    data, filled = RUN.rows(recording), ""
    if data is not None:
        near = copied(_flat(recording.frames[-1]), data.points)
        filled = rf"\text{{in the mean }} d_1 = {near.distance.mean():.3f}:\ {near.copied.sum()}\ \text{{copies}}"
    lesson.code_that_ran(
        (rf"d_1 = \min_x \lVert G(z) - x \rVert_2 < \tfrac{{1}}{{{round(1 / COPY)}}}\, d_2", filled, copied),
        (r"(\lVert \nabla f(\hat x) \rVert_2 - 1)^2", "", "wgan_demo.gan.lipschitz:penalty"),
    )
    lesson.take_away(
        "From a handful of pictures it makes copies, the more the longer it trains, while its EMD still falls; from "
        "hundreds it makes new ones. Only pictures that it has not seen would tell learning from copying."
    )
