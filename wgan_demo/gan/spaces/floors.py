"""How far apart two samples of the same points are: 0 is out of reach."""

import json
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from wgan_demo.datasets import Dataset
from wgan_demo.distances import wasserstein
from wgan_demo.gan.spaces.compared import SAMPLES
from wgan_demo.measures import DiscreteMeasure

FILE = Path(__file__).parents[2] / "recordings/floors.json"


def emd(x: np.ndarray, y: np.ndarray) -> float:
    """Exact earth mover's distance between two samples (n, *shape) and (m, *shape), in units of x."""
    return wasserstein(*(DiscreteMeasure.uniform(z.reshape(len(z), -1)) for z in (x, y)), 1)


def noise_floor(dataset: Dataset, pairs: int) -> tuple[float, float]:
    """Mean and standard deviation of the EMD between two independent real samples of SAMPLES points.

    Those of DATASETS are as `measured_floor` found them once, from many pairs; of other data so many `pairs` are drawn.
    """
    return shipped_floors().get(dataset.name) or measured_floor(dataset, pairs)


@lru_cache(maxsize=8)
def measured_floor(dataset: Dataset, pairs: int, n: int = SAMPLES, seed: int = 0) -> tuple[float, float]:
    """Mean and standard deviation of the EMD between two independent real samples of n points, from so many pairs."""
    rng = np.random.default_rng(seed)
    values = [emd(dataset.sample(n, rng), dataset.sample(n, rng)) for _ in range(pairs)]
    return float(np.mean(values)), float(np.std(values, ddof=1))


@cache
def shipped_floors() -> dict[str, tuple[float, float]]:
    """Mean and standard deviation by the names of DATASETS, in the units of each."""
    return {name: tuple(floor) for name, floor in json.loads(FILE.read_text()).items()}
