"""The samples of an iteration and their arrows, a layer for each of what the pieces name."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots import theme
from wgan_demo.plots.slow_motion.marks import arrows, lines, points, scale, text

ARROW = 0.22  # length of an arrow of norm 1, as a share of the extent, unless the longest would be too long
LONGEST = 0.5
CIRCLE = np.linspace(0, 2 * np.pi, 41)


def layers(trace: StepTrace, sample: int) -> dict[str, go.Scatter]:
    """Of a trace in the plane, one sample marked: all layers by name, in the order in which they are drawn."""
    first = slice(trace.show)
    real, fake, x_hat, gradient = (array[first] for array in (trace.real, trace.fake, trace.x_hat, trace.gradient))
    norms = trace.norms[first]
    unit = arrow_unit(norms, trace.space.extent)
    steep = norms > 1
    generated, push = trace.generator_fake[first], trace.push[first]
    push_unit = arrow_unit(np.linalg.norm(push, axis=1), trace.space.extent)
    times = magnification(trace)
    moved = generated + times * trace.moves[first]
    after = "after the step" if times == 1 else f"after the step, moves drawn {times:,} times as long"
    rings = x_hat[:, None] + unit * np.stack([np.cos(CIRCLE), np.sin(CIRCLE)], 1)
    corner = np.array([-0.93, -0.9], np.float32) * trace.space.extent
    penalties = trace.penalties[first] if trace.penalties is not None else np.zeros(len(norms))
    words = [f"<br>{value:.2g}" for value in penalties]  # one line below its marker
    at = None if trace.u is None else [f"<br>u = {u:.2f}" if i == sample else "" for i, u in enumerate(trace.u[first])]
    return {
        "batch_real": points(trace.real, None, theme.SOURCE, "circle", 4),
        "batch_fake": points(trace.fake, None, theme.TARGET, "triangle-up", 4),
        "lines": lines(np.stack([real, fake], 1), "between x and G(z)", theme.NEUTRAL),
        "rings": lines(rings, "norm 1", theme.NEUTRAL, "dot"),
        "real": points(real, "real x", theme.SOURCE, "circle", 10, sample),
        "fake": points(fake, "fake G(z)", theme.TARGET, "triangle-up", 11, sample),
        "x_hat": points(x_hat, "x̂", theme.AMBER, "diamond", 9, sample),
        "u": text(x_hat, at or [""] * len(x_hat)),
        "gradient": arrows(x_hat, unit * gradient, f"∇{OBJECTIVES[trace.config.loss].score}(x̂)", theme.ACCENT),
        "steep": arrows(x_hat[steep], unit * gradient[steep], "too steep, norm above 1", theme.ACCENT, width=3),
        "flat": arrows(x_hat[~steep], unit * gradient[~steep], "too flat, norm below 1", theme.AMBER, "dash"),
        "penalty": text(x_hat, words),
        "scale": scale(corner, unit, "norm 1"),
        "generated": points(generated, "fake G(z)", theme.TARGET, "triangle-up-open", 11, sample),
        "push": arrows(generated, push_unit * push, "push", theme.ACCENT),
        "push_scale": scale(corner, push_unit, "a push of 1"),
        "moves": lines(np.stack([generated, moved], 1), None, theme.TARGET),
        "moved": points(moved, after, theme.TARGET, "triangle-up", 11, sample),
    }  # fmt: skip


def arrow_unit(norms: np.ndarray, extent: float) -> float:
    """How long an arrow of norm 1 is drawn so that the longest still fits, in units of x."""
    longest = float(np.max(norms, initial=0.0))
    return extent * min(ARROW, LONGEST / longest) if longest > 0 else extent * ARROW


def magnification(trace: StepTrace) -> int:
    """How many times its length a move is drawn (1, 2, 5, 10, ...), so that the median one can be seen."""
    median = float(np.median(np.linalg.norm(trace.moves[: trace.show], axis=1)))
    steps = [factor * 10**power for power in range(4) for factor in (1, 2, 5)]
    return next((step for step in steps if step * median >= 0.03 * trace.space.extent), steps[-1])
