"""The training loop of WGAN-GP, readable from top to bottom: Gulrajani et al. 2017, algorithm 1."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from wgan_demo.datasets import DATASETS, Dataset
from wgan_demo.gan.config import Changes, TrainConfig
from wgan_demo.gan.lipschitz import REGULARIZERS, gradient_norms, smooth_root, squared_norms
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.networks import NETWORKS

OPTIMIZERS = {
    "adam": lambda parameters, config: torch.optim.Adam(parameters, lr=config.lr, betas=config.betas, fused=True),
    "rmsprop": lambda parameters, config: torch.optim.RMSprop(parameters, lr=config.lr),
}


class StepRecord(NamedTuple):
    """The numbers of one generator iteration; the critic's are those of its last step in it.

    For a Wasserstein loss critic_loss = -score_gap + lambda * gradient_penalty, which is 0 where nothing is penalised.
    The score gap, mean f(real) - mean f(fake), is sure to be at most W1 where f is 1-Lipschitz.
    """

    step: int
    critic_loss: float
    generator_loss: float
    gradient_penalty: float
    gradient_norm_mean: float
    gradient_norm_std: float
    score_gap: float


class Trainer:
    """Two networks, two optimisers and their randomness: everything a run is, and nothing about where it runs.

    The data come from DATASETS under config.dataset, or from `dataset`. `changes` happen while the run goes on, each at
    its iteration; `config` is always that of the next step, `first_config` that of the first. Raises ValueError for the
    name of data that do not exist.

    `watch`, if there is one, is called with the name of each moment of an iteration and the numbers known by then:
    "critic step", "constraint" (the weights are about to be constrained), "critic step done", "generator step",
    "generator step done".
    """

    seconds = 0.0  # of one core that the steps took: kept by whoever calls `step`

    def __init__(self, config: TrainConfig, dataset: Dataset | None = None, changes: Changes = ()):
        if dataset is None and config.dataset not in DATASETS:
            raise ValueError(f"dataset must be one of {', '.join(DATASETS)}, not {config.dataset!r}.")
        self.config = self.first_config = config
        self.dataset = dataset or DATASETS[config.dataset]
        weights, data, noise, evaluation = config.seeds()
        self.data_rng = np.random.default_rng(data)
        self.noise_rng = _torch_generator(noise)
        self.evaluation_rng = np.random.default_rng(evaluation)
        self.loss = LOSSES[config.loss]
        self.regularizer = REGULARIZERS[config.regularizer]
        build = NETWORKS[config.network]
        self.generator, self.critic = build(config, self.dataset.space, _torch_generator(weights))
        if self.regularizer.prepare:
            self.regularizer.prepare(self.critic)
        self.averaged = copy.deepcopy(self.generator) if config.ema else self.generator
        self.generator_optimizer = OPTIMIZERS[config.optimizer](self.generator.parameters(), config)
        self.critic_optimizer = OPTIMIZERS[config.optimizer](self.critic.parameters(), config)
        self.changes: Changes = ()
        self.steps_done = 0
        self.watch: Callable[..., None] | None = None
        for change in changes:
            self.change(*change)

    def change(self, step: int, name: str, value: float) -> None:
        """Set one of config.changeable after iteration `step`, which may be the one that was done last, or a later one.

        Raises ValueError for another name, a value that makes no sense, or a step that is past.
        """
        if name not in (changeable := self.config.changeable):
            raise ValueError(f"While a run goes on {', '.join(changeable)} can be changed, not {name!r}.")
        if step < self.steps_done:
            raise ValueError(f"Iteration {step} is past: the run is at {self.steps_done}.")
        replace(self.config, **{name: value})  # raises where it makes no sense
        self.changes = (*self.changes, (step, name, value))

    def real(self, n: int) -> Tensor:
        """n real samples (n, *shape), of the distribution as it is now if it moves."""
        return torch.from_numpy(self.dataset.at(self.steps_done).sample(n, self.data_rng).astype(np.float32))

    def noise(self, n: int) -> Tensor:
        """n latents z ~ N(0, I) (n, latent_dim)."""
        return torch.randn(n, self.config.latent_dim, generator=self.noise_rng)

    def fake(self, n: int) -> Tensor:
        """n generated samples G(z) (n, *shape), with their graph."""
        return self.generator(self.noise(n))

    def critic_step(self) -> tuple[Tensor, Tensor, Tensor]:
        """One update of the critic; returns its loss, the score gap and ||grad f||^2 (batch,) at x_hat, detached."""
        real = self.real(self.config.batch_size)
        with torch.no_grad():
            fake = self.fake(self.config.batch_size)
        real_scores, fake_scores = self.critic(torch.cat([real, fake])).squeeze(1).chunk(2)
        x_hat = self.regularizer.points(real, fake, generator=self.noise_rng)
        penalty = self.regularizer.penalty
        squares = squared_norms(self.critic, x_hat, create_graph=penalty is not None)
        loss = self.loss.critic(real_scores, fake_scores)
        if penalty:
            loss = loss + self.config.gp_weight * penalty(smooth_root(squares))
        self.critic_optimizer.zero_grad()
        loss.backward()
        self.critic_optimizer.step()
        if self.regularizer.constrain:
            self._moment("constraint")
            self.regularizer.constrain(self.critic, self.config)
        gap = real_scores.detach().mean() - fake_scores.detach().mean()
        return loss.detach(), gap, squares.detach()

    def critic_steps(self, count: int) -> tuple[Tensor, Tensor, Tensor]:
        """So many updates of the critic against the same generator; returns the numbers of the last one."""
        for _ in range(count):
            numbers = self.critic_step()
        return numbers

    def generator_step(self) -> Tensor:
        """One update of the generator; returns its loss, detached."""
        self.critic.requires_grad_(False)
        loss = self.loss.generator(self.critic(self.fake(self.config.batch_size)).squeeze(1))
        self.generator_optimizer.zero_grad()
        loss.backward()
        self.generator_optimizer.step()
        self.critic.requires_grad_(True)
        if self.config.ema:
            with torch.no_grad():
                torch._foreach_lerp_(_numbers(self.averaged), _numbers(self.generator), 1 - self.config.ema)
        return loss.detach()

    def step(self) -> StepRecord:
        """One generator iteration: n_critic steps of the critic, then one of the generator."""
        for step, name, value in self.changes:
            if step == self.steps_done:
                self.config = replace(self.config, **{name: value})
        self._set_learning_rate()
        n_critic = self.config.n_critic
        for count in [1] * n_critic if self.watch else [n_critic]:  # one by one or all in one call, the same numbers
            self._moment("critic step")
            critic_loss, gap, squares = self.critic_steps(count)
            self._moment("critic step done", critic_loss, gap, squares)
        self._moment("generator step")
        generator_loss = self.generator_step()
        self._moment("generator step done", generator_loss)
        self.steps_done += 1
        norms, penalty = squares.sqrt(), torch.zeros(())
        if self.regularizer.penalty:
            penalty = self.regularizer.penalty(smooth_root(squares))
        numbers = torch.stack([critic_loss, generator_loss, penalty, norms.mean(), norms.std(), gap])
        return StepRecord(self.steps_done, *numbers.tolist())

    def run(self, n: int) -> Iterator[StepRecord]:
        """n generator iterations, one record each."""
        for _ in range(n):
            yield self.step()

    def _moment(self, name: str, *numbers: Tensor) -> None:
        if self.watch:
            self.watch(name, *numbers)

    def _set_learning_rate(self) -> None:
        config, share = self.config, 1.0
        if config.lr_decay_steps:
            share = max(config.lr_final, 1 - (1 - config.lr_final) * self.steps_done / config.lr_decay_steps)
        for optimizer in (self.critic_optimizer, self.generator_optimizer):
            for group in optimizer.param_groups:
                group["lr"] = config.lr * share

    def sample(self, n: int) -> np.ndarray:
        """n generated samples (n, *shape), from the averaged weights if there are any; does not change the run."""
        return self.generate(self.evaluation_rng.standard_normal((n, self.config.latent_dim)))

    @torch.no_grad()
    def generate(self, z: np.ndarray) -> np.ndarray:
        """G(z) of given latents z (n, latent_dim): (n, *shape); the averaged weights, if there are any.

        Each by itself: batch normalisation takes the means of the training, not those of the batch.
        """
        self.averaged.eval()
        samples = self.averaged(torch.from_numpy(z.astype(np.float32))).numpy()
        self.averaged.train()
        return samples

    def score(self, x: np.ndarray) -> np.ndarray:
        """f at samples x (n, *shape): (n,). Batch normalisation does not learn from being looked at."""
        self.critic.eval()
        with torch.no_grad():
            scores = self.critic(torch.from_numpy(x.astype(np.float32))).squeeze(1)
        self.critic.train()
        return scores.numpy()

    def gradients(self, x: np.ndarray) -> np.ndarray:
        """grad f at samples x (n, *shape), of that shape. Batch normalisation does not learn from being looked at."""
        self.critic.eval()
        points = torch.from_numpy(x.astype(np.float32)).requires_grad_(True)
        (slopes,) = torch.autograd.grad(self.critic(points).sum(), points)
        self.critic.train()
        return slopes.numpy()

    def slopes(self, x: np.ndarray) -> np.ndarray:
        """||grad f|| at samples x (n, *shape): (n,). Batch normalisation does not learn from being looked at."""
        self.critic.eval()
        norms = gradient_norms(self.critic, torch.from_numpy(x.astype(np.float32)))
        self.critic.train()
        return norms.numpy()

    def state_dict(self) -> dict:
        """All that `load_state_dict` needs to continue bit for bit: tensors, and the states of the generators."""
        return copy.deepcopy(
            {
                "networks": [network.state_dict() for network in (self.generator, self.critic, self.averaged)],
                "optimizers": [self.generator_optimizer.state_dict(), self.critic_optimizer.state_dict()],
                "noise_rng": self.noise_rng.get_state(),
                "data_rng": self.data_rng.bit_generator.state,
                "evaluation_rng": self.evaluation_rng.bit_generator.state,
                "steps_done": self.steps_done,
                "config": self.config,
                "changes": self.changes,
            }
        )

    def load_state_dict(self, state: dict) -> None:
        """Continue from `state_dict()` of a trainer with the same config."""
        state = copy.deepcopy(state)
        for network, saved in zip((self.generator, self.critic, self.averaged), state["networks"], strict=True):
            network.load_state_dict(saved)
        optimizers = (self.generator_optimizer, self.critic_optimizer)
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        self.noise_rng.set_state(state["noise_rng"])
        self.data_rng.bit_generator.state = state["data_rng"]
        self.evaluation_rng.bit_generator.state = state["evaluation_rng"]
        self.steps_done, self.config, self.changes = state["steps_done"], state["config"], state["changes"]


def _numbers(network: nn.Module) -> list[Tensor]:
    """What is averaged of a network: its weights, and the means and variances of batch normalisation."""
    return [tensor for tensor in network.state_dict().values() if tensor.is_floating_point()]


def _torch_generator(seed: np.random.SeedSequence) -> torch.Generator:
    return torch.Generator().manual_seed(int(seed.generate_state(1)[0]))
