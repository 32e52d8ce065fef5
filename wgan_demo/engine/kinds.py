"""What a host can train: KINDS, by the type of the config."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import NamedTuple

from wgan_demo.engine import blow_up
from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.bugs.trainer import buggy_trainer
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.critic_alone import plane_trainer
from wgan_demo.gan.critic_alone import trainer as critic_alone
from wgan_demo.gan.critic_alone.config import CriticConfig, CriticRecording
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig, PlaneCriticRecording
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs import checkpoint
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.slow_motion import take_apart
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.gan.spaces import VIEWS
from wgan_demo.gan.standstill import trainer as standstill
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.recording import StandstillRecording, kept_steps
from wgan_demo.gan.trainer import Trainer


class Kind(NamedTuple):
    """How a config is trained. A trainer has `step()`, which returns a named tuple of numbers, and `steps_done`.

    make            (config, **options) -> a trainer; the options are dataset and changes, where there are any
    begin           (trainer) -> an empty recording
    evaluate        (trainer) -> its measures by name, and a frame
    blown           (trainer, numbers of a step) -> which of them says that the run has blown up, None if none does
    blown_frame     (trainer, frame) -> the same of what is drawn
    checkpoint      (trainer) -> a file from which the run goes on, where there is such a thing
    copy            (trainer) -> another that goes on exactly as it will, and shares nothing with it
    take_apart      (such a copy, step of the critic) -> its next iteration in all its pieces
    looks           (config) -> steps at which it is evaluated whatever else is asked for
    """

    make: Callable
    begin: Callable
    evaluate: Callable[..., tuple[dict[str, float], Frame]]
    blown: Callable[..., str | None]
    blown_frame: Callable[..., str | None]
    checkpoint: Callable[..., bytes] | None = None
    copy: Callable | None = None
    take_apart: Callable[..., StepTrace] | None = None
    looks: Callable[..., Collection[int]] = lambda config: ()


def evaluate(trainer: Trainer) -> tuple[dict[str, float], Frame]:
    """As runs in its space are evaluated."""
    return VIEWS[trainer.dataset.space.kind].evaluate(trainer)


def pieces(trainer: Trainer, critic_step: int | None) -> StepTrace:
    """Its next iteration without the critic's weights, which can be 10 MB."""
    return replace(take_apart.watch(trainer, critic_step), weights=None)


def alone(make: Callable, recording: type, evaluate: Callable, **more) -> Kind:
    """Networks that learn by themselves, on what stands still; its recording is begun from the config."""
    return Kind(
        make,
        lambda trainer: recording(trainer.config),
        evaluate,
        blow_up.not_finite,
        blow_up.frame_not_finite,
        **more,
    )


GAN = {
    "begin": Recording.of,
    "evaluate": evaluate,
    "blown": blow_up.in_step,
    "blown_frame": blow_up.in_frame,
}
KINDS: dict[type, Kind] = {
    TrainConfig: Kind(trainer_for, **GAN, checkpoint=checkpoint.save, copy=take_apart.twin, take_apart=pieces),
    BuggyConfig: Kind(buggy_trainer, **GAN),
    CriticConfig: alone(critic_alone.CriticTrainer, CriticRecording, critic_alone.evaluate),
    PlaneCriticConfig: alone(plane_trainer.PlaneCriticTrainer, PlaneCriticRecording, plane_trainer.evaluate),
    StandstillConfig: alone(
        standstill.StandstillTrainer,
        StandstillRecording,
        standstill.evaluate,
        looks=lambda config: frozenset(kept_steps(config.steps).tolist()),
    ),
}
