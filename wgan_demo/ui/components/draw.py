"""Points in the plane that a hand draws (static/draw.js), and their text in a link: two letters a point."""

from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np

from wgan_demo.ui.components import assets
from wgan_demo.ui.components.square import square

CODE = ascii_uppercase + ascii_lowercase + digits + "-_"  # a coordinate from 0 to 63
MOST = 300  # points: 600 letters in a link

_draw = assets.component("draw")


def draw(key: str, start: np.ndarray, *, color: str, label: str) -> np.ndarray:
    """Show the square [-1, 1]^2 and return the points (n, 2) drawn on it.

    `start` (n, 2) stands there until the hand draws or other points are passed. Places are those of a 64 x 64 grid, and
    there are at most MOST of them.
    """
    text = square(_draw, key, points_text(start), parse_points, color=color, label=label, most=MOST)
    return parse_points(text)


def points_text(points: np.ndarray) -> str:
    """Points (n, 2) of [-1, 1]^2 as they stand in a link."""
    cells = np.clip(np.floor((np.asarray(points, float).reshape(-1, 2) + 1) * 32), 0, 63).astype(int)
    return "".join(CODE[cell] for cell in cells.ravel())


def parse_points(text: str) -> np.ndarray:
    """The points (n, 2) that `points_text` wrote. Raises ValueError, in one sentence, for any other text."""
    if len(text) % 2 or not set(text) <= set(CODE):
        raise ValueError("The drawing in the link is damaged (two letters or digits make a point): draw it anew.")
    if len(text) > 2 * MOST:
        raise ValueError(f"The drawing in the link has more than {MOST} points: draw it anew with fewer.")
    cells = np.array([CODE.index(letter) for letter in text], float).reshape(-1, 2)
    return (cells + 0.5) / 32 - 1
