"""P against Q moved by theta: every distance at one theta, and over the whole range of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from wgan_demo.distances import one_dim
from wgan_demo.measures import DiscreteMeasure, Distribution

THETA_MAX = 35.0  # units of x, for families and for data of a spread between 1 and this
ROUNDING = 1e-10  # of the range of theta: W1 between equal distributions is below 1e-12 of it


@dataclass(frozen=True)
class Pair:
    """P and Q (Q where theta is 0), and the range of theta, in units of x. `remark` is there for real data only."""

    p: Distribution
    q: Distribution
    theta_max: float = THETA_MAX
    x_name: str = "x"
    remark: str = ""

    def at(self, theta: float) -> "AtTheta":
        """P, Q moved by theta, and every distance between them."""
        return AtTheta(self, theta)


@dataclass(frozen=True)
class AtTheta:
    """One place of Q: P and Q there, as distributions and as measures, and the numbers; each is computed once."""

    pair: Pair
    theta: float

    @property
    def p(self) -> Distribution:
        """P, which stays where it is."""
        return self.pair.p

    @cached_property
    def q(self) -> Distribution:
        """Q moved by theta."""
        return self.pair.q.shifted(self.theta)

    @cached_property
    def source(self) -> DiscreteMeasure:
        """P as a measure."""
        return self.pair.p.measure()

    @cached_property
    def target(self) -> DiscreteMeasure:
        """Q moved by theta, as a measure."""
        return self.pair.q.measure().shifted(self.theta)

    @cached_property
    def now(self) -> one_dim.ShiftCurves:
        """The divergences, W1, W2 and their slopes in theta."""
        return one_dim.shift_curves(self.pair.p, self.pair.q, [self.theta], panels=256)

    @cached_property
    def w1(self) -> float:
        """W1 of the measures, in units of x."""
        return self.length(one_dim.wasserstein(self.source, self.target))

    @cached_property
    def values(self) -> dict[str, float]:
        """W1 and W2 (units of x) of the measures; KL, reverse KL, JS (nats), its root and TV of the densities."""
        # Between the same distributions a divergence is 0. What rounding makes of that has no unit: nats, or a share.
        found = {name: float(value[0]) if value[0] > 1e-12 else 0.0 for name, value in self.now.values.items()}
        found["w1"] = self.w1
        # Its square is rounded, itself far more; but it is 0 only where W1 is.
        found["w2"] = one_dim.wasserstein(self.source, self.target, p=2) if found["w1"] else 0.0
        return found | {"js_distance": found["js"] ** 0.5}

    def length(self, value: float) -> float:
        """A length in units of x, either way, or 0 where it is nothing but rounding on the scale of P and Q."""
        return value if abs(value) > ROUNDING * self.pair.theta_max else 0.0


def curves(p: Distribution, q: Distribution, theta_max: float) -> one_dim.ShiftCurves:
    """All distances for theta from 0 to theta_max: denser near 0, and exactly where atoms meet."""
    theta = np.concatenate([theta_max * np.linspace(0, 1, 161) ** 2, one_dim.meetings(p, q)])
    return one_dim.shift_curves(p, q, np.unique(theta[(theta >= 0) & (theta <= theta_max)]))
