"""The picture of two parallel segments, and how the optimal plan carries one onto the other."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.distances.exact import OTResult
from wgan_demo.distances.one_dim import ShiftCurves
from wgan_demo.plots.theme import CRITIC, SOURCE, TARGET, base_layout


def segments_figure(plan: OTResult) -> go.Figure:
    """P and Q in the plane, and an arrow for every move of the plan from P's points (n, 2) to Q's (m, 2)."""
    x, y = plan.source.points, plan.target.points
    i, j = np.nonzero(plan.coupling)
    i, j = i[(x[i] != y[j]).any(axis=1)], j[(x[i] != y[j]).any(axis=1)]  # what stays has no arrow
    ends = np.full((len(i), 3, 2), np.nan)  # from, to, and a gap
    ends[:, 0], ends[:, 1] = x[i], y[j]
    heads = {"symbol": "arrow", "angleref": "previous", "size": np.tile([0, 9, 0], len(i)), "opacity": 1}
    heads |= {"color": CRITIC, "line": {"width": 0}}  # sizes of their own would give them an outline
    arrows = {"mode": "lines+markers", "line": {"color": CRITIC, "width": 1.2}, "marker": heads}
    return go.Figure(
        [
            go.Scatter(x=ends[..., 0].ravel(), y=ends[..., 1].ravel(), name="the cheapest plan", **arrows),
            _segment(x, "P", {"color": SOURCE, "width": 5}),
            _segment(y, "Q", {"color": TARGET, "width": 5, "dash": "dot"}),
        ],
        base_layout(
            xaxis={"title": {"text": "x"}, "range": [-1.12, 1.12], "zeroline": False},
            yaxis={"title": {"text": "y (units of x)"}, "range": [-0.08, 1.08], "zeroline": False},
            hovermode="closest",
        ),
    )


def broken_at_0(curves: ShiftCurves) -> ShiftCurves:
    """The same curves over rising theta, with a gap at theta = 0, where the slope of W1 jumps from -1 to 1.

    Up to the gap the slope of W1 at 0 is the one to the left; what else jumps there has none.
    """
    at = int(np.flatnonzero(curves.theta == 0)[0])
    slopes = {
        key: np.insert(slope, at, [slope[at - 1] if key == "w1" else np.nan, np.nan])
        for key, slope in curves.slopes.items()
    }
    values = {key: np.insert(value, at, [value[at]] * 2) for key, value in curves.values.items()}
    return ShiftCurves(np.insert(curves.theta, at, [0.0] * 2), values, slopes)


def _segment(points: np.ndarray, name: str, line: dict) -> go.Scatter:
    return go.Scatter(x=points[:, 0], y=points[:, 1], mode="lines", name=name, line=line)
