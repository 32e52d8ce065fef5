"""A frame of pictures: the generated ones in a square, with ink on paper."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.film.ink import STRIP, TONES

GAP = 0.06  # of a picture's place


def painter(recording: Recording, size: int) -> Callable[[Image.Image, ImageDraw.ImageDraw, Frame], None]:
    """How each frame is drawn, size pixels wide and high below the strip."""

    def paint(picture: Image.Image, draw: ImageDraw.ImageDraw, frame: Frame) -> None:
        fake = frame["fake"][:, 0]
        across = int(np.ceil(len(fake) ** 0.5))
        place = size / across
        side = round(place * (1 - GAP))
        for k, values in enumerate(fake):
            at = round(k % across * place), STRIP + round(k // across * place)
            fine = np.asarray(Image.fromarray(values).resize((side, side), Image.Resampling.BICUBIC))
            tones = (np.clip((fine + 1) / 2, 0, 1) * (TONES - 1)).round().astype(np.uint8)
            picture.paste(Image.fromarray(tones), at)

    return paint
