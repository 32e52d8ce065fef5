"""Samples of a run from its file alone, without torch: what its generator makes of any latents."""

from collections.abc import Callable

import numpy as np

from wgan_demo.gan.architectures import LEAK, conv_sides
from wgan_demo.gan.runs.checkpoint import Checkpoint

ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x: np.maximum(x, LEAK * x),
    "tanh": np.tanh,
    "softplus": lambda x: np.logaddexp(x, 0),
}
EPSILON = 1e-5  # of torch's batch normalisation, below its root


def generator(run: Checkpoint) -> Callable[[np.ndarray], np.ndarray]:
    """G: latents (n, latent_dim) -> samples (n, *shape) float32; the averaged weights, if there are any."""
    config, part = run.config, "averaged." if run.config.ema else "generator."
    layers: dict[int, dict[str, np.ndarray]] = {}  # by their places among those of torch
    for name, array in run.state.arrays.items():
        if name.startswith(part):
            place, tensor = name.removeprefix(part).split(".")
            layers.setdefault(int(place), {})[tensor] = array
    first, *others = (layers[place] for place in sorted(layers))
    bounded = config.network != "mlp"  # the others have tanh at their end
    activation, convolves = ACTIVATIONS[config.activation], config.network in ("conv", "conv_constant")
    sides = conv_sides(config, config.space)[::-1] if convolves else []

    def generate(z: np.ndarray) -> np.ndarray:
        x, left = linear(z.astype(np.float32), **first), iter(sides[1:])
        if convolves:
            x = x.reshape(len(x), -1, sides[0], sides[0])
        for layer in others:
            if "running_mean" in layer:
                x = normalised(x, **layer)
            elif convolves:
                x = doubled(activation(x), **layer, side=next(left))
            else:
                x = linear(activation(x), **layer)
        return (np.tanh(x) if bounded else x).reshape(len(z), *config.space.shape)

    return generate


def linear(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """(n, fan_in) -> (n, fan_out)."""
    return x @ weight.T + bias


def normalised(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray, running_mean: np.ndarray, running_var: np.ndarray, **_
) -> np.ndarray:
    """Batch normalisation (n, c, ...) by the means of the training: torch.nn.BatchNorm1d and 2d in `eval`."""
    scale = weight / np.sqrt(running_var + EPSILON)
    per_channel = (-1, *[1] * (x.ndim - 2))
    return x * scale.reshape(per_channel) + (bias - running_mean * scale).reshape(per_channel)


def doubled(x: np.ndarray, weight: np.ndarray, bias: np.ndarray, side: int) -> np.ndarray:
    """A transposed convolution (n, c, s, s) -> (n, c', side, side), side = 2 s or 2 s - 1: `convolutional.doubling`."""
    n, _, s, _ = x.shape
    blocks = np.tensordot(x, weight, (1, 0))  # (n, s, s, c', k, k): what each pixel adds to those around it
    whole = np.zeros((n, weight.shape[1], 2 * s + 2, 2 * s + 2), np.float32)
    for i, j in np.ndindex(weight.shape[2:]):
        whole[:, :, i : i + 2 * s : 2, j : j + 2 * s : 2] += blocks[..., i, j].transpose(0, 3, 1, 2)
    start = 1 + side % 2
    return whole[:, :, start : start + side, start : start + side] + bias[:, None, None]


def slerp(a: np.ndarray, b: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Points (k, d) at the shares t (k,) of the way on the great arc from a (d,) to b (d,); lengths change evenly.

    Latents of many dimensions lie near a sphere, and a straight line leaves it. Shoemake 1985; White 2016.
    """
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    cosine = np.clip(a @ b / (lengths[0] * lengths[1]), -1, 1)
    angle, t = np.arccos(cosine), t[:, None]
    if np.sin(angle) < 1e-6:  # one direction, or opposite ones: no arc is the shortest
        return (1 - t) * a + t * b
    directions = (np.sin((1 - t) * angle) * a / lengths[0] + np.sin(t * angle) * b / lengths[1]) / np.sin(angle)
    return directions * ((1 - t) * lengths[0] + t * lengths[1])
