"""The networks that a config can ask for: NETWORKS. To add one is a module with a function that builds both, an entry,
and under the same name what is known of it before it is built: architectures.ARCHITECTURES.
"""

from collections.abc import Callable

from torch import Generator, nn

from wgan_demo.datasets import Space
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.networks.convolutional import convolutions
from wgan_demo.gan.networks.mixed import mixed
from wgan_demo.gan.networks.mlp import perceptrons

NETWORKS: dict[str, Callable[[TrainConfig, Space, Generator], tuple[nn.Sequential, nn.Sequential]]] = {
    "mlp": perceptrons,
    "conv": convolutions,
    "conv_constant": convolutions,
    "mlp_conv": mixed,
}
