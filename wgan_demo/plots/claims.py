"""The curves that decide a claim."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.claims.evidence import Evidence
from wgan_demo.plots import theme

COLORS = {
    "p": theme.SOURCE,
    "q": theme.TARGET,
    "critic": theme.CRITIC,
    "floor": theme.NEUTRAL,
    "other": theme.ACCENT,
}


def evidence_figure(evidence: Evidence) -> go.Figure:
    """Its lines on its axes."""
    figure = go.Figure(layout=theme.base_layout())
    for line in evidence.lines:
        figure.add_scatter(
            x=theme.lean(line.x),
            y=theme.lean(line.y),
            name=line.name,
            mode="lines+markers" if line.marks else "lines",
            line={"color": COLORS[line.role], "width": 2.5, "dash": line.dash, "simplify": False},
            hovertemplate="%{y:.3g}",
        )
    axis = {"exponentformat": "power", "automargin": True}
    figure.update_xaxes(title=evidence.x, type="log" if "x" in evidence.log else "linear", **axis)
    figure.update_yaxes(title=evidence.y, type="log" if "y" in evidence.log else "linear", **axis)
    for name, update in (("x", figure.update_xaxes), ("y", figure.update_yaxes)):
        if name in evidence.log:
            decades = _decades(np.concatenate([getattr(line, name) for line in evidence.lines]))
            update(dtick=1 if decades > 2 else "D2")  # at 1, 2 and 5 where there is room
    return figure


def _decades(values: np.ndarray) -> float:
    values = values[np.isfinite(values) & (values > 0)]
    return float(np.log10(values.max() / values.min()))
