"""A critic alone, on two fixed measures on the line: its settings, and its training as it is kept. Needs no torch."""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from wgan_demo.gan.runs.courses import Courses
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.measures import DiscreteMeasure

MAX_POINTS = 500  # a side: every step sums over all of them
GRID = 401  # points of a frame's curve

CRITIC_RECORD_COLUMNS = ("step", "critic_loss", "gradient_penalty", "gradient_norm_mean", "score_gap")
CRITIC_COLUMNS = ("step", "value", "greatest_slope")


@dataclass(frozen=True)
class CriticConfig:
    """P and Q as places and shares, and how the critic is trained on them. Raises ValueError in one clear sentence.

    The learning rate falls linearly to lr_final * lr over the steps. `interpolates` is the number of points x_hat a
    step, each between a place drawn from P and one drawn from Q.
    """

    source: tuple[tuple[float, ...], tuple[float, ...]]
    target: tuple[tuple[float, ...], tuple[float, ...]]
    regularizer: str = "one_sided"
    gp_weight: float = 100.0
    hidden: tuple[int, ...] = (64, 64)
    lr: float = 5e-3
    lr_final: float = 0.05
    betas: tuple[float, float] = (0.5, 0.9)
    interpolates: int = 256
    steps: int = 1500
    seed: int = 0

    def __post_init__(self):
        for side in (self.source, self.target):
            DiscreteMeasure(*side)  # raises where it makes no sense
            if len(side[0]) > MAX_POINTS:
                raise ValueError(f"A critic is trained on at most {MAX_POINTS} points a side, not {len(side[0])}.")
        if not (0 <= self.gp_weight <= 1e6 and 0 < self.lr <= 1 and 1 <= self.steps <= 20_000):
            raise ValueError("The penalty's weight, the learning rate or the number of steps is out of range.")

    @classmethod
    def between(cls, source: DiscreteMeasure, target: DiscreteMeasure, **settings) -> "CriticConfig":
        """The config for two measures on the line; points without mass are left out."""

        def side(measure: DiscreteMeasure):
            measure = measure.normalized()
            keep = measure.weights > 0
            return tuple(measure.points[keep, 0].tolist()), tuple(measure.weights[keep].tolist())

        return cls(side(source), side(target), **settings)

    @property
    def range(self) -> tuple[float, float]:
        """Where the critic is drawn: from the leftmost point to the rightmost."""
        places = self.source[0] + self.target[0]
        return min(places), max(places)

    @property
    def step_flop(self) -> float:
        """Estimated floating-point operations of one step: 24 for each weight and sample."""
        sizes = (1, *self.hidden, 1)
        weights = sum(a * b for a, b in pairwise(sizes))
        return 24.0 * weights * (self.interpolates + len(self.source[0]) + len(self.target[0]))


@dataclass(eq=False)
class CriticRecording(Courses):
    """A critic's training: records (s, 5) in the order of CRITIC_RECORD_COLUMNS, a row per step; evaluations (e, 3) in
    the order of CRITIC_COLUMNS, and a frame for each, with f (GRID,): the critic's values on `grid`, 0 on the left.

    score_gap is E_P f - E_Q f before a step's update, value the same of the frame, in units of f; greatest_slope is the
    largest |f'| between neighbouring points of the grid, so value / greatest_slope is at most W1 up to its resolution.
    """

    config: CriticConfig
    records: np.ndarray = field(default_factory=lambda: np.empty((0, len(CRITIC_RECORD_COLUMNS))))
    evaluations: np.ndarray = field(default_factory=lambda: np.empty((0, len(CRITIC_COLUMNS))))
    frames: list[Frame] = field(default_factory=list)

    record_columns = CRITIC_RECORD_COLUMNS
    columns = CRITIC_COLUMNS

    @property
    def grid(self) -> np.ndarray:
        """The places (GRID,) of the frames' values."""
        return np.linspace(*self.config.range, GRID)
