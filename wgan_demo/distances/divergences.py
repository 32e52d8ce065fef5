"""Divergences in nats, from log densities: in log space no finite value is lost to underflow.

None falls below 0, and JS and TV stay at most ln 2 and 1, where rounding and quadrature would end just beyond.
Every function takes log p, log q and the weights mu of the measure both are densities of: quadrature weights for
densities on the line, ones for probabilities of atoms. All shapes broadcast; the sum runs over the last axis.
"""

import numpy as np

LN2 = float(np.log(2))


def kl(log_p: np.ndarray, log_q: np.ndarray, mu: np.ndarray | float = 1.0) -> np.ndarray:
    """KL(P | Q) = sum p (log p - log q) mu, in nats; infinite where P has mass and Q none. Kullback & Leibler 1951."""
    log_p, log_q = np.broadcast_arrays(log_p, log_q)
    carries = log_p > -np.inf
    missing = carries & (log_q == -np.inf) & (np.asarray(mu) > 0)
    both = carries & (log_q > -np.inf)
    ratio = np.where(both, log_p, 0) - np.where(both, log_q, 0)
    return np.maximum(np.where(missing, np.inf, np.exp(log_p) * ratio * mu).sum(axis=-1), 0)


def js(log_p: np.ndarray, log_q: np.ndarray, mu: np.ndarray | float = 1.0) -> np.ndarray:
    """JS = KL(P | M) / 2 + KL(Q | M) / 2 with M = (P + Q) / 2, in nats, at most ln 2. Lin 1991, eq. 4.1."""
    log_m = np.logaddexp(log_p, log_q) - LN2
    return np.minimum((kl(log_p, log_m, mu) + kl(log_q, log_m, mu)) / 2, LN2)


def tv(log_p: np.ndarray, log_q: np.ndarray, mu: np.ndarray | float = 1.0) -> np.ndarray:
    """Total variation, half the integral of |p - q|: a share between 0 and 1, without unit."""
    return np.minimum((np.abs(np.exp(log_p) - np.exp(log_q)) * mu).sum(axis=-1) / 2, 1)
