"""When a run has blown up: which of its numbers says so, in words that follow "the"."""

import math
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.trainer import Trainer

BEYOND = 1e6  # times a slope of 1, a score of 1 or the extent of the data
NETWORKS = "networks no longer give finite numbers"


def not_finite(trainer: object, record: NamedTuple) -> str | None:
    """Which number of a step is NaN or infinite; None if all is well."""
    for name, value in record._asdict().items():
        if not math.isfinite(value):
            return f"{name.replace('_', ' ')} became {'NaN, not a number' if math.isnan(value) else 'infinite'}"
    return None


def in_step(trainer: Trainer, record: NamedTuple) -> str | None:
    """The same, or which number is BEYOND what the size of the data leads to expect."""
    if bad := not_finite(trainer, record):
        return bad
    if OBJECTIVES[trainer.config.loss].up_to_constant:  # slopes near 1: scores as wide as the data
        gap = _beyond("score gap", abs(record.score_gap), trainer.dataset.space.extent, "the extent of the data")
    else:
        gap = _beyond("score gap", abs(record.score_gap), 1.0, "a score of 1")
    return gap or _beyond("mean gradient norm", record.gradient_norm_mean, 1.0, "a slope of 1")


def frame_not_finite(trainer: object, frame: Frame) -> str | None:
    """That an array of a frame holds NaN or infinity; None if all is well."""
    return None if frame.finite else NETWORKS


def in_frame(trainer: Trainer, frame: Frame) -> str | None:
    """The same, or how far away the generated samples are."""
    farthest, extent = np.abs(frame["fake"]).max(), trainer.dataset.space.extent
    return frame_not_finite(trainer, frame) or _beyond(
        "distance of the generated points", farthest, extent, "the extent of the data"
    )


def _beyond(name: str, size: float, usual: float, called: str) -> str | None:
    return f"{name} grew to {size:.1e}, over {BEYOND:,.0f} times {called}" if size > BEYOND * usual else None
