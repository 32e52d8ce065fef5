"""The value of the best discriminator beside W1, both against theta: one has a ceiling, the other has none."""

import numpy as np
from scipy.special import expit

from wgan_demo.distances.best_discriminator import best_logit
from wgan_demo.gan.standstill import exact
from wgan_demo.measures import Gaussian
from wgan_demo.plots.sweep import axis, line
from wgan_demo.plots.theme import ACCENT, CRITIC, NEUTRAL, SOURCE, TARGET

HEIGHT = 0.8  # of the densities, on the axis of D
MARGIN = 5.0  # standard deviations left and right of all means
GRID = 301


def judges_panel(p: Gaussian, thetas: np.ndarray) -> dict:
    """P, and for each of thetas (t,) Q moved there, with the best discriminator and the best critic."""
    x = np.linspace(-MARGIN * p.std, thetas[-1] + MARGIN * p.std, GRID)
    moved = [p.shifted(theta) for theta in thetas]
    scale = HEIGHT / np.exp(p.log_density(p.mean))
    critics = [exact.best_critic(p, q, x) for q in moved]
    return {
        "title": "D, no unit; f / width of the axis, no unit",
        "height": 300,
        "x": axis(x[0], x[-1], "x"),
        "y": axis(-0.06, 1.06, marks={0: "0", 0.5: "½", 1: "1"}),
        "lines": [
            line(x, np.zeros(GRID), color=NEUTRAL, width=1),
            line(x, scale * np.exp(p.log_density(x)), "P", color=SOURCE, width=1.5),
            line(x, [scale * np.exp(q.log_density(x)) for q in moved], "Q", color=TARGET, width=1.5, dash="7 3"),
            line(x, [expit(best_logit(p, q, x)) for q in moved], "D*, the best", color=ACCENT, width=3),
            line(x, [0.5 + (f - f[GRID // 2]) / np.ptp(x) for f in critics], "f*, the best", color=CRITIC, width=3,
                 dash="9 4"),
        ],
        "areas": [{"from": 0, "to": 1, "color": SOURCE}, {"from": 0, "to": 2, "color": TARGET}],
    }  # fmt: skip


def against_theta_panel(
    thetas: np.ndarray, values: np.ndarray, *, title: str, color: str, ceiling: float | None = None
) -> dict:
    """A value (t,) against thetas (t,), a dot where Q stands, and its ceiling if it has one."""
    low, high = min(values.min(), 0), max(values.max(), ceiling if ceiling is not None else 0)
    low, high = low - 0.06 * (high - low), high + 0.12 * (high - low)
    lines = [line(thetas, values, color=color, width=3)]
    if ceiling is not None:
        lines.append(line(thetas[[0, -1]], np.full(2, ceiling), "its ceiling", color=NEUTRAL, width=2, dash="8 5"))
    lines.append(
        line([np.array([theta]) for theta in thetas], list(values[:, None]), color=color, width=12, kind="dots")
    )
    return {
        "title": title,
        "height": 190,
        "x": axis(0, thetas[-1], "θ, units of x"),
        "y": axis(low, high),
        "lines": lines,
    }
