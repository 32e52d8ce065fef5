"""Whose run is taken apart: the tab's own, or one that is begun for the picture alone."""

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui.runs import live_run
from wgan_demo.ui.runs import status as training_status

BEGUN = "tr_slow"  # the lesson of the run that is begun here where the tab has none of its own
WARM = 25  # iterations that it has learnt when it is taken apart


def begin(spec: RunSpec) -> str:
    """The run of this picture; a new one when the settings are others."""
    job_id = live_run.current(BEGUN)
    if job_id is None or st.session_state.get("tr_slow_of") != spec:
        job_id = live_run.begin(BEGUN, spec)
        live_run.pool().start(job_id, WARM)
        st.session_state.tr_slow_of = spec
    return job_id


@st.fragment(run_every=0.5, key="tr_slow_wait")
def wait(job_id: str, own: bool) -> None:
    """Looks again until the run can be taken apart, or never will be."""
    view = live_run.pool().view(job_id)
    if not view.busy or (own and view.recording is not None):
        st.rerun()
    queue = f" Others train now; its place in the queue: {view.rank}." if view.rank else ""
    st.info(f"{'Your' if own else 'A'} run begins in a few seconds.{queue}", icon=":material/hourglass:")


def refuse(view: JobView, own: bool) -> None:
    """Why there is nothing to take apart, and what to do."""
    way_out = "**Reset** begins anew." if own else "Change the settings above." if view.state == "failed" else ""
    st.warning(f"This run cannot be taken apart. {view.message} {way_out}")
    if not own and view.state != "failed":
        st.button("Begin another", icon=":material/restart_alt:", on_click=live_run.end, args=(BEGUN,))


def whose_run(view: JobView, job_id: str, trace: StepTrace, config: TrainConfig | None, own: bool) -> None:
    """Whose run this is and how it stands; it looks again while the tab's own run trains."""

    @st.fragment(run_every=1.0 if view.busy else None, key="tr_slow_until")
    def until_it_stands() -> None:
        now = live_run.pool().view(job_id)
        training_status.status(now, now.recording, True, config)
        if view.busy:
            if not now.busy:
                st.rerun()  # the buttons of the page change
            st.caption(f"It trains on: iteration {max(now.recording.steps, trace.iteration - 1):,}.")

    if own:
        until_it_stands()
    else:
        st.caption(
            f"This run was begun for the picture: it learnt its first {WARM} iterations with the settings above, and "
            "goes on when you say so. **Start** trains a run of your own, which is then taken apart in its place."
        )
