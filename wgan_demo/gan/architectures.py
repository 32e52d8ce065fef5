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
    `settings` are the fields of TrainConfig that it reads beside those of every run. `spaces` are the kinds of space
    whose samples it can make, () for all.
    """

    label: str
    flop: Callable[[TrainConfig, Space], float]
    tensors: Callable[[TrainConfig, Space], tuple[Tensors, Tensors]]
    by_hand: bool
    settings: tuple[str, ...]
    spaces: tuple[str, ...] = ()


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
        _mlp(generator, 0, config.generator_norm),
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
            tensors |= _batch_norm(index, fan_out)
        index += 2
    return tensors


def _batch_norm(index: int, width: int) -> Tensors:
    names = ("weight", "bias", "running_mean", "running_var")
    tensors: Tensors = {f"{index}.{name}": ("F32", (width,)) for name in names}
    return tensors | {f"{index}.num_batches_tracked": ("I64", ())}


KERNEL = 5  # side of the kernels of the critic, whose layers halve the pictures
TRANSPOSED = 4  # of those of the generator, whose layers double them


def conv_sides(config: TrainConfig, space: Space) -> list[int]:
    """Sides of the pictures between the critic's layers, halved and rounded up: 28, 14, 7; the generator's backwards.

    Raises ValueError for samples that are no pictures, and for a constraint that convolutions do not have.
    """
    if space.kind != "images":
        raise ValueError("Convolutions need pictures.")
    if config.regularizer == "spectral_norm":
        raise ValueError("Spectral normalisation is there for perceptrons alone.")
    sides = [space.shape[1]]
    for _ in config.hidden:
        sides.append((sides[-1] + 1) // 2)
    return sides


def conv_widths(config: TrainConfig) -> tuple[int, ...]:
    """Channels of the generator's layers, the first one first: the critic's backwards, or all as its last one."""
    return config.hidden[-1:] * len(config.hidden) if config.network == "conv_constant" else config.hidden[::-1]


def mixed_sizes(config: TrainConfig, space: Space) -> tuple[int, ...]:
    """Widths of a perceptron generator beside a convolutional critic: as many numbers as that has, backwards."""
    layers = zip(config.hidden, conv_sides(config, space)[1:], strict=True)
    return (config.latent_dim, *[channels * side**2 for channels, side in layers][::-1], space.size)


def conv_flop(config: TrainConfig, space: Space) -> float:
    """That of convolutions as generator and critic."""
    sides, channels = conv_sides(config, space)[::-1], (*conv_widths(config), space.shape[0])
    generator = config.latent_dim * channels[0] * sides[0] ** 2
    for (wide, narrow), small in zip(pairwise(channels), sides, strict=False):
        generator += narrow * wide * TRANSPOSED**2 * small**2
    return _flop_beside_conv(config, space, generator)


def mixed_flop(config: TrainConfig, space: Space) -> float:
    """That of a perceptron generator and a convolutional critic."""
    return _flop_beside_conv(config, space, sum(a * b for a, b in pairwise(mixed_sizes(config, space))))


def _flop_beside_conv(config: TrainConfig, space: Space, generator: float) -> float:
    """As of an mlp; each critic step has 2 of the 22 or 18 in the generator, and the generator's step 6 of its 10.

    `generator` counts its multiplications for one sample.
    """
    sides, channels = conv_sides(config, space), (space.shape[0], *config.hidden)
    critic = channels[-1] * sides[-1] ** 2
    for (narrow, wide), small in zip(pairwise(channels), sides[1:], strict=True):
        critic += narrow * wide * KERNEL**2 * small**2
    step = 20 if CONSTRAINTS[config.regularizer].weighs else 16
    critic_steps = config.n_critic * (step * critic + 2 * generator)
    return float(config.batch_size * (critic_steps + 4 * critic + 6 * generator))


def conv_tensors(config: TrainConfig, space: Space) -> tuple[Tensors, Tensors]:
    """Those of networks/convolutional.py."""
    channels, side = (*conv_widths(config), space.shape[0]), conv_sides(config, space)[-1]
    ends = channels[0] * side**2
    generator: Tensors = {"0.weight": ("F32", (ends, config.latent_dim)), "0.bias": ("F32", (ends,))}
    index = 2
    for wide, narrow in pairwise(channels):
        if config.generator_norm:
            generator |= _batch_norm(index, wide)
        index += 1 + config.generator_norm
        generator |= {
            f"{index}.weight": ("F32", (wide, narrow, TRANSPOSED, TRANSPOSED)),
            f"{index}.bias": ("F32", (narrow,)),
        }
        index += 1
    return generator, _conv_critic(config, space)


def mixed_tensors(config: TrainConfig, space: Space) -> tuple[Tensors, Tensors]:
    """Those of networks/mixed.py."""
    return _mlp(mixed_sizes(config, space), 0, config.generator_norm), _conv_critic(config, space)


def _conv_critic(config: TrainConfig, space: Space) -> Tensors:
    channels, side = (space.shape[0], *config.hidden), conv_sides(config, space)[-1]
    critic: Tensors = {}
    index = 0
    for narrow, wide in pairwise(channels):
        critic |= {f"{index}.weight": ("F32", (wide, narrow, KERNEL, KERNEL)), f"{index}.bias": ("F32", (wide,))}
        if config.batch_norm:
            critic |= _batch_norm(index + 1, wide)
        index += 2 + config.batch_norm
    ends = channels[-1] * side**2
    return critic | {f"{index + 1}.weight": ("F32", (1, ends)), f"{index + 1}.bias": ("F32", (1,))}


_SETTINGS = ("hidden", "activation", "batch_norm", "generator_norm", "init")

ARCHITECTURES: dict[str, Architecture] = {
    "mlp": Architecture("Multilayer perceptron", mlp_flop, mlp_tensors, by_hand=True, settings=_SETTINGS),
    "conv": Architecture(
        "Convolutions", conv_flop, conv_tensors, by_hand=False, settings=_SETTINGS, spaces=("images",)
    ),
    "conv_constant": Architecture(
        "Convolutions, those of the generator of one width", conv_flop, conv_tensors, by_hand=False,
        settings=_SETTINGS, spaces=("images",),
    ),
    "mlp_conv": Architecture(
        "Perceptron against convolutions", mixed_flop, mixed_tensors, by_hand=False, settings=_SETTINGS,
        spaces=("images",),
    ),
}  # fmt: skip
