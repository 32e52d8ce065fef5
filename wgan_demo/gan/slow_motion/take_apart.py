"""The next iteration of a run, taken apart: the engine itself takes it on a copy, watched between its steps.

What the engine decides (losses, gap, weights) is read off the engine; the pieces it never names one by one (z, u, the
gradient at each x_hat) are computed here in the plain way, so that each can be held against the other.
"""

import copy
import math
from dataclasses import replace
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn

from wgan_demo.gan.lipschitz import TINY, interpolate
from wgan_demo.gan.networks.mlp import SpectralLinear
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.gan.spaces.evaluate import critic_surface
from wgan_demo.gan.trainer import Trainer

BINS = 60


def take_apart(trainer: Trainer, critic_step: int | None = None, show: int = 12) -> StepTrace:
    """The next iteration of `trainer` in all its pieces, without taking it: the run does not notice."""
    return watch(twin(trainer), critic_step, show)


def twin(trainer: Trainer) -> Trainer:
    """A copy that goes on exactly as the trainer itself will, and shares nothing with it that changes."""
    same = type(trainer)(trainer.config, trainer.dataset)
    same.load_state_dict(trainer.state_dict())
    return same


def watch(trainer: Trainer, critic_step: int | None = None, show: int = 12) -> StepTrace:
    """Take one iteration of `trainer` and return one critic step and the generator step in all their pieces.

    The critic's steps are counted from 1; without a number, or beyond the last one, it is the last one.
    """
    take_critic_step, take_generator_step = partial(trainer.critic_steps, 1), trainer.generator_step
    seen, taken, wanted = {}, 0, 0

    def watched_critic_step():
        nonlocal taken, wanted
        taken, wanted = taken + 1, min(critic_step or math.inf, trainer.config.n_critic)  # of this very iteration
        if taken != wanted:
            return take_critic_step()
        result, pieces = _critic_pieces(trainer, take_critic_step)
        seen.update(pieces)
        return result

    def watched_generator_step():
        result, pieces = _generator_pieces(trainer, take_generator_step)
        seen.update(pieces)
        return result

    # One by one, also where the trainer itself draws for all of them first: the numbers are the same.
    trainer.critic_steps = lambda count: [watched_critic_step() for _ in range(count)][-1]
    trainer.generator_step = watched_generator_step
    try:
        iteration = trainer.step().step
    finally:
        del trainer.critic_steps, trainer.generator_step  # those of its class again
    dataset = trainer.dataset
    return StepTrace(
        iteration=iteration,
        critic_step=wanted,
        config=trainer.config,
        lr=trainer.critic_optimizer.param_groups[0]["lr"],
        show=min(show, trainer.config.batch_size),
        extent=dataset.extent,
        axes=dataset.axes,
        unit=dataset.unit,
        **{name: value.numpy() if isinstance(value, Tensor) else value for name, value in seen.items()},
    )


def _critic_pieces(trainer: Trainer, step) -> tuple[tuple, dict]:
    """Take the critic's step; returns its result and the pieces of StepTrace that belong to it."""
    n, rules = trainer.config.batch_size, trainer.regularizer
    data, noise = trainer.data_rng.bit_generator.state, trainer.noise_rng.get_state()
    real, z = trainer.real(n), trainer.noise(n)
    with torch.no_grad():
        fake = trainer.generator(z)
    between = trainer.noise_rng.get_state()
    x_hat = rules.points(real, fake, generator=trainer.noise_rng)
    u = None
    if rules.points is interpolate:
        trainer.noise_rng.set_state(between)
        u = torch.rand(n, generator=trainer.noise_rng, dtype=real.dtype)
    trainer.data_rng.bit_generator.state = data  # the step draws the same once more
    trainer.noise_rng.set_state(noise)

    surface_before, before = _surface(trainer), copy.deepcopy(trainer.critic)
    real_scores, fake_scores = _scores(before, torch.cat([real, fake])).chunk(2)
    gradient = _gradient(before, x_hat)
    norms = (gradient.square().sum(dim=1) + TINY).sqrt()
    weights = [_flat(trainer.critic)]
    if rules.constrain:
        trainer.regularizer = _watched_constraint(rules, weights)
    result = loss, gap, _ = step()
    trainer.regularizer = rules
    surface_after, after = _surface(trainer), copy.deepcopy(trainer.critic)
    weights = torch.stack([weights[0], (weights[1:] or [_flat(after)])[0], _flat(after)])
    update = weights[2] - weights[0]

    loss_after = trainer.loss.critic(*_scores(after, torch.cat([real, fake])).chunk(2))
    penalties = None
    if rules.penalty:
        penalties = torch.stack([rules.penalty(norm) for norm in norms])
        norms_after = (_gradient(after, x_hat).square().sum(dim=1) + TINY).sqrt()
        loss_after = loss_after + trainer.config.gp_weight * rules.penalty(norms_after)
    edges = np.linspace(-1, 1, BINS + 1) * (weights.abs().max().nan_to_num(1.0, 1.0, 1.0).item() or 1.0)
    return result, {
        "real": real,
        "z": z,
        "fake": fake,
        "real_scores": real_scores,
        "fake_scores": fake_scores,
        "u": u,
        "x_hat": x_hat,
        "gradient": gradient,
        "norms": norms,
        "penalties": penalties,
        "penalty": 0.0 if penalties is None else rules.penalty(norms).item(),
        "score_gap": gap.item(),
        "loss": loss.item(),
        "loss_after": loss_after.item(),
        "parameters": len(update),
        "update_norm": update.norm().item(),
        "update_max": update.abs().max().item(),
        "surface_before": surface_before,
        "surface_after": surface_after,
        "weights": weights,
        "clipped": int((weights[1] != weights[2]).sum()),
        "weight_edges": edges,
        "weight_counts": np.stack([np.histogram(row, edges)[0] for row in weights.numpy()]),
        "stretches": _stretches(after),
    }


