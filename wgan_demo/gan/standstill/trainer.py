"""A discriminator, and beside it a Wasserstein critic, learning on a generator that stands still.

The experiment of Arjovsky & Bottou 2017, figures 2 and 3, on the line, where the best discriminator is known.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from wgan_demo.distances.best_discriminator import masses, value
from wgan_demo.gan.lipschitz import REGULARIZERS, smooth_root, squared_norms
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.networks.mlp import mlp
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.families import quantile
from wgan_demo.measures import Distribution, Gaussian


class StandstillRecord(NamedTuple):
    """The numbers of one step, before its updates: critic_loss = -score_gap + lambda * gradient_penalty."""

    step: int
    discriminator_loss: float
    critic_loss: float
    gradient_penalty: float
    gradient_norm_mean: float
    score_gap: float


class StandstillTrainer:
    """Both networks, R -> R, their optimisers and their randomness. Raises ValueError for an unknown regularizer."""

    seconds = 0.0  # of one core that the steps took: kept by whoever calls `step`

    def __init__(self, config: StandstillConfig):
        penalties = [name for name, regularizer in REGULARIZERS.items() if regularizer.penalty]
        if config.regularizer not in penalties:
            raise ValueError(f"regularizer must be one of {', '.join(penalties)}, not {config.regularizer!r}.")
        self.config = config
        self.regularizer = REGULARIZERS[config.regularizer]
        self.rng = torch.Generator().manual_seed(config.seed)
        self.discriminator, self._network = (mlp((1, *config.hidden, 1), generator=self.rng) for _ in range(2))
        self.optimizers = [
            torch.optim.Adam(network.parameters(), lr=config.lr, fused=True)
            for network in (self.discriminator, self._network)
        ]
        self._samplers = [_sampler(side, self.rng) for side in (config.real, config.fake)]
        ends = config.grid[[0, -1]]
        self._middle, self._half = float(ends.mean()), float(np.ptp(ends)) / 2
        self.steps_done = 0

    def critic(self, x: Tensor) -> Tensor:
        """f(x): (n, 1) -> (n, 1). Inside, x runs from -1 to 1 and f in that unit: slopes stay what they are."""
        return self._half * self._network((x - self._middle) / self._half)

    def step(self) -> StandstillRecord:
        """One update of each network, on the same batch of real and generated points."""
        config = self.config
        real, fake = (sample(config.batch_size) for sample in self._samplers)
        cross_entropy = LOSSES["saturating"].critic(self.discriminator(real), self.discriminator(fake))
        gap = self.critic(real).mean() - self.critic(fake).mean()
        x_hat = self.regularizer.points(real, fake, generator=self.rng)
        squares = squared_norms(self.critic, x_hat, create_graph=True)
        cost = self.regularizer.penalty(smooth_root(squares))
        loss = -gap + config.gp_weight * cost
        for optimizer, scalar in zip(self.optimizers, (cross_entropy, loss), strict=True):
            optimizer.zero_grad()
            scalar.backward()
            optimizer.step()
        self.steps_done += 1
        numbers = torch.stack([cross_entropy, loss, cost, squares.detach().sqrt().mean(), gap])
        return StandstillRecord(self.steps_done, *numbers.tolist())


def _sampler(side: Distribution, rng: torch.Generator) -> Callable[[int], Tensor]:
    """Draws n points (n, 1) from one side: by its quantile function, where it is not a Gaussian."""
    if isinstance(side, Gaussian):
        return lambda n: side.mean + side.std * torch.randn(n, 1, generator=rng)
    inverse = quantile(side)
    middle = 2**-25  # shares are whole multiples of 2^-24: the middle of each cell is never 0 or 1

    def sample(n: int) -> Tensor:
        shares = torch.rand(n, 1, generator=rng).double().numpy() + middle
        return torch.from_numpy(inverse(shares)).float()

    return sample


def evaluate(trainer: StandstillTrainer) -> tuple[dict[str, float], Frame]:
    """The measures of StandstillRecording and the frame of this moment."""
    config, p, q = trainer.config, trainer.config.real, trainer.config.fake
    grid, points = config.grid, config.points
    logit_at, logit_slope = _with_slope(trainer.discriminator, points)
    f = _values(trainer.critic, grid)
    x, of_p, of_q = masses(p, q)
    measures = {
        "value": value(lambda places: _values(trainer.discriminator, places), p, q),
        "gap": float((of_p - of_q) @ _values(trainer.critic, x)),
        "greatest_slope": float(np.abs(np.diff(f)).max() / (grid[1] - grid[0])),
    }
    arrays = {
        "logit": _values(trainer.discriminator, grid),
        "f": f,
        "logit_at": logit_at,
        "logit_slope": logit_slope,
        "f_slope": _with_slope(trainer.critic, points)[1],
    }
    return measures, Frame(trainer.steps_done, arrays)


@torch.no_grad()
def _values(network, x: np.ndarray) -> np.ndarray:
    """The network's values (k,) at places (k,)."""
    return network(torch.from_numpy(x.astype(np.float32)[:, None])).squeeze(1).numpy().astype(float)


def _with_slope(network, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The network's values and its slopes (k,) each at places (k,)."""
    places = torch.from_numpy(x.astype(np.float32)[:, None]).requires_grad_(True)
    values = network(places)
    (slopes,) = torch.autograd.grad(values.sum(), places)
    return tuple(array.detach().squeeze(1).numpy().astype(float) for array in (values, slopes))
