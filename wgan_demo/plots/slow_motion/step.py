"""The plane in which one iteration happens: the piece that is named is bright, those named before it are dim."""

import plotly.graph_objects as go

from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots import theme
from wgan_demo.plots.slow_motion.layers import layers
from wgan_demo.plots.slow_motion.places import PLACES, Place
from wgan_demo.plots.slow_motion.surfaces import surfaces

DIM = 0.3
FIELDS = ("before", "after", "change")

# Bright and dim layers of every piece; what is in neither is not there yet.
LAYERS: dict[str, tuple[str, str]] = {
    "real": ("real", ""),
    "fake": ("fake", "real"),
    "u": ("lines u x_hat", "real fake"),
    "interpolate": ("x_hat lines", "real fake"),
    "gradient": ("before gradient x_hat", "real fake lines"),
    "norm": ("steep flat rings scale x_hat", "before real fake"),
    "penalty": ("steep flat penalty x_hat", "before real fake rings"),
    "scores": ("before real fake batch_real batch_fake", ""),
    "loss": ("before real fake batch_real batch_fake", "gradient x_hat"),
    "update": ("field batch_real batch_fake", ""),
    "clip": ("after", "batch_real batch_fake"),
    "spectral": ("after", "batch_real batch_fake"),
    "latent": ("generated", "last batch_real"),
    "push": ("last generated push push_scale", "batch_real"),
    "move": ("generated moves moved", "last batch_real"),
}


def step_figure(
    trace: StepTrace, piece: str, sample: int = 0, *, field: str = "change", reveal: bool = True
) -> go.Figure:
    """The first samples of a trace at one piece (a key of LAYERS), `sample` of them marked.

    `field` (one of FIELDS) is what the piece "update" shows of the surface. Without `reveal` the arrows stand without
    what tells their norm. The traces of all pieces are the same ones in the same order, so that a chart is updated.
    """
    place = PLACES[trace.space.kind]
    trace = place.lifted(trace)
    bright, dim = (names.split() for names in LAYERS[piece])
    if not reveal:
        bright = ["gradient", "x_hat"]
    if trace.penalties is None:  # nothing was looked at between the points
        bright, dim = ([name for name in names if name not in ("gradient", "x_hat")] for names in (bright, dim))
    figure = go.Figure(layout=_layout(trace, place))
    for name, drawn in surfaces(trace, field).items():
        figure.add_trace(drawn.update(opacity=1 if name in bright else DIM, visible=name in (*bright, *dim)))
    for name, drawn in layers(trace, sample).items():
        visible = name in (*bright, *dim)
        legend = name in bright and drawn.name is not None
        if drawn.hoverinfo != "skip":
            drawn.update(hovertemplate=f"{drawn.name}, sample %{{customdata}}: {place.hover}<extra></extra>")
        figure.add_trace(drawn.update(opacity=1 if name in bright else DIM, visible=visible, showlegend=legend))
    return figure


def _layout(trace: StepTrace, place: Place) -> dict:
    side = {"range": [-trace.space.extent, trace.space.extent], "fixedrange": True, "constrain": "domain"}
    x1, x2 = (theme.plain(axis) for axis in trace.axes)
    return theme.base_layout(
        hovermode="closest",
        margin={"l": 52, "r": 8, "t": 56, "b": 48},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "itemclick": False},
        xaxis={**side, "title": x1},
        yaxis={
            **side,
            "title": x2,
            "scaleanchor": "x",
            "constraintoward": "top",
            "showticklabels": place.ticks,
            "showgrid": place.ticks,
        },
    )
