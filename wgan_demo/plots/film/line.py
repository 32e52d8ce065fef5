"""A frame of points on the line, as on the stage: curves above; below, histograms, the real one upright."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.line import curves, reach
from wgan_demo.plots.film.ink import CONTOUR, CRITIC, FAKE, INK, REAL, STRIP, WHITE

# As static/stage has them: where the curves end and the points' axis, as shares of the side.
TOP, AXIS, BINS = 0.46, 0.71, 48


def painter(recording: Recording, size: int) -> Callable[[Image.Image, ImageDraw.ImageDraw, Frame], None]:
    """How each frame is drawn, size pixels wide and high below the strip; the curves have one axis for all frames."""
    extent = recording.space.extent
    high = reach(recording, recording.frames) * extent  # how far the axis goes up and down, in units of x

    def paint(picture: Image.Image, draw: ImageDraw.ImageDraw, frame: Frame) -> None:
        real = recording.real_of(frame)
        grid, critic, potential = curves(recording, frame)
        across = lambda x: (x / extent + 1) / 2 * (size - 1)  # noqa: E731
        bottom = STRIP + TOP * size
        middle, unit = (STRIP + bottom) / 2, TOP * size / 2 / high
        objective = OBJECTIVES[recording.config.loss]
        own = 1.0 if objective.up_to_constant else 0.9 * high / (np.abs(critic).max() or 1.0)
        for values, color, width in ((potential, CONTOUR, 5), (own * critic, CRITIC, 2)):
            heights = np.clip(middle - values * unit, -20 * size, 20 * size)  # far out, where integers still reach
            draw.line(list(zip(across(grid), heights, strict=True)), color, width, "curve")
        draw.rectangle((0, bottom, size, STRIP + size), fill=WHITE)  # a curve that leaves the picture is cut there
        edges = np.linspace(-extent, extent, BINS + 1)
        shares = [np.histogram(np.clip(x, -extent, extent), edges)[0] / len(x) for x in (real, frame["fake"])]
        base, room = STRIP + AXIS * size, (AXIS - TOP) * size
        for share, color, way in ((shares[0], REAL, -1), (shares[1], FAKE, 1)):
            for left, right, part in zip(across(edges), across(edges[1:]), share, strict=False):
                height = min(part / shares[0].max() / 1.15, 1) * room
                if height >= 1:
                    upper, lower = sorted((base + way, base + way * height))
                    draw.rectangle((left, upper, right - 1, lower), fill=color)
        font = ImageFont.load_default(12)
        judge = objective.judge if objective.up_to_constant else f"{objective.judge}, on its own scale"
        words = [((6, bottom - 34), judge, CRITIC, "la"), ((6, bottom - 19), "exact potential", CONTOUR, "la")]
        for leaves, y in ((own * critic.max() > high, STRIP + 4), (own * critic.min() < -high, bottom - 19)):
            if leaves:
                words.append(((size - 6, y), f"{objective.score} leaves the picture", CRITIC, "ra"))
        for place, text, color, anchor in words:
            draw.text(place, text, color, font, anchor, stroke_width=2, stroke_fill=WHITE)  # a curve gives way to them
        draw.line((0, base, size, base), INK)
        draw.line((0, bottom, size, bottom), CONTOUR)

    return paint
