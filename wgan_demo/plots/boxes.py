"""Why the exponent decides: the cost of a way against its length."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.distances.assignment import Crossing
from wgan_demo.plots.theme import NEUTRAL, SOURCE, TARGET, base_layout

WAYS = (("in order", SOURCE, "circle", "solid"), ("crossed", TARGET, "diamond-open", "dash"))  # open: one shows below


def crossing_figure(crossing: Crossing, p: float, *, unit: str) -> go.Figure:
    """|d|^p in `unit` against the distance d in steps, and on it the two distances of both ways, joined by a chord.

    Both ways go equally far, so the middles of their chords stand above each other: half of what each way costs.
    """
    d = np.linspace(0, max(crossing.in_order + crossing.crossed), 81)
    traces = [_line(d, d**p, line={"color": NEUTRAL, "width": 2}, hoverinfo="skip", mode="lines", showlegend=False)]
    for (name, color, symbol, dash), way in zip(WAYS, (crossing.in_order, crossing.crossed), strict=True):
        long, short = map(float, way)
        style = {"color": color, "line": {"color": color, "width": 2}, "symbol": symbol, "opacity": 1}
        traces.append(
            _line(
                [short, (short + long) / 2, long],
                [short**p, (short**p + long**p) / 2, long**p],
                name=f"{name}: {long:g} and {short:g} steps",
                mode="lines+markers",
                line={"color": color, "width": 2, "dash": dash},
                marker=style | {"size": [9, 14, 9]},
                hovertemplate="d = %{x:g}, cost %{y:.3g}",
            )
        )
    return go.Figure(
        traces,
        base_layout(
            xaxis={"title": {"text": "distance d (steps)"}, "rangemode": "tozero"},
            yaxis={"title": {"text": f"cost ({unit})"}, "rangemode": "tozero", "automargin": True},
            hovermode="closest",
            uirevision=f"{crossing} {p}",
        ),
    )


def _line(x, y, **style) -> dict:
    return {"type": "scatter", "x": np.asarray(x, "float32"), "y": np.asarray(y, "float32"), **style}
