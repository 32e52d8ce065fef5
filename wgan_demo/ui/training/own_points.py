"""Data of one's own in the place of the stage, until a run on them has begun."""

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.spaces.points import real_points
from wgan_demo.plots.points import points_figure
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.status import standing
from wgan_demo.ui.runs.tab import TabRun
from wgan_demo.ui.table_source import literal

HEIGHT = 460


def show(run: TabRun, view: JobView | None, spec: RunSpec) -> None:
    """The points that a run on `spec.data` will learn, and how that run stands if it is on its way."""
    dataset, name = spec.data.dataset, f"{literal(spec.data.label)}, seed {spec.config.seed}"
    if view is None:
        st.markdown(f":blue-badge[:material/scatter_plot: Your data] {name}. **Start** trains on them.")
    else:
        st.markdown(standing(view, name))
    figure(
        points_figure(real_points(dataset, spec.config.seed), dataset),
        key=run.key("untrained"),
        height=HEIGHT,
        alt=f"The real points of {spec.data.label}, as a run with this seed will show them.",
    )
    live(run, {run: view}, Pulse.of(run), dict)
