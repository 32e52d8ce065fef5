"""The plane in which one iteration happens: the piece that is named is bright, those named before it are dim.

Points of the line are drawn in the plane too, each sample at a height of its own: its real point above the middle, its
fake as far below, and what lies between them between.
"""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots import theme

DIM = 0.3
LEVELS = 12  # lines of equal f, about
ARROW = 0.22  # length of an arrow of norm 1, as a share of the extent, unless the longest would be too long
LONGEST = 0.5
CIRCLE = np.linspace(0, 2 * np.pi, 41)
FIELDS = ("before", "after", "change")
FIELDS_OF_F = ("surface_before", "surface_after", "generator_surface")
GOLDEN = 0.618034  # spreads heights evenly, however many there are
CHANGE = (
    (0, (theme.ACCENT, 0.85)),
    (0.5, (theme.NEUTRAL, 0.05)),
    (1, (theme.CRITIC, 0.85)),
)  # where f fell, where it rose

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
    trace = lifted(trace)
    bright, dim = (layers.split() for layers in LAYERS[piece])
    if not reveal:
        bright = ["gradient", "x_hat"]
    if trace.penalties is None:  # nothing was looked at between the points
        bright, dim = ([name for name in names if name not in ("gradient", "x_hat")] for names in (bright, dim))
    figure = go.Figure(layout=_layout(trace))
    place = "(%{x:.3f}, %{y:.3f})" if _in_plane(trace) else "%{x:.3f}"
    for name, drawn in _surfaces(trace, field).items():
        figure.add_trace(drawn.update(opacity=1 if name in bright else DIM, visible=name in (*bright, *dim)))
    for name, drawn in _layers(trace, sample).items():
        shown = name in (*bright, *dim)
        legend = name in bright and drawn.name is not None
        if drawn.hoverinfo != "skip":
            drawn.update(hovertemplate=f"{drawn.name}, sample %{{customdata}}: {place}<extra></extra>")
        figure.add_trace(drawn.update(opacity=1 if name in bright else DIM, visible=shown, showlegend=legend))
    return figure


def lifted(trace: StepTrace) -> StepTrace:
    """A trace of points on the line (n, 1) as one of points in the plane (n, 2), and f the same at every height.

    Whole extents up are the real points, down the fakes; x_hat is as far between the two as it is on the line. One of
    points in the plane stays as it is.
    """
    if len(trace.axes) == 2:
        return trace
    height = trace.extent * (0.25 + 0.6 * (np.arange(len(trace.real)) * GOLDEN % 1))
    middle = np.zeros_like(height) if trace.u is None else (2 * trace.u - 1) * height
    level = dict.fromkeys(("gradient", "slope", "push"), np.zeros_like(height))
    heights = {"real": height, "fake": -height, "x_hat": middle, "generator_fake": -height} | level
    heights["generator_fake_after"] = -height
    points = {name: np.column_stack([getattr(trace, name), up]) for name, up in heights.items()}
    surfaces = {name: np.repeat(getattr(trace, name), 2, axis=0) for name in FIELDS_OF_F}
    return replace(trace, axes=(*trace.axes, "fake below, real above"), **points, **surfaces)


def _in_plane(trace: StepTrace) -> bool:
    """False for a lifted trace, whose heights mean nothing."""
    return len(trace.surface_before) > 2


def arrow_unit(norms: np.ndarray, extent: float) -> float:
    """How long an arrow of norm 1 is drawn so that the longest still fits, in units of x."""
    longest = float(np.max(norms, initial=0.0))
    return extent * min(ARROW, LONGEST / longest) if longest > 0 else extent * ARROW


def magnification(trace: StepTrace) -> int:
    """How many times its length a move is drawn (1, 2, 5, 10, ...), so that the median one can be seen."""
    median = float(np.median(np.linalg.norm(trace.moves[: trace.show], axis=1)))
    steps = [factor * 10**power for power in range(4) for factor in (1, 2, 5)]
    return next((step for step in steps if step * median >= 0.03 * trace.extent), steps[-1])


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


