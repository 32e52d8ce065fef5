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
    """A case as it is looked at: both recordings, their seed, and how both runs stand if they were trained here."""

    healthy: Recording
    patient: Recording
    seed: int
    views: dict[TabRun, JobView | None]

    @property
    def own(self) -> bool:
        """Trained here."""
        return bool(self.views)

    @property
    def moves(self) -> bool:
        """More will come by itself."""
        return any(view is not None and view.busy for view in self.views.values())

    @property
    def goes_on(self) -> bool:
        """More will come of the run with the bug."""
        view = self.views.get(RUN)
        return view is not None and view.busy


def pair(number: int) -> Pair:
    """Both runs of a case: those that are looked at if they are of this case and have begun, else the recordings."""
    patient, healthy = shipped.case(name_of(number))
    spec = RUN.asked
    if spec is None or spec.config.bug != name_of(number):
        return Pair(healthy, patient, patient.config.seed, {})
    views = {run: run.shown for run in (RUN, RUN.second)}
    begun = all(view is not None and film.has_begun(view) for view in views.values())
    if begun:
        healthy, patient = (_whole(run, film.whole(run.shown_id, views[run])) for run in (RUN.second, RUN))
    return Pair(healthy, patient, spec.config.config.seed, views)


def _whole(run: TabRun, recording: Recording) -> Recording:
    """With all frames that have been seen: a run that moves brings its newest ones alone."""
    before, seen = run.get("frames", (None, {}))
    seen = (seen if before == run.shown_id else {}) | {frame.step: frame for frame in recording.frames}
    run.put("frames", (run.shown_id, seen))
    return replace(recording, frames=[seen[step] for step in sorted(seen)])


def controls(number: int, now: Pair) -> None:
    """Train both; from which seed."""
    with st.popover("Train both here", icon=":material/model_training:", key=RUN.key("train")):
        st.caption(f"The run with the bug and the healthy one, {STEPS} iterations each, with the same seed.")
        seed = st.number_input("Seed", 0, 2**32 - 1, 1, key=RUN.key("seed"), **link.BOUND)
        st.button(
            "Train both", type="primary", icon=":material/play_arrow:", key=RUN.key("go"),
            disabled=now.moves and not RUN.guest, on_click=_train, args=(number, int(seed)),
        )  # fmt: skip
        if now.own and not RUN.guest:
            st.button("Back to the recordings", icon=":material/undo:", key=RUN.key("back"), on_click=_end)


def _train(number: int, seed: int) -> None:
    name = name_of(number)
    config = BUGS[name].config(seed)
    for run, bug in ((RUN, name), (RUN.second, "")):
        run.take_over()
        pool().start(run.begin(RunSpec(BuggyConfig(config, bug))), STEPS)


def _end() -> None:
    RUN.put("spec", None)
    RUN.end()
    RUN.second.end()


def status(now: Pair) -> None:
    """Whose runs these are and how they stand, in one line."""
    if not now.own:
        told = f"Both from seed {now.seed}, {now.healthy.steps} iterations."
        st.markdown(f":gray-badge[:material/movie: Recording] {told}")
        return
    known = [view for view in now.views.values() if view is not None]
    news = [view for view in known if view.state == "failed"] + [view for view in known if view.busy] + known
    view = news[0] if news else None
    if view is None:
        st.markdown(":red-badge[:material/error: Lost] The runs have ended.")
        return
    told = f"{'The lecturer’s' if RUN.guest else 'Here'}, both from seed {now.seed}."
    st.markdown(standing(view, told, told))


def watch(number: int, now: Pair) -> None:
    """While one of the two moves: bring the curves what is new."""

    def newest() -> dict:
        fresh = pair(number)
        return {CURVES: news(curves_update(fresh.healthy, fresh.patient, STEPS, fresh.goes_on))}

    if now.own:
        live(RUN, now.views, Pulse.of(RUN), newest)
