"""When a run has blown up: which of its numbers says so, in words that follow "the"."""

import math
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.critic_alone.config import CriticFrame
from wgan_demo.gan.critic_alone.trainer import CriticTrainer
from wgan_demo.gan.runs.recording import Frame
from wgan_demo.gan.trainer import Trainer

BEYOND = 1e6  # times a slope of 1, a score of 1 or the extent of the data
NETWORKS = "networks no longer give finite numbers"


def in_record(trainer: Trainer | CriticTrainer, record: NamedTuple) -> str | None:
    """Which number of a step is NaN, infinite or BEYOND what the data's size leads to expect; None if all is well.

    A critic alone is not asked for sizes: that its value has no end without a constraint is what it is there to show.
    """
    for name, value in record._asdict().items():
        if not math.isfinite(value):
            return f"{name.replace('_', ' ')} became {'NaN, not a number' if math.isnan(value) else 'infinite'}"
    if not isinstance(trainer, Trainer):
        return None
    if trainer.config.loss == "wasserstein":
        gap = _beyond("score gap", abs(record.score_gap), trainer.dataset.extent, "the extent of the data")
    else:
        gap = _beyond("score gap", abs(record.score_gap), 1.0, "a score of 1")
    return gap or _beyond("mean gradient norm", record.gradient_norm_mean, 1.0, "a slope of 1")


def in_frame(trainer: Trainer | CriticTrainer, frame: Frame | CriticFrame) -> str | None:
    """The same of what the stage shows: its numbers, and how far away the generated points are."""
    if not all(np.isfinite(array).all() for array in vars(frame).values() if array is not None):
        return NETWORKS
    if not isinstance(frame, Frame):
        return None
    farthest = np.abs(frame.fake).max()
    return _beyond("distance of the generated points", farthest, trainer.dataset.extent, "the extent of the data")


def _beyond(name: str, size: float, usual: float, called: str) -> str | None:
    return f"{name} grew to {size:.1e}, over {BEYOND:,.0f} times {called}" if size > BEYOND * usual else None
