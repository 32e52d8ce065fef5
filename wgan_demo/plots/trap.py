"""A critic that starts the wrong way: what holds it there, and the same critic without the trap."""

from collections.abc import Sequence

import numpy as np

from wgan_demo.gan.standstill import exact
from wgan_demo.gan.standstill.recording import StandstillRecording
from wgan_demo.plots.standstill import bells, best_lines, level, log_steps, rule, step_axis
from wgan_demo.plots.sweep import axis, line
from wgan_demo.plots.theme import ACCENT, CRITIC, NEUTRAL

SLOPES = np.linspace(-1.8, 1.8, 181)
TOP = 30.0  # of the loss axis, units of x


def critics_panel(two: StandstillRecording, one: StandstillRecording) -> dict:
    """P, Q and the critics with the two-sided and with the one-sided penalty, in every frame, and the best one."""
    config = two.config
    p, q, x = config.real, config.fake, config.grid
    lines, areas = bells(p, q, x)
    lines.append(best_lines(p, q, x, width=2, dash="2 4")[1])
    for recording, name, color, dash in ((one, "one-sided", CRITIC, "9 4"), (two, "two-sided penalty", ACCENT, "")):
        f = [0.5 + level(frame["f"], x) for frame in recording.frames]
        lines.append(line(x, f, name, color=color, width=3, dash=dash))
    return {
        "title": "f / width of the axis, no unit",
        "height": 300,
        "x": axis(x[0], x[-1], "x"),
        "y": axis(-0.06, 1.06, marks={0: "0", 0.5: "½", 1: "1"}),
        "lines": lines,
        "areas": areas,
    }


def landscape_panel(two: StandstillRecording, one: StandstillRecording) -> dict:
    """The loss of a critic with one slope against that slope, under both penalties, and dots for the slopes that the
    trained critics have between the means of P and Q, in every frame.
    """
    lines = []
    for recording, name, color, dash in ((one, "one-sided", CRITIC, "9 4"), (two, "two-sided penalty", ACCENT, "")):
        config = recording.config
        sided = {"two_sided": recording is two}
        loss = exact.penalised_loss(SLOPES, config.theta, config.gp_weight, **sided)
        shown = np.where(loss <= TOP, loss, np.nan)
        label = f"{name}, λ = {config.gp_weight:g}"
        lines.append(line(SLOPES, shown, label, color=color, width=2, dash=dash))
        x = config.grid
        between = (x[1:] > 0) & (x[:-1] < config.theta)
        trained = [(np.diff(frame["f"]) / np.diff(x))[between][::6] for frame in recording.frames]
        slopes = [slope.clip(SLOPES[0], SLOPES[-1]) for slope in trained]
        heights = [exact.penalised_loss(slope, config.theta, config.gp_weight, **sided) for slope in slopes]
        lines.append(line(slopes, [np.where(y <= TOP, y, np.nan) for y in heights], color=color, width=10, kind="dots"))
    low = -7.0
    lines.insert(0, line(np.zeros(2), np.array([low, TOP]), color=NEUTRAL, width=1.5, dash="2 5"))
    return {
        "title": "critic’s loss, units of x; a dot for each stretch of f",
        "height": 220,
        "x": axis(SLOPES[0], SLOPES[-1], "slope of f, no unit"),
        "y": axis(low, TOP),
        "lines": lines,
    }


def gaps_panel(pairs: Sequence[tuple[StandstillRecording, StandstillRecording]], w1: float) -> dict:
    """E f(P) - E f(Q) over the steps, in units of x: two-sided and one-sided, the first pair thick, and W1 itself."""
    first = pairs[0][0]
    steps = log_steps(first.steps_kept)
    lines = [line(steps[[0, -1]], np.full(2, w1), "W₁", color=NEUTRAL, width=2, dash="8 5")]
    for i, pair in enumerate(pairs):
        for recording, name, color, dash in zip(
            pair, ("two-sided penalty", "one-sided"), (ACCENT, CRITIC), ("", "9 4"), strict=True
        ):
            gap = recording.course("gap")[1]
            lines.append(line(steps, gap, "" if i else name, color=color, width=1 if i else 3, dash=dash))
    values = np.concatenate([layer["arrays"]["y"] for layer in lines])
    low, high = values.min() - 0.5, values.max() + 0.5
    return {
        "title": "E f(P) − E f(Q), units of x",
        "height": 200,
        "x": step_axis(int(first.steps_kept[-1]), "steps of both critics"),
        "y": axis(low, high),
        "lines": [*lines, rule(steps, low, high)],
    }
