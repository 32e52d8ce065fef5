"""What critic and generator minimise, from scores alone: LOSSES. To add one is two functions and one entry."""

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Loss:
    """critic(real_scores (n,), fake_scores (n,)) and generator(fake_scores (n,)) return scalars to minimise."""

    label: str
    formula: str
    critic: Callable[[Tensor, Tensor], Tensor]
    generator: Callable[[Tensor], Tensor]


def wasserstein_critic(real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """E f(G(z)) - E f(x), the negative score gap: Arjovsky et al. 2017, eq. 3, as a minimum."""
    return fake_scores.mean() - real_scores.mean()


def wasserstein_generator(fake_scores: Tensor) -> Tensor:
    """-E f(G(z)): the generator climbs the critic."""
    return -fake_scores.mean()


LOSSES: dict[str, Loss] = {
    "wasserstein": Loss(
        "Wasserstein",
        r"\mathbb{E}\,f(G(z)) - \mathbb{E}\,f(x)",
        wasserstein_critic,
        wasserstein_generator,
    ),
}
