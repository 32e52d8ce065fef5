"""The value surfaces of critics over the same points, one above the other: Gulrajani et al. 2017, figure 1a."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.critic_alone.plane import EXTENT, SIDE
from wgan_demo.plots.theme import CRITIC, SOURCE, TARGET, base_layout, fill, scatter

GREEN = [[0, fill(CRITIC, 0.02)], [1, fill(CRITIC, 0.8)]]
LEVELS = 11  # contour lines
DRAWN = 100  # points of each kind
GAP = 48  # pixels between two surfaces: two lines of text
MARGIN = {"l": 40, "r": 8, "t": 44, "b": 66}


class Surface(NamedTuple):
    """`f` (SIDE, SIDE) on the grid of a critic in the plane, up to a factor; two lines that stand above it."""

    f: np.ndarray
    title: str
    second: str = ""


def surfaces_figure(surfaces: Sequence[Surface], real: np.ndarray, fake: np.ndarray, *, height: int) -> go.Figure:
    """Contours of critics, each from its own lowest (pale) to its highest value, with real and generated points (n, 2)
    above them. Equal lengths on both axes; `height` pixels in all.
    """
    side = np.linspace(-EXTENT, EXTENT, SIDE).astype("float32")
    inner = height - MARGIN["t"] - MARGIN["b"]
    gap = GAP / inner
    tall = (1 - gap * (len(surfaces) - 1)) / len(surfaces)
    data, layout, notes = [], {}, []
    for i, surface in enumerate(surfaces):
        n = "" if i == 0 else i + 1
        top, last = 1 - i * (tall + gap), i == len(surfaces) - 1
        data += [
            {
                "type": "contour", "z": surface.f.astype("float32"), "x": side, "y": side, "colorscale": GREEN,
                "showscale": False, "ncontours": LEVELS, "line": {"color": fill(CRITIC, 0.9), "width": 1},
                "contours": {"coloring": "heatmap"}, "hoverinfo": "skip", "xaxis": f"x{n}", "yaxis": f"y{n}",
            },
            _points(fake, "generated: real + noise", TARGET, "triangle-up-open", n),
            _points(real, "real", SOURCE, "circle", n),
        ]  # fmt: skip
        frame = {"range": [-EXTENT, EXTENT], "zeroline": False, "showgrid": False, "constrain": "domain"}
        frame |= {"tickvals": [-2, 0, 2]}
        layout[f"xaxis{n}"] = frame | {"anchor": f"y{n}", "showticklabels": last}
        if last:
            layout[f"xaxis{n}"]["title"] = {"text": "x₁", "standoff": 2}
        layout[f"yaxis{n}"] = frame | {
            "anchor": f"x{n}", "domain": [max(0, top - tall), top], "scaleanchor": f"x{n}", "title": {"text": "x₂"},
        }  # fmt: skip
        notes.append(
            {
                "text": f"{surface.title}<br>{surface.second or ' '}", "showarrow": False, "font": {"size": 14},
                "xref": "paper", "yref": "paper", "x": 0.5, "y": top, "xanchor": "center", "yanchor": "bottom",
            }
        )  # fmt: skip
    legend = {"orientation": "h", "x": 0.5, "xanchor": "center", "y": -38 / inner, "yanchor": "top"}
    return go.Figure(data, base_layout(**layout, annotations=notes, hovermode=False, margin=MARGIN, legend=legend))


def _points(points: np.ndarray, name: str, color: str, symbol: str, n: int | str) -> dict:
    marker = {"color": color, "symbol": symbol, "size": 4}
    x, y = points[:DRAWN].T
    return scatter(x, y, mode="markers", name=name, marker=marker, showlegend=n == "") | {
        "xaxis": f"x{n}", "yaxis": f"y{n}", "hoverinfo": "skip",
    }  # fmt: skip
