"""How steep critics are in different places: intervals on one logarithmic axis, with the line at 1."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from wgan_demo.plots.slope.numbers import number
from wgan_demo.plots.theme import AMBER, CRITIC, NEUTRAL, SOURCE, TARGET, base_layout, scatter

PLACES = {  # what is measured, and how it is drawn
    "between": ("‖∇f‖ on the lines x̂", {"color": CRITIC, "symbol": "circle"}),
    "data": ("‖∇f‖ at the data", {"color": SOURCE, "symbol": "square"}),
    "grid": ("‖∇f‖ on the whole square", {"color": NEUTRAL, "symbol": "diamond"}),
    "slopes": ("|f(a) − f(b)| / |a − b|, pairs of points", {"color": TARGET, "symbol": "triangle-up"}),
}
LEAST = 0.01  # where the logarithmic axis begins; what is less stands there


def spread_figure(rows: Mapping[str, Mapping[str, np.ndarray]], *, most: float) -> go.Figure:
    """For every row the percentiles (101,) of slopes at each of PLACES: from the 5th to the 95th as a line, the middle
    half thick, the median as a mark. The first row is on top, and the axis ends at `most`: what lies beyond is told.
    """
    data = []
    for j, (place, (name, look)) in enumerate(PLACES.items()):
        low, first, median, third, high = (
            np.maximum([row[place][at] for row in rows.values()], LEAST) for at in (5, 25, 50, 75, 95)
        )
        y = -np.arange(len(rows)) + 0.27 - 0.18 * j
        gap = np.full(len(rows), np.nan)
        for ends, width in (((low, high), 1.5), ((first, third), 5)):
            x, heights = np.stack([*ends, gap], 1).ravel(), np.repeat(y, 3)
            data.append(
                scatter(x, heights, line={"color": look["color"], "width": width}, hoverinfo="skip", showlegend=False)
            )
        text = [
            f"{name}: median {m:.3g}, 90 % from {a:.3g} to {b:.3g}" for m, a, b in zip(median, low, high, strict=True)
        ]
        marker = {**look, "size": 11, "line": {"width": 2, "color": "white"}}
        data.append(scatter(median, y, mode="markers", name=name, marker=marker, text=text, hoverinfo="text"))
    return go.Figure(
        data,
        base_layout(
            margin={"l": 104, "r": 12, "t": 60, "b": 44},
            hovermode="closest",
            xaxis={
                "type": "log", "dtick": 1 if most < 1e3 else 2, "tickangle": 0,
                "range": np.log10([LEAST, most]).tolist(),
                "title": {"text": "slope; 1 is what is wanted"},
            },
            yaxis={
                "tickvals": [-i for i in range(len(rows))],
                "ticktext": list(rows),
                "range": [-len(rows) + 0.5, 0.5],
                "zeroline": False,
            },
            annotations=[
                {
                    "text": f"{number(row['between'][50])} →", "showarrow": False, "x": np.log10(most), "y": -i,
                    "xanchor": "right", "font": {"size": 14},
                }
                for i, row in enumerate(rows.values()) if row["between"][50] > most
            ],
            shapes=[
                {
                    "type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1,
                    "line": {"color": AMBER, "dash": "dash", "width": 2},
                }
            ],
        ),
    )  # fmt: skip
