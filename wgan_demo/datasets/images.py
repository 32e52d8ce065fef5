"""Pictures of handwritten digits, black -1 to white 1. They are read when the first one is drawn."""

from functools import cache

import numpy as np

from wgan_demo.datasets import mnist
from wgan_demo.datasets.spaces import SIDE, images
from wgan_demo.datasets.toy import Dataset

CLASSES = 10  # digits


@cache
def digits() -> tuple[np.ndarray, np.ndarray]:
    """scikit-learn's 1,797 digits of 8 x 8 pixels in 17 greys (n, 1, 8, 8) float32, and which digit each is (n,)."""
    from sklearn.datasets import load_digits

    found = load_digits()
    return (found.images[:, None] / 8 - 1).astype(np.float32), found.target


def sample_digits(n: int, rng: np.random.Generator) -> np.ndarray:
    """n of them, drawn with replacement."""
    pictures, _ = digits()
    return pictures[rng.integers(len(pictures), size=n)]


def from_pictures(label: str, rows: np.ndarray, axes: tuple[str, ...]) -> Dataset:
    """Pictures of one's own as a distribution: SIDE * SIDE values a row (n, d), from black -1 to white 1, as they are.

    They are drawn with replacement. Raises ValueError when there are fewer than 2 or all are the same, and for values
    that are no such ones.
    """
    rows = np.asarray(rows, float)
    if rows.ndim != 2 or rows.shape[1] != SIDE * SIDE or rows.shape[1] != len(axes) or len(rows) < 2:
        raise ValueError(f"Training on pictures needs at least two of {SIDE} × {SIDE} pixels.")
    if not (np.abs(rows) <= 1).all():  # also catches NaN
        raise ValueError("A pixel of a picture does not lie between −1, black, and 1, white.")
    if (rows == rows[0]).all():
        raise ValueError("All pictures are the same: there is nothing to learn in them.")
    pictures = rows.reshape(-1, 1, SIDE, SIDE).astype(np.float32)
    return Dataset(
        "",
        label,
        lambda n, rng: pictures[rng.integers(len(pictures), size=n)],
        images(SIDE),
        axes=axes,
        unit="pixel units",
        table=rows,
    )


def pixels(side: int) -> tuple[str, ...]:
    """What the coordinates of a square picture are called, row by row."""
    return tuple(f"row {i + 1} column {j + 1}" for i in range(side) for j in range(side))


def mnist14() -> tuple[np.ndarray, np.ndarray]:
    """The shipped 10,000 digits of MNIST, halved (n, 1, 14, 14) float32, and which digit each is (n,)."""
    pictures, labels = mnist.load_small()
    return mnist.scaled(pictures), labels


# By the names of DATASETS: all pictures that are at hand without files of one's own, and which digit each is.
LABELLED = {"digits": digits, "mnist14": mnist14}