def _generator_pieces(trainer: Trainer, step) -> tuple[Tensor, dict]:
    """Take the generator's step; returns its result and the pieces of StepTrace that belong to it."""
    noise = trainer.noise_rng.get_state()
    z = trainer.noise(trainer.config.batch_size)
    trainer.noise_rng.set_state(noise)  # the step draws the same once more
    critic, weights = copy.deepcopy(trainer.critic), _flat(trainer.generator)
    surface = _surface(trainer)
    with torch.no_grad():
        fake = trainer.generator(z)
    leaf = fake.clone().requires_grad_(True)
    scores = critic(leaf).squeeze(1)
    (slope,) = torch.autograd.grad(scores.sum(), leaf, retain_graph=True)
    (by_sample,) = torch.autograd.grad(trainer.loss.generator(scores), leaf)
    loss = step()
    with torch.no_grad():
        after = trainer.generator(z)
    return loss, {
        "generator_surface": surface,
        "generator_z": z,
        "generator_fake": fake,
        "generator_scores": scores.detach(),
        "slope": slope,
        "push": -len(z) * by_sample,
        "generator_fake_after": after,
        "generator_loss": loss.item(),
        "generator_loss_after": trainer.loss.generator(_scores(critic, after)).item(),
        "generator_update_norm": (_flat(trainer.generator) - weights).norm().item(),
    }


def _watched_constraint(rules, weights: list[Tensor]):
    """The same rules, which note the weights before they constrain them."""

    def constrain(critic, config):
        weights.append(_flat(critic))
        rules.constrain(critic, config)

    return replace(rules, constrain=constrain)


def _surface(trainer: Trainer) -> np.ndarray:
    """f on the square, or on the line; batch normalisation does not learn from it."""
    return critic_surface(copy.deepcopy(trainer.critic).eval(), trainer.dataset.extent, trainer.dataset.dimension)


@torch.no_grad()
def _scores(critic: nn.Module, x: Tensor) -> Tensor:
    return critic(x).squeeze(1)


def _gradient(critic: nn.Module, x: Tensor) -> Tensor:
    """grad f at each of x (n, d): (n, d)."""
    x = x.detach().requires_grad_(True)
    return torch.autograd.grad(critic(x).sum(), x)[0]


def _flat(network: nn.Module) -> Tensor:
    return torch.cat([parameter.detach().reshape(-1) for parameter in network.parameters()])


@torch.no_grad()
def _stretches(critic: nn.Module) -> np.ndarray:
    """Greatest singular value of every spectrally normalised layer's weights (layers, 2): u^T W v, and by an SVD."""
    weights = [(layer.weight.nan_to_num(), layer.u, layer.v) for layer in critic if isinstance(layer, SpectralLinear)]
    pairs = [(float(u @ w @ v), float(torch.linalg.matrix_norm(w, 2))) for w, u, v in weights]
    return np.array(pairs).reshape(-1, 2)
