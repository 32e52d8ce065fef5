"""What P and Q may be on the line: families, each brought to a given mean and standard deviation. Needs no torch."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from wgan_demo.measures import Distribution, Gaussian, Laplace, Mixture, Uniform

APART = 0.9  # of the standard deviation: how far both bells of the mixture stand from its mean
CELLS = 2**16  # of the table that a CDF is inverted on


class Family(NamedTuple):
    """What it is called, and the member of this mean and standard deviation."""

    label: str
    of: Callable[[float, float], Distribution]


def _uniform(mean: float, std: float) -> Uniform:
    return Uniform(mean - np.sqrt(3) * std, mean + np.sqrt(3) * std)


def _laplace(mean: float, std: float) -> Laplace:
    return Laplace(mean, std / np.sqrt(2))


def _two_gaussians(mean: float, std: float) -> Mixture:
    """Its variance is that of the places, (APART std)^2, and that of each bell."""
    inner = std * np.sqrt(1 - APART**2)
    return Mixture(tuple(Gaussian(mean + side * APART * std, inner) for side in (-1, 1)), (0.5, 0.5))


FAMILIES = {
    "gaussian": Family("Gaussian", Gaussian),
    "uniform": Family("Uniform", _uniform),
    "laplace": Family("Laplace", _laplace),
    "mixture": Family("Mixture of two Gaussians", _two_gaussians),
}


def quantile(side: Distribution) -> Callable[[np.ndarray], np.ndarray]:
    """F^-1 of a side with a density, for shares u (k,) in (0, 1): places (k,), right to 1e-6 of its width."""
    x = np.linspace(*side.edges()[[0, -1]], CELLS + 1)
    cdf = side.cdf(x)
    return lambda u: np.interp(u, cdf, x)
