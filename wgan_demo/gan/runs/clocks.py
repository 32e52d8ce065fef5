"""CLOCKS: what the course of a run is measured by: iterations, the seconds they took, or the computation in them."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.runs.recording import Recording


class Clock(NamedTuple):
    """`at(recording, steps)` is the time (k,) in `unit` when each of the iterations `steps` (k,) was done.

    Where time is counted in whole numbers, `scale` ticks make one unit; `tick` names them. They are fine enough to tell
    one iteration of the smallest networks from the next.
    """

    title: str
    unit: str
    scale: int
    tick: str
    at: Callable[[Recording, np.ndarray], np.ndarray]

    def ticks(self, recording: Recording, steps: np.ndarray) -> np.ndarray:
        """The same in whole ticks (k,), int64."""
        return np.rint(self.scale * self.at(recording, np.asarray(steps, float))).astype(np.int64)

    def step(self, recording: Recording, tick: int) -> int:
        """The last evaluated iteration that was done at `tick`, the first one before that."""
        steps = recording.evaluations[:, 0]
        return int(steps[max(0, np.count_nonzero(self.ticks(recording, steps) <= tick) - 1)])


def iterations(recording: Recording, steps: np.ndarray) -> np.ndarray:
    """The iterations themselves."""
    return np.asarray(steps, float)


def seconds(recording: Recording, steps: np.ndarray) -> np.ndarray:
    """Seconds of one core (k,) that training took on its machine, evaluations not counted; linear between those."""
    return np.interp(steps, *recording.course("seconds"))


def computation(recording: Recording, steps: np.ndarray) -> np.ndarray:
    """Computation (k,) in TFLOP, changes of n_critic counted: TrainConfig.step_flop."""
    changes = [(step, value) for step, name, value in recording.changes if name == "n_critic"]
    parts = [
        (0, recording.config.n_critic),
        *sorted(changes, key=lambda change: change[0]),
    ]  # the last of a step counts
    total = np.zeros(len(steps))
    for (begin, n_critic), (end, _) in zip(parts, [*parts[1:], (np.inf, 0)], strict=True):
        flop = replace(recording.config, n_critic=int(n_critic)).step_flop
        total += flop * np.clip(np.minimum(steps, end) - begin, 0, None)
    return total / 1e12


CLOCKS = {
    "iterations": Clock("iteration", "", 1, "iterations", iterations),
    "seconds": Clock("seconds of one core", "s", 10**6, "millionths of a second", seconds),
    "computation": Clock("computation, TFLOP", "TFLOP", 10**9, "thousands of operations", computation),
}
