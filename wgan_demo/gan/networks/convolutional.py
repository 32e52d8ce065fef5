"""Convolutions for pictures of any side: the generator doubles it with every layer, the critic halves it.

After Radford et al. 2016 (DCGAN): no pooling, no hidden perceptrons, tanh at the generator's end. Batch normalisation
in the critic is a setting that is off: the penalty is one of each sample alone (Gulrajani et al. 2017, section 4).
"""

from itertools import pairwise

import torch
from torch import nn

from wgan_demo.datasets import Space
from wgan_demo.gan.architectures import KERNEL, TRANSPOSED, conv_sides, conv_widths
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.networks.mlp import ACTIVATIONS, INITS, uniform


def halving(fan_in: int, fan_out: int) -> nn.Conv2d:
    """(n, fan_in, s, s) -> (n, fan_out, s / 2, s / 2), rounded up; without numbers in it yet."""
    return nn.utils.skip_init(nn.Conv2d, fan_in, fan_out, KERNEL, stride=2, padding=KERNEL // 2)


def doubling(fan_in: int, fan_out: int, odd: bool) -> nn.ConvTranspose2d:
    """(n, fan_in, s, s) -> (n, fan_out, 2 s, 2 s), or 2 s - 1 where that is odd; without numbers in it yet."""
    return nn.utils.skip_init(
        nn.ConvTranspose2d, fan_in, fan_out, TRANSPOSED, stride=2, padding=1 + odd, output_padding=int(odd)
    )


def convolutions(config: TrainConfig, space: Space, generator: torch.Generator) -> tuple[nn.Sequential, nn.Sequential]:
    """A generator (n, latent_dim) -> (n, *space.shape), within [-1, 1], and a critic (n, *space.shape) -> (n, 1).

    `config.hidden` are the channels of the critic's layers, and those of the generator's are `conv_widths`. Raises
    ValueError for samples that are no pictures, and for a constraint that convolutions do not have.
    """
    sides, channels = conv_sides(config, space), (*conv_widths(config), space.shape[0])
    init, activation = INITS[config.init], ACTIVATIONS[config.activation]
    first, last = channels[0], sides[-1]
    start = nn.utils.skip_init(nn.Linear, config.latent_dim, first * last**2)
    init(start, generator)
    fake: list[nn.Module] = [start, nn.Unflatten(1, (first, last, last))]
    fills = [init] * (len(config.hidden) - 1) + [uniform]
    for (wide, narrow), side, fill in zip(pairwise(channels), sides[-2::-1], fills, strict=True):
        layer = doubling(wide, narrow, odd=side % 2 == 1)
        fill(layer, generator, wide * TRANSPOSED**2 // 4)  # of its kernel a quarter meets each pixel
        fake += [nn.BatchNorm2d(wide), activation(), layer] if config.generator_norm else [activation(), layer]
    return nn.Sequential(*fake, nn.Tanh()), convolutional_critic(config, space, generator)


def convolutional_critic(config: TrainConfig, space: Space, generator: torch.Generator) -> nn.Sequential:
    """(n, *space.shape) -> (n, 1), linear at its end. Raises ValueError as `convolutions`."""
    sides, channels = conv_sides(config, space), (space.shape[0], *config.hidden)
    init, activation = INITS[config.init], ACTIVATIONS[config.activation]
    critic: list[nn.Module] = []
    for narrow, wide in pairwise(channels):
        layer = halving(narrow, wide)
        init(layer, generator, narrow * KERNEL**2)
        critic += [layer, nn.BatchNorm2d(wide), activation()] if config.batch_norm else [layer, activation()]
    score = nn.utils.skip_init(nn.Linear, channels[-1] * sides[-1] ** 2, 1)
    uniform(score, generator)
    return nn.Sequential(*critic, nn.Flatten(), score)
