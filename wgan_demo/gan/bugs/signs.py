"""What of a run can be read off its curves, as numbers: the same of a healthy run and of one with a bug. No torch."""

from typing import NamedTuple

import numpy as np

from wgan_demo.gan.bugs.bugs import STEPS
from wgan_demo.gan.runs.recording import Recording

TELLING = 1.45  # times as much or as little as in the healthy run: what a reader of curves can be sure of


class Signs(NamedTuple):
    """Means over the second half of a run.

    emd     exact EMD, in noise floors
    norm    ||grad f|| at x_hat = u x + (1 - u) G(z), measured apart from the trainer, whose own numbers may lie
    spread  its standard deviation over the x_hat
    gap     score gap, in units of f
    """

    emd: float
    norm: float
    spread: float
    gap: float


def norms(recording: Recording) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Steps (k,) of the frames, and mean and standard deviation (k,) of ||grad f(x_hat)|| there."""
    frames = recording.frames
    steps = np.array([frame.step for frame in frames], float)
    return steps, *(np.array([of(frame["norms"]) for frame in frames], float) for of in (np.mean, np.std))


def signs(recording: Recording) -> Signs:
    """Those of a run that has ended."""
    half = recording.steps / 2

    def late(steps: np.ndarray, values: np.ndarray) -> float:
        values = values[(steps > half) & np.isfinite(values)]
        return float(values.mean()) if len(values) else np.nan

    steps, mean, std = norms(recording)
    emd = late(*recording.distance) / recording.floor[0]
    return Signs(emd, late(steps, mean), late(steps, std), late(*recording.course("score_gap")))


def telling(healthy: Recording, patient: Recording) -> bool:
    """True where the curves give something away: the run stops early, or one of its signs is far from the healthy."""
    if patient.steps < STEPS:
        return True
    far = np.abs(np.log(np.abs(np.array(signs(patient)) / np.array(signs(healthy)))))
    return bool((far > np.log(TELLING)).any())
