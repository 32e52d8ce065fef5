"""What clipping does to the critic's weights."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots import theme


def weights_figure(trace: StepTrace) -> go.Figure:
    """How the critic's weights lie before and after they are clipped, with the lines at -c and c."""
    edges, (_, stepped, after) = trace.weight_edges, trace.weight_counts
    centres = ((edges[:-1] + edges[1:]) / 2).astype(np.float32)
    figure = go.Figure(layout=theme.base_layout(bargap=0, barmode="overlay", hovermode="closest"))
    for counts, name, color, opacity in (
        (stepped, "after the optimiser", theme.NEUTRAL, 0.6),
        (after, "clipped", theme.CRITIC, 0.75),
    ):
        figure.add_bar(
            x=centres, y=(counts / counts.sum()).astype(np.float32), name=name, marker_color=color, opacity=opacity,
            hovertemplate="w ≈ %{x:.3g}: %{y:.1%}<extra></extra>",
        )  # fmt: skip
    for c in (-trace.config.clip, trace.config.clip):
        figure.add_vline(x=c, line={"color": theme.TARGET, "width": 2, "dash": "dash"})
    figure.update_xaxes(title="weight w")
    return figure.update_yaxes(title="share of weights", tickformat=".0%")
