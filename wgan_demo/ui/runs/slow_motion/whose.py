"""Whose run is taken apart: the tab's own, or one that is begun for the picture alone."""

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui.components.beat import beat
from wgan_demo.ui.runs.status import status
from wgan_demo.ui.runs.tab import TabRun, pool

WARM = {"images": 500}  # iterations that it has learnt when it is taken apart; pictures take longer to be any
USUAL = 25


def warm(config: TrainConfig) -> int:
    """Iterations that a run which is begun for the picture has learnt."""
    return WARM.get(config.space.kind, USUAL)


def begin_example(run: TabRun, spec: RunSpec) -> None:
    """Begin the run of this picture, and anew when the settings are others."""
    if run.job_id is None or run.get("of") != spec:
        pool().start(run.begin(spec), warm(spec.config))
        run.put("of", spec)


@st.fragment(key="slow_motion_wait")
def wait(run: TabRun, own: bool) -> None:
    """Looks again until the run can be taken apart, or never will be."""
    beat("slow_motion_wait", 0.5)
    view = run.view
    if not view.busy or (own and view.recording is not None):
        st.rerun()
    queue = f" Others train now; its place in the queue: {view.rank}, {view.turn}." if view.rank else ""
    st.info(f"{'Your' if own else 'A'} run begins in a few seconds.{queue}", icon=":material/hourglass:")


def refuse(run: TabRun, view: JobView, own: bool) -> None:
    """Why there is nothing to take apart, and what to do."""
    way_out = "**Reset** begins anew." if own else "Change the settings below." if view.state == "failed" else ""
    st.warning(f"This run cannot be taken apart. {view.message} {way_out}")
    if not own and view.state != "failed":
        st.button("Begin another", icon=":material/restart_alt:", on_click=run.end)


def whose_run(run: TabRun, view: JobView, trace: StepTrace, config: TrainConfig | None, own: bool) -> None:
    """Whose run this is and how it stands; it looks again while the tab's own run trains."""

    @st.fragment(key=run.key("slow_until"))
    def until_it_stands() -> None:
        now = run.view
        status(run, now, now.recording, True, config)
        if view.busy:
            if not now.busy:
                st.rerun()  # the buttons of the page change
            st.caption(f"It trains on: iteration {max(now.recording.steps, trace.iteration - 1):,}.")
            beat(run.key("slow_until"), 1.0)

    if own:
        until_it_stands()
    else:
        st.caption(
            f"This run was begun for the picture: it learnt its first {warm(trace.config)} iterations with the "
            "settings of the page, and goes on when you say so. **Start** trains a run of your own, which is then "
            "taken apart in its place."
        )
