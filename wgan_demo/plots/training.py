"""A run in numbers: gradient norms now and over time, and the critic's loss beside the exact distance.

Each chart is a figure that is built once, and an update: all in it that changes while the run goes on.
"""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.wording import held_by
from wgan_demo.plots import theme
from wgan_demo.plots.update import Update, horizontal, note, vertical

POINTS = 200  # drawn of a course, so that a long run stays as quick to draw as a short one
BINS = 30
FLAT = 0.25  # a slope below it is drawn on a scale of its own, without the line at 1
ONE = {"color": theme.TARGET, "width": 2, "dash": "dash"}  # the line at a norm of 1
HERE = {"color": theme.NEUTRAL, "width": 2}  # the line at the iteration that is looked at


def norms_figure(norms: np.ndarray, step: int, score: str = "f") -> go.Figure:
    """Distribution of ||grad f(x_hat)|| (n,) at iteration `step`, with the line at 1 that a penalty pulls it to.

    `score` is the letter for the critic's output.
    """
    figure = go.Figure(layout=theme.base_layout(bargap=0.05, showlegend=False))
    figure.add_bar(marker_color=theme.CRITIC, hovertemplate=f"‖∇{score}‖ ≈ %{{x:.3g}}: %{{y:.1%}}<extra></extra>")
    figure.update_yaxes(title="share of x̂", tickformat=".0%", rangemode="tozero")
    return norms_update(norms, step, score).applied(figure)


def norms_update(norms: np.ndarray, step: int, score: str = "f") -> Update:
    """The histogram of the norms (n,) at iteration `step`."""
    top = _norm_top(float(norms.max()) if np.isfinite(norms).all() else 0.0)
    counts, edges = np.histogram(norms, BINS, (0, top))
    bars = {"x": (edges[:-1] + edges[1:]).astype(np.float32) / 2, "y": (counts / len(norms)).astype(np.float32)}
    layout = {
        "shapes": [vertical(1, **ONE)] if top > 1 else [],
        "annotations": [] if top > 1 else [note("1 is far to the right")],
        "xaxis": {"title": {"text": f"‖∇{score}(x̂)‖ at iteration {step:,}"}, "range": [0, top]},
    }
    return Update([bars], layout)


def norm_course_figure(recording: Recording, at: int | None = None) -> go.Figure:
    """Mean and one standard deviation of ||grad f(x_hat)|| over the run, with the line at 1; `at` is marked."""
    score = OBJECTIVES[recording.config.loss].score
    figure = go.Figure(layout=theme.base_layout(showlegend=False))
    figure.add_scatter(mode="lines", line={"width": 0}, hoverinfo="skip")
    figure.add_scatter(
        mode="lines", line={"width": 0}, hoverinfo="skip", fill="tonexty", fillcolor=theme.fill(theme.CRITIC, 0.25)
    )
    figure.add_scatter(
        mode="lines",
        line={"color": theme.CRITIC, "width": 2},
        hovertemplate="iteration %{x}: mean %{y:.3g}<extra></extra>",
    )
    figure.update_xaxes(title="iteration")
    figure.update_yaxes(title=f"‖∇{score}(x̂)‖, mean ± std", automargin=True)
    return norm_course_update(recording, at).applied(figure)


def norm_course_update(recording: Recording, at: int | None = None) -> Update:
    """The course of the norms so far."""
    step, mean = _thin(*recording.course("gradient_norm_mean"))
    _, std = _thin(*recording.course("gradient_norm_std"))
    top = _norm_top(_top(mean + std, least=0.0))
    layout = {
        "shapes": ([horizontal(1, **ONE)] if top > 1 else []) + _here(at),
        "annotations": [] if top > 1 else [note("1 is far above")],
        "xaxis": {"range": _span(recording)},
        "yaxis": {"range": [0, top]},
    }
    courses = (mean + std, np.maximum(mean - std, 0), mean)
    return Update([{"x": step, "y": course} for course in courses], layout)


