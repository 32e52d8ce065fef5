"""What the best judges say of P and Q on the line: the aims that trained ones are held against."""

import numpy as np

from wgan_demo.distances.best_discriminator import best_logit, masses
from wgan_demo.gan.standstill import pulls
from wgan_demo.measures import Distribution, Gaussian


def best_logit_slope(p: Gaussian, q: Gaussian, x: np.ndarray) -> np.ndarray:
    """The slope (k,) of ln p - ln q at x (k,): between equal widths -theta / sigma^2 everywhere."""
    return (x - q.mean) / q.std**2 - (x - p.mean) / p.std**2


def best_critic_slope(p: Distribution, q: Distribution, x: np.ndarray) -> np.ndarray:
    """The slope (k,) of an optimal critic at x (k,): sign(F_Q - F_P), of Gaussians from standard scores, which no tail
    rounds to 0.

    Where F_Q = F_P any slope from -1 to 1 would do; 0 is taken.
    """
    if not (isinstance(p, Gaussian) and isinstance(q, Gaussian)):
        return np.sign(q.cdf(x) - p.cdf(x))
    return np.sign((x - q.mean) / q.std - (x - p.mean) / p.std)


def best_critic(p: Distribution, q: Distribution, x: np.ndarray) -> np.ndarray:
    """An optimal critic (k,) on a rising grid x (k,), 0 at its left end."""
    between = (x[1:] + x[:-1]) / 2
    return np.concatenate([[0.0], np.cumsum(best_critic_slope(p, q, between) * np.diff(x))])


def best_pulls(p: Gaussian, q: Gaussian, x: np.ndarray) -> dict[str, np.ndarray]:
    """The pulls (k,) of the best discriminator and the best critic at x (k,), by the loss."""
    return pulls.of_all(best_logit(p, q, x), best_logit_slope(p, q, x), best_critic_slope(p, q, x))


def mean_pulls(p: Gaussian, q: Gaussian) -> dict[str, float]:
    """Their mean sizes over Q, by the loss."""
    x, _, of_q = masses(p, q)
    return {loss: float(of_q @ np.abs(pull)) for loss, pull in best_pulls(p, q, x).items()}


def blurred(side: Gaussian, sigma: float) -> Gaussian:
    """The distribution of its points with noise N(0, sigma^2) added: variances add up."""
    return Gaussian(side.mean, float(np.hypot(side.std, sigma)))


def blur(side: Gaussian, sigma: float) -> float:
    """W1 between it and its `blurred` self, in units of x: (s' - s) E|Z|, as every quantile moves away from the mean by
    the same factor. That is how far off a generator is that has learnt the blurred one.
    """
    return float((blurred(side, sigma).std - side.std) * np.sqrt(2 / np.pi))


def penalised_loss(slope: np.ndarray, distance: float, gp_weight: float, *, two_sided: bool) -> np.ndarray:
    """The critic's loss for f(x) = slope * x (k,) between P at 0 and Q at `distance`: minus the score gap, and lambda
    times the penalty. Gulrajani et al. 2017, equation 3; one-sided: Petzka et al. 2018.
    """
    beyond = np.abs(slope) - 1
    return distance * slope + gp_weight * (beyond if two_sided else np.maximum(beyond, 0)) ** 2


def trap(distance: float, gp_weight: float) -> float | None:
    """The slope the wrong way at which the two-sided loss has a minimum of its own; None where it has none.

    For slopes above 0 its derivative is distance + 2 lambda (slope - 1), which is 0 at 1 - distance / (2 lambda).
    """
    slope = 1 - distance / (2 * gp_weight)
    return slope if slope > 0 else None
