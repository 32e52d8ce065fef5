"""Little pictures that a hand draws (static/pad.js), and their text in a link."""

import base64
import zlib

import numpy as np

from wgan_demo.datasets.examples import LEVELS
from wgan_demo.datasets.spaces import SIDE
from wgan_demo.ui.components import assets
from wgan_demo.ui.components.square import square

MOST = 60  # pictures
PIXELS = SIDE * SIDE
LETTERS = "".join(chr(ord("A") + level) for level in range(LEVELS + 1))  # of a pixel, from paper to ink
DAMAGED = "The pictures in the link are damaged: draw them anew."

_pad = assets.component("pad")


def pad(key: str, start: np.ndarray, *, color: str, label: str, few: int) -> np.ndarray:
    """Show a pad for one picture after the other, and return all of them (n, PIXELS), 0 for paper to LEVELS for ink.

    `start` (n, PIXELS) stands there until the hand draws or other pictures are passed. At least `few` are asked for,
    and there are at most MOST of them.
    """
    data = {"color": color, "label": label, "few": few, "most": MOST}
    return parse_letters(square(_pad, key, letters(start), parse_letters, **data))


def letters(pictures: np.ndarray) -> str:
    """Pictures (n, PIXELS) as the pad knows them, a letter for each pixel."""
    return "".join(LETTERS[level] for level in np.asarray(pictures, int).ravel())


def parse_letters(text: str) -> np.ndarray:
    """The pictures (n, PIXELS) that `letters` wrote. Raises ValueError, in one sentence, for any other text."""
    if len(text) % PIXELS or not set(text) <= set(LETTERS):
        raise ValueError(DAMAGED)
    if len(text) > MOST * PIXELS:
        raise ValueError(f"There are more than {MOST} pictures in the link: draw them anew.")
    return np.array([LETTERS.index(letter) for letter in text], int).reshape(-1, PIXELS)


def pictures_text(pictures: np.ndarray) -> str:
    """Pictures (n, PIXELS) as they stand in a link, packed."""
    return base64.urlsafe_b64encode(zlib.compress(letters(pictures).encode(), 9)).decode().rstrip("=")


def parse_pictures(text: str) -> np.ndarray:
    """The pictures (n, PIXELS) that `pictures_text` wrote. Raises ValueError, in one sentence, for any other text."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
        unpack = zlib.decompressobj()
        content = unpack.decompress(packed, MOST * PIXELS + 1).decode("ascii")  # a small text can hold gigabytes
        if not unpack.eof:
            raise ValueError(DAMAGED)
    except (zlib.error, ValueError) as error:
        raise ValueError(DAMAGED) from error
    return parse_letters(content)
