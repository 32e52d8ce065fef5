"""The figures of the Distances page: densities, CDFs with W1 as an area, and every distance against theta."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.distances.divergences import LN2
from wgan_demo.distances.one_dim import ShiftCurves
from wgan_demo.measures import Distribution, Histogram, PointMasses, Samples, Uniform
from wgan_demo.plots.theme import AMBER, CRITIC, NEUTRAL, SOURCE, TARGET, base_layout, fill, scatter

GRID = 600  # points of a curve: more than the pixels of a column
SIDES = (("P", SOURCE), ("Q", TARGET))
NAMES = {"w1": "W₁", "w2": "W₂", "kl": "KL(P‖Q)", "reverse_kl": "KL(Q‖P)", "js": "JS", "tv": "TV"}
COLORS = {"w1": CRITIC, "w2": AMBER, "kl": SOURCE, "reverse_kl": TARGET, "js": CRITIC, "tv": AMBER}
# Lines that may lie on each other are told apart by their dashes too.
DASHES = {"w2": "dash", "reverse_kl": "dash", "tv": "dash"}


def visible_range(distribution: Distribution) -> tuple[float, float]:
    """Where the distribution is to be seen: its support, without tails of less than 1e-4."""
    edges = distribution.edges()
    if isinstance(distribution, Uniform | Histogram | PointMasses | Samples):
        return edges[0], edges[-1]
    cdf = distribution.cdf(edges)
    seen = edges[(cdf > 1e-4) & (cdf < 1 - 1e-4)]
    return seen[0], seen[-1]


def curves_figure(curves: ShiftCurves, now: ShiftCurves, keys: tuple[str, ...], *, unit: str) -> go.Figure:
    """Some of the distances against theta, above, and their derivatives in theta, below; dots mark `now`.

    `unit` is that of the distances. An infinite distance runs in a band of its own on top of the axis, at a tick "∞",
    and has no derivative there. Where atoms meet a distance jumps: a single dot.
    """
    theta = curves.theta
    infinite = {key: np.isinf(curves.values[key]) for key in keys}
    any_infinite = any(mask.any() for mask in infinite.values())
    top = max(np.max(curves.values[key], where=~infinite[key], initial=0) for key in keys) or 1.0
    band = 1.17 * top  # where infinity is drawn
    traces = []
    for key in keys:
        style = {"color": COLORS[key], "width": 2.5, "dash": DASHES.get(key, "solid")}
        value = curves.values[key]
        jumps = np.isnan(curves.slopes["js"]) & (
            key not in ("w1", "w2")
        )  # JS is finite: without a slope where it jumps
        on_line, alone = ~jumps, jumps
        traces += [
            scatter(theta[on_line], np.where(infinite[key], np.nan, value)[on_line], line=style, name=NAMES[key]),
            scatter(theta[on_line], curves.slopes[key][on_line], line=style, name=f"derivative of {NAMES[key]}",
                  yaxis="y2", showlegend=False),
        ]  # fmt: skip
        if infinite[key].any():
            above = np.where(infinite[key], band, np.nan)[on_line]
            name = f"{NAMES[key]} = ∞"
            traces.append(scatter(theta[on_line], above, line=style, name=name, hoverinfo="name", showlegend=False))
        if alone.any():
            heights = np.where(infinite[key], band, value)[alone]
            dots = {
                "mode": "markers",
                "marker": {"color": COLORS[key], "size": 7},
                "showlegend": False,
            }
            traces.append(scatter(theta[alone], heights, name=f"{NAMES[key]} where atoms meet", **dots))
    marker = {"size": 11, "color": [COLORS[key] for key in keys]}
    mark = {
        "type": "scatter",
        "mode": "markers",
        "marker": marker,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    traces += [mark, mark | {"yaxis": "y2"}]
    shapes, annotations = [_rule("x", 0, 0, "paper", 0, 1)], []
    axis = {"range": [-0.04 * top, 1.08 * top]}
    if any_infinite:
        ticks = round_ticks(top)
        axis = {"range": [-0.04 * top, 1.45 * top], "tickvals": [*ticks, band]}
        axis["ticktext"] = [*(f"{tick:,.4g}" for tick in ticks), "<b>∞</b>"]
        shapes.append(_rule("x domain", 0, 1, "y", 1.06 * top, 1.45 * top))
        shapes[-1] |= {"type": "rect", "fillcolor": fill(NEUTRAL, 0.18), "line": {"width": 0}, "layer": "below"}
        annotations.append(_note("x domain", 1, "y domain", 1, "off every scale", "top"))
        annotations.append(_note("x domain", 1, "y2 domain", 1, "no derivative", "top"))
    if "js" in keys:
        shapes.append(_rule("x domain", 0, 1, "y", LN2, LN2))
        annotations.append(_note("x domain", 1, "y", LN2, "ln 2 = 0.693", "bottom"))
    layout = base_layout(
        xaxis={
            "title": {"text": "θ (units of x)"},
            "anchor": "y2",
            "range": [theta[0] - 0.02 * np.ptp(theta), theta[-1]],
        },
        yaxis=axis | {"title": {"text": unit}, "domain": [0.5, 1], "automargin": True},
        yaxis2=_slope_axis(curves, keys, top)
        | {"title": {"text": f"d/dθ ({_slope_unit(unit)})"}, "domain": [0, 0.4], "automargin": True},
        shapes=shapes,
        annotations=annotations,
        meta=band,
    )
    return go.Figure(**move_mark({"data": traces, "layout": layout}, now, keys))


def move_mark(spec: dict, now: ShiftCurves, keys: tuple[str, ...]) -> dict:
    """A curves_figure's to_plotly_json() with its marks at `now` instead: 20 times cheaper than a new figure."""
    *curves, value_marks, slope_marks = spec["data"]
    rule, *shapes = spec["layout"]["shapes"]
    theta, band = float(now.theta[0]), spec["layout"]["meta"]
    x = [theta] * len(keys)
    heights = [min(float(now.values[key][0]), band) for key in keys]
    slopes = [float(now.slopes[key][0]) for key in keys]
    low, high = spec["layout"]["xaxis"]["range"]
    share = (theta - low) / (high - low)
    clear = share - 0.02 if share > 0.5 else 1.0  # where notes end, so that the rule does not cross them
    notes = [note | {"x": clear} for note in spec["layout"].get("annotations", ())]
    return {
        "data": [*curves, value_marks | {"x": x, "y": heights}, slope_marks | {"x": x, "y": slopes}],
        "layout": spec["layout"] | {"shapes": [rule | {"x0": theta, "x1": theta}, *shapes], "annotations": notes},
    }


