"""A run as an animated GIF: the stage, frame by frame, for slides."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.recording import Frame, Recording
from wgan_demo.gan.spaces.line import curves, reach
from wgan_demo.plots import theme

SIZE = 360  # pixels of the square's side
STRIP = 28  # pixels above it, for the iteration
FRAMES = 40
FRAME_MS, REST_MS = 110, 1800  # of each frame, of the last one
TONES = 200  # of the surface; the palette's other places are for what is drawn on it
LINES = 10  # contour lines, at most
# The stage's colours on a white page.
LOW, PAPER, TEXT = "#C1CCDF", "#FFFFFF", "#31333F"
CONTOUR, REAL, FAKE, INK, WHITE, CRITIC = range(TONES, TONES + 6)
# Of a run on the line, as static/line.js has them: where the curves end and the points' axis, as shares of the side.
TOP, AXIS, BINS = 0.46, 0.71, 48


def film_gif(recording: Recording, frames: int = FRAMES, size: int = SIZE) -> bytes:
    """The frames of a recording, at most `frames` of them and evenly spread, as an animated GIF of size x (size + 28).

    Blue dots are real points, orange triangles generated ones; the surface is the critic's, green is high, with a line
    at every round step. On the line there are histograms in place of points, and the critic is a curve on the exact
    potential, which is grey, on one axis for the whole film. All frames share one palette and are drawn in
    it, so nothing is dithered.
    """
    chosen = np.unique(np.linspace(0, len(recording.frames) - 1, frames).round().astype(int))
    high = reach(recording, recording.frames) * recording.extent if recording.dimension == 1 else 0.0
    pictures = [_picture(recording, recording.frames[i], size, high) for i in chosen]
    times = [FRAME_MS] * (len(pictures) - 1) + [REST_MS]
    file = io.BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=times, loop=0, optimize=False)
    return file.getvalue()


def _palette() -> list[int]:
    """Red, green and blue of every place of the palette: the surface's tones from low to high, then the rest."""
    low, paper, high = (np.array(_rgb(color)) for color in (LOW, PAPER, theme.CRITIC))
    high = paper + 0.75 * (high - paper)
    share = np.linspace(0, 2, TONES)[:, None]
    tones = np.where(share < 1, low + share * (paper - low), paper + (share - 1) * (high - paper))
    rest = [np.array(_rgb(color)) for color in ("#A9ADB5", theme.SOURCE, theme.TARGET, TEXT, PAPER, theme.CRITIC)]
    return np.concatenate([tones, rest]).round().astype(int).ravel().tolist()


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


def _picture(recording: Recording, frame: Frame, size: int, high: float) -> Image.Image:
    picture = Image.new("P", (size, size + STRIP), WHITE)
    picture.putpalette(_palette())
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"  # a palette has no half tones of the ink
    if recording.dimension == 1:
        _line(draw, recording, frame, size, high)
    else:
        picture.paste(Image.fromarray(_surface(frame.surface, size)), (0, STRIP))
        place = lambda x: (x / recording.extent * [1, -1] + 1) / 2 * (size - 1) + [0, STRIP]  # noqa: E731
        for x, y in place(recording.real_of(frame)):
            _dot(draw, x, y, 1.5)
        for x, y in place(frame.fake):
            _triangle(draw, x, y, 2.5)
    draw.rectangle((0, 0, size, STRIP - 1), fill=WHITE)
    font = ImageFont.load_default(14)
    draw.text((6, 5), f"iteration {frame.step:,}", INK, font)
    right = size - 6
    for text, color, mark in (("generated", FAKE, _triangle), ("real", REAL, _dot)):
        right -= draw.textlength(text, font)
        draw.text((right, 5), text, color, font)
        mark(draw, right - 9, STRIP / 2, 4)
        right -= 26
    return picture


def _line(draw: ImageDraw.ImageDraw, recording: Recording, frame: Frame, size: int, high: float) -> None:
    """The stage's picture of a run on the line: curves above; below, real points upright and generated ones hanging.

    The curves' axis reaches from -high to high, in units of x.
    """
    extent, real = recording.extent, recording.real_of(frame)
    grid, critic, potential = curves(recording, frame)
    across = lambda x: (x / extent + 1) / 2 * (size - 1)  # noqa: E731
    bottom = STRIP + TOP * size
    middle, unit = (STRIP + bottom) / 2, TOP * size / 2 / high
    objective = OBJECTIVES[recording.config.loss]
    own = 1.0 if objective.up_to_constant else 0.9 * high / max(np.abs(critic).max(), 1e-9)
    for values, color, width in ((potential, CONTOUR, 5), (own * critic, CRITIC, 2)):
        heights = np.clip(middle - values * unit, -20 * size, 20 * size)  # far out, where integers still reach
        draw.line(list(zip(across(grid), heights, strict=True)), color, width, "curve")
    draw.rectangle((0, bottom, size, STRIP + size), fill=WHITE)  # a curve that leaves the picture is cut there
    edges = np.linspace(-extent, extent, BINS + 1)
    shares = [np.histogram(np.clip(x, -extent, extent), edges)[0] / len(x) for x in (real, frame.fake)]
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


def _dot(draw: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    draw.ellipse((x - r, y - r, x + r, y + r), fill=REAL)


def _triangle(draw: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    draw.polygon([(x, y - r), (x - 0.87 * r, y + 0.6 * r), (x + 0.87 * r, y + 0.6 * r)], fill=FAKE)


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
