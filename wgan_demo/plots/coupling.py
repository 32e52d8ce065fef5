"""Transport plans as shades with their margins, the monotone map, quantile functions, and cost against epsilon."""

from collections.abc import Sequence

import numpy as np

from wgan_demo.distances.entropic import EntropicResult
from wgan_demo.plots.distances import number
from wgan_demo.plots.sweep import axis, heat, line, round_marks
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL, SOURCE, TARGET

PIXELS = 400  # places along an axis that can be told apart: a line needs no more
BREAK = 1 / 32  # of an axis: a pair farther than this from the last one, in both directions, begins a new line
DOTS = 100  # pairs: so few are drawn as dots too
PLAN_HEIGHT = 308
MARGIN = 0.16  # of an axis, beyond its end: the histogram of P above the plan, that of Q to its right


def plan_panel(
    plans: Sequence[np.ndarray],
    edges: tuple[np.ndarray, np.ndarray],
    margins: tuple[np.ndarray, np.ndarray],
    *,
    color: str,
    x_title: str,
    steps: tuple[np.ndarray, np.ndarray] | None = None,
) -> dict:
    """Plans (n, m) of shares of the mass, one for each place, P along the bottom and Q up the side, with both margins.

    Without plans the margins alone: what a plan has to meet.

    edges are those of the bins, (n + 1,) and (m + 1,), in units of x; margins (n,) and (m,) are shares of the mass.
    `steps`, the pairs x (k,), y (k,) of one_dim.quantile_steps, are drawn on top as the monotone map.
    """
    (x_edges, y_edges), (of_p, of_q) = edges, margins
    (left, right), (low, high) = x_edges[[0, -1]], y_edges[[0, -1]]
    across, up = (right - left) * MARGIN, (high - low) * MARGIN
    outline = lambda mass: np.concatenate([[0], np.repeat(mass / mass.max(), 2), [0]])  # noqa: E731
    base_x, base_y = np.repeat(x_edges, 2), np.repeat(y_edges, 2)
    lines = [
        line(base_x, high + up * (0.12 + 0.88 * outline(of_p)), color=SOURCE, width=1.5),
        line(right + across * (0.12 + 0.88 * outline(of_q)), base_y, color=TARGET, width=1.5),
        line(x_edges[[0, -1]], np.full(2, high + 0.12 * up), color=SOURCE, width=1.5),
        line(np.full(2, right + 0.12 * across), y_edges[[0, -1]], color=TARGET, width=1.5),
    ]
    ends = np.array([max(left, low), min(right, high)])
    if plans and ends[0] < ends[1]:
        lines.append(line(ends, ends, "y = x: stays", color=NEUTRAL, width=1.5, dash="2 4"))
    if steps is not None:
        x, y = staircase(*steps, x_edges[[0, -1]], y_edges[[0, -1]])
        y = np.where((x >= left) & (x <= right) & (y >= low) & (y <= high), y, np.nan)  # tails beyond the bins
        lines.append(line(x, y, "T: the monotone map", color=ACCENT))
        if len(x) <= DOTS:
            lines.append(line(x, y, color=ACCENT, kind="dots", width=8))
    panel = {
        "title": f"to: {x_title} under Q",
        "height": PLAN_HEIGHT,
        "x": axis(left, right + across, f"from: {x_title} under P", round_marks(left, right)),
        "y": axis(low, high + up, marks=round_marks(low, high)),
        "lines": lines,
        "areas": [{"from": 0, "to": 2, "color": SOURCE}, {"from": 1, "to": 3, "color": TARGET}],
    }
    return panel | ({"heat": heat(x_edges, y_edges, plans, color=color)} if plans else {})


def staircase(x: np.ndarray, y: np.ndarray, x_range: np.ndarray, y_range: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The graph of the monotone map through its pairs x (k,), y (k,), as the points of a line.

    Vertical where an atom of P is split over several places of Q, horizontal where several of P fall on one of Q. Where
    both jump at once nothing is split and there is a gap, NaN.
    """
    scale_x, scale_y = np.ptp(x_range), np.ptp(y_range)
    first = _differ(x / scale_x, y / scale_y)
    last = np.append(first[1:], True)  # keeps both ends of a step that is straight
    x, y = x[first | last], y[first | last]
    jumps = (np.abs(np.diff(x)) > BREAK * scale_x) & (np.abs(np.diff(y)) > BREAK * scale_y)
    gaps = np.flatnonzero(jumps) + 1
    return np.insert(x, gaps, np.nan), np.insert(y, gaps, np.nan)


def quantiles_panel(
    levels: np.ndarray, x: np.ndarray, y: np.ndarray, area: float, *, y_range: tuple[float, float], x_title: str
) -> dict:
    """Both quantile functions, steps of one_dim.quantile_steps, with the area between them, which is W1 in units of x.

    Tails beyond y_range are cut off in the picture.
    """
    span = np.ptp(y_range)
    keep = _differ(levels[:-1], x / span, y / span)
    u = np.repeat(np.append(levels[:-1][keep], 1.0), 2)[1:-1]
    of_p, of_q = (np.clip(np.repeat(side[keep], 2), *y_range) for side in (x, y))
    return {
        "title": f"quantile: {x_title}",
        "height": 300,
        "x": axis(0, 1, "u: share of the mass, no unit"),
        "y": axis(*y_range),
        "lines": [
            line(u, of_p, "P", color=SOURCE),
            line(u, of_q, f"Q; the area between them is W₁ = {number(area)}", color=TARGET, dash="9 3"),
        ],
        "areas": [{"from": 0, "to": 1, "color": CRITIC}],
    }


def _differ(*shares: np.ndarray) -> np.ndarray:
    """Which of k points differ from the one before by a pixel in some coordinate, each (k,) in shares of its axis."""
    return np.append(True, np.any(np.diff(np.round(np.multiply(shares, PIXELS))) != 0, axis=0))


def epsilon_panel(path: dict[float, EntropicResult], w1: float, independent: float) -> tuple[dict, dict]:
    """Cost of the entropic plans against epsilon, both in units of x, and the hand on it; faint where not converged.

    `w1` is the exact cost and `independent` that of the plan that knows nothing, P x Q: the two ends of the curve.
    """
    epsilons = np.array(sorted(path))
    cost = np.array([path[value].cost for value in epsilons])
    converged = np.array([path[value].converged for value in epsilons])
    places = np.log10(epsilons)
    span = np.array([places[0] - 0.18, places[-1] + 0.18])
    low, high = min(w1, cost.min()), max(independent, cost.max())
    pad = 0.1 * (high - low if high - low > 1e-6 * abs(w1) else abs(w1) or 1.0)
    lost = [] if converged.all() else ["not converged"]
    panel = {
        "title": "cost, units of x",
        "height": 300,
        "x": axis(*span, "ε, units of x", {np.log10(value): f"{value:g}" for value in epsilons[::3]}),
        "y": axis(low - pad, high + pad),
        "lines": [
            line(span, np.full(2, independent), "P ⊗ Q: " + number(independent), color=NEUTRAL, width=1.5, dash="8 5"),
            line(span, np.full(2, w1), "W₁: " + number(w1), color=CRITIC),
            line(places, np.where(converged, cost, np.nan), "entropic cost", color=AMBER),
            line(places, np.where(converged, cost, np.nan), color=AMBER, kind="dots", width=8),
            line(places, np.where(converged, np.nan, cost), *lost, color=AMBER, kind="dots", width=7),
        ],
    }
    return panel, {"panel": 0, "axis": "x", "x": places.tolist(), "y": cost.tolist(), "color": AMBER}
