"""Discriminator and critic against a generator that stands still: their curves, their pulls, and the course."""

from collections.abc import Sequence

import numpy as np
from scipy.special import expit

from wgan_demo.distances.best_discriminator import best_logit
from wgan_demo.gan.standstill import exact, pulls
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.recording import StandstillRecording
from wgan_demo.measures import Distribution
from wgan_demo.plots.sweep import axis, line, log_marks
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL, SOURCE, TARGET

COLORS = {"saturating": ACCENT, "non_saturating": AMBER, "wasserstein": CRITIC}
DASHES = {"saturating": "", "non_saturating": "9 4", "wasserstein": "2 5"}
NAMES = {"saturating": "ln(1 − D)", "non_saturating": "−ln D", "wasserstein": "Wasserstein"}
SHOWN = slice(2, None, 4)  # of the generated points: those that have arrows
UNTRAINED = np.log10(0.5)  # where step 0 stands on a log axis
LEAST = 1e-12  # of a pull on a log axis; what is smaller is drawn there
HEAD = 0.012  # of the axis: half the length of an arrow's head
SEEN = 0.62  # of the axis that the longest arrow may take
HEIGHT = 0.8  # of the densities, on the axis of D


def bells(
    p: Distribution, q: Distribution, x: np.ndarray, *, height: float = HEIGHT, named: bool = True
) -> tuple[list, list]:
    """The densities of P and Q at x (k,) as lines, the higher one so high, and the areas below them.

    They are lines 1 and 2 of their panel; line 0 is the axis.
    """
    density = [np.exp(side.log_density(x)) for side in (p, q)]
    scale = height / max(d.max() for d in density)
    names = ("P", "Q") if named else ("", "")
    lines = [line(x, np.zeros(len(x)), color=NEUTRAL, width=1)]
    lines += [
        line(x, scale * d, name, color=color, width=1.5, dash=dash)
        for d, name, color, dash in zip(density, names, (SOURCE, TARGET), ("", "7 3"), strict=True)
    ]
    return lines, [{"from": 0, "to": 1, "color": SOURCE}, {"from": 0, "to": 2, "color": TARGET}]


def fine(p: Distribution, q: Distribution, x: np.ndarray) -> np.ndarray:
    """x (k,) and, between its ends, the places (m,) where the densities of P and Q bend or jump."""
    edges = [side.edges() for side in (p, q)]
    outside = [np.nextafter(side[[0, -1]], [-np.inf, np.inf]) for side in edges]
    places = np.concatenate([*edges, *outside])
    return np.union1d(x, places[(places > x[0]) & (places < x[-1])])


def best_lines(p: Distribution, q: Distribution, x: np.ndarray, **look) -> tuple[dict, dict]:
    """D* at x (k,), with a gap where neither P nor Q has mass, and an optimal critic on the same axis."""
    with np.errstate(invalid="ignore"):  # there ln p - ln q is inf - inf
        best = expit(best_logit(p, q, x))
    return (
        line(x, best, "D*, the best", color=ACCENT, **look),
        line(x, 0.5 + level(exact.best_critic(p, q, x), x), "f*, the best", color=CRITIC, **look),
    )


def level(f: np.ndarray, x: np.ndarray) -> np.ndarray:
    """A critic's values (k,) at x (k,) over the width of the axis, 0 in its middle: a slope of 1 is the diagonal."""
    return (f - np.interp((x[0] + x[-1]) / 2, x, f)) / np.ptp(x)


def curves_panel(recording: StandstillRecording) -> dict:
    """P, Q, the best and the trained discriminator, and the best and the trained critic, in every frame.

    D runs from 0 to 1. A critic is right up to a constant: it is drawn with 1/2 in the middle (`level`).
    """
    config = recording.config
    p, q, x = config.real, config.fake, config.grid
    detail = fine(p, q, x)
    lines, areas = bells(p, q, detail)
    best_d, best_f = best_lines(p, q, detail, width=2, dash="2 4")
    lines += [
        best_d,
        line(x, [expit(frame["logit"]) for frame in recording.frames], "D, trained", color=ACCENT, width=3),
        best_f,
        line(x, [0.5 + level(frame["f"], x) for frame in recording.frames], "f, trained", color=CRITIC, width=3),
    ]
    return _judges(x, lines, areas)


def best_panel(config: StandstillConfig) -> dict:
    """P, Q and the best two alone."""
    x = fine(config.real, config.fake, config.grid)
    lines, areas = bells(config.real, config.fake, x)
    best_d, best_f = best_lines(config.real, config.fake, x, width=3)
    return _judges(x, [*lines, best_d, best_f | {"dash": "9 4"}], areas)


def _judges(x: np.ndarray, lines: list, areas: list) -> dict:
    return {
        "title": "D, no unit; f / width of the axis, no unit",
        "height": 300,
        "x": axis(x[0], x[-1], "x"),
        "y": axis(-0.06, 1.06, marks={0: "0", 0.5: "½", 1: "1"}),
        "lines": lines,
        "areas": areas,
    }


