"""What a watcher reads off networks without a trace in them."""

import numpy as np
import torch
from torch import Tensor, nn

from wgan_demo.gan.spaces import VIEWS
from wgan_demo.gan.trainer import Trainer


def surface(trainer: Trainer) -> np.ndarray:
    """f at the places where it is drawn in this space."""
    space = trainer.dataset.space
    return VIEWS[space.kind].grid(trainer.score, space)


@torch.no_grad()
def scores(critic: nn.Module, x: Tensor) -> Tensor:
    """f at each of x (n, *shape): (n,)."""
    return critic(x).squeeze(1)


def flat(network: nn.Module) -> Tensor:
    """All parameters in one vector, a copy."""
    return torch.cat([parameter.detach().reshape(-1) for parameter in network.parameters()])
