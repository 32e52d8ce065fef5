"""Which real sample is nearest to a generated one, and whether that is a copy of it."""

from typing import NamedTuple

import numpy as np

COPY = 1 / 3  # of the distance to the second nearest


class Nearest(NamedTuple):
    """Of n samples: the index of the nearest real one, how far that is, and whether the sample is a copy of it."""

    index: np.ndarray
    distance: np.ndarray
    copied: np.ndarray


def nearest(x: np.ndarray, real: np.ndarray) -> np.ndarray:
    """Which of real (m, d) is nearest to each of x (n, d), by the Euclidean distance: (n,)."""
    return squares(x, real).argmin(axis=1)


def squares(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Squared Euclidean distances between x (n, d) and y (m, d): (n, m)."""
    return np.clip((x**2).sum(1)[:, None] - 2 * x @ y.T + (y**2).sum(1), 0, None)  # rounding may leave less than 0


def copied(x: np.ndarray, real: np.ndarray) -> Nearest:
    """The nearest of real (m, d) to each of x (n, d), m >= 2, of which no two are the same.

    A copy lies within COPY of its distance to any other: Yoon, Choi, Kwon & Ryu 2023, "Diffusion probabilistic models
    generalize when they fail to memorize".
    """
    distances = np.sqrt(squares(x, real))
    order = np.argsort(distances, axis=1, kind="stable")[:, :2]
    closest, second = np.take_along_axis(distances, order, 1).T
    return Nearest(order[:, 0], closest, closest < COPY * second)


def to_others(real: np.ndarray) -> np.ndarray:
    """How far each of real (m, d) is from the nearest other one: (m,)."""
    found = squares(real, real)
    np.fill_diagonal(found, np.inf)
    return np.sqrt(found.min(axis=1))