def _layout(trace: StepTrace) -> dict:
    side = {"range": [-trace.extent, trace.extent], "fixedrange": True, "constrain": "domain"}
    x1, x2 = (theme.plain(axis) for axis in trace.axes)
    in_plane = _in_plane(trace)
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
            "showticklabels": in_plane,
            "showgrid": in_plane,
        },
    )


def _surfaces(trace: StepTrace, field: str) -> dict[str, go.Contour]:
    """f before, after, and after the last critic step, on common levels; and what "update" shows: one or the change."""
    values = {"before": trace.surface_before, "after": trace.surface_after, "last": trace.generator_surface}
    rows, columns = trace.surface_before.shape
    sides = [np.linspace(-trace.extent, trace.extent, k, dtype=np.float32) for k in (columns, rows)]
    low, high = float(np.min(list(values.values()))), float(np.max(list(values.values())))
    looks = _contour(sides, low, high, [[0, theme.fill(theme.CRITIC, 0)], [1, theme.fill(theme.CRITIC, 0.6)]])
    looks["hovertemplate"] = f"{OBJECTIVES[trace.config.loss].score} = %{{z:.4g}}<extra></extra>"
    drawn = {name: go.Contour(z=z, **looks) for name, z in values.items()}
    if field != "change":
        return drawn | {"field": go.Contour(z=values[field], **looks)}
    change = relative_change(trace)
    most = float(np.abs(change).max())
    scale = [[share, theme.fill(*color)] for share, color in CHANGE]
    looks = _contour(sides, -most, most, scale) | {
        "hovertemplate": f"{OBJECTIVES[trace.config.loss].score} changed by %{{z:.3g}}<extra></extra>"
    }
    return drawn | {"field": go.Contour(z=change, **looks)}


def relative_change(trace: StepTrace) -> np.ndarray:
    """f after - f before, shaped as a surface; under a loss that sees differences of f alone, less its mean."""
    change = trace.surface_after - trace.surface_before
    return change - change.mean() if OBJECTIVES[trace.config.loss].up_to_constant else change


def _contour(sides: list[np.ndarray], low: float, high: float, scale: list) -> dict:
    step = _round_step((high - low) / LEVELS)
    return {
        "x": sides[0], "y": sides[1], "zmin": low, "zmax": high,
        "colorscale": scale, "showscale": False, "showlegend": False,
        "contours": {"coloring": "heatmap", "start": np.ceil(low / step) * step, "end": high, "size": step,
                     "showlabels": True, "labelfont": {"size": 10}},
        "line": {"width": 1, "color": theme.fill(theme.NEUTRAL, 0.7)},
    }  # fmt: skip


def _round_step(step: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    if not step > 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(step))
    return float(power * next(factor for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9)))


