"""Both on pictures of which no run is recorded and for which there is no classifier: they are trained here or not seen.

What is told of them is what needs nobody's judgement: the pictures, and the exact EMD of their pixels.
"""

import streamlit as st

from wgan_demo.datasets import DATASETS, mnist
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.plots.stage import Run
from wgan_demo.ui import lesson
from wgan_demo.ui.components import stage
from wgan_demo.ui.components.news import News
from wgan_demo.ui.components.versus import news as versus_news
from wgan_demo.ui.components.versus import versus
from wgan_demo.ui.images.controls import controls
from wgan_demo.ui.images.rivals import RIVALS, duel
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.sides import Side, in_step
from wgan_demo.ui.runs.status import standing
from wgan_demo.ui.runs.versus import beside, differences, moment, moments

CLOCK = "seconds"
HEIGHT = 400  # pixels of each picture, at most


def show() -> None:
    """The whole view."""
    _, views = controls()
    if not any(views.values()):
        lesson.say(_before())
    pulse, top, below = Pulse.of(RIVALS[0].run), st.container(gap=None), st.container()
    begun = all(view is not None and film.has_begun(view) for view in views.values())

    @st.fragment(key="im_two_moment")
    def at_moment() -> None:
        with top:
            for rival in RIVALS:
                if (view := rival.run.shown) is not None:
                    st.markdown(f"{rival.name[0]} {standing(view, duel().label, pulse.words, guest=rival.run.guest)}")
        if not begun:
            return
        with below:
            left, right = st.columns([8, 5], gap="medium")
            shown, *runs = _stage()
            with left:
                at = film.show(shown, *runs, link="im")
            recordings = [run.recording for run in runs]
            time = CLOCKS[CLOCK]
            then = [run if at is None else run.until(time.step(run, at)) for run in recordings]
            with right:
                groups = [("At this moment", moments(*then)), ("Settings", differences(*recordings))]
                versus(["A", "B"], groups, key="im_two_versus")
            lesson.note(recordings[0].view.caption(recordings[0]))

    at_moment()
    with top:
        live(RIVALS[0].run, views, pulse, _news)


def _before() -> str:
    """What there is to do, and whether the files are there."""
    name = DATASETS[duel().dataset].label.partition(",")[0]
    start = "**Start** trains both on this machine."
    if not mnist.at_hand(duel().dataset):
        start = (
            f"The files are not on this machine: **Start** fetches them, or put them into `{duel().dataset}/` of the "
            f"folder that `{mnist.FOLDER}` names."
        )
    return f"No run on {name} is recorded. {start}"


def _stage() -> tuple[stage.Film | Run, ...]:
    """The film of both, and what is on it; both have begun."""
    sides = [Side.of(rival.run, None) for rival in RIVALS]
    name = " | ".join([*(side.film for side in sides), CLOCK])
    moves = any(side.moves for side in sides)
    shown = stage.Film(name, "im_two_stage", HEIGHT, moves, play=False, clock=CLOCK, beside=beside)
    steps = [in_step(CLOCKS[CLOCK], *pair) for pair in (sides, sides[::-1])]
    return shown, *(Run(recording, rival.name) for recording, rival in zip(steps, RIVALS, strict=True))


def _news() -> dict[str, News]:
    """What is new of two runs of which one moves."""
    if not all(film.has_begun(rival.run.shown) for rival in RIVALS):
        return {}
    shown, *runs = _stage()
    columns = [moment(run.recording) for run in runs]
    return {shown.key: stage.news(shown, *runs), "im_two_versus": versus_news(*columns)}
