"""A grid of pictures in one PNG, read so that a bad file ends in one clear sentence.

How large it says it is is looked at before a single pixel is decoded: a small PNG can hold a picture of gigabytes.
"""

import io
import struct
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets.spaces import SIDE

MAX_BYTES = 2 * 2**20
MAX_PIXELS = 4_000_000
FEWEST, MOST = 20, 500  # pictures to train on
FAINT = 0.15  # of the strongest ink: a square with nothing stronger is blank
SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Grid(NamedTuple):
    """Pictures (n, SIDE * SIDE), paper -1 and the strongest ink 1, and sentences about what was left out."""

    pictures: np.ndarray
    notes: tuple[str, ...]


def read_grid(content: bytes, across: int) -> Grid:
    """The squares of a PNG, so many `across` and as many down as there are, row by row.

    Its commonest grey is the paper, and what is farthest from it the ink: dark on light or light on dark. What is
    transparent is white; colours become greys. Blank squares are left out. Each square is averaged down to SIDE x SIDE.
    Raises ValueError with one sentence that says what is wrong and what to do.
    """
    width, height = size(content)
    side, rest = divmod(width, across)
    if rest or side < SIDE or height % side:
        raise ValueError(
            f"This picture of {width:,} × {height:,} pixels cannot be cut into squares, {across} across and at least "
            f"{SIDE} pixels wide: say how many there are across, and leave no border around them."
        )
    down = height // side
    if across * down > MOST:
        raise ValueError(f"These are {across * down:,} squares, and at most {MOST} are taken: upload fewer.")
    greys = _decoded(content)
    values, counts = np.unique((greys * 255).round(), return_counts=True)
    paper = float(values[counts.argmax()] / 255)
    far = float(greys.min() if paper - greys.min() > greys.max() - paper else greys.max())
    if far == paper:
        raise ValueError("This picture is of one grey all over: there is nothing on it.")
    ink = np.clip((greys - paper) / (far - paper), 0, 1)
    squares = _shrunk(ink, across, down).reshape(down, SIDE, across, SIDE).swapaxes(1, 2).reshape(-1, SIDE * SIDE)
    drawn = squares[squares.max(axis=1) > FAINT]
    blank = len(squares) - len(drawn)
    if len(drawn) < FEWEST:
        raise ValueError(
            f"There are {len(drawn)} pictures on it{f' and {blank} blank squares' if blank else ''}, and at least "
            f"{FEWEST} are needed: upload more of them."
        )
    return Grid(2 * drawn - 1, (f"{blank} blank squares are left out.",) if blank else ())


def size(content: bytes) -> tuple[int, int]:
    """Width and height that a PNG says it has, by its first chunk alone. Raises ValueError where that is too much."""
    if len(content) > MAX_BYTES:
        raise ValueError(
            f"This file has {len(content) / 2**20:.1f} MB and the limit is {MAX_BYTES // 2**20} MB: make it smaller."
        )
    if content[:8] != SIGNATURE or content[8:16] != b"\0\0\0\rIHDR" or len(content) < 33:
        raise ValueError("This is no PNG: save the grid as one.")
    width, height = struct.unpack(">II", content[16:24])
    if not 1 <= width * height <= MAX_PIXELS:
        raise ValueError(
            f"This PNG says that it has {width:,} × {height:,} pixels, and the limit is {MAX_PIXELS:,} in all: make it "
            f"smaller; {SIDE} × {SIDE} for each picture are enough."
        )
    return width, height


def _decoded(content: bytes) -> np.ndarray:
    """Greys (height, width) from 0 to 1."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content), formats=["PNG"])
        image.load()
        if image.mode.startswith("I"):  # 16 bits of grey
            return np.asarray(image, float) / (2**16 - 1)
        image = image.convert("RGBA")
        return (
            np.asarray(Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L"), float) / 255
        )
    except Exception as error:  # Pillow has many for a broken file
        raise ValueError("This PNG is damaged or cut off: save it once more.") from error


def _shrunk(ink: np.ndarray, across: int, down: int) -> np.ndarray:
    """Means over what each pixel of the small pictures covers."""
    from PIL import Image

    image = Image.fromarray(ink.astype(np.float32))
    return np.asarray(image.resize((across * SIDE, down * SIDE), Image.Resampling.BOX), float).clip(0, 1)
