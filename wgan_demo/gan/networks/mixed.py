"""A multilayer perceptron that makes pictures, against convolutions that judge them.

After Gulrajani et al. 2017, on LSUN bedrooms, where a perceptron of four layers of 512 takes the generator's place.
"""

import torch
from torch import nn

from wgan_demo.datasets import Space
from wgan_demo.gan.architectures import mixed_sizes
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.networks.convolutional import convolutional_critic
from wgan_demo.gan.networks.mlp import ACTIVATIONS, GENERATOR_NORMS, INITS, mlp


def mixed(config: TrainConfig, space: Space, generator: torch.Generator) -> tuple[nn.Sequential, nn.Sequential]:
    """A generator (n, latent_dim) -> (n, *space.shape), within [-1, 1], and a critic (n, *space.shape) -> (n, 1).

    `config.hidden` are the channels of the critic. Raises ValueError as `convolutions`.
    """
    fake = mlp(
        mixed_sizes(config, space), generator=generator, init=INITS[config.init],
        activation=ACTIVATIONS[config.activation], norm=GENERATOR_NORMS[config.generator_norm],
    )  # fmt: skip
    return nn.Sequential(*fake, nn.Unflatten(1, space.shape), nn.Tanh()), convolutional_critic(config, space, generator)
