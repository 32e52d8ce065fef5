"""A run as an animated GIF, or its frames one by one: the stage, frame by frame."""

import io
import zipfile
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.film import images, line, plane
from wgan_demo.plots.film.ink import FAKE, INK, REAL, STRIP, WHITE, dot, palette, triangle
from wgan_demo.plots.stage import thinned

SIZE = 360  # pixels of the square's side
FRAMES = 40
FRAME_MS, REST_MS = 110, 1800  # of each frame, of the last one

Painter = Callable[[Image.Image, ImageDraw.ImageDraw, Frame], None]
PAINTERS: dict[str, Callable[[Recording, int], Painter]] = {
    "line": line.painter,
    "plane": plane.painter,
    "images": images.painter,
}


def film_gif(recording: Recording, frames: int = FRAMES, size: int = SIZE) -> bytes:
    """The frames of a recording, at most `frames` of them and evenly spread, as an animated GIF of size x (size + 28).

    Blue dots are real points, orange triangles generated ones; the surface is the critic's, green is high, with a line
    at every round step. On the line there are histograms in place of points, and the critic is a curve on the exact
    potential, which is grey. Of pictures the generated ones are drawn. All frames share one palette and are drawn in
    it, so nothing is dithered.
    """
    pictures = list(_drawn(recording, frames, size).values())
    times = [FRAME_MS] * (len(pictures) - 1) + [REST_MS]
    file = io.BytesIO()
    pictures[0].save(file, "GIF", save_all=True, append_images=pictures[1:], duration=times, loop=0, optimize=False)
    return file.getvalue()


def film_frames(recording: Recording, frames: int = FRAMES, size: int = SIZE) -> bytes:
    """The pictures of `film_gif` as PNGs in a ZIP, each called by its iteration."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # stored: a PNG is packed
        for step, picture in _drawn(recording, frames, size).items():
            content = io.BytesIO()
            picture.save(content, "PNG", optimize=False)
            archive.writestr(zipfile.ZipInfo(f"iteration_{step:06d}.png"), content.getvalue())
    return file.getvalue()


def _drawn(recording: Recording, frames: int, size: int) -> dict[int, Image.Image]:
    """At most so many frames, evenly spread, by their iterations."""
    paint = PAINTERS[recording.space.kind](recording, size)
    chosen = thinned(recording.frames, frames)
    return {frame.step: _picture(recording.space.kind, paint, frame, size) for frame in chosen}


def _picture(kind: str, paint: Painter, frame: Frame, size: int) -> Image.Image:
    """A frame below a strip that says which it is."""
    picture = Image.new("P", (size, size + STRIP), WHITE)
    picture.putpalette(palette(kind))
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"  # a palette has no half tones of the ink
    paint(picture, draw, frame)
    draw.rectangle((0, 0, size, STRIP - 1), fill=WHITE)
    font = ImageFont.load_default(14)
    draw.text((6, 5), f"iteration {frame.step:,}", INK, font)
    right = size - 6
    marks = (("generated", FAKE, triangle), ("real", REAL, dot))
    for text, color, mark in marks[: 1 if frame["fake"].ndim > 2 else None]:
        right -= draw.textlength(text, font)
        draw.text((right, 5), text, color, font)
        mark(draw, right - 9, STRIP / 2, 4)
        right -= 26
    return picture
