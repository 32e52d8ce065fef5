"""Two runs on one chart: how far each is from the data, against any clock."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots import theme

STYLES = (
    {"color": theme.TARGET, "width": 2.5},
    {"color": theme.ACCENT, "width": 2.5, "dash": "dash"},
)


def emd_figure(runs: dict[str, Recording], *, clock: str = "iterations", at: float | None = None) -> go.Figure:
    """Exact EMD of each named run, the first solid and the second dashed, with the noise floor of their data.

    The axis is one of CLOCKS; `at` marks a moment in its unit.
    """
    time = CLOCKS[clock]
    figure = go.Figure(layout=theme.base_layout())
    begin, end = np.inf, 1e-9
    for (name, recording), line in zip(runs.items(), STYLES, strict=False):
        step, emd = recording.distance
        x = time.at(recording, step)
        begin, end = min(begin, float(x[0])), max(end, float(x[-1]))
        figure.add_scatter(
            x=x.astype(np.float32), y=emd.astype(np.float32), mode="lines", name=theme.plain(name, 48), line=line,
            hovertemplate="%{y:.3f}",
        )  # fmt: skip
    floors = {round(recording.floor[0], 6) for recording in runs.values()}
    for floor in floors:
        figure.add_hline(y=floor, line={"color": theme.NEUTRAL, "width": 1.5, "dash": "dot"})
    figure.add_scatter(
        x=[None], y=[None], mode="lines", name="noise floor",
        line={"color": theme.NEUTRAL, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    if at is not None:
        figure.add_vline(x=at, line={"color": theme.NEUTRAL, "width": 2}, layer="below")
    figure.update_xaxes(title=time.title, range=[begin, end])
    units = " or ".join(dict.fromkeys(recording.unit for recording in runs.values()))
    figure.update_yaxes(title=f"exact EMD, {units}", rangemode="tozero")
    return figure
