"""Both runs of a case, trained here and now: the recordings stand in for them until they have begun."""

from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.bugs import shipped
from wgan_demo.gan.bugs.bugs import BUGS, STEPS
from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.clinic import curves_update
from wgan_demo.ui import link
from wgan_demo.ui.clinic.case import name_of
from wgan_demo.ui.components.figure import news
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.alone import standing
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.tab import TabRun, pool

RUN = TabRun("bc")  # the one with the bug; its second is the healthy one
CURVES = RUN.key("curves")


class Pair(NamedTuple):
    """A case as it is looked at: both recordings, and how both runs stand if they were trained here."""

    healthy: Recording
    patient: Recording
    views: dict[TabRun, JobView | None]

    @property
    def own(self) -> bool:
        """Trained here."""
        return bool(self.views)

    @property
    def moves(self) -> bool:
        """More will come by itself."""
        return any(view is not None and view.busy for view in self.views.values())


def pair(number: int) -> Pair:
    """Both runs of a case: those of this tab if they are of this case and have begun, else the recordings."""
    patient, healthy = shipped.case(name_of(number))
    spec = RUN.get("spec")
    if spec is None or spec.config.bug != name_of(number):
        return Pair(healthy, patient, {})
    views = {run: run.view for run in (RUN, RUN.second)}
    begun = all(view is not None and film.has_begun(view) for view in views.values())
    if begun:
        healthy, patient = (_whole(run, film.whole(run.job_id, views[run])) for run in (RUN.second, RUN))
    return Pair(healthy, patient, views)


def _whole(run: TabRun, recording: Recording) -> Recording:
    """With all frames that have been seen: a run that moves brings its newest ones alone."""
    seen = run.get("frames", {}) | {frame.step: frame for frame in recording.frames}
    run.put("frames", seen)
    return replace(recording, frames=[seen[step] for step in sorted(seen)])


def controls(number: int, now: Pair) -> None:
    """Train both; from which seed."""
    with st.popover("Train both here", icon=":material/model_training:", key=RUN.key("train")):
        st.caption(f"The run with the bug and the healthy one, {STEPS} iterations each, with the same seed.")
        seed = st.number_input("Seed", 0, 2**32 - 1, 1, key=RUN.key("seed"), **link.BOUND)
        st.button(
            "Train both", type="primary", icon=":material/play_arrow:", key=RUN.key("go"), disabled=now.moves,
            on_click=_train, args=(number, int(seed)),
        )  # fmt: skip
        if now.own:
            st.button("Back to the recordings", icon=":material/undo:", key=RUN.key("back"), on_click=_end)


def _train(number: int, seed: int) -> None:
    name = name_of(number)
    config = BUGS[name].config(seed)
    for run, bug in ((RUN, name), (RUN.second, "")):
        pool().start(run.begin(RunSpec(BuggyConfig(config, bug))), STEPS)
        run.put("frames", {})


def _end() -> None:
    RUN.put("spec", None)
    RUN.end()
    RUN.second.end()


def status(now: Pair) -> None:
    """Whose runs these are and how they stand, in one line."""
    if not now.own:
        seed = now.patient.config.seed
        st.markdown(f":gray-badge[:material/movie: Recording] Both from seed {seed}, {now.healthy.steps} iterations.")
        return
    known = [view for view in now.views.values() if view is not None]
    news = [view for view in known if view.state == "failed"] + [view for view in known if view.busy] + known
    view = news[0] if news else None
    if view is None:
        st.markdown(":red-badge[:material/error: Lost] The runs have ended.")
        return
    seed = RUN.get("spec").config.config.seed
    st.markdown(standing(view, f"Both, from seed {seed}.", f"Here, from seed {seed}."))


def watch(number: int, now: Pair) -> None:
    """While one of the two moves: bring the curves what is new."""

    def newest() -> dict:
        fresh = pair(number)
        return {CURVES: news(curves_update(fresh.healthy, fresh.patient, STEPS))}

    if now.own:
        live(RUN, now.views, Pulse.of(RUN), newest)
