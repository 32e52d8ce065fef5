"""Colours once, for every figure: Okabe and Ito's, in tones that read on a white and on a near-black page.

Text, grid and background are not set here: the figure component takes them from the page's theme, light or dark.
"""

from html import escape

import numpy as np

SOURCE = "#2B8CCB"  # P, real data, boxes
TARGET = "#E06A10"  # Q, fake data, slots
CRITIC = "#0FA37F"  # the critic and everything it says
ACCENT = "#CC79A7"
AMBER = "#E69F00"
NEUTRAL = "#8A8F98"  # reference lines


def fill(color: str, opacity: float) -> str:
    """A palette colour as rgba(), for areas."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def base_layout(**layout) -> dict:
    """A layout with tight margins, a horizontal legend on top, and zoom kept between updates."""
    defaults = {
        "template": "none",
        "margin": {"l": 56, "r": 12, "t": 34, "b": 44},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "uirevision": "keep",
        "hovermode": "x",
    }
    return defaults | layout


def scatter(x, y, *, mode: str = "lines", **style) -> dict:
    """A scatter trace through x (k,) and y (k,), as a dict, which is 20 times cheaper than a go.Scatter."""
    return {"type": "scatter", "x": lean(x), "y": lean(y), "mode": mode, **style}


def lean(values) -> np.ndarray:
    """Numbers for a figure: float32, half the bytes, unless they differ too little for its 7 digits."""
    values = np.asarray(values, float)
    finite = values[np.isfinite(values)]
    size, spread = np.abs(finite).max(initial=0), np.ptp(finite) if len(finite) else 0
    return values if spread < 1e-4 * size else values.astype("float32")


def plain(text: str, length: int = 32) -> str:
    """A user's text made safe for a figure, whose text is pseudo-HTML, and cut to `length` characters."""
    return escape(text if len(text) <= length else text[: length - 1] + "…", quote=False)
