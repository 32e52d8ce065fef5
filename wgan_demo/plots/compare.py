"""Two runs on one chart: how far each is from the data, against any clock."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots import theme
from wgan_demo.plots.update import Update, vertical

STYLES = (
    {"color": theme.TARGET, "width": 2.5},
    {"color": theme.ACCENT, "width": 2.5, "dash": "dash"},
)


FLOOR = {"color": theme.NEUTRAL, "width": 1.5, "dash": "dot"}


def emd_figure(runs: dict[str, Recording], *, clock: str = "iterations", at: float | None = None) -> go.Figure:
    """Exact EMD of each named run, the first solid and the second dashed, with the noise floor of their data.

    The axis is one of CLOCKS; `at` marks a moment in its unit.
    """
    figure = go.Figure(layout=theme.base_layout())
    for name, line in zip(runs, STYLES, strict=False):
        figure.add_scatter(mode="lines", name=theme.plain(name, 48), line=line, hovertemplate="%{y:.3f}")
    figure.add_scatter(mode="lines", name="noise floor", line=FLOOR, hoverinfo="skip")
    figure.update_xaxes(title=CLOCKS[clock].title)
    units = " or ".join(dict.fromkeys(recording.unit for recording in runs.values()))
    figure.update_yaxes(title=f"exact EMD, {units}", rangemode="tozero")
    return emd_update(list(runs.values()), clock=clock, at=at).applied(figure)


def emd_update(runs: Sequence[Recording], *, clock: str = "iterations", at: float | None = None) -> Update:
    """The courses so far, in the order of `emd_figure`."""
    time = CLOCKS[clock]
    courses = [(time.at(recording, recording.distance[0]), recording.distance[1]) for recording in runs]
    begin, end = min(x[0] for x, _ in courses), max(1e-9, *(x[-1] for x, _ in courses))
    floors = dict.fromkeys(round(recording.floor[0], 6) for recording in runs)
    across = [([begin, end, np.nan], [floor, floor, np.nan]) for floor in floors]  # with a gap between two of them
    data = [*courses, tuple(np.concatenate(axis) for axis in zip(*across, strict=True))]
    layout = {"shapes": here(at), "xaxis": {"range": [float(begin), float(end)]}}
    return Update([{"x": np.asarray(x, np.float32), "y": np.asarray(y, np.float32)} for x, y in data], layout)


def here(at: float | None) -> list[dict]:
    """The shapes that mark a moment, in the unit of the axis; none for None."""
    return [] if at is None else [vertical(at, color=theme.NEUTRAL, width=2) | {"layer": "below"}]
