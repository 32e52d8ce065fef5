"""The next iteration of a run, taken apart: the engine itself takes it on a copy, and is watched.

What the engine decides (losses, gap, weights) is read off the engine; the pieces it never names one by one (z, u, the
gradient at each x_hat) are computed here in the plain way, so that each can be held against the other.
"""

import math

from torch import Tensor

from wgan_demo.gan.slow_motion.critic_step import CriticStep
from wgan_demo.gan.slow_motion.generator_step import GeneratorStep
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.gan.trainer import Trainer


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
    show = min(show, trainer.config.batch_size)
    watcher = _Watcher(trainer, critic_step or math.inf, show)
    trainer.watch = watcher
    try:
        iteration = trainer.step().step
    finally:
        trainer.watch = None
    dataset = trainer.dataset
    return StepTrace(
        iteration=iteration,
        critic_step=watcher.wanted,
        config=trainer.config,
        lr=trainer.critic_optimizer.param_groups[0]["lr"],
        show=show,
        space=dataset.space,
        axes=dataset.axes,
        unit=dataset.unit,
        **{name: value.numpy() if isinstance(value, Tensor) else value for name, value in watcher.pieces.items()},
    )


class _Watcher:
    """Looks at critic step number `critic_step`, or the last one, and at the generator's; `pieces` is what it saw."""

    def __init__(self, trainer: Trainer, critic_step: float, show: int):
        self.trainer, self.critic_step, self.show = trainer, critic_step, show
        self.taken = self.wanted = 0
        self.step: CriticStep | GeneratorStep | None = None
        self.pieces: dict = {}

    def __call__(self, moment: str, *numbers: Tensor) -> None:
        if moment == "critic step":
            self.taken += 1
            self.wanted = min(self.critic_step, self.trainer.config.n_critic)  # of this very iteration
            self.step = CriticStep(self.trainer, self.show) if self.taken == self.wanted else None
        elif moment == "generator step":
            self.step = GeneratorStep(self.trainer)
        elif self.step and moment == "constraint":
            self.step.before_constraint()
        elif self.step:
            self.pieces |= self.step.pieces(*numbers)
