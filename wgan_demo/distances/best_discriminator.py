"""The best discriminator of P and Q, and the value that it reaches: Goodfellow et al. 2014, proposition 1, theorem 1.

Everything runs through the logit ln(D / (1 - D)), which is a difference of log densities: nothing underflows where D
itself is 0 or 1 to all digits of a float.
"""

from collections.abc import Callable

import numpy as np

from wgan_demo.distances.one_dim import NODES, WEIGHTS, divergence_curves
from wgan_demo.measures import Distribution


def best_logit(p: Distribution, q: Distribution, x: np.ndarray) -> np.ndarray:
    """The logit (k,) at x (k,) of D* = p / (p + q), which is ln p - ln q. Goodfellow et al. 2014, proposition 1."""
    return p.log_density(x) - q.log_density(x)


def best_value(p: Distribution, q: Distribution) -> float:
    """The value of D*, -ln 4 + 2 JS(P, Q), in nats: at most 0. Goodfellow et al. 2014, theorem 1."""
    return float(2 * divergence_curves(p, q, [0.0])["js"][0] - np.log(4))


def value(logit: Callable[[np.ndarray], np.ndarray], p: Distribution, q: Distribution) -> float:
    """E_P ln D + E_Q ln(1 - D) in nats of any discriminator, given as the logit at places (k,) -> (k,).

    Goodfellow et al. 2014, equation 1. A logit that is not the best one gives less.
    """
    x, of_p, of_q = masses(p, q)
    score = logit(x)
    return float(-(of_p @ np.logaddexp(0, -score) + of_q @ np.logaddexp(0, score)))


def masses(p: Distribution, q: Distribution) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rising places (k,) that cover both, and the mass of p and of q at each (k,): what a mean over P or Q sums over.

    Gauss-Legendre on the panels of both, on which their densities are smooth: right to 1e-12.
    """
    edges = np.union1d(p.edges(), q.edges())
    half = np.diff(edges)[:, None] / 2
    x, width = (edges[:-1, None] + half + half * NODES).ravel(), (half * WEIGHTS).ravel()
    return x, *(np.exp(side.log_density(x)) * width for side in (p, q))
