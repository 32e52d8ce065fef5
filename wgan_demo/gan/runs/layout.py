"""What the file of a run holds, from its settings alone. Needs no torch."""

import math

import numpy as np

from wgan_demo.gan.architectures import ARCHITECTURES, Tensors
from wgan_demo.gan.config import TrainConfig

DTYPES = {"F32": np.dtype("<f4"), "F64": np.dtype("<f8"), "I64": np.dtype("<i8"), "U8": np.dtype("u1")}
MOMENTS = {"adam": ("exp_avg", "exp_avg_sq"), "rmsprop": ("square_avg",)}  # what the optimisers keep of each weight
NOISE_RNG = 5056  # bytes of a torch.Generator's state


def layout(config: TrainConfig, steps: int, rows: int) -> Tensors:
    """dtype and shape of every tensor in the file of such a run after `steps`; `rows` is the length of its table."""
    generator, critic = ARCHITECTURES[config.network].tensors(config, config.space)
    parts = {"generator": generator, "critic": critic} | ({"averaged": generator} if config.ema else {})
    tensors = {f"{part}.{name}": kind for part, network in parts.items() for name, kind in network.items()}
    for part in ("generator", "critic") if steps else ():
        trained = [shape for name, (_, shape) in parts[part].items() if name.endswith(("weight", "bias"))]
        if config.by_hand:  # one flat tensor
            trained = [(sum(math.prod(shape) for shape in trained),)]
        for i, shape in enumerate(trained):
            tensors |= {f"{part}_optimizer.{i}.{moment}": ("F32", shape) for moment in MOMENTS[config.optimizer]}
            tensors[f"{part}_optimizer.{i}.step"] = ("F32", ())
    tensors["noise_rng"] = ("U8", (NOISE_RNG,))
    return tensors | ({"points": ("F64", (rows, config.columns))} if config.columns else {})


def size(config: TrainConfig, rows: int = 0) -> int:
    """Bytes of the numbers in the file of such a run once it has begun."""
    return sum(math.prod(shape) * DTYPES[dtype].itemsize for dtype, shape in layout(config, 1, rows).values())
