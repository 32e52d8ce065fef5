"""Pictures of handwritten digits, black -1 to white 1. They are read when the first one is drawn."""

from functools import cache

import numpy as np

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


def pixels(side: int) -> tuple[str, ...]:
    """What the coordinates of a square picture are called, row by row."""
    return tuple(f"row {i + 1} column {j + 1}" for i in range(side) for j in range(side))


LABELLED = {"digits": digits}  # by the names of DATASETS: all pictures, and which digit each is
