"""What a study is: a question, the runs that answer it, and what is measured and kept of each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeVar

import numpy as np

from wgan_demo.engine.jobs import MAX_STEPS, AnyConfig, AnyRecording
from wgan_demo.gan.runs.recording import EVERY

Config = TypeVar("Config")
NAME = re.compile(r"[\w.=,+-]+")  # of a run: it names a file as well


def grid(base: Config, **axes: Sequence | Mapping[str, Mapping]) -> dict[str, Config]:
    """`base` with each combination of the axes' values, by names such as "regularizer=clipping,seed=3".

    An axis is a field of the config and its values; or any word, and settings of several fields by the names that they
    get: `grid(base, method={"gan": {"loss": "saturating", "lr": 2e-4}, ...}, seed=range(20))`. Raises what the config
    raises for a combination that makes no sense.
    """
    points = [
        [
            (f"{axis}={_text(value)}", values[value] if isinstance(values, Mapping) else {axis: value})
            for value in values
        ]
        for axis, values in axes.items()
    ]
    return {
        ",".join(name for name, _ in point): replace(base, **{k: v for _, part in point for k, v in part.items()})
        for point in product(*points)
    }


def _text(value) -> str:
    if isinstance(value, tuple):
        return "-".join(map(_text, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def nothing(recording: AnyRecording) -> dict[str, np.ndarray]:
    """Keep the numbers alone."""
    return {}


@dataclass(frozen=True)
class Study:
    """Runs of the same length that answer one question.

    runs     their configs, of any type in engine.kinds.KINDS, by their names
    steps    of each
    measure  (its recording, all frames included) -> the numbers that are told of it
    keep     (the same) -> arrays that are drawn of it, as small as they can be
    every    steps between two evaluations where a pool is begun for the study: what looks at the end needs no other

    Raises ValueError for a name that cannot be a file's, or more steps than a run may have.
    """

    question: str
    runs: Mapping[str, AnyConfig]
    steps: int
    measure: Callable[[AnyRecording], dict[str, float]]
    keep: Callable[[AnyRecording], dict[str, np.ndarray]] = nothing
    every: int = EVERY

    def __post_init__(self):
        if bad := [name for name in self.runs if not NAME.fullmatch(name)]:
            raise ValueError(f"A run is named by letters, digits and “.=,+-”, not {bad[0]!r}.")
        if not 1 <= self.steps <= MAX_STEPS:
            raise ValueError(f"A run of a study has 1 to {MAX_STEPS:,} steps, not {self.steps}.")
