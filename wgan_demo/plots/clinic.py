"""A run with a bug beside a healthy one: three curves on one axis of iterations."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.bugs.signs import norms
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots import theme
from wgan_demo.plots.update import Update

PATIENT = {"width": 2.5}
HEALTHY = {"width": 1.8, "dash": "dash"}
GUIDE = {"color": theme.NEUTRAL, "width": 1.5, "dash": "dot"}  # the noise floor, and a norm of 1
POINTS = 200  # of the score gap
LINEAR = 6.0  # norms and gaps up to that many times the usual are drawn on a linear axis
LARGE = 1000  # a gap from which its axis counts in thousands
END = {"symbol": "x", "size": 11, "line": {"width": 2}}


def curves_figure(healthy: Recording, patient: Recording, steps: int, goes_on: bool = False) -> go.Figure:
    """Exact EMD, norms at x_hat and score gap over `steps` iterations: the patient solid, the healthy run dashed.

    A cross stands where the patient has stopped before its end, unless it `goes_on`. Norms are those of the frames:
    mean, and for the patient the band of one standard deviation.
    """
    figure = go.Figure(layout=theme.base_layout(hovermode="x unified"))
    span, band = {"mode": "lines", "hoverinfo": "skip", "showlegend": False}, {"line": {"width": 0}}
    for axis, name in (("y3", "noise floor"), ("y2", "slope 1")):
        figure.add_scatter(line=GUIDE, yaxis=axis, name=name, **span)
    figure.add_scatter(yaxis="y2", **span, **band)
    figure.add_scatter(yaxis="y2", fill="tonexty", fillcolor=theme.fill(theme.CRITIC, 0.22), **span, **band)
    for whose, style, runs in (("healthy", HEALTHY, "healthy run"), ("patient", PATIENT, "run with the bug")):
        for axis, what, color in (
            ("y3", "EMD", theme.TARGET),
            ("y2", "norm", theme.CRITIC),
            ("y", "gap", theme.CRITIC),
        ):
            figure.add_scatter(
                mode="lines", yaxis=axis, name=f"{what}, {whose}", line=style | {"color": color}, showlegend=False,
                hovertemplate="%{y:.3g}",
            )  # fmt: skip
        figure.add_scatter(
            x=[None], y=[None], mode="lines", line=style | {"color": theme.NEUTRAL}, name=runs, hoverinfo="skip"
        )
    figure.add_scatter(marker=END | {"color": theme.TARGET}, yaxis="y3", **span | {"mode": "markers"})
    axis = {"exponentformat": "none", "automargin": True, "anchor": "x"}
    figure.update_layout(
        xaxis={"title": "iteration", "anchor": "y", "range": [0, steps]},
        yaxis=axis | {"title": "score gap,<br>units of f", "domain": [0, 0.29]},
        yaxis2=axis | {"title": "‖∇f(x̂)‖,<br>mean ± std", "domain": [0.36, 0.64]},
        yaxis3=axis | {"title": f"exact EMD,<br>{healthy.unit}", "domain": [0.71, 1], "type": "log"},
    )
    return curves_update(healthy, patient, steps, goes_on).applied(figure)


def curves_update(healthy: Recording, patient: Recording, steps: int, goes_on: bool = False) -> Update:
    """The courses so far, in the order of `curves_figure`."""
    across, floor = [0, steps], healthy.floor[0]
    _, mean, std = norms(patient)
    band = norms(patient)[0]
    traces = [(across, [floor, floor]), (across, [1, 1]), (band, mean + std), (band, np.maximum(mean - std, 0))]
    for run in (healthy, patient):
        traces += [run.distance, norms(run)[:2], _thin(*run.course("score_gap")), ([np.nan], [np.nan])]
    stopped = len(patient.records) and patient.evaluations[-1, 0] < patient.steps < steps and not goes_on
    traces.append(([patient.steps], patient.distance[1][-1:]) if stopped else ([np.nan], [np.nan]))
    usual = max(1.0, float(norms(healthy)[1].max(initial=0)))
    top = float((mean + std).max(initial=usual))
    linear = top <= LINEAR * usual
    emds = np.concatenate([run.distance[1] for run in (healthy, patient)])
    emds = np.log10(emds[np.isfinite(emds) & (emds > 0)])
    low, high = min(np.log10(floor), emds.min(initial=0)) - 0.15, emds.max(initial=0) + 0.15
    gaps = np.abs(np.concatenate([run.course("score_gap")[1] for run in (healthy, patient)]))
    layout = {
        "annotations": [_stopped(patient, steps)] if stopped else [],
        "yaxis": {"tickformat": "~s" if gaps[np.isfinite(gaps)].max(initial=0) > LARGE else ""},
        "yaxis2": {"type": "linear", "range": [0, 1.15 * max(top, 1.3)]}
        if linear
        else {"type": "log", "range": [-1, np.log10(top) + 0.2]},
        "yaxis3": {"range": [low, high], "dtick": "D2" if high - low < 2 else 1},  # at 1, 2 and 5, or at 1 alone
    }
    return Update([{"x": np.asarray(x, np.float32), "y": np.asarray(y, np.float32)} for x, y in traces], layout)


def _stopped(patient: Recording, steps: int) -> dict:
    """Words beside the cross."""
    at = {"xref": "x", "x": patient.steps + steps / 50, "xanchor": "left", "yref": "paper", "y": 1, "yanchor": "top"}
    return at | {"text": f"stopped at iteration {patient.steps:,}", "showarrow": False}


def _thin(step: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most POINTS of a course, each the mean of its neighbours: one batch alone is noisy."""
    if len(step) <= POINTS:
        return step, value
    parts = np.array_split(np.arange(len(step)), POINTS)
    return np.array([step[part].mean() for part in parts]), np.array([value[part].mean() for part in parts])
