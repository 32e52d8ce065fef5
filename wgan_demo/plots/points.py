"""Data before anything learns them: points in the plane, or a histogram on the line."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.datasets import Dataset
from wgan_demo.plots import theme

BINS = 48


def points_figure(points: np.ndarray, dataset: Dataset) -> go.Figure:
    """Real points (n, d), d = 1 or 2, of a data set on its axes, as far as its space reaches."""
    reach, names = dataset.space.extent, [theme.plain(f"{name}, {dataset.unit}", 60) for name in dataset.axes]
    figure = go.Figure(layout=theme.base_layout(showlegend=False, hovermode=False))
    figure.update_xaxes(title=names[0], range=[-reach, reach])
    if points.shape[1] == 1:
        counts, edges = np.histogram(points[:, 0], BINS, (-reach, reach))
        figure.update_layout(bargap=0)
        figure.add_bar(x=(edges[:-1] + edges[1:]) / 2, y=counts / len(points), marker_color=theme.SOURCE)
        figure.update_yaxes(title="share of the points", tickformat=".0%")
        return figure
    figure.add_scatter(x=points[:, 0], y=points[:, 1], mode="markers", marker={"color": theme.SOURCE, "size": 6})
    figure.update_yaxes(title=names[1], range=[-reach, reach], scaleanchor="x", constrain="domain")
    figure.update_xaxes(constrain="domain")
    return figure
