"""A critic step in its pieces: looked at before it is taken, before its constraint, and when it is done."""

import copy

import numpy as np
import torch
from torch import Tensor, nn

from wgan_demo.gan.lipschitz import SpectralLinear, interpolate, smooth_root
from wgan_demo.gan.slow_motion.look import flat, on_ways, scores, surface
from wgan_demo.gan.spaces import VIEWS
from wgan_demo.gan.trainer import Trainer

BINS = 60


class CriticStep:
    """The step that the trainer is about to take; to draw its points beforehand changes no random state.

    Where the critic is looked at on the ways between samples, it is on those of the first `show`.
    """

    def __init__(self, trainer: Trainer, show: int):
        n, rules = trainer.config.batch_size, trainer.regularizer
        data, noise = trainer.data_rng.bit_generator.state, trainer.noise_rng.get_state()
        self.trainer = trainer
        self.real, self.z = trainer.real(n), trainer.noise(n)
        with torch.no_grad():
            self.fake = trainer.generator(self.z)
        between = trainer.noise_rng.get_state()
        self.x_hat = rules.points(self.real, self.fake, generator=trainer.noise_rng)
        self.u = None
        if rules.points is interpolate:
            trainer.noise_rng.set_state(between)
            self.u = torch.rand(n, generator=trainer.noise_rng, dtype=self.real.dtype)
        trainer.data_rng.bit_generator.state = data  # the step draws the same once more
        trainer.noise_rng.set_state(noise)
        self.pairs = self.real[:show].numpy(), self.fake[:show].numpy()
        self.before, self.surface_before = copy.deepcopy(trainer.critic), surface(trainer, self.pairs)
        self.way_norms = None if VIEWS[trainer.dataset.space.kind].grid else on_ways(trainer.slopes, *self.pairs)
        self.weights = [flat(trainer.critic)]

    def before_constraint(self) -> None:
        """The optimiser has moved the weights, and the constraint has not."""
        self.weights.append(flat(self.trainer.critic))

    def pieces(self, loss: Tensor, gap: Tensor, _: Tensor) -> dict:
        """The step is done and gave these numbers: the pieces of StepTrace that belong to it."""
        trainer, rules, after = self.trainer, self.trainer.regularizer, copy.deepcopy(self.trainer.critic)
        batch = torch.cat([self.real, self.fake])
        real_scores, fake_scores = scores(self.before, batch).chunk(2)
        real_costs, fake_costs = trainer.loss.costs(real_scores, fake_scores)
        probability = trainer.loss.probability
        gradient, squares = _slopes(self.before, self.x_hat)
        weights = torch.stack([self.weights[0], (self.weights[1:] or [flat(after)])[0], flat(after)])
        update = weights[2] - weights[0]

        loss_after = trainer.loss.critic(*scores(after, batch).chunk(2))
        penalties = None
        if rules.penalty:
            penalties = torch.stack([rules.penalty(norm) for norm in smooth_root(squares)])
            squares_after = _slopes(after, self.x_hat)[1]
            loss_after = loss_after + trainer.config.gp_weight * rules.penalty(smooth_root(squares_after))
        edges = np.linspace(-1, 1, BINS + 1) * (weights.abs().max().nan_to_num(1.0, 1.0, 1.0).item() or 1.0)
        return {
            "real": self.real,
            "z": self.z,
            "fake": self.fake,
            "real_scores": real_scores,
            "fake_scores": fake_scores,
            "real_costs": real_costs,
            "fake_costs": fake_costs,
            "real_probabilities": probability and probability(real_scores),
            "fake_probabilities": probability and probability(fake_scores),
            "u": self.u,
            "x_hat": self.x_hat,
            "gradient": gradient,
            "norms": squares.sqrt(),
            "penalties": penalties,
            "penalty": 0.0 if penalties is None else rules.penalty(smooth_root(squares)).item(),
            "score_gap": gap.item(),
            "loss": loss.item(),
            "loss_after": loss_after.item(),
            "parameters": len(update),
            "update_norm": update.norm().item(),
            "update_max": update.abs().max().item(),
            "surface_before": self.surface_before,
            "surface_after": surface(trainer, self.pairs),
            "way_norms": self.way_norms,
            "weights": weights,
            "clipped": int((weights[1] != weights[2]).sum()),
            "weight_edges": edges,
            "weight_counts": np.stack([np.histogram(row, edges)[0] for row in weights.numpy()]),
            "stretches": _stretches(after),
        }


def _slopes(critic: nn.Module, x: Tensor) -> tuple[Tensor, Tensor]:
    """grad f at each of x (n, *shape): (n, *shape), and its squared norms (n,)."""
    x = x.detach().requires_grad_(True)
    (gradient,) = torch.autograd.grad(critic(x).sum(), x)
    return gradient, gradient.flatten(1).square().sum(dim=1)


@torch.no_grad()
def _stretches(critic: nn.Module) -> np.ndarray:
    """Greatest singular value of every spectrally normalised layer's weights (layers, 2): u^T W v, and by an SVD."""
    weights = [(layer.weight.nan_to_num(), layer.u, layer.v) for layer in critic if isinstance(layer, SpectralLinear)]
    pairs = [(float(u @ w @ v), float(torch.linalg.matrix_norm(w, 2))) for w, u, v in weights]
    return np.array(pairs).reshape(-1, 2)
