"""P and a generator that stands still, both on the line, and what is trained on them. Needs no torch."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wgan_demo.gan.standstill.families import FAMILIES, quantile
from wgan_demo.measures import Distribution

GRID = 241  # points of a frame's curves
POINTS = 32  # generated points whose pulls are kept, each of the same share of Q
MARGIN = 5.0  # standard deviations that curves reach beyond the outer mean
THETA_MAX = 30.0


@dataclass(frozen=True)
class StandstillConfig:
    """P around 0 with standard deviation std, Q around theta with fake_std, each of a family of FAMILIES, and how both
    networks learn on them. Raises ValueError in one clear sentence.

    Discriminator and critic have the same layers and the same batches; the critic pays gp_weight times the penalty of
    `regularizer`.
    """

    theta: float = 10.0
    std: float = 0.5
    fake_std: float = 0.5
    regularizer: str = "one_sided"
    gp_weight: float = 100.0
    hidden: tuple[int, ...] = (64, 64)
    lr: float = 1e-3
    batch_size: int = 512
    steps: int = 4000
    seed: int = 0
    family: str = "gaussian"
    fake_family: str = "gaussian"

    def __post_init__(self):
        if not (-THETA_MAX <= self.theta <= THETA_MAX and min(self.std, self.fake_std) >= 0.05):
            raise ValueError(f"θ has to lie between −{THETA_MAX:g} and {THETA_MAX:g}, and σ at 0.05 or above.")
        for family in (self.family, self.fake_family):
            if family not in FAMILIES:
                raise ValueError(f"P and Q can be {', '.join(FAMILIES)}, not {family!r}.")
        if max(self.std, self.fake_std) > THETA_MAX:
            raise ValueError(f"A standard deviation may be {THETA_MAX:g} at most.")
        if not (0 <= self.gp_weight <= 1e6 and 0 < self.lr <= 1 and 1 <= self.steps <= 20_000):
            raise ValueError("The penalty's weight, the learning rate or the number of steps is out of range.")
        if not 2 <= self.batch_size <= 4096:
            raise ValueError("A batch needs from 2 to 4,096 points.")

    @property
    def real(self) -> Distribution:
        """P."""
        return FAMILIES[self.family].of(0.0, self.std)

    @property
    def fake(self) -> Distribution:
        """Q, what the generator makes."""
        return FAMILIES[self.fake_family].of(self.theta, self.fake_std)

    @property
    def grid(self) -> np.ndarray:
        """The places (GRID,) of the frames' curves."""
        low = min(-MARGIN * self.std, self.theta - MARGIN * self.fake_std)
        high = max(MARGIN * self.std, self.theta + MARGIN * self.fake_std)
        return np.linspace(low, high, GRID)

    @property
    def points(self) -> np.ndarray:
        """The generated points (POINTS,) that pulls are kept at: quantiles of Q in the middle of equal shares."""
        return quantile(self.fake)((np.arange(POINTS) + 0.5) / POINTS)

    @property
    def step_flop(self) -> float:
        """Estimated floating-point operations of one step: 36 for each weight and sample, both networks together."""
        weights = sum(a * b for a, b in pairwise((1, *self.hidden, 1)))
        return 36.0 * weights * 2 * self.batch_size
