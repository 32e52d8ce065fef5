"""WGAN-GP's critic alone, with P and Q held fixed: Gulrajani et al. 2017, algorithm 1, lines 3 to 9."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from wgan_demo.gan.critic_alone.config import CriticConfig, CriticRecording
from wgan_demo.gan.lipschitz import REGULARIZERS, smooth_root, squared_norms
from wgan_demo.gan.networks.mlp import mlp
from wgan_demo.gan.runs.frame import Frame


class CriticRecord(NamedTuple):
    """The numbers of one step: critic_loss = -score_gap + lambda * gradient_penalty."""

    step: int
    critic_loss: float
    gradient_penalty: float
    gradient_norm_mean: float
    score_gap: float


class CriticTrainer:
    """One critic f: R -> R, its optimiser and its randomness. E_P f and E_Q f are exact sums over the points.

    Raises ValueError for an unknown regularizer.
    """

    seconds = 0.0  # of one core that the steps took: kept by whoever calls `step`

    def __init__(self, config: CriticConfig):
        penalties = [name for name, regularizer in REGULARIZERS.items() if regularizer.penalty]
        if config.regularizer not in penalties:
            raise ValueError(f"regularizer must be one of {', '.join(penalties)}, not {config.regularizer!r}.")
        self.config = config
        self.regularizer = REGULARIZERS[config.regularizer]
        self.noise_rng = torch.Generator().manual_seed(config.seed)
        low, high = config.range
        self._middle, self._half = (low + high) / 2, (high - low) / 2 or 1.0
        self._network = mlp((1, *config.hidden, 1), generator=self.noise_rng)
        self.optimizer = torch.optim.Adam(self._network.parameters(), lr=config.lr, betas=config.betas, fused=True)
        sides = (config.source, config.target)
        self.points = [torch.tensor(places)[:, None] for places, _ in sides]
        self.shares = [torch.tensor(shares) / sum(shares) for _, shares in sides]
        self.steps_done = 0

    def critic(self, x: Tensor) -> Tensor:
        """f(x): (n, 1) -> (n, 1). Inside, x runs from -1 to 1 and f in that unit: slopes stay what they are."""
        return self._half * self._network((x - self._middle) / self._half)

    def step(self) -> CriticRecord:
        """One update of the critic."""
        config = self.config
        for group in self.optimizer.param_groups:
            group["lr"] = config.lr * max(config.lr_final, 1 - (1 - config.lr_final) * self.steps_done / config.steps)
        gap = self.score_gap()
        x, y = (
            points[torch.multinomial(share, config.interpolates, replacement=True, generator=self.noise_rng)]
            for points, share in zip(self.points, self.shares, strict=True)
        )
        squares = squared_norms(self.critic, self.regularizer.points(x, y, generator=self.noise_rng), create_graph=True)
        cost = self.regularizer.penalty(smooth_root(squares))
        loss = -gap + config.gp_weight * cost
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        self.steps_done += 1
        return CriticRecord(self.steps_done, *torch.stack([loss, cost, squares.detach().sqrt().mean(), gap]).tolist())

    def score_gap(self) -> Tensor:
        """E_P f - E_Q f, exactly."""
        p, q = (share @ self.critic(points).squeeze(1) for points, share in zip(self.points, self.shares, strict=True))
        return p - q


@torch.no_grad()
def evaluate(trainer: CriticTrainer) -> tuple[dict[str, float], Frame]:
    """The measures of CriticRecording and the frame of this moment."""
    grid = CriticRecording(trainer.config).grid
    f = trainer.critic(torch.from_numpy(grid.astype(np.float32)[:, None])).squeeze(1).numpy().astype(float)
    width = grid[1] - grid[0] or 1.0
    measures = {
        "value": float(trainer.score_gap()),
        "greatest_slope": float(np.abs(np.diff(f)).max() / width),
    }
    return measures, Frame(trainer.steps_done, {"f": f - f[0]})
