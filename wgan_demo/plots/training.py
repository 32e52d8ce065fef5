"""A run in numbers: gradient norms now and over time, and the critic's loss beside the exact distance."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.wording import held_by
from wgan_demo.plots import theme

POINTS = 200  # drawn of a course, so that a long run stays as quick to draw as a short one
BINS = 30
FLAT = 0.25  # a slope below it is drawn on a scale of its own, without the line at 1
OFF = 4  # times the largest EMD: a loss or a score gap beyond it leaves the picture, so that the EMD stays readable


def norms_figure(norms: np.ndarray, step: int, score: str = "f") -> go.Figure:
    """Distribution of ||grad f(x_hat)|| (n,) at iteration `step`, with the line at 1 that a penalty pulls it to.

    `score` is the letter for the critic's output.
    """
    top = _norm_top(float(norms.max()) if np.isfinite(norms).all() else 0.0)
    counts, edges = np.histogram(norms, BINS, (0, top))
    centres = ((edges[:-1] + edges[1:]) / 2).astype(np.float32)
    shares = (counts / len(norms)).astype(np.float32)
    figure = go.Figure(layout=theme.base_layout(bargap=0.05, showlegend=False))
    figure.add_bar(
        x=centres,
        y=shares,
        marker_color=theme.CRITIC,
        hovertemplate=f"‖∇{score}‖ ≈ %{{x:.3g}}: %{{y:.1%}}<extra></extra>",
    )
    if top > 1:
        figure.add_vline(x=1, line={"color": theme.TARGET, "width": 2, "dash": "dash"})
    else:
        _note(figure, "1 is far to the right")
    figure.update_xaxes(title=f"‖∇{score}(x̂)‖ at iteration {step:,}", range=[0, top])
    figure.update_yaxes(title="share of x̂", tickformat=".0%", rangemode="tozero")
    return figure


def norm_course_figure(recording: Recording, at: int | None = None) -> go.Figure:
    """Mean and one standard deviation of ||grad f(x_hat)|| over the run, with the line at 1; `at` is marked."""
    step, mean = _thin(*recording.course("gradient_norm_mean"))
    _, std = _thin(*recording.course("gradient_norm_std"))
    figure = go.Figure(layout=theme.base_layout(showlegend=False))
    figure.add_scatter(x=step, y=mean + std, mode="lines", line={"width": 0}, hoverinfo="skip")
    figure.add_scatter(
        x=step, y=np.maximum(mean - std, 0), mode="lines", line={"width": 0}, hoverinfo="skip",
        fill="tonexty", fillcolor=theme.fill(theme.CRITIC, 0.25),
    )  # fmt: skip
    figure.add_scatter(
        x=step, y=mean, mode="lines", line={"color": theme.CRITIC, "width": 2},
        hovertemplate="iteration %{x}: mean %{y:.3g}<extra></extra>",
    )  # fmt: skip
    top = _norm_top(_top(mean + std, least=0.0))
    if top > 1:
        figure.add_hline(y=1, line={"color": theme.TARGET, "width": 2, "dash": "dash"})
    else:
        _note(figure, "1 is far above")
    figure.update_xaxes(title="iteration", range=_span(recording))
    score = OBJECTIVES[recording.config.loss].score
    figure.update_yaxes(title=f"‖∇{score}(x̂)‖, mean ± std", range=[0, top], automargin=True)
    _mark(figure, at)
    return figure


def loss_figure(recording: Recording, at: int | None = None, told: bool = True) -> go.Figure:
    """Critic loss, score gap and exact EMD with the noise floor that the EMD cannot get under; `at` is marked.

    Unless `told`, the EMD is left out: it waits for a guess.
    For an objective that ends elsewhere than at 0, the loss at which real and fake cannot be told apart is drawn too,
    unless a penalty adds to it.
    """
    objective = OBJECTIVES[recording.config.loss]
    tie = 0.0 if held_by(recording.config).weighs else objective.tie
    figure = go.Figure(layout=theme.base_layout())
    end = max(recording.steps, 1)
    floor, spread = recording.floor
    figure.add_scatter(
        x=[0, end, end, 0], y=[floor - spread, floor - spread, floor + spread, floor + spread], fill="toself",
        fillcolor=theme.fill(theme.NEUTRAL, 0.35), line={"width": 0}, hoverinfo="skip",
        name="EMD, real against real", mode="lines",
    )  # fmt: skip
    step, loss = _thin(*recording.course("critic_loss"))
    figure.add_scatter(
        x=step, y=loss, mode="lines", name=f"{objective.judge} loss", line={"color": theme.ACCENT, "width": 1.2},
        hovertemplate="%{y:.3f}",
    )  # fmt: skip
    step, gap = _thin(*recording.course("sample_gap"))
    figure.add_scatter(
        x=step, y=gap, mode="lines", name="score gap", line={"color": theme.CRITIC, "width": 2, "dash": "dot"},
        hovertemplate="%{y:.3f}",
    )  # fmt: skip
    step, emd = _thin(*recording.course("emd"))
    figure.add_scatter(
        x=step if told else [None], y=emd if told else [None], mode="lines",
        name="exact EMD" if told else "exact EMD: after your guess", line={"color": theme.TARGET, "width": 2.5},
        hovertemplate="%{y:.3f}",
    )  # fmt: skip
    if tie:
        figure.add_scatter(
            x=[0, end], y=[tie] * 2, mode="lines", name=f"loss {tie:.2f}: no telling apart",
            line={"color": theme.ACCENT, "width": 1.2, "dash": "dot"}, hoverinfo="skip",
        )  # fmt: skip
    widest = OFF * _top(emd, least=0.5)
    low = min(-0.5 * _top(emd, least=0.5), float(np.quantile(loss, 0.02)) if len(loss) else 0.0)
    high = 1.1 * _top(emd, gap, loss if objective.tie else emd, np.array([tie]), least=0.5)
    if low < -widest or high > widest:
        _note(figure, "what is steeper leaves the picture: hover for its values")
    score = "f’s units" if objective.up_to_constant else f"loss; {objective.unit}"
    figure.update_xaxes(title="iteration", range=_span(recording))
    figure.update_yaxes(title=f"EMD in {recording.unit}; {score}", range=[max(low, -widest), min(high, widest)])
    _mark(figure, at)
    return figure


def _span(recording: Recording) -> list[int]:
    """The axis of iterations: a run that goes on from a checkpoint has none before it."""
    first = int(recording.evaluations[0, 0]) if len(recording.evaluations) else 0
    return [first, max(recording.steps, first + 1)]


def _note(figure: go.Figure, text: str) -> None:
    """A few words in the upper right corner."""
    figure.add_annotation(
        text=text, x=1, y=1, xref="paper", yref="paper", xanchor="right", yanchor="top", showarrow=False
    )


def _norm_top(greatest: float) -> float:
    """The top of an axis of norms: 2 or more, so that the line at 1 has its place, unless the critic is almost flat."""
    return 2 * greatest if 0 < greatest < FLAT else max(2.0, float(np.ceil(2 * greatest) / 2))


def _mark(figure: go.Figure, at: int | None) -> None:
    """A vertical line at the iteration that is looked at."""
    if at is not None:
        figure.add_vline(x=at, line={"color": theme.NEUTRAL, "width": 2}, layer="below")


def _thin(step: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most POINTS of a course, the newest always among them, as float32."""
    keep = np.unique(np.linspace(len(step) - 1, 0, min(len(step), POINTS)).round().astype(int)) if len(step) else []
    return step[keep].astype(np.float32), value[keep].astype(np.float32)


def _top(*courses: np.ndarray, least: float) -> float:
    """The top of an axis: what 98 % of the values stay under, so that one spike does not flatten the rest."""
    values = np.concatenate(courses)
    values = values[np.isfinite(values)]
    return max(least, float(np.quantile(values, 0.98)) if len(values) else least)