def arrow_scale(recording: StandstillRecording) -> float:
    """Units of x that an arrow has for each unit of pull: a round number, such that the longest of all frames fits."""
    longest = max(np.abs(pull[:, SHOWN]).max() for pull in recording.pulls().values())
    wanted = SEEN * np.ptp(recording.config.grid) / longest
    power = 10 ** np.floor(np.log10(wanted))
    return float(max(factor for factor in (1, 2, 5) if factor * power <= wanted) * power)


def arrows_panel(recording: StandstillRecording) -> dict:
    """Where a step along each loss would move generated points, in every frame: three rows of arrows, and dots where
    they begin. An arrow too short to be seen is a dot.
    """
    config, scale = recording.config, arrow_scale(recording)
    x, points = config.grid, config.points[SHOWN]
    lines = [line(x[[0, -1]], np.full(2, float(row)), color=NEUTRAL, width=0.5) for row in range(3)]
    for row, (name, pull) in zip((2.0, 1.0, 0.0), recording.pulls().items(), strict=True):
        across, up = zip(
            *(_arrows(points, scale * here, row, HEAD * np.ptp(x)) for here in pull[:, SHOWN]), strict=True
        )
        lines.append(line(list(across), list(up), f"pull of {NAMES[name]}", color=COLORS[name], width=2))
        lines.append(line(points, np.full(len(points), row), color=TARGET, width=8, kind="dots"))
    each = f"a pull of 1 is {scale:g} {'unit' if scale == 1 else 'units'} of x long"
    return {
        "title": f"arrows: {each}",
        "height": 190,
        "x": axis(x[0], x[-1], "x"),
        "y": axis(-0.5, 2.5, marks={}),
        "lines": lines,
    }


def _arrows(start: np.ndarray, length: np.ndarray, row: float, head: float) -> tuple[np.ndarray, np.ndarray]:
    """Shafts and heads from start (n,) over so much of x (n,), as one broken line: x (7 n,) and y (7 n,)."""
    end, back = start + length, -np.sign(length) * head
    gone = np.where(np.abs(length) < head, np.nan, 0.0)  # neither shaft nor head
    none = np.full(len(start), np.nan)
    x = np.stack([start, end + gone, none, end + back, end + gone, end + back, none], axis=1)
    flat = np.full(len(start), row)
    y = np.stack([flat, flat + gone, none, flat + 0.22, flat + gone, flat - 0.22, none], axis=1)
    return x.ravel(), np.where(np.isnan(x), np.nan, y).ravel()


def log_steps(steps: np.ndarray) -> np.ndarray:
    """Steps (s,) on a log axis, on which step 0 stands at UNTRAINED."""
    return np.log10(np.maximum(steps, 0.5))


def step_axis(last: int, title: str = "steps of D and f") -> dict:
    """A log axis of steps from 0 to the last one."""
    marks = {UNTRAINED: "0"} | {k: f"{10**k:,}" for k in range(int(np.log10(max(last, 1))) + 1)}
    return axis(UNTRAINED, max(log_steps(np.array(last)), 0.1), title, marks=marks)


def rule(places: Sequence[float], low: float, high: float) -> dict:
    """A line up the panel that stands at each of the places in turn."""
    along = [np.full(2, float(place)) for place in places]
    return line(along, np.array([low, high]), color=NEUTRAL, width=1.5, dash="2 5")


def course_panel(recordings: Sequence[StandstillRecording]) -> dict:
    """Size of each pull over the steps, on log axes: the mean over the points of the first recording, that of the
    others thin, and an area that holds 80 % of all points of all recordings. A rule stands at each frame of the first.
    """
    first = recordings[0]
    steps = log_steps(first.steps_kept)
    drawn, areas = [], []
    sizes = [{name: np.maximum(np.abs(pull), LEAST) for name, pull in one.pulls().items()} for one in recordings]
    for name in pulls.LOSSES:
        color = COLORS[name]
        pooled = np.concatenate([one[name] for one in sizes], axis=1)
        low, high = np.log10(np.quantile(pooled, [0.1, 0.9], axis=1))
        areas.append({"from": len(drawn), "to": len(drawn) + 1, "color": color})
        drawn += [line(steps, edge, color=color, width=0.5) for edge in (low, high)]
        drawn += [line(steps, np.log10(one[name].mean(axis=1)), color=color, width=1) for one in sizes[1:]]
        mean = np.log10(sizes[0][name].mean(axis=1))
        drawn.append(line(steps, mean, NAMES[name], color=color, width=3, dash=DASHES[name]))
    values = np.concatenate([layer["arrays"]["y"] for layer in drawn])
    bottom, top = min(values.min(), -1.0) - 0.2, max(values.max(), 1.0) + 0.2
    drawn.append(rule(steps, bottom, top))
    return {
        "title": "mean pull, nats per unit of x; of f no unit",
        "height": 280,
        "x": step_axis(int(first.steps_kept[-1])),
        "y": axis(bottom, top, marks=log_marks(bottom, top)),
        "lines": drawn,
        "areas": areas,
    }
