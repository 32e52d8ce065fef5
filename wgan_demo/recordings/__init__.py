"""Finished runs shipped with the program, so that a page shows something before anything trains.

Made by `python -m wgan_demo.gan.record`: one file per data set, with its settings, seed and version inside.
"""

from functools import cache
from pathlib import Path

from wgan_demo.gan.recording import Recording

FOLDER = Path(__file__).parent


@cache
def load(dataset: str) -> Recording:
    """The shipped run of a toy data set under its name in DATASETS. Raises ValueError when there is none."""
    return Recording.load(FOLDER / f"{dataset}.npz")