def number(value: float) -> str:
    """A number as the page prints it: four decimals, three significant digits or more, and ∞ for infinity."""
    if np.isinf(value):
        return "∞"
    if 0 < value < 0.01:  # four decimals would hide it
        return f"{value:#.3g}"
    return f"{abs(value):.4f}" if abs(value) < 10 else f"{value:,.5g}"


def _slope_axis(curves: ShiftCurves, keys: tuple[str, ...], top: float) -> dict:
    """The range of the derivatives, with 0 in it; what is flat but for rounding is drawn flat."""
    slopes = np.concatenate([curves.slopes[key][np.isfinite(curves.slopes[key])] for key in keys])
    if len(slopes) == 0:
        return {"range": [0, 1], "tickvals": [0]}
    low, high = min(slopes.min(), 0), max(slopes.max(), 0)
    if high - low < 1e-4 * top / np.ptp(curves.theta):
        low, high = 0, 1
    return {"range": [low - 0.06 * (high - low), high + 0.08 * (high - low)]}


def _slope_unit(unit: str) -> str:
    return {"units of x": "no unit"}.get(unit, "per unit of x" if "," in unit else f"{unit} per unit of x")


def outline(distribution: Distribution, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """The density as a line (k,), (k,): corners of a histogram or a uniform, a fine grid for what is smooth."""
    match distribution:
        case Samples() | Histogram():
            edges, shares = distribution.histogram()
            heights = shares / distribution.bin_width
        case Uniform():
            edges = distribution.edges(8)
            heights = [1 / (edges[-1] - edges[0])]
        case _:
            x = np.unique(np.concatenate([np.linspace(low, high, GRID), distribution.edges(64)]))
            x = x[(x >= low) & (x <= high)]
            return x, np.exp(distribution.log_density(x))
    return np.repeat(edges, 2), np.concatenate([[0], np.repeat(heights, 2), [0]])


def stems(distribution: PointMasses) -> tuple[np.ndarray, np.ndarray]:
    """Lollipops: for each atom a line from 0 to its mass, and a gap."""
    atoms, mass = distribution.atoms()
    y = np.zeros(3 * len(atoms))
    y[1::3], y[2::3] = mass, np.nan
    return np.repeat(atoms, 3), y


def _rule(x_ref: str, x0: float, x1: float, y_ref: str, y0: float, y1: float) -> dict:
    line = {"color": NEUTRAL, "width": 1.5, "dash": "dot"}
    return {"type": "line", "xref": x_ref, "x0": x0, "x1": x1, "yref": y_ref, "y0": y0, "y1": y1, "line": line}


def _note(x_ref: str, x: float, y_ref: str, y: float, text: str, y_anchor: str) -> dict:
    place = {"xref": x_ref, "x": x, "xanchor": "right", "yref": y_ref, "y": y, "yanchor": y_anchor, "showarrow": False}
    return place | {"text": text, "font": {"size": 13}}


def round_ticks(top: float) -> np.ndarray:
    """Three to six round numbers from 0 to top."""
    step = 10 ** np.floor(np.log10(top / 3))
    step *= max(factor for factor in (1, 2, 5) if factor * step <= top / 3)
    return np.arange(0, top + step / 1e6, step)
