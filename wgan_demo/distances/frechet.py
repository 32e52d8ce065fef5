"""The Fréchet distance: W2 squared between the Gaussians that have the means and covariances of two samples.

Dowson & Landau 1982; of features of pictures it is the FID of Heusel et al. 2017, eq. 6.
"""

import numpy as np


def frechet(x: np.ndarray, y: np.ndarray) -> float:
    """|m - m'|^2 + tr(C + C' - 2 (C C')^(1/2)) of samples x (n, d) and y (m, d), in squared units of their coordinates.

    Its value for two samples of the same distribution is not 0 and depends on their sizes. Raises ValueError for fewer
    than two points or unequal dimensions.
    """
    if x.ndim != 2 or y.ndim != 2 or x.shape[1] != y.shape[1] or min(len(x), len(y)) < 2:
        raise ValueError("The Fréchet distance needs two samples of two or more points with the same coordinates.")
    (m, c), (other_m, other_c) = moments(x), moments(y)
    return gaussian(m, other_m, c, other_c)


def gaussian(m: np.ndarray, other_m: np.ndarray, c: np.ndarray, other_c: np.ndarray) -> float:
    """The same of two Gaussians, by their means (d,) and covariances (d, d)."""
    # The trace of the root of C C' is that of the root of the symmetric C^(1/2) C' C^(1/2), whose eigenvalues are real.
    values, vectors = np.linalg.eigh(c)
    root = vectors * np.sqrt(np.clip(values, 0, None)) @ vectors.T
    roots = np.sqrt(np.clip(np.linalg.eigvalsh(root @ other_c @ root), 0, None))
    return float(((m - other_m) ** 2).sum() + np.trace(c) + np.trace(other_c) - 2 * roots.sum())


def moments(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean (d,) and covariance (d, d) of a sample x (n, d)."""
    x = np.asarray(x, float)
    return x.mean(axis=0), np.atleast_2d(np.cov(x.T))