def loss_figure(recording: Recording, at: int | None = None, told: bool = True) -> go.Figure:
    """Above, exact EMD with the noise floor that it cannot get under; below, critic loss and score gap; `at` is marked.

    Unless `told`, the EMD is left out: it waits for a guess.
    For an objective that ends elsewhere than at 0, the loss at which real and fake cannot be told apart is drawn too,
    unless a penalty adds to it.
    """
    objective, tie, distance = OBJECTIVES[recording.config.loss], _tie(recording), recording.view.distance
    figure = go.Figure(layout=theme.base_layout())
    figure.add_scatter(
        fill="toself", fillcolor=theme.fill(theme.NEUTRAL, 0.35), line={"width": 0}, hoverinfo="skip", mode="lines",
        name=f"{distance}, real against real", yaxis="y2",
    )  # fmt: skip
    for name, line, axis in (
        (f"{objective.judge} loss", {"color": theme.ACCENT, "width": 1.2}, "y"),
        ("score gap", {"color": theme.CRITIC, "width": 2, "dash": "dot"}, "y"),
        (_named(distance, told), {"color": theme.TARGET, "width": 2.5}, "y2"),
    ):
        figure.add_scatter(mode="lines", name=name, line=line, hovertemplate="%{y:.3f}", yaxis=axis)
    if tie:
        line = {"color": theme.ACCENT, "width": 1.2, "dash": "dot"}
        figure.add_scatter(mode="lines", name=f"loss {tie:.2f}: no telling apart", line=line, hoverinfo="skip")
    score = "f’s units" if objective.up_to_constant else f"loss;<br>{objective.unit}"
    figure.update_layout(
        xaxis={"title": "iteration", "anchor": "y"},
        yaxis={"title": score, "domain": [0, 0.46]},
        yaxis2={"title": f"{distance},<br>{recording.unit}", "domain": [0.54, 1], "anchor": "x"},
    )
    return loss_update(recording, at, told).applied(figure)


def _named(distance: str, told: bool) -> str:
    return f"exact {distance}" if told else f"exact {distance}: after your guess"


def loss_update(recording: Recording, at: int | None = None, told: bool = True) -> Update:
    """The courses so far, in the order of `loss_figure`."""
    tie = _tie(recording)
    end, (floor, spread) = max(recording.steps, 1), recording.floor
    band = {"x": [0, end, end, 0], "y": [floor - spread, floor - spread, floor + spread, floor + spread]}
    courses = recording.course("critic_loss"), recording.course("sample_gap"), recording.distance
    loss, gap, emd = (_thin(*course) for course in courses)
    known = emd if told else ([np.nan], [np.nan])  # an empty one would not stand in the legend
    data = [band, *({"x": x, "y": y} for x, y in (loss, gap, known))]
    if tie:
        data.append({"x": [0, end], "y": [tie, tie]})
    low = min(-0.1, float(np.sort(loss[1])[len(loss[1]) // 50]) if len(loss[1]) else 0.0)
    high = 1.1 * max(tie, _top(gap[1], least=0.1), _top(loss[1], least=0.1))
    layout = {
        "shapes": _here(at),
        "xaxis": {"range": _span(recording)},
        "yaxis": {"range": [low, high]},
        "yaxis2": {"range": [0, 1.1 * max(floor + spread, float(np.nanmax(emd[1])))]},
    }
    return Update([{axis: np.asarray(values, np.float32) for axis, values in trace.items()} for trace in data], layout)


def _tie(recording: Recording) -> float:
    """The least loss when nothing can be told apart, 0 where a penalty adds to it."""
    return 0.0 if held_by(recording.config).weighs else OBJECTIVES[recording.config.loss].tie


def _span(recording: Recording) -> list[int]:
    """The axis of iterations: a run that goes on from a checkpoint has none before it."""
    first = int(recording.evaluations[0, 0]) if len(recording.evaluations) else 0
    return [first, max(recording.steps, first + 1)]


def _norm_top(greatest: float) -> float:
    """The top of an axis of norms: 2 or more, so that the line at 1 has its place, unless the critic is almost flat."""
    return 2 * greatest if 0 < greatest < FLAT else max(2.0, float(np.ceil(2 * greatest) / 2))


def marked(update: Update, step: int) -> Update:
    """Of an update of a course, only what changes when iteration `step` is looked at."""
    return Update([], {"shapes": update.layout["shapes"] + _here(step)})


def _here(at: int | None) -> list[dict]:
    """A vertical line at the iteration that is looked at."""
    return [] if at is None else [vertical(at, **HERE) | {"layer": "below", "yref": "paper"}]  # through all panels


def _thin(step: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most POINTS of a course, the oldest and the newest always among them, as float32."""
    if len(step) > POINTS:
        keep = np.arange(POINTS) * (len(step) - 1) // (POINTS - 1)
        step, value = step[keep], value[keep]
    return step.astype(np.float32), value.astype(np.float32)


def _top(*courses: np.ndarray, least: float) -> float:
    """The top of an axis: what 98 % of the values stay under, so that one spike does not flatten the rest."""
    values = np.concatenate(courses)
    values = np.sort(values[np.isfinite(values)])
    return max(least, float(values[int(0.98 * (len(values) - 1))]) if len(values) else least)
