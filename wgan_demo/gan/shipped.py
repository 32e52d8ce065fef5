"""Finished runs shipped with the program, so that a page shows something before anything trains.

Made by `python -m wgan_demo.gan.runs.record`: one file per data set and preset, with its settings, seed and version
inside.
"""

import gzip
from functools import cache
from pathlib import Path

from wgan_demo.gan.runs.recording import Recording

FOLDER = Path(__file__).parents[1] / "recordings"


@cache
def load(name: str) -> Recording:
    """A shipped run: "eight_gaussians" and other names of DATASETS are the live preset's, "wgan_clipping" and other
    names of PRESETS that preset's on the 8 Gaussians. Raises ValueError when there is none.
    """
    return Recording.load(FOLDER / f"{name}.npz")


def weights(name: str) -> bytes:
    """The file of a shipped run on pictures at its end, a short one (runs/checkpoint.py).

    Raises ValueError when there is none.
    """
    path = FOLDER / f"{name}.safetensors.gz"
    if not path.exists():
        raise ValueError(f"The weights of {name!r} are not shipped.")
    return gzip.decompress(path.read_bytes())
