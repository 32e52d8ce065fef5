"""What a watcher reads off networks without a trace in them."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor, nn

from wgan_demo.gan.slow_motion.trace import WAY
from wgan_demo.gan.spaces import VIEWS
from wgan_demo.gan.trainer import Trainer

Pairs = tuple[np.ndarray, np.ndarray]  # real and fake samples (n, *shape)


def surface(trainer: Trainer, pairs: Pairs | None = None) -> np.ndarray | None:
    """f at the places where it is drawn in this space; where no place holds it whole, on the ways between pairs."""
    space = trainer.dataset.space
    if grid := VIEWS[space.kind].grid:
        return grid(trainer.score, space)
    return pairs and on_ways(trainer.score, *pairs)


def on_ways(measure: Callable[[np.ndarray], np.ndarray], real: np.ndarray, fake: np.ndarray) -> np.ndarray:
    """What is measured (n, *shape) -> (n,) at every u of WAY between each fake and its real one: (n, len(WAY))."""
    u = WAY.reshape(-1, *[1] * (real.ndim - 1))
    points = u * real[:, None] + (1 - u) * fake[:, None]
    return measure(points.reshape(-1, *real.shape[1:])).reshape(points.shape[:2])


@torch.no_grad()
def scores(critic: nn.Module, x: Tensor) -> Tensor:
    """f at each of x (n, *shape): (n,)."""
    return critic(x).squeeze(1)


def flat(network: nn.Module) -> Tensor:
    """All parameters in one vector, a copy."""
    return torch.cat([parameter.detach().reshape(-1) for parameter in network.parameters()])
