"""What adding epsilon to every bin does: the bins on a log scale, and the KL it invents against theta."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.plots.theme import AMBER, CRITIC, NEUTRAL, SOURCE, TARGET, base_layout, fill, scatter

DASHES = ("dot", "dash", "dashdot")
HEADROOM = 1.15  # of the axis above the highest smoothed curve
BAND = (1.2, 1.5)  # of that height: where infinity is drawn


def bins_figure(edges: np.ndarray, p: np.ndarray, q: np.ndarray, epsilon: float, *, x_title: str) -> go.Figure:
    """The masses p, q (k,) in the bins of edges (k + 1,) on a log scale, once epsilon has been added and renormalised.

    Nothing lies below the floor, epsilon / (1 + k epsilon).
    """
    total = 1 + len(p) * epsilon
    floor = epsilon / total
    x = np.repeat(edges, 2)[1:-1]
    traces = [
        scatter(x, np.repeat((masses + epsilon) / total, 2), name=name, line={"color": color, "width": 2})
        for masses, name, color in ((p, "P", SOURCE), (q, "Q", TARGET))
    ]
    traces.append(scatter(edges[[0, -1]], [floor] * 2, name="added floor", line=_dashed(CRITIC, "dash")))
    return go.Figure(
        traces,
        base_layout(
            xaxis={"title": {"text": x_title}, "range": edges[[0, -1]].tolist()},
            yaxis={"title": {"text": "mass in a bin (no unit)"}, "type": "log", "exponentformat": "power"}
            | {"range": [np.log10(floor) - 0.6, 0.2], "automargin": True, "dtick": 1 if floor > 1e-7 else 2},
            uirevision=f"{edges[[0, -1]]} {epsilon}",
        ),
    )


def cliff_figure(
    theta: np.ndarray,
    true: tuple[np.ndarray, np.ndarray],
    smoothed: dict[float, np.ndarray],
    epsilon: float,
    now: tuple[float, float],
) -> go.Figure:
    """KL(P|Q) against theta (k,), above, and its derivative, below, in nats and nats per unit of x.

    `true` holds the theta and the values of the true curve: what is infinite runs in a band of its own, at a tick "∞".
    `smoothed` maps each epsilon to its curve (k,); that of `epsilon` is drawn thick. A dot marks `now`: the theta and
    the smoothed value there. The axis is that of the smoothed curves: a larger true KL leaves the picture at the top.
    """
    top = max(curve.max() for curve in smoothed.values()) or 1.0
    true_theta, value = true
    infinite = np.isinf(value)
    finite = np.where(infinite, np.nan, value)
    style = {"color": SOURCE, "width": 2.5}
    traces = [scatter(true_theta, finite, name="true KL", line=style)]
    if infinite.any():
        band = np.where(infinite, np.mean(BAND) * top, np.nan)
        traces.append(scatter(true_theta, band, name="true KL = ∞", line=style, hoverinfo="name", showlegend=False))
    others = [other for other in smoothed if other != epsilon]
    for other, dash in zip(others, DASHES, strict=False):
        traces.append(scatter(theta, smoothed[other], name=f"ε = {short(other)}", line=_dashed(AMBER, dash)))
    chosen = {"color": CRITIC, "width": 3}
    slope = np.gradient(smoothed[epsilon], theta)
    dot = {"mode": "markers", "marker": {"color": CRITIC, "size": 11}, "hoverinfo": "skip", "showlegend": False}
    slope_now = np.interp(now[0], theta, slope)
    traces += [
        scatter(theta, smoothed[epsilon], name=f"ε = {short(epsilon)}", line=chosen),
        scatter(theta, slope, name="its derivative", line=chosen, yaxis="y2", showlegend=False),
        scatter([now[0]], [now[1]], **dot),
        scatter([now[0]], [slope_now], yaxis="y2", **dot),
    ]
    shapes = [_shape("line", [now[0]] * 2, "paper", (0, 1)) | {"line": _dashed(NEUTRAL, "dot")}]
    axis = {"range": [-0.04 * top, HEADROOM * top]}
    if infinite.any():
        ticks = np.arange(0, top, 5)  # ln(1e12) = 27.6 is about the highest there is
        axis = {"range": [-0.04 * top, BAND[1] * top], "tickvals": [*ticks, np.mean(BAND) * top]}
        axis["ticktext"] = [*(f"{tick:.3g}" for tick in ticks), "<b>∞</b>"]
        shapes.append(
            _shape("rect", (0, theta[-1]), "y", np.multiply(BAND, top))
            | {"fillcolor": fill(NEUTRAL, 0.18), "line": {"width": 0}, "layer": "below"}
        )
    low, high = min(slope.min(), 0), max(slope.max(), 0.05 * top / theta[-1])
    return go.Figure(
        traces,
        base_layout(
            xaxis={"title": {"text": "θ (units of x)"}, "anchor": "y2", "range": [-0.02 * theta[-1], theta[-1]]},
            yaxis=axis | {"title": {"text": "KL(P‖Q) (nats)"}, "domain": [0.46, 1], "automargin": True},
            yaxis2={"range": [low - 0.08 * (high - low), high + 0.08 * (high - low)], "domain": [0, 0.36]}
            | {"title": {"text": "d/dθ (nats per unit)"}, "automargin": True},
            shapes=shapes,
        ),
    )


def short(epsilon: float) -> str:
    """An epsilon as code has it: 1e-8."""
    return f"{epsilon:.0e}".replace("e-0", "e-")


def _dashed(color: str, dash: str) -> dict:
    return {"color": color, "width": 2, "dash": dash}


def _shape(kind: str, x, y_ref: str, y) -> dict:
    return {"type": kind, "xref": "x", "x0": x[0], "x1": x[1], "yref": y_ref, "y0": y[0], "y1": y[1]}
