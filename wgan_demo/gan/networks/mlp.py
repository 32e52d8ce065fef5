"""Multilayer perceptrons, linear at the end, as generator and critic."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import nn

from wgan_demo.datasets import Space
from wgan_demo.gan.architectures import LEAK
from wgan_demo.gan.config import TrainConfig

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "relu": nn.ReLU,
    "leaky_relu": lambda: nn.LeakyReLU(LEAK),
    "tanh": nn.Tanh,
    "softplus": nn.Softplus,
}


@torch.no_grad()
def uniform(layer: nn.Module, generator: torch.Generator, fan_in: int = 0) -> None:
    """Weights and biases from U(-1/sqrt(fan_in), 1/sqrt(fan_in)): PyTorch's default; fan_in 0: of a linear layer."""
    bound = (fan_in or layer.in_features) ** -0.5
    layer.weight.uniform_(-bound, bound, generator=generator)
    layer.bias.uniform_(-bound, bound, generator=generator)


@torch.no_grad()
def he(layer: nn.Module, generator: torch.Generator, fan_in: int = 0) -> None:
    """Weights from N(0, 2 / fan_in), biases 0: He et al. 2015; fan_in 0: that of a linear layer."""
    layer.weight.normal_(0, (2 / (fan_in or layer.in_features)) ** 0.5, generator=generator)
    layer.bias.zero_()


INITS: dict[str, Callable[..., None]] = {
    "torch": uniform,
    "he": he,
}
NORMS: dict[bool, Callable[[int], nn.Module] | None] = {  # of the critic
    False: None,
    True: nn.BatchNorm1d,
}
GENERATOR_NORMS: dict[bool, Callable[[int], nn.Module] | None] = {  # apart: a script keeps one entry of each table
    False: None,
    True: nn.BatchNorm1d,
}


def mlp(
    sizes: tuple[int, ...],
    *,
    generator: torch.Generator,
    init: Callable[[nn.Linear, torch.Generator], None] = uniform,
    activation: Callable[[], nn.Module] = nn.ReLU,
    norm: Callable[[int], nn.Module] | None = None,
) -> nn.Sequential:
    """Linear layers of the given sizes with activations between them: (batch, sizes[0]) -> (batch, sizes[-1]).

    `init` fills the hidden layers, `uniform` the last one, all from `generator`. `norm` stands before each activation.
    """
    layers: list[nn.Module] = []
    for fan_in, fan_out in pairwise(sizes[:-1]):
        hidden = nn.utils.skip_init(nn.Linear, fan_in, fan_out)
        init(hidden, generator)
        layers += [hidden, norm(fan_out), activation()] if norm else [hidden, activation()]
    last = nn.utils.skip_init(nn.Linear, *sizes[-2:])
    uniform(last, generator)
    return nn.Sequential(*layers, last)


def perceptrons(config: TrainConfig, space: Space, generator: torch.Generator) -> tuple[nn.Sequential, nn.Sequential]:
    """A generator (n, latent_dim) -> (n, *space.shape) and a critic (n, *space.shape) -> (n, 1)."""
    make = {"generator": generator, "init": INITS[config.init], "activation": ACTIVATIONS[config.activation]}
    norm = GENERATOR_NORMS[config.generator_norm]
    fake = mlp((config.latent_dim, *config.hidden, space.size), norm=norm, **make)
    critic = mlp((space.size, *config.hidden, 1), norm=NORMS[config.batch_norm], **make)
    if len(space.shape) > 1:
        return nn.Sequential(*fake, nn.Unflatten(1, space.shape)), nn.Sequential(nn.Flatten(), *critic)
    return fake, critic
