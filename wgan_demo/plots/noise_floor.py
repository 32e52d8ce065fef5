"""Two samples of the same distribution: their CDFs, and the distance between them against the size of the samples."""

from collections.abc import Mapping

import numpy as np

from wgan_demo.distances.one_dim import cdf_steps
from wgan_demo.measures import DiscreteMeasure
from wgan_demo.plots.sweep import axis, line, log_marks
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL, SOURCE, TARGET

STEPS = 400  # of a CDF: more than can be told apart


def samples_panel(
    samples: Mapping[int, np.ndarray],
    measure: DiscreteMeasure,
    *,
    area: bool,
    x_range: tuple[float, float],
    x_title: str,
) -> dict:
    """The CDFs of two sorted samples (2, n) of a measure for each size n, and its own; `area`: that between them."""
    picked = {n: np.unique(np.linspace(0, n - 1, STEPS).astype(int)) for n in samples}
    share = [(places + 1) / n for n, places in picked.items()]
    first, second = ([samples[n][side, places] for n, places in picked.items()] for side in (0, 1))
    x, cdf = cdf_steps(measure)
    of_p = np.unique(np.searchsorted(cdf, np.linspace(0, 1, STEPS)).clip(max=len(x) - 1))
    panel = {
        "title": "share of the points left of x",
        "height": 300,
        "x": axis(*x_range, x_title),
        "y": axis(-0.03, 1.05, marks={0: "0", 0.5: "0.5", 1: "1"}),
        "lines": [
            line(first, share, "first sample", color=SOURCE, kind="steps"),
            line(second, share, "second sample", color=ACCENT, kind="steps", dash="7 3"),
            line(x[of_p], cdf[of_p], "P", color=NEUTRAL, kind="steps", width=1.5, dash="2 4"),
        ],
    }
    return panel | ({"areas": [{"from": 0, "to": 1, "color": CRITIC}]} if area else {})


def floor_panel(floor: Mapping[int, np.ndarray], constant: float, apart: float, *, theta: float) -> dict:
    """W1 between two samples of P, in units of x, against their size n, both axes logarithmic.

    floor maps n to the values (draws,); the line is their mean with one standard deviation up and down. Dashed is the
    law constant / sqrt(n); the level line is W1(P, Q), `apart`, unless it is 0. A value of 0 has no place on a
    logarithmic axis.
    """
    sizes, values = np.log10(list(floor)), np.array(list(floor.values()))
    mean, spread = values.mean(axis=1), values.std(axis=1, ddof=1)
    span = np.array([sizes[0] - 0.12, sizes[-1] + 0.12])
    low, high = _ends(floor, apart)
    with np.errstate(divide="ignore", invalid="ignore"):
        bars = np.log10([np.maximum(mean - spread, 10**low), mean + spread, np.full(len(mean), np.nan)])
        logs = np.log10(values)
    lines = [
        line(
            np.repeat(sizes, values.shape[1]), logs.ravel(), "one pair of samples", color=SOURCE, kind="dots", width=5
        ),
        line(span, np.log10(constant) - span / 2, "law: c / √n", color=AMBER, dash="8 5"),
        line(sizes, np.log10(mean), "best possible (noise floor): mean ± spread", color=SOURCE, width=2),
        line(np.repeat(sizes, 3), bars.T.ravel(), color=SOURCE, width=1.5),
    ]
    if apart > 0:
        lines.append(line(span, np.full(2, np.log10(apart)), f"W₁(P, Q) at θ = {theta:g}", color=TARGET, dash="12 3"))
    return {
        "title": "W₁ of two samples, units of x",
        "height": 300,
        "x": axis(*span, "n: points in each sample", {np.log10(n): f"{n:,}" for n in (10, 100, 1000, 5000)}),
        "y": axis(low, high, marks=log_marks(low, high)),
        "lines": lines,
    }


def draw_hand(floor: Mapping[int, np.ndarray], apart: float) -> dict:
    """The hand on a floor_panel: the first of the draws of each n. One of 0 stands at the lower end of the axis."""
    low, _ = _ends(floor, apart)
    drawn = np.maximum([values[0] for values in floor.values()], 10**low)
    return {
        "panel": 0,
        "axis": "x",
        "x": np.log10(list(floor)).tolist(),
        "y": np.log10(drawn).tolist(),
        "color": ACCENT,
    }


def _ends(floor: Mapping[int, np.ndarray], apart: float) -> tuple[float, float]:
    """log10 of the lower and the upper end of the axis of W1."""
    seen = np.append(np.concatenate(list(floor.values())), apart)
    seen = seen[seen > 0]
    return float(np.log10(0.7 * seen.min())), float(np.log10(1.4 * seen.max()))
