"""A fork of one of the two: it repeats its run up to a moment of the film and goes on with other settings, as C."""

from collections.abc import Sequence

import streamlit as st

from wgan_demo.engine.jobs import MAX_STEPS, MOVING
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.runs.clocks import Clock
from wgan_demo.ui import lesson
from wgan_demo.ui.images.rivals import RIVALS, RUN, Rival
from wgan_demo.ui.runs import compare
from wgan_demo.ui.runs.buttons import pace, speed
from wgan_demo.ui.runs.film import OnStage
from wgan_demo.ui.runs.fork import OWN, fork_form
from wgan_demo.ui.runs.sides import Side
from wgan_demo.ui.runs.tab import pool
from wgan_demo.ui.runs.whole_run import Asked, Places

NAME = "C"


def forked() -> Rival | None:
    """The one of the two that has a fork."""
    return next((rival for rival in RIVALS if rival.run.second.shown_id), None)


def fork_button(sides: Sequence[Side], time: Clock, at: int | None) -> None:
    """Whose run is forked at the moment that the film shows, and with which settings; it waits while one moves."""
    moves = any(side.moves for side in sides)
    with st.popover("Fork", icon=":material/fork_right:", key="im_fork", on_change="rerun", disabled=moves):
        if moves:
            return
        names = [rival.name for rival in RIVALS]
        name = st.segmented_control("Which of the two", names, default=names[1], required=True, key="im_fork_whose")
        rival, side = RIVALS[names.index(name)], sides[names.index(name)]
        step = side.recording.frames[-1].step if at is None else time.step(side.recording, at)
        if step >= MAX_STEPS:
            st.info(f"A run ends at iteration {MAX_STEPS:,}: choose an earlier moment of the film.")
            return
        fork_form(rival.run, OnStage(side.recording, side.job_id is not None, False), step)


def show(rival: Rival, spec: RunSpec) -> None:
    """The forked run and its fork in the place of the two. `spec` is what Start would train in its place."""
    row = {"horizontal": True, "vertical_alignment": "center"}
    with st.container(key="im_controls", **row):
        with st.container(key="run_bar", width="content", **row):
            compare.buttons(rival.run.second, pace(RUN), NAME)
            speed(RUN, "full", lambda: _set_pace(rival))
        rival.run.put("pace", RUN.get("pace"))
    left, right = st.columns([8, 5], gap="medium")
    with left:
        places = Places(st.container(), st.container(**row), right)
    letter = rival.name[0]
    compare.show(rival.run, rival.run.shown, Asked(spec, rival.stand_in), OWN, places, (letter, NAME))
    with left:
        lesson.note(
            f"{NAME} is a fork of {rival.name}: the same run up to the moment at which it was forked. "
            f"“Remove {NAME}” shows A and B again. {rival.stand_in.view.caption(rival.stand_in)}"
        )


def _set_pace(rival: Rival) -> None:
    second = rival.run.second
    if (view := second.view) and view.state in MOVING:
        pool().start(second.job_id, second.get("target"), pace(RUN))
