"""What adding epsilon to every bin does: the bins on a log scale, and the KL it invents against theta."""

from collections.abc import Sequence

import numpy as np

from wgan_demo.plots.distances import round_ticks
from wgan_demo.plots.sweep import axis, line, log_marks
from wgan_demo.plots.theme import AMBER, CRITIC, NEUTRAL, SOURCE, TARGET

DASHES = ("2 5", "8 5", "10 4 2 4")
HEADROOM = 1.15  # of the axis above the highest smoothed curve
BAND = (1.2, 1.5)  # of that height: where infinity is drawn


def _floors(bins: int, epsilons: Sequence[float]) -> np.ndarray:
    """log10 of the least mass in one of so many bins, once each of epsilons (e,) has been added: (e,)."""
    added = np.array(epsilons)
    return np.log10(added / (1 + bins * added))


def floor_hand(edges: np.ndarray, epsilons: Sequence[float]) -> dict:
    """The hand on the floor of a bins_panel, at its right end."""
    places = _floors(len(edges) - 1, epsilons)
    right = float(edges[-1] - 0.04 * np.ptp(edges))
    return {"panel": 0, "axis": "y", "x": [right] * len(places), "y": places.tolist(), "color": CRITIC}


def bins_panel(edges: np.ndarray, p: np.ndarray, q: np.ndarray, epsilons: Sequence[float], *, x_title: str) -> dict:
    """The masses p, q (k,) in the bins of edges (k + 1,) on a log scale, for each of epsilons (e,) that is added.

    After adding, the masses are renormalised; nothing lies below the floor, epsilon / (1 + k epsilon).
    """
    least = _floors(len(p), epsilons)
    low, added = least.min() - 0.6, {"kind": "steps", "width": 2, "added": list(epsilons)}
    return {
        "title": "mass in a bin, no unit",
        "height": 300,
        "x": axis(*edges[[0, -1]], x_title),
        "y": axis(low, 0.2, marks=log_marks(low, 0.2)),
        "lines": [
            line(edges, p, "P", color=SOURCE, **added),
            line(edges, q, "Q", color=TARGET, **added),
            line(edges[[0, -1]], [np.full(2, y) for y in least], "added floor", color=CRITIC, width=2, dash="8 5"),
        ],
    }


def cliff_panels(
    theta: np.ndarray,
    true: tuple[np.ndarray, np.ndarray],
    smoothed: dict[float, np.ndarray],
    always: Sequence[float],
    now: tuple[float, np.ndarray],
) -> list[dict]:
    """KL(P|Q) against theta (k,), and below it its derivative, in nats and nats per unit of x, for each epsilon.

    `true` holds the theta and the values of the true curve: what is infinite runs in a band of its own, at a mark "∞".
    `smoothed` maps each epsilon to its curve (k,): that of the place shown is drawn thick, those of `always` thin. A
    dot marks `now`: the theta and the smoothed values there (e,). The axis is that of the smoothed curves: a larger
    true KL leaves the picture at the top.
    """
    curves = np.array(list(smoothed.values()))
    slopes = np.gradient(curves, theta, axis=1)
    top = curves.max() or 1.0
    true_theta, value = true
    infinite = np.isinf(value)
    ceiling = (BAND[1] if infinite.any() else HEADROOM) * top
    marks = {at: f"{at:.3g}" for at in round_ticks(top)} | ({np.mean(BAND) * top: "∞"} if infinite.any() else {})
    here, at_now = now
    x, dot = axis(0, theta[-1], "θ, units of x"), {"color": CRITIC, "kind": "dots", "width": 11}
    rule = {"color": NEUTRAL, "width": 1.5, "dash": "2 5"}
    finite = np.where(infinite | (value > ceiling), np.nan, value)
    values = [
        line(true_theta, finite, "true KL", color=SOURCE),
        *(line(theta, smoothed[value], f"ε = {short(value)}", color=AMBER, width=2, dash=dash)
          for value, dash in zip(always, DASHES, strict=True)),
        line(true_theta, np.where(infinite, np.mean(BAND) * top, np.nan), color=SOURCE),
        line(theta, list(curves), "with the ε that you add", color=CRITIC, width=3),
        line(np.full(2, here), np.array([-0.04 * top, ceiling]), **rule),
        line(np.array([here]), list(at_now[:, None]), **dot),
    ]  # fmt: skip
    low, high = min(slopes.min(), 0), max(slopes.max(), 0.05 * top / theta[-1])
    low, high = low - 0.08 * (high - low), high + 0.08 * (high - low)
    slope_now = [np.array([np.interp(here, theta, slope)]) for slope in slopes]
    upper = {
        "title": "KL(P‖Q), nats", "height": 230, "x": x, "y": axis(-0.04 * top, ceiling, marks=marks), "lines": values,
    }  # fmt: skip
    lower = {
        "title": "its derivative, nats per unit of x",
        "height": 150,
        "x": x,
        "y": axis(low, high),
        "lines": [
            line(theta, list(slopes), color=CRITIC, width=3),
            line(np.full(2, here), np.array([low, high]), **rule),
            line(np.array([here]), slope_now, **dot),
        ],
    }
    return [upper | ({"band": [BAND[0] * top, ceiling]} if infinite.any() else {}), lower]


def short(epsilon: float) -> str:
    """An epsilon as code has it: 1e-8."""
    return f"{epsilon:.0e}".replace("e-0", "e-")
