"""What the sweep (static/sweep) draws, packed: the pictures, numbers and sentences of all places of a grid at once."""

from collections.abc import Mapping, Sequence

import numpy as np

from wgan_demo.plots.message import encode

Everywhere = np.ndarray | Sequence[np.ndarray]  # one array for all places, or one for each


def axis(low: float, high: float, title: str = "", marks: Mapping[float, str] | None = None) -> dict:
    """An axis from low to high; `marks` are what is written at which of its places, else round numbers."""
    made = {"low": float(low), "high": float(high), "title": title}
    return made if marks is None else made | {"marks": [[float(at), text] for at, text in marks.items()]}


def line(x: Everywhere, y: Everywhere, name: str = "", *, color: str, **look) -> dict:
    """A line through x (k,), y (k,), with its name in the legend if it has one; NaN and infinity leave a gap.

    `look` may hold width, in pixels; dash, as SVG has it; kind "dots", which may have an opacity, or "steps" for a
    distribution function with its values at x, or for bins with k + 1 edges x; and `added`, for each place what is
    added to the masses y (k,) of bins before log10 of them is drawn.
    """
    return {"arrays": _named("x", x) | _named("y", y), "name": name, "color": color, "width": 2.5} | look


def heat(x_edges: np.ndarray, y_edges: np.ndarray, cells: Sequence[np.ndarray], *, color: str) -> dict:
    """Shares of the mass in cells (n, m), for each place, between n + 1 edges along x and m + 1 up the side.

    A cell is as opaque as the root of its share, as a faint one must still be seen.
    """
    opacity = [np.round(255 * np.sqrt(shares / shares.max())).astype(np.uint8) for shares in cells]
    shades = {f"cells {at}": array for at, array in enumerate(opacity)}
    return {"arrays": {"x": np.asarray(x_edges, float), "y": np.asarray(y_edges, float)} | shades, "color": color}


def round_marks(low: float, high: float) -> dict[float, str]:
    """Three to six round numbers from low to high."""
    step = 10 ** np.floor(np.log10((high - low) / 3))
    step *= max(factor for factor in (1, 2, 5) if factor * step <= (high - low) / 3)
    places = step * np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1)
    return {at: f"{at + 0.0:.4g}".replace("-", "−") for at in places}


def log_marks(low: float, high: float) -> dict[float, str]:
    """Marks at the powers of ten between 10^low and 10^high, at every second one of many, or at 1, 2, 5 of few."""
    powers = range(int(np.ceil(low)), int(np.floor(high)) + 1)
    if len(powers) > 3:
        step = -(-len(powers) // 8)
        return {k: "1" if k == 0 else f"10{str(k).translate(_RAISED)}" for k in powers if k % step == 0}
    values = [factor * 10.0**k for k in range(int(np.floor(low)), int(np.ceil(high)) + 1) for factor in (1, 2, 5)]
    return {np.log10(value): f"{value:,g}" for value in values if low <= np.log10(value) <= high}


def pack(
    panels: Sequence[dict],
    places: Sequence[str],
    *,
    alt: str,
    label: str = "",
    numbers: Sequence[tuple[str, str | Sequence[str]]] = (),
    sentence: str | Sequence[str] = "",
    hand: dict | None = None,
    plays: int = 0,
) -> tuple[dict, list[dict[str, np.ndarray]]]:
    """Header and arrays of panels, one below the other, at all `places`, which are named as the hand says them.

    A panel holds its title, height in pixels, axes x and y, and lines; perhaps a heat; a band, [low, high] in y; and
    areas {from, to, color} between two of its lines by their numbers. With a `label` there is a slider. Numbers are
    pairs of a label and a text; they and the sentence are for all places, or one for each. A hand {panel, axis, x, y,
    color} stands at x, y of each place and moves along its axis. Places that are moments are played, each for `plays`
    milliseconds.
    """
    header = {"panels": _without_arrays(list(panels)), "places": list(places), "alt": alt, "label": label, "hand": hand}
    header["plays"] = plays
    layers = [layer for panel in panels for layer in (*panel["lines"], panel.get("heat")) if layer]
    return (
        header | {"numbers": [list(pair) for pair in numbers], "sentence": sentence},
        [layer["arrays"] for layer in layers],
    )


def message(made: tuple[dict, list[dict[str, np.ndarray]]], now: Mapping) -> bytes:
    """What `pack` made, with what belongs to one moment."""
    header, groups = made
    return encode(header | now, groups)


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _without_arrays(value):
    if isinstance(value, list):
        return [_without_arrays(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_arrays(item) for name, item in value.items() if name != "arrays"}
    return value


def _named(name: str, values: Everywhere) -> dict[str, np.ndarray]:
    if isinstance(values, np.ndarray):
        return {name: values.astype(np.float64)}
    return {f"{name} {at}": np.asarray(array, np.float64) for at, array in enumerate(values)}
