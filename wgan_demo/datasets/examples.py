"""Little pictures to begin with where nobody has drawn any: rings, crosses, hearts and houses, each by its own hand."""

from functools import cache

import numpy as np

from wgan_demo.datasets.spaces import SIDE

FINE = 4  # parts of a pixel's side: so many squared, and a pixel is full of ink
LEVELS = FINE * FINE
EACH = 5


@cache
def examples() -> np.ndarray:
    """EACH of the four shapes (4 EACH, SIDE * SIDE), whole numbers from 0, paper, to LEVELS, ink.

    Where, how large and how thick each is drawn at random (seed 0), on a fine grid whose inked parts are counted: as
    scikit-learn's digits were made.
    """
    rng, t = np.random.default_rng(0), np.linspace(0, 1, 200)
    turn = 2 * np.pi * t
    wall = np.interp(t, *zip((0, -0.8), (0.2, -0.8), (0.4, -1), (0.5, 0), (0.6, 1), (0.8, 0.8), (1, 0.8), strict=True))
    roof = np.interp(t, *zip((0, 1), (0.2, 0), (0.4, 0), (0.5, -1), (0.6, 0), (0.8, 0), (1, 1), strict=True))
    flat = np.linspace(-1, 1, 200)
    lobes = 13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)
    shapes = (
        np.stack([np.cos(turn), np.sin(turn)], 1),
        np.concatenate([np.stack([flat, flat], 1), np.stack([flat, -flat], 1)]),
        np.stack([np.sin(turn) ** 3, -(lobes + 2) / 15], 1),
        np.concatenate([np.stack([wall, roof], 1), np.stack([0.8 * flat, np.ones(200)], 1)]),
    )
    middle, side = SIDE * FINE / 2, np.arange(SIDE * FINE) + 0.5
    grid = np.stack(np.meshgrid(side, side), -1)
    found = []
    for shape in shapes * EACH:
        size, shift = rng.uniform(9.5, 12, 2), rng.uniform(-1, 1, 2)
        angle, pen = rng.uniform(-0.15, 0.15), rng.uniform(1.6, 2.2)
        turned = shape @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        points = turned * size + middle + shift
        inked = (((grid[:, :, None] - points) ** 2).sum(-1) < pen**2).any(-1)
        found.append(inked.reshape(SIDE, FINE, SIDE, FINE).sum((1, 3)).ravel())
    return np.array(found)
