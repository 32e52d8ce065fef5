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
    """costs(real_scores (n,), fake_scores (n,)) is what each real and each fake score costs the critic: (n,) and (n,).

    generator(fake_scores (n,)) returns the scalar that the generator minimises. `real_slope`, `fake_slope` and
    `generator_slope` (n,) -> (n,) are n times the derivatives of the critic's and the generator's scalar by each score:
    what the hand-derived backward pass of FastTrainer starts from. `probability` (n,) -> (n,) is that of being real,
    where a score stands for one.
    """

    costs: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]
    generator: Callable[[Tensor], Tensor]
    real_slope: Callable[[Tensor], Tensor]
    fake_slope: Callable[[Tensor], Tensor]
    generator_slope: Callable[[Tensor], Tensor]
    probability: Callable[[Tensor], Tensor] | None = None

    def critic(self, real_scores: Tensor, fake_scores: Tensor) -> Tensor:
        """The scalar that the critic minimises: the mean cost of the real scores and that of the fake ones."""
        real_costs, fake_costs = self.costs(real_scores, fake_scores)
        return real_costs.mean() + fake_costs.mean()


def wasserstein_costs(real_scores: Tensor, fake_scores: Tensor) -> tuple[Tensor, Tensor]:
    """-f(x) and f(G(z)); their means are the negative score gap: Arjovsky et al. 2017, eq. 3, as a minimum."""
    return -real_scores, fake_scores


def wasserstein_generator(fake_scores: Tensor) -> Tensor:
    """-E f(G(z)): the generator climbs the critic."""
    return -fake_scores.mean()


def cross_entropy_costs(real_scores: Tensor, fake_scores: Tensor) -> tuple[Tensor, Tensor]:
    """-ln D(x) and -ln(1 - D(G(z))), D = sigmoid(score): Goodfellow et al. 2014, eq. 1, as a minimum."""
    return softplus(-real_scores), softplus(fake_scores)


def saturating_generator(fake_scores: Tensor) -> Tensor:
    """E ln(1 - D(G(z))): flat where the discriminator is sure. Goodfellow et al. 2014, eq. 1."""
    return -softplus(fake_scores).mean()


def non_saturating_generator(fake_scores: Tensor) -> Tensor:
    """-E ln D(G(z)): steep where the discriminator is sure. Goodfellow et al. 2014, section 3."""
    return softplus(-fake_scores).mean()


def least_squares_costs(real_scores: Tensor, fake_scores: Tensor) -> tuple[Tensor, Tensor]:
    """(s(x) - 1)^2 / 2 and s(G(z))^2 / 2: Mao et al. 2017, eq. 9."""
    return (real_scores - 1).square() / 2, fake_scores.square() / 2


def least_squares_generator(fake_scores: Tensor) -> Tensor:
    """E (s(G(z)) - 1)^2 / 2: Mao et al. 2017, eq. 9."""
    return (fake_scores - 1).square().mean() / 2


def hinge_costs(real_scores: Tensor, fake_scores: Tensor) -> tuple[Tensor, Tensor]:
    """max(0, 1 - s(x)) and max(0, 1 + s(G(z))): Lim & Ye 2017; Miyato et al. 2018, eq. 16."""
    return (1 - real_scores).clamp(min=0), (1 + fake_scores).clamp(min=0)


LOSSES: dict[str, Loss] = {
    "wasserstein": Loss(
        wasserstein_costs,
        wasserstein_generator,
        lambda real: -torch.ones_like(real),
        torch.ones_like,
        lambda fake: -torch.ones_like(fake),
    ),
    "non_saturating": Loss(
        cross_entropy_costs,
        non_saturating_generator,
        lambda real: -torch.sigmoid(-real),
        torch.sigmoid,
        lambda fake: -torch.sigmoid(-fake),
        torch.sigmoid,
    ),
    "saturating": Loss(
        cross_entropy_costs,
        saturating_generator,
        lambda real: -torch.sigmoid(-real),
        torch.sigmoid,
        lambda fake: -torch.sigmoid(fake),
        torch.sigmoid,
    ),
    "least_squares": Loss(
        least_squares_costs,
        least_squares_generator,
        lambda real: real - 1,
        lambda fake: fake,
        lambda fake: fake - 1,
    ),
    "hinge": Loss(
        hinge_costs,
        wasserstein_generator,
        lambda real: -(real < 1).to(real.dtype),
        lambda fake: (fake > -1).to(fake.dtype),
        lambda fake: -torch.ones_like(fake),
    ),
}
