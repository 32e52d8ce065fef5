"""Multilayer perceptrons, linear at the end, as generator and critic."""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from wgan_demo.datasets import Space
from wgan_demo.gan.config import TrainConfig

LEAK = 0.2  # slope of the leaky ReLU below 0
ACTIVATIONS = {"relu": nn.ReLU, "leaky_relu": lambda: nn.LeakyReLU(LEAK), "tanh": nn.Tanh, "softplus": nn.Softplus}
POWER_ITERATIONS = 20  # at the start; later one for each step


class SpectralLinear(nn.Linear):
    """A linear layer whose weights are divided by their greatest singular value, so that it is 1-Lipschitz.

    sigma = u^T W v, with u and v from power iteration. Miyato et al. 2018, eq. 8 and algorithm 1.
    """

    def __init__(self, fan_in: int, fan_out: int, device: torch.device | None = None):
        super().__init__(fan_in, fan_out, device=device)
        self.register_buffer("u", torch.ones(fan_out, device=device))
        self.register_buffer("v", torch.ones(fan_in, device=device))

    @torch.no_grad()
    def power_iteration(self) -> None:
        """One step: v = W^T u / |W^T u|, then u = W v / |W v|."""
        self.v = functional.normalize(self.weight.T @ self.u, dim=0)
        self.u = functional.normalize(self.weight @ self.v, dim=0)

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight / (self.u @ self.weight @ self.v), self.bias)


def mlp(
    sizes: tuple[int, ...],
    *,
    init: str,
    generator: torch.Generator,
    activation: str = "relu",
    batch_norm: bool = False,
    spectral: bool = False,
) -> nn.Sequential:
    """Linear layers of the given sizes with activations between them: (batch, sizes[0]) -> (batch, sizes[-1]).

    init "torch" is PyTorch's own default, U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases; "he" draws
    N(0, 2 / fan_in) for hidden weights with zero biases (He et al. 2015). All randomness comes from `generator`.
    """
    layers: list[nn.Module] = []
    for i, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        linear = nn.utils.skip_init(SpectralLinear if spectral else nn.Linear, fan_in, fan_out)
        bound = fan_in**-0.5
        with torch.no_grad():
            if init == "he" and i < len(sizes) - 2:
                linear.weight.normal_(0, (2 / fan_in) ** 0.5, generator=generator)
                linear.bias.zero_()
            else:
                linear.weight.uniform_(-bound, bound, generator=generator)
                linear.bias.uniform_(-bound, bound, generator=generator)
        if spectral:
            linear.u.fill_(1)
            for _ in range(POWER_ITERATIONS):
                linear.power_iteration()
        layers.append(linear)
        if i < len(sizes) - 2:
            layers += [nn.BatchNorm1d(fan_out)] * batch_norm + [ACTIVATIONS[activation]()]
    return nn.Sequential(*layers)


def perceptrons(config: TrainConfig, space: Space, generator: torch.Generator) -> tuple[nn.Sequential, nn.Sequential]:
    """A generator (n, latent_dim) -> (n, *space.shape) and a critic (n, *space.shape) -> (n, 1)."""
    make = {"init": config.init, "generator": generator, "activation": config.activation}
    fake = mlp((config.latent_dim, *config.hidden, space.size), **make)
    critic = mlp(
        (space.size, *config.hidden, 1), **make,
        batch_norm=config.batch_norm, spectral=config.regularizer == "spectral_norm",
    )  # fmt: skip
    if len(space.shape) > 1:
        return nn.Sequential(*fake, nn.Unflatten(1, space.shape)), nn.Sequential(nn.Flatten(), *critic)
    return fake, critic
