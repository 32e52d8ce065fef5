"""A critic alone in the plane, against a generator that is held at the data plus noise: its settings, and its training
as it is kept. The set-up of Gulrajani et al. 2017, figure 1. Needs no torch.
"""

from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import pairwise

import numpy as np

from wgan_demo.datasets import DATASETS
from wgan_demo.distances import wasserstein
from wgan_demo.gan.objectives import CONSTRAINTS
from wgan_demo.gan.runs.courses import Courses
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.settings import checked
from wgan_demo.measures import DiscreteMeasure

EXTENT = 3.0  # the critic is drawn on the square from -EXTENT to EXTENT: where the paper draws it
SIDE = 41  # values along each side of it
BINS = 60  # of a histogram of weights
MAX_POINTS = 2048  # a side: every evaluation looks at all pairs
HOLDS = {name: constraint.label for name, constraint in CONSTRAINTS.items()} | {"r1": "Penalty at real points, R1"}
COMMON = ("gp_weight", "clip", "hidden", "init", "optimizer", "lr", "lr_final", "betas", "seed")  # as in a TrainConfig

PLANE_RECORD_COLUMNS = ("step", "critic_loss", "gradient_penalty", "gradient_norm_mean", "score_gap")
PLANE_COLUMNS = ("step", "value", "greatest_slope", "at_edge", "seconds")


@dataclass(frozen=True)
class PlaneCriticConfig:
    """Data in the plane, the noise of the generator that is held there, and how the critic is held and trained.

    `points` real ones x are drawn once, and as many others y = x' + noise N(0, I) with x' real too: the critic's gap is
    a mean over all of them at every step. The learning rate falls linearly to lr_final * lr over the steps.
    `interpolates` is the number of places a step where a penalty is taken. `double` trains in float64.

    Raises ValueError in one clear sentence.
    """

    dataset: str = "swiss_roll"
    regularizer: str = "gradient_penalty"
    gp_weight: float = 10.0
    clip: float = 0.01
    batch_norm: bool = False
    points: int = 512
    noise: float = 1.0
    hidden: tuple[int, ...] = (128, 128, 128)
    init: str = "torch"
    optimizer: str = "adam"
    lr: float = 1e-3
    lr_final: float = 0.02
    betas: tuple[float, float] = (0.5, 0.9)
    interpolates: int = 256
    double: bool = False
    steps: int = 3000
    seed: int = 0

    def __post_init__(self):
        for one in fields(self):
            if one.name in COMMON:
                object.__setattr__(self, one.name, checked(one.name, getattr(self, one.name), one.default))
        planes = [name for name, dataset in DATASETS.items() if dataset.space.kind == "plane" and not dataset.period]
        if self.dataset not in planes:
            raise ValueError(f"dataset must be one of {', '.join(planes)}, not {self.dataset!r}.")
        if self.regularizer not in HOLDS:
            raise ValueError(f"regularizer must be one of {', '.join(HOLDS)}, not {self.regularizer!r}.")
        if not (2 <= self.points <= MAX_POINTS and 2 <= self.interpolates <= MAX_POINTS):
            raise ValueError(f"A critic in the plane is trained on 2 to {MAX_POINTS:,} points a side.")
        if not (0 <= self.noise <= 100 and 1 <= self.steps <= 20_000):
            raise ValueError("The noise or the number of steps is out of range.")

    @property
    def step_flop(self) -> float:
        """Estimated floating-point operations of one step: 6 a weight and point, 18 where a penalty is taken."""
        weights = sum(a * b for a, b in pairwise((2, *self.hidden, 1)))
        return weights * (6.0 * 2 * self.points + 18.0 * self.interpolates)

    def samples(self) -> tuple[np.ndarray, np.ndarray]:
        """The real points and those of the held generator, (points, 2) float64 each."""
        rng, dataset = np.random.default_rng(self.seed), DATASETS[self.dataset]
        real = dataset.sample(self.points, rng)
        return real, dataset.sample(self.points, rng) + self.noise * rng.standard_normal((self.points, 2))

    @property
    def grid(self) -> np.ndarray:
        """Where the critic is drawn: (SIDE * SIDE, 2), row by row from below, each from left to right."""
        side = np.linspace(-EXTENT, EXTENT, SIDE)
        return np.stack(np.meshgrid(side, side), -1).reshape(-1, 2)


@dataclass(eq=False)
class PlaneCriticRecording(Courses):
    """A critic's training: records (s, 5) in the order of PLANE_RECORD_COLUMNS, a row per step; evaluations (e, 5) in
    the order of PLANE_COLUMNS, and a frame for each.

    value is the mean of f over the real points minus that over the others, in units of f; greatest_slope the largest
    |f(a) - f(b)| / |a - b| over all pairs of the very points of both kinds, so that value / greatest_slope never
    exceeds their exact W1: f / greatest_slope is 1-Lipschitz on them, and that is all that duality asks. at_edge is the
    share of the weights that stand at c or -c, 0 where nothing is clipped; seconds are of one core.

    A frame has surface (SIDE, SIDE), f on the grid less its mean; slopes (101,), the percentiles of the slopes of the
    pairs; norms of the gradient of f `between` real points and others (interpolates,), at the `data` (points,) and on
    the `grid` (SIDE * SIDE,); layers (l,), how strongly the score gap depends on the activations of each hidden layer,
    the first one first (`layer_norms` of the trainer); and weights (BINS,), the shares of all weights in equal bins
    from -reach to reach, with reach (1,) = c, or wide enough for 99.5 % of them where nothing is clipped.
    """

    config: PlaneCriticConfig
    records: np.ndarray = field(default_factory=lambda: np.empty((0, len(PLANE_RECORD_COLUMNS))))
    evaluations: np.ndarray = field(default_factory=lambda: np.empty((0, len(PLANE_COLUMNS))))
    frames: list[Frame] = field(default_factory=list)

    record_columns = PLANE_RECORD_COLUMNS
    columns = PLANE_COLUMNS

    @cached_property
    def w1(self) -> float:
        """Exact W1 of the very points that the critic is trained on, in units of x."""
        return exact_w1(self.config)

    @property
    def bound(self) -> float:
        """What the newest gap, divided by the greatest slope, says of W1: never more than it is. NaN before a frame."""
        slope = self.value("greatest_slope")
        return self.value("value") / slope if slope else 0.0


def exact_w1(config: PlaneCriticConfig) -> float:
    """W1 of the points of a config by the network simplex, in units of x."""
    real, fake = map(DiscreteMeasure.uniform, config.samples())
    return wasserstein(real, fake, 1)
