"""Noise on both sides: the best discriminator between the blurred two, what it pulls, and what the blur costs."""

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from wgan_demo.distances.best_discriminator import best_logit
from wgan_demo.gan.standstill import exact
from wgan_demo.measures import Gaussian
from wgan_demo.plots.standstill import COLORS, DASHES, NAMES, bells
from wgan_demo.plots.sweep import axis, line, log_marks
from wgan_demo.plots.theme import ACCENT, NEUTRAL, SOURCE, TARGET

GRID = 301
LOSSES = ("saturating", "non_saturating")  # of a discriminator: the critic's pull is 1 with and without noise


def blurred_panel(p: Gaussian, q: Gaussian, sigmas: Sequence[float]) -> dict:
    """P and Q, both with noise of each sigma, and the best discriminator between those two."""
    x = np.linspace(p.mean - 8 * p.std, q.mean + 8 * q.std, GRID)
    pairs = [(exact.blurred(p, sigma), exact.blurred(q, sigma)) for sigma in sigmas]
    lines, areas = bells(p, q, x)
    scale = lines[1]["arrays"]["y"].max() / np.exp(p.log_density(p.mean))
    for side, color, name, dash in ((0, SOURCE, "P + noise", ""), (1, TARGET, "Q + noise", "7 3")):
        noisy = [scale * np.exp(pair[side].log_density(x)) for pair in pairs]
        lines.append(line(x, noisy, name, color=color, width=3, dash=dash))
    best = [expit(best_logit(*pair, x)) for pair in pairs]
    lines.append(line(x, best, "D*, the best of these two", color=ACCENT, width=3, dash="2 4"))
    return {
        "title": "D, no unit; densities to one scale",
        "height": 300,
        "x": axis(x[0], x[-1], "x"),
        "y": axis(-0.06, 1.06, marks={0: "0", 0.5: "½", 1: "1"}),
        "lines": lines,
        "areas": areas,
    }


def pulls_panel(sigmas: np.ndarray, sizes: dict[str, np.ndarray]) -> dict:
    """Mean pull (s,) of the best discriminator, by the loss, against sigmas (s,), on a log axis, and a dot at each."""
    lines = []
    low, high = np.log10(min(size.min() for size in sizes.values())) - 0.5, 2.0
    for name in LOSSES:
        logs = np.log10(sizes[name])
        lines.append(line(sigmas, logs, NAMES[name], color=COLORS[name], width=3, dash=DASHES[name]))
        lines.append(_dots(sigmas, logs, COLORS[name]))
    return {
        "title": "mean pull of D*, nats per unit of x",
        "height": 230,
        "x": axis(0, sigmas[-1], "σ of the noise, units of x"),
        "y": axis(low, high, marks=log_marks(low, high)),
        "lines": lines,
    }


def blur_panel(sigmas: np.ndarray, bias: np.ndarray) -> dict:
    """W1 between P and P + noise (s,) against sigmas (s,), and a dot at each."""
    return {
        "title": "W₁(P, P + noise), units of x",
        "height": 150,
        "x": axis(0, sigmas[-1], "σ of the noise, units of x"),
        "y": axis(-0.06 * bias.max(), 1.1 * bias.max()),
        "lines": [line(sigmas, bias, color=NEUTRAL, width=3), _dots(sigmas, bias, SOURCE)],
    }


def _dots(x: np.ndarray, y: np.ndarray, color: str) -> dict:
    return line(list(x[:, None]), list(y[:, None]), color=color, width=12, kind="dots")
