"""The one palette of a film, so that nothing is dithered, and the marks of real and generated points in it."""

import numpy as np
from PIL import ImageDraw

from wgan_demo.plots import theme

STRIP = 28  # pixels above the picture, for the iteration
TONES = 200  # of the surface; the palette's other places are for what is drawn on it
# The stage's colours on a white page.
LOW, PAPER, TEXT = "#C1CCDF", "#FFFFFF", "#31333F"
CONTOUR, REAL, FAKE, INK, WHITE, CRITIC = range(TONES, TONES + 6)


def palette(kind: str) -> list[int]:
    """Red, green and blue of every place of the palette: the tones from low to high, then the rest.

    The tones are those of a surface in this `kind` of space, or of the ink of pictures.
    """
    low, paper, high, ink = (np.array(_rgb(color)) for color in (LOW, PAPER, theme.CRITIC, TEXT))
    high = paper + 0.75 * (high - paper)
    share = np.linspace(0, 2, TONES)[:, None]
    tones = np.where(share < 1, low + share * (paper - low), paper + (share - 1) * (high - paper))
    if kind == "images":
        tones = paper + share / 2 * (ink - paper)
    rest = [np.array(_rgb(color)) for color in ("#A9ADB5", theme.SOURCE, theme.TARGET, TEXT, PAPER, theme.CRITIC)]
    return np.concatenate([tones, rest]).round().astype(int).ravel().tolist()


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


def dot(draw: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    draw.ellipse((x - r, y - r, x + r, y + r), fill=REAL)


def triangle(draw: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    draw.polygon([(x, y - r), (x - 0.87 * r, y + 0.6 * r), (x + 0.87 * r, y + 0.6 * r)], fill=FAKE)
