"""How finite numbers are made of an infinite KL, and infinite ones of a finite KL: what code in the wild does.

Everything here is a mistake that is worth seeing; divergences.kl, which works with log densities, is the remedy.
"""

import numpy as np

from wgan_demo.measures import Distribution, Samples

MAX_BINS = 4_000  # a picture has no more places, and the masses at 176 shifts are held at once


def common_edges(p: Distribution, q: Distribution, low: float, high: float, *, bins: int = 400) -> np.ndarray:
    """Edges of about `bins` equal bins from low to high, or of bins as wide as a sample's histogram has them.

    A sample whose bins are so narrow that MAX_BINS would not reach from low to high is seen in wider ones.
    They are anchored at 0, as the histograms of samples are, whose bins then are bins of this grid.
    """
    widths = [side.bin_width for side in (p, q) if isinstance(side, Samples)]
    width = max(min(widths, default=(high - low) / bins), (high - low) / MAX_BINS)
    return width * np.arange(np.floor(low / width + 1e-9), np.ceil(high / width - 1e-9) + 1)


def bin_masses(distribution: Distribution, edges: np.ndarray) -> np.ndarray:
    """The mass in each bin of edges (..., k + 1): (..., k), which sums to 1, as the outer bins take what lies beyond.

    A sample counts as its histogram, as for all divergences here.
    """
    if isinstance(distribution, Samples):
        own, shares = distribution.histogram()
        cdf = np.interp(edges, own, np.concatenate([[0.0], np.cumsum(shares)]))
    else:
        cdf = distribution.cdf(edges)
    cdf = np.array(cdf)
    cdf[..., 0], cdf[..., -1] = 0, 1
    return np.clip(np.diff(cdf), 0, None)


def smoothed_kl(p: np.ndarray, q: np.ndarray, epsilon: float) -> np.ndarray:
    """KL in nats after `p + epsilon` and `q + epsilon` in every bin, renormalised; p, q (..., k). Always finite.

    Where p and q do not meet it is about ln(1 / epsilon) less the entropy of p's bins: it says what was added.
    """
    p, q = ((masses + epsilon) / (masses + epsilon).sum(axis=-1, keepdims=True) for masses in (p, q))
    return (p * np.log(p / q)).sum(axis=-1)


def entropy(p: np.ndarray) -> float:
    """-sum p ln p of the masses of bins (k,), in nats."""
    return float(-(p * np.log(np.where(p > 0, p, 1))).sum())


def naive_kl(p: Distribution, q: Distribution, *, points: int = 4096) -> tuple[float, float]:
    """KL from densities in plain floats, in nats, and the share of the points at which q > 0 has underflowed to 0.

    sum of p log(p / q) over a grid on the tails of both: infinite as soon as p / q overflows or q is 0 somewhere under
    p, however large log q still is. A float ends at 5e-324 = exp(-744.4): between N(0, s^2) and N(theta, s^2) that is
    theta > 28.6 s.
    """
    ends = np.concatenate([p.edges()[[0, -1]], q.edges()[[0, -1]]])
    x = np.linspace(ends.min(), ends.max(), points)
    density_p, density_q = np.exp(p.log_density(x)), np.exp(q.log_density(x))
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        terms = np.where(density_p > 0, density_p * np.log(density_p / density_q), 0)
    lost = (density_q == 0) & (q.log_density(x) > -np.inf)
    return float(np.trapezoid(terms, x)), float(lost.mean())
