"""Two samples of the same distribution: their CDFs, and the distance between them against the size of the samples."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.distances.one_dim import cdf_steps
from wgan_demo.measures import DiscreteMeasure
from wgan_demo.plots.distances import number
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL, SOURCE, TARGET, base_layout, fill, scatter

STEPS = 400  # of a CDF: more than can be told apart


def samples_figure(
    samples: np.ndarray, measure: DiscreteMeasure, w1: float | None, *, x_range: tuple[float, float], x_title: str
) -> go.Figure:
    """The CDFs of two sorted samples (2, n) of a measure, and its own. With `w1` the area between them is named."""
    n = samples.shape[1]
    picked = np.unique(np.linspace(0, n - 1, STEPS).astype(int))
    share = (picked + 1) / n
    (first, second), (x, cdf) = samples[:, picked], cdf_steps(measure)
    of_p = np.unique(np.searchsorted(cdf, np.linspace(0, 1, STEPS)).clip(max=len(x) - 1))
    area = {} if w1 is None else {"fill": "tonexty", "fillcolor": fill(CRITIC, 0.3), "name": f"area = {number(w1)}"}
    return go.Figure(
        [
            _steps(first, share, x_range, line={"color": SOURCE, "width": 2.5}, name="first sample"),
            _steps(second, share, x_range, line={"width": 0}, hoverinfo="skip", showlegend=w1 is not None) | area,
            _steps(second, share, x_range, line={"color": ACCENT, "width": 2.5}, name="second sample"),
            _steps(x[of_p], cdf[of_p], x_range, line={"color": NEUTRAL, "width": 1.5, "dash": "dot"}, name="P"),
        ],
        base_layout(
            xaxis={"title": {"text": x_title}, "range": list(x_range)},
            yaxis={"title": {"text": "share of the points left of x"}, "range": [-0.03, 1.05]},
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
            uirevision=f"{x_range}",
        ),
    )


def floor_figure(
    floor: dict[int, np.ndarray], constant: float, drawn: tuple[int, float], apart: float, *, theta: float
) -> go.Figure:
    """W1 between two samples of P, in units of x, against their size n, both axes logarithmic.

    floor maps n to the values (draws,); the line is their mean with one standard deviation up and down. Dashed is the
    law constant / sqrt(n); a ring marks `drawn`, an n and a W1; the level line is W1(P, Q), `apart`, unless it is 0.
    A value of 0 has no place on a logarithmic axis.
    """
    sizes = np.array(sorted(floor))
    values = np.array([floor[n] for n in sizes])
    mean, spread = values.mean(axis=1), values.std(axis=1, ddof=1)
    shown = values > 0
    span = np.array([sizes[0] / 1.3, sizes[-1] * 1.3])
    traces = [
        scatter(np.repeat(sizes, shown.sum(axis=1)), values[shown], mode="markers", name="one pair of samples")
        | {"marker": {"color": SOURCE, "size": 5, "opacity": 0.35}},
        scatter(
            span, constant / np.sqrt(span), name="law: c / √n", line={"color": AMBER, "width": 2.5, "dash": "dash"}
        ),
        scatter(sizes, mean, mode="lines+markers", name="mean ± spread")
        | {"line": {"color": SOURCE, "width": 2}, "marker": {"color": SOURCE, "size": 8}}
        | {"error_y": {"type": "data", "array": spread.astype("float32"), "color": SOURCE, "thickness": 1.5}},
        scatter([drawn[0]], [drawn[1]], mode="markers", name="this draw", hoverinfo="skip")
        | {"marker": {"color": ACCENT, "size": 16, "symbol": "circle-open", "line": {"width": 3}}},
    ]
    seen = values[shown]
    if apart > 0:
        name = f"W₁(P, Q) at θ = {theta:g}"
        traces.append(scatter(span, [apart] * 2, name=name, line={"color": TARGET, "width": 2.5}))
        seen = np.append(seen, apart)
    ends = np.log10([0.7 * seen.min(), 1.4 * seen.max()])
    return go.Figure(
        traces,
        base_layout(
            xaxis={"title": {"text": "n: points in each sample"}, "type": "log", "range": np.log10(span)}
            | {"tickvals": [10, 100, 1000, 5000], "ticktext": ["10", "100", "1,000", "5,000"]},
            yaxis={"title": {"text": "W₁ of two samples (units of x)"}, "type": "log", "range": ends}
            | {"automargin": True}
            | _ticks(ends),
            hovermode="closest",
            uirevision=f"{ends}",
        ),
    )


def _ticks(ends: np.ndarray) -> dict:
    """1, 2, 5, 10, ... between 10^ends, written out: plotly leaves the zeros of 0.02 away."""
    if np.ptp(ends) > 3:
        return {"dtick": 1}
    decades = np.arange(np.floor(ends[0]), np.ceil(ends[1]) + 1)
    ticks = [factor * 10.0**decade for decade in decades for factor in (1, 2, 5)]
    return {"tickvals": ticks, "ticktext": [f"{tick:g}" for tick in ticks]}


def _steps(x: np.ndarray, cdf: np.ndarray, x_range: tuple[float, float], **style) -> dict:
    """A CDF, 0 on the left and 1 on the right, as the corners of its steps."""
    corners = np.repeat(np.concatenate([[0.0], cdf]), 2)
    return scatter(np.concatenate([[x_range[0]], np.repeat(x, 2), [x_range[1]]]), corners, **style)
