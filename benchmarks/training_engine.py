"""Generator iterations a second of WGAN-GP on one thread: the usual way, the same written lean, ours, and JAX.

8 Gaussians, 3 hidden layers, batch 256, n_critic 5, Adam. (a) "usual" is what the popular repositories do: separate
passes for real, fake and x_hat, autograd's double backward, .item() at every step. (b) "lean" is wgan_demo.gan.trainer,
the version the course shows. "ours" is wgan_demo.gan.fast, with the gradients by hand, which runs behind the pages.
JAX (one jitted step, scanned) is timed if it is installed: `pip install jax`.

Everything runs on one core: JAX would take all of them.
The engines take turns in every round, so that a busy moment hits all of them; the median of the rounds is printed.
The limit is the time of the matrix products alone, 240 B W^2 floating-point operations, at the rate of a product
(3 B x W) (W x W) measured in the same rounds.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[1]))
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import FastTrainer
from wgan_demo.gan.trainer import Trainer

WIDTHS = (64, 128, 256, 512)
BATCH, N_CRITIC, LAMBDA, LR, BETAS = 256, 5, 10.0, 1e-4, (0.5, 0.9)
ROUNDS = 15
SECONDS = 0.25  # of each engine in each round, at least one iteration


def usual(width: int) -> Callable[[], None]:
    """One generator iteration as in the popular repositories; data as ours, so that only the training differs."""
    torch.manual_seed(0)
    sizes = ((2, width), (width, width), (width, width))
    hidden = lambda: [layer for a, b in sizes for layer in (nn.Linear(a, b), nn.ReLU())]  # noqa: E731
    generator, critic = nn.Sequential(*hidden(), nn.Linear(width, 2)), nn.Sequential(*hidden(), nn.Linear(width, 1))
    generator_adam = torch.optim.Adam(generator.parameters(), lr=LR, betas=BETAS)
    critic_adam = torch.optim.Adam(critic.parameters(), lr=LR, betas=BETAS)
    data = Trainer(TrainConfig(hidden=(8,)))
    log = []

    def iteration() -> None:
        for _ in range(N_CRITIC):
            critic_adam.zero_grad()
            real = data.real(BATCH)
            fake = generator(torch.randn(BATCH, 2)).detach()
            real_score, fake_score = critic(real).mean(), critic(fake).mean()
            u = torch.rand(BATCH, 1)
            x_hat = (u * real + (1 - u) * fake).requires_grad_(True)
            scores = critic(x_hat)
            gradient = torch.autograd.grad(
                scores, x_hat, torch.ones_like(scores), create_graph=True, retain_graph=True
            )[0]
            penalty = ((gradient.norm(2, dim=1) - 1) ** 2).mean()
            loss = fake_score - real_score + LAMBDA * penalty
            loss.backward()
            critic_adam.step()
            log.append((loss.item(), penalty.item()))
        generator_adam.zero_grad()
        loss = -critic(generator(torch.randn(BATCH, 2))).mean()
        loss.backward()
        generator_adam.step()
        log.append(loss.item())

    return iteration


def config(width: int) -> TrainConfig:
    return TrainConfig(
        hidden=(width,) * 3, batch_size=BATCH, n_critic=N_CRITIC, gp_weight=LAMBDA, lr=LR, betas=BETAS,
        lr_decay_steps=0, ema=0.0,
    )  # fmt: skip


def with_jax(width: int) -> tuple[Callable[[], None], int] | None:
    """Ten iterations in one jitted scan, and how many they are; None where JAX is not installed."""
    try:
        import jax
        import jax.numpy as jnp
    except ImportError:
        return None
    count = 10
    keys = jax.random.split(jax.random.PRNGKey(0), 2)

    def network(key, last):
        sizes = ((2, width), (width, width), (width, width), (width, last))
        return [
            (jax.random.uniform(k, size, minval=-(size[0] ** -0.5), maxval=size[0] ** -0.5), jnp.zeros(size[1]))
            for k, size in zip(jax.random.split(key, 4), sizes, strict=True)
        ]

    def apply(parameters, x):
        for weight, bias in parameters[:-1]:
            x = jax.nn.relu(x @ weight + bias)
        return x @ parameters[-1][0] + parameters[-1][1]

    score = lambda parameters, x: apply(parameters, x[None])[0, 0]  # noqa: E731

    def critic_loss(critic, generator, key):
        k_mode, k_noise, k_z, k_u = jax.random.split(key, 4)
        angle = jax.random.randint(k_mode, (BATCH,), 0, 8) * (jnp.pi / 4)
        real = (
            2 * jnp.stack([jnp.cos(angle), jnp.sin(angle)], 1) + 0.02 * jax.random.normal(k_noise, (BATCH, 2))
        ) / 1.414
        fake = apply(generator, jax.random.normal(k_z, (BATCH, 2)))
        u = jax.random.uniform(k_u, (BATCH, 1))
        gradient = jax.vmap(jax.grad(score, 1), (None, 0))(critic, u * real + (1 - u) * fake)
        norms = jnp.sqrt((gradient**2).sum(1) + 1e-12)
        return apply(critic, fake).mean() - apply(critic, real).mean() + LAMBDA * ((norms - 1) ** 2).mean()

    def adam(parameters, slopes, state):
        mean, square, step = state
        step = step + 1
        mean = jax.tree.map(lambda m, g: BETAS[0] * m + (1 - BETAS[0]) * g, mean, slopes)
        square = jax.tree.map(lambda v, g: BETAS[1] * v + (1 - BETAS[1]) * g * g, square, slopes)
        rate = LR * jnp.sqrt(1 - BETAS[1] ** step) / (1 - BETAS[0] ** step)
        move = lambda p, m, v: p - rate * m / (jnp.sqrt(v) + 1e-8)  # noqa: E731
        return jax.tree.map(move, parameters, mean, square), (mean, square, step)

    def iteration(carry, key):
        critic, generator, critic_state, generator_state = carry
        *critic_keys, last = jax.random.split(key, N_CRITIC + 1)
        for k in critic_keys:
            slopes = jax.grad(critic_loss)(critic, generator, k)
            critic, critic_state = adam(critic, slopes, critic_state)
        z = jax.random.normal(last, (BATCH, 2))
        slopes = jax.grad(lambda g: -apply(critic, apply(g, z)).mean())(generator)
        generator, generator_state = adam(generator, slopes, generator_state)
        return (critic, generator, critic_state, generator_state), None

    run = jax.jit(lambda carry, key: jax.lax.scan(iteration, carry, jax.random.split(key, count))[0])
    fresh = lambda parameters: (jax.tree.map(jnp.zeros_like, parameters),) * 2 + (jnp.zeros(()),)  # noqa: E731
    critic, generator = network(keys[0], 1), network(keys[1], 2)
    state = {"carry": (critic, generator, fresh(critic), fresh(generator)), "key": keys[0]}

    def ten() -> None:
        state["key"], key = jax.random.split(state["key"])
        state["carry"] = jax.block_until_ready(run(state["carry"], key))

    return ten, count


def milliseconds(call: Callable[[], None], each: int = 1) -> float:
    """Of one iteration, as the mean over at least SECONDS."""
    start, n = time.perf_counter(), 0
    while n == 0 or time.perf_counter() - start < SECONDS:
        call()
        n += each
    return 1000 * (time.perf_counter() - start) / n


def main() -> None:
    torch.set_num_threads(1)
    if hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"milliseconds per generator iteration, median of {ROUNDS} rounds")
    print(f"{'width':>5} {'usual':>9} {'lean':>9} {'ours':>9} {'JAX':>9}")
    for width in WIDTHS:
        engines = {
            "usual": (usual(width), 1),
            "lean": (Trainer(config(width)).step, 1),
            "ours": (FastTrainer(config(width)).step, 1),
        }
        if jax := with_jax(width):
            engines["JAX"] = jax
        factors = torch.randn(3 * BATCH, width), torch.randn(width, width)
        engines["product"] = (partial(torch.mm, *factors, out=torch.empty(3 * BATCH, width)), 1)
        for call, _ in engines.values():
            call()
        times: dict[str, list[float]] = {name: [] for name in engines}
        for _ in range(ROUNDS):
            for name, (call, each) in engines.items():
                times[name].append(milliseconds(call, each))
        ms = {name: statistics.median(values) for name, values in times.items()}
        rate = 2 * 3 * BATCH * width**2 / ms["product"] * 1e3  # floating-point operations a second
        limit = 240 * BATCH * width**2 / rate * 1e3
        shown = "".join(
            f"{ms[name]:10.2f}" if name in ms else f"{'-':>10}" for name in ("usual", "lean", "ours", "JAX")
        )
        jax_ratio = f", ours / JAX {ms['ours'] / ms['JAX']:.2f}" if "JAX" in ms else ""
        print(
            f"{width:5}{shown}   usual / ours {ms['usual'] / ms['ours']:.2f}, lean / ours {ms['lean'] / ms['ours']:.2f}"
            f"{jax_ratio}; limit {limit:.1f} ms at {rate / 1e9:.0f} GFLOP/s, share {limit / ms['ours']:.0%}"
        )


if __name__ == "__main__":
    main()
