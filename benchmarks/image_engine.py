"""Generator iterations of WGAN-GP on pictures, on one core: the usual way against what runs behind the pages.

`python benchmarks/image_engine.py`: perceptrons on 8 x 8 and on 28 x 28 pictures, convolutions of 16 and 32 channels on
28 x 28; batch 64, n_critic 5, Adam. "usual" is what the popular repositories do with the very same networks: separate
passes for real, fake and x_hat, autograd's double backward, .item() at every step. The two take turns in every round;
the median of the rounds is printed. The pictures are noise: what they show makes no difference to the time.

The limit is the time of the products alone, at the rate of a product measured in the same rounds: of perceptrons
(3 B x d) (d x w) for the critic's first layer; of convolutions the critic's second layer, forwards.
"""

import os
import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.training_engine import milliseconds
from wgan_demo.datasets import Dataset
from wgan_demo.datasets.images import pixels
from wgan_demo.datasets.spaces import images
from wgan_demo.gan.architectures import ARCHITECTURES
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.trainer import Trainer

BASE = TrainConfig(
    dataset="digits", n_critic=5, batch_size=64, latent_dim=32, activation="leaky_relu", gp_weight=10.0, lr=1e-4,
    lr_decay_steps=0, betas=(0.0, 0.9), ema=0.0,
)  # fmt: skip
CASES = {
    "8 x 8, perceptrons 128-128": (8, replace(BASE, hidden=(128, 128))),
    "28 x 28, perceptrons 256-256": (28, replace(BASE, hidden=(256, 256))),
    "28 x 28, convolutions 16-32": (28, replace(BASE, network="conv", hidden=(16, 32), generator_norm=True)),
}
ROUNDS = 9


def noise(side: int) -> Dataset:
    """Pictures without anything on them."""
    sample = lambda n, rng: rng.uniform(-1, 1, (n, 1, side, side)).astype(np.float32)  # noqa: E731
    return Dataset("digits", "noise", sample, images(side), axes=pixels(side), unit="pixel units")


def usual(config: TrainConfig, dataset: Dataset) -> Callable[[], None]:
    """One generator iteration as in the popular repositories, with our networks and data."""
    ours = Trainer(config, dataset)
    generator, critic, n = ours.generator, ours.critic, config.batch_size
    generator_adam = torch.optim.Adam(generator.parameters(), lr=config.lr, betas=config.betas)
    critic_adam = torch.optim.Adam(critic.parameters(), lr=config.lr, betas=config.betas)
    log = []

    def iteration() -> None:
        for _ in range(config.n_critic):
            critic_adam.zero_grad()
            real = ours.real(n)
            fake = generator(torch.randn(n, config.latent_dim)).detach()
            real_score, fake_score = critic(real).mean(), critic(fake).mean()
            u = torch.rand(n, 1, 1, 1)
            x_hat = (u * real + (1 - u) * fake).requires_grad_(True)
            scores = critic(x_hat)
            gradient = torch.autograd.grad(
                scores, x_hat, torch.ones_like(scores), create_graph=True, retain_graph=True
            )[0]
            penalty = ((gradient.flatten(1).norm(2, dim=1) - 1) ** 2).mean()
            loss = fake_score - real_score + config.gp_weight * penalty
            loss.backward()
            critic_adam.step()
            log.append((loss.item(), penalty.item()))
        generator_adam.zero_grad()
        loss = -critic(generator(torch.randn(n, config.latent_dim))).mean()
        loss.backward()
        generator_adam.step()
        log.append(loss.item())

    return iteration


def product(config: TrainConfig, side: int) -> tuple[Callable[[], object], float]:
    """A product like those of the run, and its floating-point operations."""
    n = 3 * config.batch_size
    narrow, wide = config.hidden[0], config.hidden[1]
    if config.network == "mlp":
        factors = torch.randn(n, side**2), torch.randn(side**2, narrow)
        return partial(torch.mm, *factors, out=torch.empty(n, narrow)), 2.0 * n * side**2 * narrow
    half, quarter = (side + 1) // 2, (side + 3) // 4
    x, kernels = torch.randn(n, narrow, half, half), torch.randn(wide, narrow, 5, 5)
    convolve = partial(torch.nn.functional.conv2d, x, kernels, stride=2, padding=2)
    return torch.inference_mode()(convolve), 2.0 * n * narrow * wide * 25 * quarter**2


def main() -> None:
    torch.set_num_threads(1)
    if hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"milliseconds per generator iteration, median of {ROUNDS} rounds")
    for label, (side, config) in CASES.items():
        dataset = noise(side)
        like, flop = product(config, side)
        engines = {"usual": usual(config, dataset), "ours": trainer_for(config, dataset).step, "product": like}
        for call in engines.values():
            call()
        times: dict[str, list[float]] = {name: [] for name in engines}
        for _ in range(ROUNDS):
            for name, call in engines.items():
                times[name].append(milliseconds(call))
        ms = {name: statistics.median(values) for name, values in times.items()}
        rate = flop / ms["product"] * 1e3
        limit = ARCHITECTURES[config.network].flop(config, dataset.space) / rate * 1e3
        print(
            f"{label:32} usual {ms['usual']:7.2f}, ours {ms['ours']:7.2f}: {ms['usual'] / ms['ours']:.2f} times; "
            f"limit {limit:.2f} ms at {rate / 1e9:.0f} GFLOP/s, share {limit / ms['ours']:.0%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
