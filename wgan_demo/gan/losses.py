"""What critic and generator minimise, from scores alone: LOSSES. To add one is five short functions and one entry, and
its words under the same name in objectives.OBJECTIVES.

Scores are the critic's raw outputs, without a sigmoid; where a loss needs a probability, D = sigmoid(score).
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import softplus


@dataclass(frozen=True)
class Loss:
    """critic(real_scores (n,), fake_scores (n,)) and generator(fake_scores (n,)) return scalars to minimise.

    `real_slope`, `fake_slope` and `generator_slope` (n,) -> (n,) are n times the derivatives of these scalars by each
    score: what the hand-derived backward pass (fast.py) starts from.
    """

    critic: Callable[[Tensor, Tensor], Tensor]
    generator: Callable[[Tensor], Tensor]
    real_slope: Callable[[Tensor], Tensor]
    fake_slope: Callable[[Tensor], Tensor]
    generator_slope: Callable[[Tensor], Tensor]


def wasserstein_critic(real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """E f(G(z)) - E f(x), the negative score gap: Arjovsky et al. 2017, eq. 3, as a minimum."""
    return fake_scores.mean() - real_scores.mean()


def wasserstein_generator(fake_scores: Tensor) -> Tensor:
    """-E f(G(z)): the generator climbs the critic."""
    return -fake_scores.mean()


def cross_entropy_critic(real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """-E ln D(x) - E ln(1 - D(G(z))), D = sigmoid(score): Goodfellow et al. 2014, eq. 1, as a minimum."""
    return softplus(-real_scores).mean() + softplus(fake_scores).mean()


def saturating_generator(fake_scores: Tensor) -> Tensor:
    """E ln(1 - D(G(z))): flat where the discriminator is sure. Goodfellow et al. 2014, eq. 1."""
    return -softplus(fake_scores).mean()


def non_saturating_generator(fake_scores: Tensor) -> Tensor:
    """-E ln D(G(z)): steep where the discriminator is sure. Goodfellow et al. 2014, section 3."""
    return softplus(-fake_scores).mean()


def least_squares_critic(real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """E (s(x) - 1)^2 / 2 + E s(G(z))^2 / 2: Mao et al. 2017, eq. 9."""
    return (real_scores - 1).square().mean() / 2 + fake_scores.square().mean() / 2


def least_squares_generator(fake_scores: Tensor) -> Tensor:
    """E (s(G(z)) - 1)^2 / 2: Mao et al. 2017, eq. 9."""
    return (fake_scores - 1).square().mean() / 2


def hinge_critic(real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """E max(0, 1 - s(x)) + E max(0, 1 + s(G(z))): Lim & Ye 2017; Miyato et al. 2018, eq. 16."""
    return (1 - real_scores).clamp(min=0).mean() + (1 + fake_scores).clamp(min=0).mean()


LOSSES: dict[str, Loss] = {
    "wasserstein": Loss(
        wasserstein_critic,
        wasserstein_generator,
        lambda real: -torch.ones_like(real),
        torch.ones_like,
        lambda fake: -torch.ones_like(fake),
    ),
    "non_saturating": Loss(
        cross_entropy_critic,
        non_saturating_generator,
        lambda real: -torch.sigmoid(-real),
        torch.sigmoid,
        lambda fake: -torch.sigmoid(-fake),
    ),
    "saturating": Loss(
        cross_entropy_critic,
        saturating_generator,
        lambda real: -torch.sigmoid(-real),
        torch.sigmoid,
        lambda fake: -torch.sigmoid(fake),
    ),
    "least_squares": Loss(
        least_squares_critic,
        least_squares_generator,
        lambda real: real - 1,
        lambda fake: fake,
        lambda fake: fake - 1,
    ),
    "hinge": Loss(
        hinge_critic,
        wasserstein_generator,
        lambda real: -(real < 1).to(real.dtype),
        lambda fake: (fake > -1).to(fake.dtype),
        lambda fake: -torch.ones_like(fake),
    ),
}
