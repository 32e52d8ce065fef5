"""A frame of points in the plane: the critic's surface with contour lines, and the points on it."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.film.ink import CONTOUR, STRIP, TONES, dot, triangle

LINES = 10  # contour lines, at most


def painter(recording: Recording, size: int) -> Callable[[Image.Image, ImageDraw.ImageDraw, Frame], None]:
    """How each frame is drawn, size pixels wide and high below the strip."""
    extent = recording.space.extent

    def paint(picture: Image.Image, draw: ImageDraw.ImageDraw, frame: Frame) -> None:
        picture.paste(Image.fromarray(_surface(frame["surface"], size)), (0, STRIP))
        place = lambda x: (x / extent * [1, -1] + 1) / 2 * (size - 1) + [0, STRIP]  # noqa: E731
        for x, y in place(recording.real_of(frame)):
            dot(draw, x, y, 1.5)
        for x, y in place(frame["fake"]):
            triangle(draw, x, y, 2.5)

    return paint


def _surface(values: np.ndarray, size: int) -> np.ndarray:
    """A surface (k, k), x2 upwards, as tones (size, size) with contour lines; the outer values lie on the border."""
    k = len(values)
    grid = Image.fromarray(np.ascontiguousarray(values[::-1], np.float32))
    fine = np.asarray(grid.resize((size, size), Image.Resampling.BILINEAR, box=(0.5, 0.5, k - 0.5, k - 0.5)))
    low, high = float(values.min()), float(values.max())
    span = high - low or 1.0
    tones = ((fine - low) / span * (TONES - 1)).clip(0, TONES - 1).round().astype(np.uint8)
    power = 10.0 ** np.floor(np.log10(span / LINES))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= span / LINES)
    level = np.floor(fine / step)
    tones[:-1][level[:-1] != level[1:]] = CONTOUR
    tones[:, :-1][level[:, :-1] != level[:, 1:]] = CONTOUR
    return tones
