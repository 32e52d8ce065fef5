"""Samples of a run from its file alone, without torch: what its generator makes of any latents."""

from collections.abc import Callable
from itertools import count

import numpy as np

from wgan_demo.gan.architectures import LEAK
from wgan_demo.gan.runs.checkpoint import Checkpoint

ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": lambda x: np.maximum(x, LEAK * x),
    "tanh": np.tanh,
    "softplus": lambda x: np.logaddexp(x, 0),
}


def generator(run: Checkpoint) -> Callable[[np.ndarray], np.ndarray]:
    """G: latents (n, latent_dim) -> samples (n, *shape) float32; the averaged weights, if there are any.

    Raises ValueError for a network that is no multilayer perceptron.
    """
    config, arrays = run.config, run.state.arrays
    if config.network != "mlp":
        raise ValueError(f"Only perceptrons can be run from their file, not {config.network!r}.")
    part = "averaged" if config.ema else "generator"
    layers = []
    for i in count(0, 2):
        if (name := f"{part}.{i}.weight") not in arrays:
            break
        layers.append((arrays[name], arrays[f"{part}.{i}.bias"]))
    activation = ACTIVATIONS[config.activation]

    def generate(z: np.ndarray) -> np.ndarray:
        x = z.astype(np.float32)
        for weight, bias in layers[:-1]:
            x = activation(x @ weight.T + bias)
        weight, bias = layers[-1]
        return (x @ weight.T + bias).reshape(len(z), *config.space.shape)

    return generate


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
