"""Transport plans as heat maps with their margins, the monotone map, quantile functions, and cost against epsilon."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.distances.entropic import EntropicResult
from wgan_demo.plots.distances import number
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL, SOURCE, TARGET, base_layout, fill, lean, scatter

PIXELS = 400  # places along an axis that can be told apart: a line needs no more
BREAK = 1 / 32  # of an axis: a pair farther than this from the last one, in both directions, begins a new line
DOTS = 100  # pairs: so few are drawn as dots too
SHADES = np.linspace(0, 1, 6)
PLAN_HEIGHT = 350


def plan_figure(
    plan: np.ndarray,
    edges: tuple[np.ndarray, np.ndarray],
    margins: tuple[np.ndarray, np.ndarray],
    *,
    color: str,
    x_title: str,
    steps: tuple[np.ndarray, np.ndarray] | None = None,
) -> go.Figure:
    """A plan (n, m) of shares of the mass as a heat map, P along the bottom and Q up the side, with both margins.

    edges are those of the bins, (n + 1,) and (m + 1,), in units of x; margins (n,) and (m,) are shares of the mass.
    `steps`, the pairs x (k,), y (k,) of one_dim.quantile_steps, are drawn on top as the monotone map.
    """
    (x_edges, y_edges), (of_p, of_q) = edges, margins
    bars = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False}
    outline = lambda mass: np.concatenate([[0], np.repeat(mass, 2), [0]]).astype("float32")  # noqa: E731
    traces = [
        bars | {"x": lean(np.repeat(x_edges, 2)), "y": outline(of_p), "yaxis": "y2", "fill": "tozeroy"}
        | {"line": {"color": SOURCE, "width": 1.5}, "fillcolor": fill(SOURCE, 0.3)},
        bars | {"x": outline(of_q), "y": lean(np.repeat(y_edges, 2)), "xaxis": "x2", "fill": "tozerox"}
        | {"line": {"color": TARGET, "width": 1.5}, "fillcolor": fill(TARGET, 0.3)},
        _heat(plan.T, x_edges, y_edges, color),
    ]  # fmt: skip
    ends = np.array([max(x_edges[0], y_edges[0]), min(x_edges[-1], y_edges[-1])])
    if ends[0] < ends[1]:
        stay = {"color": NEUTRAL, "width": 1.5, "dash": "dot"}
        traces.append(scatter(ends, ends, line=stay, name="y = x: stays", hoverinfo="skip"))
    if steps is not None:
        traces.append(staircase(*steps, x_edges[[0, -1]], y_edges[[0, -1]]))
    ticks = {"showgrid": False, "automargin": True}
    return go.Figure(
        traces,
        base_layout(
            xaxis=ticks | _axis(f"from: {x_title} under P", x_edges, 0.86),
            yaxis=ticks | _axis(f"to: {x_title} under Q", y_edges, 0.84),
            xaxis2={"domain": [0.88, 1], "visible": False, "rangemode": "tozero", "fixedrange": True},
            yaxis2={"domain": [0.86, 1], "visible": False, "rangemode": "tozero", "fixedrange": True},
            hovermode="closest",
            uirevision=f"{x_edges[[0, -1]]} {y_edges[[0, -1]]}",
        ),
    )


def _axis(title: str, edges: np.ndarray, share: float) -> dict:
    return {"title": {"text": title}, "range": edges[[0, -1]].tolist(), "domain": [0, share]}


def _heat(z: np.ndarray, x_edges: np.ndarray, y_edges: np.ndarray, color: str) -> dict:
    """Cells without mass show the page; a faint cell of a blurred plan must still be seen, so shades go as the root."""
    return {
        "type": "heatmap",
        "z": lean(z),
        "x": lean(x_edges),
        "y": lean(y_edges),
        "colorscale": [[share, fill(color, share**0.5)] for share in SHADES],
        "zmin": 0,
        "showscale": False,
        "hovertemplate": "from %{x:.4~g} to %{y:.4~g}: %{z:.2~g} of the mass<extra></extra>",
    }


def staircase(x: np.ndarray, y: np.ndarray, x_range: np.ndarray, y_range: np.ndarray) -> dict:
    """The graph of the monotone map through its pairs x (k,), y (k,), as a line.

    Vertical where an atom of P is split over several places of Q, horizontal where several of P fall on one of Q. Where
    both jump at once nothing is split and nothing is drawn in between.
    """
    scale_x, scale_y = np.ptp(x_range), np.ptp(y_range)
    first = _differ(x / scale_x, y / scale_y)
    last = np.append(first[1:], True)  # keeps both ends of a step that is straight
    x, y = x[first | last], y[first | last]
    jumps = (np.abs(np.diff(x)) > BREAK * scale_x) & (np.abs(np.diff(y)) > BREAK * scale_y)
    gaps = np.flatnonzero(jumps) + 1
    mode = "lines+markers" if len(x) <= DOTS else "lines"
    style = {"line": {"color": ACCENT, "width": 2.5}, "marker": {"color": ACCENT, "size": 6}}
    return scatter(
        np.insert(x, gaps, np.nan), np.insert(y, gaps, np.nan), mode=mode, name="T: the monotone map", **style
    )


def quantiles_figure(
    levels: np.ndarray, x: np.ndarray, y: np.ndarray, area: float, *, y_range: tuple[float, float], x_title: str
) -> go.Figure:
    """Both quantile functions, steps of one_dim.quantile_steps, with the area between them, which is W1 in units of x.

    Tails beyond y_range are cut off in the picture.
    """
    span = np.ptp(y_range)
    keep = _differ(levels[:-1], x / span, y / span)
    u = np.repeat(np.append(levels[:-1][keep], 1.0), 2)[1:-1]
    of_p, of_q = np.repeat(x[keep], 2), np.repeat(y[keep], 2)
    area_style = {"fill": "tonexty", "fillcolor": fill(CRITIC, 0.3), "line": {"width": 0}, "hoverinfo": "skip"}
    return go.Figure(
        [
            scatter(u, of_q, line={"color": TARGET, "width": 2.5}, name="Q"),
            scatter(u, of_p, name=f"area = W₁ = {number(area)}", **area_style),
            scatter(u, of_p, line={"color": SOURCE, "width": 2.5}, name="P"),
        ],
        base_layout(
            xaxis={"title": {"text": "u: share of the mass (no unit)"}, "range": [-0.01, 1.01]},
            yaxis={"title": {"text": f"quantile: {x_title}"}, "range": list(y_range), "automargin": True},
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "reversed"},
            uirevision=f"{y_range}",
        ),
    )


def _differ(*shares: np.ndarray) -> np.ndarray:
    """Which of k points differ from the one before by a pixel in some coordinate, each (k,) in shares of its axis."""
    return np.append(True, np.any(np.diff(np.round(np.multiply(shares, PIXELS))) != 0, axis=0))


def epsilon_figure(path: dict[float, EntropicResult], w1: float, independent: float, epsilon: float) -> go.Figure:
    """Cost of the entropic plans against epsilon, both in units of x: hollow where not converged, a ring at `epsilon`.

    `w1` is the exact cost and `independent` that of the plan that knows nothing, P x Q: the two ends of the curve.
    """
    epsilons = np.array(sorted(path))
    cost = np.array([path[value].cost for value in epsilons])
    converged = np.array([path[value].converged for value in epsilons])
    span = np.array([epsilons[0] / 1.5, epsilons[-1] * 1.5])
    low, high = min(w1, cost.min()), max(independent, cost.max())
    pad = 0.1 * (high - low if high - low > 1e-6 * abs(w1) else abs(w1) or 1.0)
    rule = {"mode": "lines", "hoverinfo": "skip"}
    traces = [
        scatter(span, [independent] * 2, name="P ⊗ Q: " + number(independent), **rule)
        | {"line": {"color": NEUTRAL, "width": 1.5, "dash": "dash"}},
        scatter(span, [w1] * 2, name="W₁: " + number(w1), **rule) | {"line": {"color": CRITIC, "width": 2.5}},
        scatter(epsilons, np.where(converged, cost, np.nan), mode="lines+markers", name="entropic cost")
        | {"line": {"color": AMBER, "width": 2.5}, "marker": {"color": AMBER, "size": 8}},
        scatter(epsilons[~converged], cost[~converged], mode="markers", name="not converged")
        | {"marker": {"color": AMBER, "size": 10, "symbol": "circle-open", "line": {"width": 2}}}
        | {"showlegend": bool((~converged).any())},
        scatter([epsilon], [path[epsilon].cost], mode="markers", hoverinfo="skip", showlegend=False)
        | {"marker": {"color": AMBER, "size": 18, "symbol": "circle-open", "line": {"width": 2.5}}},
    ]
    return go.Figure(
        traces,
        base_layout(
            xaxis={"title": {"text": "ε (units of x)"}, "type": "log", "range": np.log10(span)}
            # Plotly would draw powers of ten larger than all other text.
            | {"tickvals": epsilons[::3], "ticktext": [f"{value:g}" for value in epsilons[::3]]},
            yaxis={"title": {"text": "cost (units of x)"}, "range": [low - pad, high + pad], "automargin": True},
            uirevision=f"{low:g} {high:g}",
        ),
    )
