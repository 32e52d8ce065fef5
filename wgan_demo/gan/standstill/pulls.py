"""What a discriminator or a critic sends to a generated point: how each loss of the generator would move it.

A pull is minus the derivative of a point's loss by its place x: a step of gradient descent goes that way.
"""

import numpy as np
from scipy.special import expit


def saturating(logit: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Of ln(1 - D(x)) at logits (k,) with slopes (k,): D(x) times that slope, (k,). Goodfellow et al. 2014, eq. 1.

    From the logit, because 1 - D is 1 to all digits of a float long before the pull is 0.
    """
    return expit(logit) * slope


def non_saturating(logit: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Of -ln D(x) at logits (k,) with slopes (k,): (1 - D(x)) times the logit's slope, (k,). Goodfellow et al. 2014,
    section 3.
    """
    return expit(-logit) * slope


def wasserstein(slope: np.ndarray) -> np.ndarray:
    """Of -f(x): the critic's own slope (k,). Arjovsky et al. 2017, theorem 3."""
    return slope


LOSSES = ("saturating", "non_saturating", "wasserstein")


def of_all(logit: np.ndarray, slope: np.ndarray, critic_slope: np.ndarray) -> dict[str, np.ndarray]:
    """The pulls (k,) of all LOSSES at points where logit, its slope and the critic's slope are these (k,)."""
    logit, slope, critic_slope = (np.asarray(values, float) for values in (logit, slope, critic_slope))
    return dict(
        zip(
            LOSSES,
            (saturating(logit, slope), non_saturating(logit, slope), wasserstein(critic_slope)),
            strict=True,
        )
    )
