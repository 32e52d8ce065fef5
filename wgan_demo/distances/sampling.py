"""Empirical W1 between two samples of the same distribution: the noise floor, and its law c / sqrt(n)."""

import numpy as np

from wgan_demo.distances.one_dim import cdf_steps, quantile
from wgan_demo.measures import DiscreteMeasure


def two_samples(measure: DiscreteMeasure, n: int, seed: int, *, draws: int = 1) -> np.ndarray:
    """Two samples of n points of a measure on the line, each sorted, `draws` times: (draws, 2, n), in units of x.

    Inverse transform: the quantiles of uniform random shares. Sorting the shares sorts the sample.
    """
    shares = np.random.default_rng([seed, n]).random((draws, 2, n))
    return quantile(measure, np.sort(shares, axis=-1))


def noise_floor(measure: DiscreteMeasure, n: int, seed: int, *, draws: int) -> np.ndarray:
    """W1, in units of x, between two samples of n points of the same measure, `draws` times: (draws,).

    Between samples of equal size the best plan pairs the sorted points.
    """
    samples = two_samples(measure, n, seed, draws=draws)
    return np.abs(samples[:, 0] - samples[:, 1]).mean(axis=-1)


def floor_constant(measure: DiscreteMeasure) -> float:
    """c, in units of x, such that E W1 between two samples of n points tends to c / sqrt(n).

    sqrt(n) (F_n - G_n) tends to sqrt(2) B(F), B a Brownian bridge, and E|B(t)| = sqrt(2 t (1 - t) / pi). So c is
    2 / sqrt(pi) times the integral of sqrt(F (1 - F)). del Barrio, Gine & Matran 1999; Bobkov & Ledoux 2019, 3.2.
    """
    x, cdf = cdf_steps(measure)
    return float(2 / np.sqrt(np.pi) * (np.sqrt(cdf * (1 - cdf))[:-1] @ np.diff(x)))
