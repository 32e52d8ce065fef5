"""Points in the plane: the critic is a surface over the square."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wgan_demo.datasets import Space
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.spaces import points
from wgan_demo.gan.spaces.floors import noise_floor
from wgan_demo.gan.spaces.view import Blocks, Score, View

if TYPE_CHECKING:
    from wgan_demo.gan.runs.recording import Recording

SIDE = 40  # values of the critic along each side of the square
FLOOR_PAIRS = 32  # a second at most
REAL_QUALITY = 1 - math.exp(-4.5)  # share of a round Gaussian within 3 deviations


def surface(score: Score, space: Space, k: int = SIDE) -> np.ndarray:
    """f on an even grid over the square (k, k) float32, row i at x2 = -extent + 2 extent i / (k - 1)."""
    side = np.linspace(-space.extent, space.extent, k, dtype=np.float32)
    x1, x2 = np.meshgrid(side, side)
    return score(np.stack([x1.ravel(), x2.ravel()], 1)).reshape(k, k)


def header(recording: Recording, frames: Sequence[Frame]) -> dict:
    """What the renderer of the plane has to know."""
    return points.header(recording)


def pack(recording: Recording, frame: Frame) -> Blocks:
    """`points.pack` with the surface as its one field."""
    return points.pack(recording, frame, frame["surface"][None])


def words(recording: Recording, frame: Frame) -> str:
    """The picture in words."""
    return f"{points.words(recording, frame)}, above the {OBJECTIVES[recording.config.loss].judge}'s value surface."


def caption(recording: Recording) -> str:
    """The picture explains itself."""
    return ""


VIEW = View(
    columns=points.COLUMNS,
    distance="EMD",
    evaluate=partial(points.evaluate, grid=surface),
    real=points.real_points,
    floor=partial(noise_floor, pairs=FLOOR_PAIRS),
    shapes=partial(points.shapes, surface=("k", "k")),
    grid=surface,
    header=header,
    fixed=points.fixed,
    pack=pack,
    words=words,
    caption=caption,
    readings=partial(points.readings, real_quality=REAL_QUALITY),
)