def _layers(trace: StepTrace, sample: int) -> dict[str, go.Scatter]:
    first = slice(trace.show)
    real, fake, x_hat, gradient = (array[first] for array in (trace.real, trace.fake, trace.x_hat, trace.gradient))
    norms = trace.norms[first]
    unit = arrow_unit(norms, trace.extent)
    steep = norms > 1
    generated, push = trace.generator_fake[first], trace.push[first]
    push_unit = arrow_unit(np.linalg.norm(push, axis=1), trace.extent)
    times = magnification(trace)
    moved = generated + times * trace.moves[first]
    after = "after the step" if times == 1 else f"after the step, moves drawn {times:,} times as long"
    rings = x_hat[:, None] + unit * np.stack([np.cos(CIRCLE), np.sin(CIRCLE)], 1)
    corner = np.array([-0.93, -0.9], np.float32) * trace.extent
    penalties = trace.penalties[first] if trace.penalties is not None else np.zeros(len(norms))
    words = [f"<br>{value:.2g}" for value in penalties]  # one line below its marker
    at = None if trace.u is None else [f"<br>u = {u:.2f}" if i == sample else "" for i, u in enumerate(trace.u[first])]
    return {
        "batch_real": _points(trace.real, None, theme.SOURCE, "circle", 4),
        "batch_fake": _points(trace.fake, None, theme.TARGET, "triangle-up", 4),
        "lines": _lines(np.stack([real, fake], 1), "between x and G(z)", theme.NEUTRAL),
        "rings": _lines(rings, "norm 1", theme.NEUTRAL, "dot"),
        "real": _points(real, "real x", theme.SOURCE, "circle", 10, sample),
        "fake": _points(fake, "fake G(z)", theme.TARGET, "triangle-up", 11, sample),
        "x_hat": _points(x_hat, "x̂", theme.AMBER, "diamond", 9, sample),
        "u": _text(x_hat, at or [""] * len(x_hat)),
        "gradient": _arrows(x_hat, unit * gradient, f"∇{OBJECTIVES[trace.config.loss].score}(x̂)", theme.ACCENT),
        "steep": _arrows(x_hat[steep], unit * gradient[steep], "too steep, norm above 1", theme.ACCENT, width=3),
        "flat": _arrows(x_hat[~steep], unit * gradient[~steep], "too flat, norm below 1", theme.AMBER, "dash"),
        "penalty": _text(x_hat, words),
        "scale": _scale(corner, unit, "norm 1"),
        "generated": _points(generated, "fake G(z)", theme.TARGET, "triangle-up-open", 11, sample),
        "push": _arrows(generated, push_unit * push, "push", theme.ACCENT),
        "push_scale": _scale(corner, push_unit, "a push of 1"),
        "moves": _lines(np.stack([generated, moved], 1), None, theme.TARGET),
        "moved": _points(moved, after, theme.TARGET, "triangle-up", 11, sample),
    }  # fmt: skip


def _points(
    x: np.ndarray, name: str | None, color: str, symbol: str, size: int, sample: int | None = None
) -> go.Scatter:
    """Points (m, 2); the chosen one is larger and has its number beside it."""
    chosen = np.arange(len(x)) == sample
    return go.Scatter(
        x=x[:, 0], y=x[:, 1], name=name, mode="markers" if sample is None else "markers+text",
        marker={"color": color, "symbol": symbol, "size": np.where(chosen, size + 6, size), "opacity": 1,
                "line": {"color": color if "open" in symbol else "white", "width": 0 if size < 8 else 1}},
        text=[str(i + 1) if is_chosen else "" for i, is_chosen in enumerate(chosen)], textposition="top center",
        customdata=np.arange(1, len(x) + 1), hoverinfo="skip" if name is None else None,
    )  # fmt: skip


def _lines(paths: np.ndarray, name: str | None, color: str, dash: str = "solid") -> go.Scatter:
    """Open paths (m, k, 2), each drawn on its own."""
    gaps = np.full((len(paths), 1, 2), np.nan)
    x, y = np.concatenate([paths, gaps], 1).reshape(-1, 2).T.astype(np.float32)
    return go.Scatter(
        x=x, y=y, name=name, mode="lines", line={"color": color, "width": 1.5, "dash": dash}, hoverinfo="skip"
    )


def _arrows(
    start: np.ndarray, arrows: np.ndarray, name: str, color: str, dash: str = "solid", width: float = 2
) -> go.Scatter:
    """Arrows (m, 2) from start (m, 2)."""
    drawn = _lines(np.stack([start, start + arrows], 1), name, color, dash)
    heads = {
        "symbol": "arrow",
        "angleref": "previous",
        "size": np.tile([0, 11, 0], len(start)),
        "opacity": 1,
        "color": color,
    }
    return drawn.update(mode="lines+markers", marker=heads, line_width=width)


def _text(x: np.ndarray, words: list[str]) -> go.Scatter:
    return go.Scatter(x=x[:, 0], y=x[:, 1], text=words, mode="text", textposition="bottom center", hoverinfo="skip")


def _scale(corner: np.ndarray, unit: float, name: str) -> go.Scatter:
    """The length of an arrow of norm 1, in the lower left corner."""
    drawn = _arrows(corner[None], np.array([[unit, 0]]), None, theme.NEUTRAL)
    return drawn.update(mode="lines+markers+text", text=["", name, ""], textposition="middle right", name=None)
