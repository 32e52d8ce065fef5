"""How a critic is kept (nearly) 1-Lipschitz: REGULARIZERS. Gulrajani et al. 2017, eq. 3 and algorithm 1.

To add a constraint is an entry here, and its words under the same name in objectives.CONSTRAINTS.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from wgan_demo.gan.config import TrainConfig

TINY = 1e-12  # sqrt has no gradient at 0
POWER_ITERATIONS = 20  # at the start; later one for each step


def interpolate(real: Tensor, fake: Tensor, *, generator: torch.Generator) -> Tensor:
    """x_hat = u x + (1 - u) G(z), with one u ~ U[0, 1] per SAMPLE: shapes (n, ...) -> (n, ...)."""
    u = torch.rand(len(real), *[1] * (real.dim() - 1), generator=generator, dtype=real.dtype)
    return u * real + (1 - u) * fake


def squared_norms(critic: Callable[[Tensor], Tensor], x: Tensor, *, create_graph: bool = False) -> Tensor:
    """||grad f(x)||^2 of every sample, over all its axes: (n, ...) -> (n,)."""
    x = x.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(x).sum(), x, create_graph=create_graph)
    return gradient.flatten(1).square().sum(dim=1)


def gradient_norms(critic: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """||grad f(x)|| of every sample, over all its axes: (n, ...) -> (n,)."""
    return squared_norms(critic, x).sqrt()


def smooth_root(squares: Tensor) -> Tensor:
    """The root of squared norms (n,), for a penalty: it has a derivative at 0 too, and a floor of 1e-6."""
    return (squares + TINY).sqrt()


def penalty(norms: Tensor) -> Tensor:
    """Two-sided penalty E (||grad f(x_hat)|| - 1)^2 of norms (n,): a scalar, before lambda."""
    return (norms - 1).square().mean()


def one_sided_penalty(norms: Tensor) -> Tensor:
    """E max(0, ||grad f(x_hat)|| - 1)^2 of norms (n,): a scalar, before lambda. Petzka et al. 2018."""
    return (norms - 1).clamp(min=0).square().mean()


def gradient_penalty(
    critic: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, *, generator: torch.Generator
) -> Tensor:
    """E (||grad f(x_hat)|| - 1)^2 over x_hat between real (n, ...) and fake (n, ...): a scalar, before lambda."""
    x_hat = interpolate(real, fake, generator=generator)
    return penalty(smooth_root(squared_norms(critic, x_hat, create_graph=True)))


@torch.no_grad()
def clip(critic: nn.Module, config: TrainConfig) -> None:
    """Every weight and bias into [-c, c], after each step of the critic. Arjovsky et al. 2017, algorithm 1, line 7."""
    for parameter in critic.parameters():
        parameter.clamp_(-config.clip, config.clip)


class SpectralLinear(nn.Module):
    """A linear layer whose weights are divided by their greatest singular value, so that it is 1-Lipschitz.

    sigma = u^T W v, with u and v from power iteration. Miyato et al. 2018, eq. 8 and algorithm 1.
    """

    def __init__(self, linear: nn.Linear):
        super().__init__()
        self.weight, self.bias = linear.weight, linear.bias
        self.register_buffer("u", torch.ones(linear.out_features))
        self.register_buffer("v", torch.ones(linear.in_features))
        for _ in range(POWER_ITERATIONS):
            self.power_iteration()

    @torch.no_grad()
    def power_iteration(self) -> None:
        """One step: v = W^T u / |W^T u|, then u = W v / |W v|."""
        self.v = functional.normalize(self.weight.T @ self.u, dim=0)
        self.u = functional.normalize(self.weight @ self.v, dim=0)

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight / (self.u @ self.weight @ self.v), self.bias)


def spectral(critic: nn.Sequential) -> None:
    """Every linear layer becomes a SpectralLinear with the same weights."""
    for i, layer in enumerate(critic):
        if isinstance(layer, nn.Linear):
            critic[i] = SpectralLinear(layer)


def power_iteration(critic: nn.Sequential, config: TrainConfig) -> None:
    """One more look at the greatest singular value of every layer. Miyato et al. 2018, algorithm 1."""
    for layer in critic:
        if isinstance(layer, SpectralLinear):
            layer.power_iteration()


@dataclass(frozen=True)
class Regularizer:
    """A penalty on gradient norms, a constraint on weights, or neither.

    `points(real, fake, generator=)` says where the norms are measured. `penalty(norms)` is what they cost, before
    lambda, and `penalty_slope` (n,) -> (n,) is n times its derivative by each norm: what the hand-derived backward pass
    of FastTrainer needs. `prepare(critic)` changes its layers before the first step, and `constrain(critic, config)`
    its weights after each.
    """

    points: Callable[..., Tensor] = interpolate
    penalty: Callable[[Tensor], Tensor] | None = None
    penalty_slope: Callable[[Tensor], Tensor] | None = None
    prepare: Callable[[nn.Sequential], None] | None = None
    constrain: Callable[[nn.Sequential, TrainConfig], None] | None = None


REGULARIZERS: dict[str, Regularizer] = {
    "gradient_penalty": Regularizer(
        penalty=penalty,
        penalty_slope=lambda norms: 2 * (norms - 1),
    ),
    "one_sided": Regularizer(
        penalty=one_sided_penalty,
        penalty_slope=lambda norms: 2 * (norms - 1).clamp(min=0),
    ),
    "clipping": Regularizer(
        constrain=clip,
    ),
    "spectral_norm": Regularizer(
        prepare=spectral,
        constrain=power_iteration,
    ),
    "none": Regularizer(),
}
