"""Toy sets: those of the WGAN-GP paper's code, each scaled to about [-2, 2], two moons, and two on the line."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from wgan_demo.datasets.spaces import AXES, COLUMNS, Space, line, plane

# Of the next power of two above a column's largest number: what varies by less than this, 4 to 8 spacings of the float
# there, differs by rounding alone.
CONSTANT = 2 * np.finfo(float).eps
Sampler = Callable[[int, np.random.Generator], np.ndarray]


@dataclass(frozen=True, eq=False)
class Dataset:
    """`sample(n, rng)` draws (n, *space.shape); `name` is its key in DATASETS, "" for data of one's own.

    `axes` names the d coordinates of points. `modes` (k, d) and `mode_std` are set when the distribution is a mixture
    of k equal round Gaussians; else `classes` may say how many kinds of samples there are. `unit` is the unit of a
    distance between samples, and `table` (k, d) holds the rows of a table as they were before they were scaled. Where
    `period` is not 0 the distribution moves: it turns about the origin of the plane, once in that many generator
    iterations.
    """

    name: str
    label: str
    sample: Sampler = field(repr=False)
    space: Space
    modes: np.ndarray | None = field(default=None, repr=False)
    mode_std: float | None = None
    axes: tuple[str, ...] = ()
    unit: str = "units of x"
    table: np.ndarray | None = field(default=None, repr=False)
    period: int = 0
    classes: int = 0

    def __post_init__(self):
        object.__setattr__(self, "axes", self.axes or AXES.get(self.space.kind, ()))

    @property
    def total_modes(self) -> int:
        """How many modes, or kinds, a generator can cover; 0 where nobody counts them."""
        return self.classes if self.modes is None else len(self.modes)

    def at(self, step: int) -> "Dataset":
        """The distribution after `step` generator iterations, itself at rest."""
        if not self.period:
            return self
        turns = step / self.period
        modes = None if self.modes is None else turned(self.modes, turns)
        return replace(self, sample=lambda n, rng: turned(self.sample(n, rng), turns), modes=modes, period=0)


def turned(points: np.ndarray, turns: float) -> np.ndarray:
    """Points (n, 2) turned about the origin by so many whole turns, anticlockwise."""
    cos, sin = np.cos(2 * np.pi * turns), np.sin(2 * np.pi * turns)
    return points @ np.array([[cos, sin], [-sin, cos]])


def gaussians(name: str, label: str, space: Space, modes: np.ndarray, mode_std: float, **options) -> Dataset:
    """Equal round Gaussians of standard deviation `mode_std` at the modes (k, d)."""

    def sample(n: int, rng: np.random.Generator) -> np.ndarray:
        return modes[rng.integers(len(modes), size=n)] + mode_std * rng.standard_normal((n, modes.shape[1]))

    return Dataset(name, label, sample, space, modes=modes, mode_std=mode_std, **options)


def eight_gaussians(name: str, label: str, **options) -> Dataset:
    """(2 (cos k pi/4, sin k pi/4) + 0.02 N) / 1.414, k = 0..7: Gulrajani et al. 2017, toy code."""
    angles = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    modes = 2 / 1.414 * np.stack([np.cos(angles), np.sin(angles)], 1)
    return gaussians(name, label, plane(), modes, 0.02 / 1.414, **options)


def twenty_five_gaussians(name: str, label: str) -> Dataset:
    """(2 (i, j) + 0.05 N) / 2.828, i, j in -2..2: Gulrajani et al. 2017, toy code."""
    grid = np.arange(-2, 3)
    modes = 2 / 2.828 * np.stack(np.meshgrid(grid, grid), -1).reshape(-1, 2)
    return gaussians(name, label, plane(2.2), modes, 0.05 / 2.828)


def swiss_roll(n: int, rng: np.random.Generator) -> np.ndarray:
    """(t cos t, t sin t) / 7.5 with t = 1.5 pi (1 + 2 U), plus noise: scikit-learn's make_swiss_roll[:, [0, 2]]."""
    t = 1.5 * np.pi * (1 + 2 * rng.random(n))
    return (np.stack([t * np.cos(t), t * np.sin(t)], 1) + 0.25 * rng.standard_normal((n, 2))) / 7.5


def two_moons(n: int, rng: np.random.Generator) -> np.ndarray:
    """Two interleaved half circles of radius 1 with noise 0.05, centred: as scikit-learn's make_moons."""
    upper = rng.random(n) < 0.5
    t = np.pi * rng.random(n)
    moons = np.where(upper[:, None], np.stack([np.cos(t), np.sin(t)], 1), np.stack([1 - np.cos(t), 0.5 - np.sin(t)], 1))
    return moons - [0.5, 0.25] + 0.05 * rng.standard_normal((n, 2))


def three_bumps(name: str, label: str) -> Dataset:
    """Three equal Gaussians of standard deviation 0.15 at unequal distances: -1.4, 0.2 and 1.4."""
    return gaussians(name, label, line(2.2), np.array([[-1.4], [0.2], [1.4]]), 0.15)


def uneven_bumps(n: int, rng: np.random.Generator) -> np.ndarray:
    """70 % in a wide Gaussian, N(-0.8, 0.35), and 30 % in a narrow one, N(1.3, 0.1); mean and standard deviation."""
    wide = rng.random((n, 1)) < 0.7
    return np.where(wide, -0.8, 1.3) + np.where(wide, 0.35, 0.1) * rng.standard_normal((n, 1))


def from_points(label: str, points: np.ndarray, axes: tuple[str, ...]) -> Dataset:
    """Rows of a table (n, d), d = 1 or 2, as a distribution: each column scaled to mean 0 and deviation 1.

    They are drawn with replacement. Raises ValueError when there are fewer than 2 rows, a number is not finite, or a
    column is constant.
    """
    points = table = np.asarray(points, float)
    if points.ndim != 2 or points.shape[1] not in (1, 2) or points.shape[1] != len(axes) or len(points) < 2:
        raise ValueError("Training on a table needs one or two columns and at least two rows.")
    if not np.isfinite(points).all():
        raise ValueError("There is a NaN or an infinity among the chosen columns.")
    points = np.ldexp(points, -np.frexp(np.abs(points).max(axis=0))[1])  # no digit changes, and no square is lost
    points = points - points.min(axis=0)
    spread = points.max(axis=0)
    if (spread <= CONSTANT).any():
        raise ValueError(f"The column “{axes[int(np.argmin(spread))]}” is constant: there is nothing to learn in it.")
    points = points / spread
    points = (points - points.mean(axis=0)) / points.std(axis=0)
    extent = float(np.ceil(10.5 * np.abs(points).max()) / 10)
    return Dataset(
        "",
        label,
        lambda n, rng: points[rng.integers(len(points), size=n)],
        COLUMNS[points.shape[1]](extent),
        axes=axes,
        unit="standard deviations",
        table=table,
    )
