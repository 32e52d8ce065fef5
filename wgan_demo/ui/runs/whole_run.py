"""A run as a whole: the stage, the charts beside it, the numbers of the moment, and the code that ran.

All of it is drawn as the run stands: a step of its film draws it anew. While the run moves, a timer brings what is new
in one message (`live`), and the whole page runs again when something else has changed.
"""

from typing import NamedTuple

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.runs.events import ANSWER
from wgan_demo.gan.runs.guess import SEEN
from wgan_demo.gan.runs.reading import reading
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.stage import Run
from wgan_demo.ui.components import stage
from wgan_demo.ui.components.news import News
from wgan_demo.ui.components.numbers import news as numbers_news
from wgan_demo.ui.components.numbers import numbers
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.beside import beside, readings
from wgan_demo.ui.runs.charts import charts
from wgan_demo.ui.runs.charts import news as charts_news
from wgan_demo.ui.runs.code import code
from wgan_demo.ui.runs.fork import fork_here
from wgan_demo.ui.runs.guess import Guess
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.status import not_yours, status
from wgan_demo.ui.runs.tab import TabRun

HEIGHT = 540  # pixels of the stage, at most


class Asked(NamedTuple):
    """What the page asks for: the run of its settings, None where they make no sense; the recording that stands in
    until a run of one's own has begun; and the guess, without which a recording is shown for its first iterations only,
    None where nothing is kept back.
    """

    spec: RunSpec | None
    stand_in: Recording
    guess: Guess | None = None

    @property
    def told(self) -> bool:
        """What tells the end of a run may be seen."""
        return self.guess is None or self.guess.revealed

    @property
    def shown(self) -> Recording:
        """What may be seen of the stand-in."""
        return self.stand_in if self.told else self.stand_in.until(SEEN)


class Places(NamedTuple):
    """Containers of the page for the stage, for what can be begun below it, and for the charts."""

    stage: st.delta_generator.DeltaGenerator
    begin: st.delta_generator.DeltaGenerator
    charts: st.delta_generator.DeltaGenerator


def show(run: TabRun, before: JobView | None, asked: Asked, places: Places) -> None:
    """The run that is looked at once it has a first frame, the stand-in before; the numbers stand below both places.

    `before` is the run as the page's buttons know it: when that is no longer so, the whole page runs again.
    """
    pulse, top = Pulse.of(run), places.stage.container(gap=None)

    @st.fragment(key=run.key("moment"))
    def at_moment() -> None:
        on = film.on_stage(run, asked.shown)
        told = on.own or asked.told
        with top:
            status(run, run.shown, on.recording, on.own, asked.spec and asked.spec.config, pulse.words)
        with places.stage:
            note = "" if on.own else not_yours(on.recording, asked.spec and asked.spec.config)
            shown = Run(on.recording, untold=() if told else ANSWER, note=note)
            at = film.show(_film(run, on), shown, link=run.prefix)
            moment = on.recording.until(at)
            with st.container(key=run.key("caption")):  # also when empty: what comes below keeps its place
                st.caption(moment.view.caption(moment))
        with places.begin:
            fork_here(run, on, at)
        with places.charts:
            charts(run, on.recording, at, told)
        part = "" if at is not None else "end of " if told else "first part of "
        of = f"of {run.whose}" if on.own else f"{part}the recording"
        numbers(readings(moment, of), _sentence(asked, on), key=run.key("numbers"))
        code(moment)

    at_moment()
    with top:  # without a gap: it brings what is new and draws nothing
        live(run, {run: before}, pulse, lambda: _news(run, run.shown, asked))


def _news(run: TabRun, view: JobView, asked: Asked) -> dict[str, News]:
    """What is new of a run that moves, for all that `show` has drawn."""
    if not film.has_begun(view):
        return {}
    recording = view.recording
    on, rate = film.OnStage(recording, True, True), f", {view.rate:.0f} a second" if view.rate else ""
    shown = _film(run, on)
    return {
        shown.key: stage.news(shown, Run(recording)),
        run.key("numbers"): numbers_news(readings(recording, f"of {run.whose}{rate}"), _sentence(asked, on)),
        **charts_news(run, recording),
    }


def _film(run: TabRun, on: film.OnStage) -> stage.Film:
    """The run's picture: a recording plays at once."""
    name = film.name_of(on.recording, run.shown_id if on.own else None)
    return stage.Film(name, run.key("stage"), HEIGHT, on.moves, play=not on.own, beside=beside)


def _sentence(asked: Asked, on: film.OnStage) -> str:
    """How far one's own run has come and how the guess compares; a recording does not give the answer away."""
    if not on.own:
        return ""
    return f"{reading(on.recording)} {asked.guess.verdict(on.recording)}"
