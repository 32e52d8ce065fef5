"""What is known of every network before one is built: ARCHITECTURES. Needs no torch.

The functions that build them stand under the same names in networks.NETWORKS.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from wgan_demo.gan.objectives import CONSTRAINTS

if TYPE_CHECKING:
    from wgan_demo.datasets import Space
    from wgan_demo.gan.config import TrainConfig

LEAK = 0.2  # slope of the leaky ReLU below 0
Tensors = dict[str, tuple[str, tuple[int, ...]]]  # by name: dtype, as safetensors writes it, and shape


class Architecture(NamedTuple):
    """A generator and a critic for samples of any shape.

    `flop(config, space)` counts the floating-point operations of one generator iteration, those of its matrix products.
    `tensors(config, space)` lists what the state dicts of generator and critic hold. `by_hand`: fast.py may train it.
    `settings` are the fields of TrainConfig that it reads beside those of every run.
    """

    label: str
    flop: Callable[[TrainConfig, Space], float]
    tensors: Callable[[TrainConfig, Space], tuple[Tensors, Tensors]]
    by_hand: bool
    settings: tuple[str, ...]


def mlp_sizes(config: TrainConfig, space: Space) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Widths of all layers of the generator and of the critic."""
    return (config.latent_dim, *config.hidden, space.size), (space.size, *config.hidden, 1)


def mlp_flop(config: TrainConfig, space: Space) -> float:
    """For each weight and sample a critic step has 22 with a penalty and 18 without, and the generator's step 10.

    Both count the critic's weights, by which the generator's differ in the first and last layer alone.
    """
    weights = sum(fan_in * fan_out for fan_in, fan_out in pairwise(mlp_sizes(config, space)[1]))
    critic_step = 22 if CONSTRAINTS[config.regularizer].weighs else 18
    return float(weights * config.batch_size * (critic_step * config.n_critic + 10))


def mlp_tensors(config: TrainConfig, space: Space) -> tuple[Tensors, Tensors]:
    """Those of networks/mlp.py."""
    generator, critic = mlp_sizes(config, space)
    shaped = len(space.shape) > 1  # the critic begins with a layer that flattens
    return (
        _mlp(generator, 0),
        _mlp(critic, int(shaped), config.batch_norm, config.regularizer == "spectral_norm"),
    )


def _mlp(sizes: tuple[int, ...], index: int, batch_norm: bool = False, spectral: bool = False) -> Tensors:
    tensors: Tensors = {}
    for i, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        tensors |= {f"{index}.weight": ("F32", (fan_out, fan_in)), f"{index}.bias": ("F32", (fan_out,))}
        if spectral:
            tensors |= {f"{index}.u": ("F32", (fan_out,)), f"{index}.v": ("F32", (fan_in,))}
        if batch_norm and i < len(sizes) - 2:
            index += 1
            names = ("weight", "bias", "running_mean", "running_var")
            tensors |= {f"{index}.{name}": ("F32", (fan_out,)) for name in names}
            tensors[f"{index}.num_batches_tracked"] = ("I64", ())
        index += 2
    return tensors


ARCHITECTURES: dict[str, Architecture] = {
    "mlp": Architecture(
        "Multilayer perceptron", mlp_flop, mlp_tensors, by_hand=True,
        settings=("hidden", "activation", "batch_norm", "init"),
    ),
}  # fmt: skip
