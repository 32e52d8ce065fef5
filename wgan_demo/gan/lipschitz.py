"""How a critic is kept (nearly) 1-Lipschitz: REGULARIZERS. Gulrajani et al. 2017, eq. 3 and algorithm 1."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

TINY = 1e-12  # sqrt has no gradient at 0


def interpolate(real: Tensor, fake: Tensor, *, generator: torch.Generator) -> Tensor:
    """x_hat = u x + (1 - u) G(z), with one u ~ U[0, 1] per SAMPLE: shapes (n, ...) -> (n, ...)."""
    u = torch.rand(len(real), *[1] * (real.dim() - 1), generator=generator, dtype=real.dtype)
    return u * real + (1 - u) * fake


def gradient_norms(critic: Callable[[Tensor], Tensor], x: Tensor, *, create_graph: bool = False) -> Tensor:
    """||grad f(x)|| of every sample, over all its axes: (n, ...) -> (n,)."""
    x = x.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(x).sum(), x, create_graph=create_graph)
    return (gradient.flatten(1).square().sum(dim=1) + TINY).sqrt()


def penalty(norms: Tensor) -> Tensor:
    """Two-sided penalty E (||grad f(x_hat)|| - 1)^2 of norms (n,): a scalar, before lambda."""
    return (norms - 1).square().mean()


def one_sided_penalty(norms: Tensor) -> Tensor:
    """E max(0, ||grad f(x_hat)|| - 1)^2 of norms (n,): a scalar, before lambda. Petzka et al. 2018, eq. 8."""
    return (norms - 1).clamp(min=0).square().mean()


def gradient_penalty(
    critic: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, *, generator: torch.Generator
) -> Tensor:
    """E (||grad f(x_hat)|| - 1)^2 over x_hat between real (n, ...) and fake (n, ...): a scalar, before lambda."""
    x_hat = interpolate(real, fake, generator=generator)
    return penalty(gradient_norms(critic, x_hat, create_graph=True))


@dataclass(frozen=True)
class Regularizer:
    """`points(real, fake, generator=)` says where the norms are measured, `penalty(norms)` what they cost."""

    label: str
    formula: str
    points: Callable[..., Tensor]
    penalty: Callable[[Tensor], Tensor]


REGULARIZERS: dict[str, Regularizer] = {
    "gradient_penalty": Regularizer(
        "Gradient penalty",
        r"\lambda\,\mathbb{E}\big(\|\nabla f(\hat x)\|_2 - 1\big)^2",
        interpolate,
        penalty,
    ),
    "one_sided": Regularizer(
        "One-sided penalty",
        r"\lambda\,\mathbb{E}\max\big(0, \|\nabla f(\hat x)\|_2 - 1\big)^2",
        interpolate,
        one_sided_penalty,
    ),
}
