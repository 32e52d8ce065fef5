"""What is compared: weighted points in space, and the families of distributions on the line.

A family (`Gaussian`, `Mixture`, `Uniform`, `Laplace`, `Histogram`, `PointMasses`, `Samples`) offers four things:
`cdf(x)`, `log_density(x)`, `edges()` (panels on which its density is smooth, for quadrature), and `measure()`, a
`DiscreteMeasure` for optimal transport whose CDF has the same integral over every cell, so that W1 between two such
measures is the exact integral of |F - G| wherever F - G keeps its sign within a cell.
"""

from dataclasses import dataclass, field, replace
from math import ceil, isfinite

import numpy as np
from scipy.special import ndtr

SQRT_2PI = np.sqrt(2 * np.pi)
MAX_BINS = 2_000  # of a histogram: divergences at many shifts hold them all at once
SAME_PLACE = 4 * np.finfo(float).eps  # of the largest coordinate: nearer numbers may be one, computed in two ways
GRID_CELLS = 2048  # cells of a family's measure(): W1 of N(0,1) against N(0,4) is then right to 1e-6


@dataclass(frozen=True, eq=False)
class DiscreteMeasure:
    """Finitely many points with weights: points (n, d), weights (n,), in any total mass.

    A 1-D array of points is taken as n points on the line. Raises ValueError, in one sentence, for empty input,
    lengths that disagree, NaN or infinity, a negative weight, or a total of zero.
    """

    points: np.ndarray
    weights: np.ndarray

    def __post_init__(self):
        points = np.atleast_1d(np.array(self.points, float))
        points = points[:, None] if points.ndim == 1 else points
        weights = np.array(self.weights, float)
        if points.ndim != 2 or weights.ndim != 1 or len(points) != len(weights):
            raise ValueError(f"A measure needs points (n, d) and weights (n,), not {points.shape} and {weights.shape}.")
        if points.size == 0:
            raise ValueError("A measure needs at least one point.")
        if not np.isfinite(points).all() or not np.isfinite(weights.sum()):
            raise ValueError("A measure needs finite numbers: its points or weights hold a NaN or an infinity.")
        if (weights < 0).any():
            raise ValueError(f"Weights cannot be negative; the smallest is {weights.min():g}.")
        if not weights.sum() > 0:
            raise ValueError("A measure needs some mass: all its weights are 0.")
        points.flags.writeable = weights.flags.writeable = False
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "weights", weights)

    @classmethod
    def uniform(cls, points: np.ndarray) -> "DiscreteMeasure":
        """Equal weights 1/n on each of the points (n, d)."""
        n = len(points)
        return cls(points, np.full(n, 1 / max(n, 1)))

    @property
    def mass(self) -> float:
        """The total of the weights."""
        return float(self.weights.sum())

    def normalized(self) -> "DiscreteMeasure":
        """The same points with weights that sum to 1."""
        return replace(self, weights=self.weights / self.weights.sum())

    def shifted(self, theta: float) -> "DiscreteMeasure":
        """Every point moved by theta."""
        return replace(self, points=self.points + theta)


def place_of(points: np.ndarray) -> np.ndarray:
    """The number of the place of each point (n, d), counted from 0: (n,). Points of one number lie on each other.

    They do where all their coordinates are equal up to rounding: to SAME_PLACE of the largest number in that
    coordinate. So it does not matter in which unit the points are, and 1e9 * 0.3 meets 1e9 * (0.1 * 3).
    """
    columns = [grouped(x, SAME_PLACE * np.abs(x).max(initial=0)) for x in points.T]
    return np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)[1].ravel()


def grouped(values: np.ndarray, tolerance: float) -> np.ndarray:
    """The number of the group of each value (n,), in rising order: (n,). In a group no gap is above the tolerance.

    Numbers that lie that close all along are cut into pieces, so that a group is never wider than two tolerances.
    """
    order = np.argsort(values, kind="stable")
    rising = values[order]
    first = np.diff(rising, prepend=-np.inf) > tolerance
    start = rising[np.maximum.accumulate(np.where(first, np.arange(len(rising)), 0))]
    piece = np.floor((rising - start) / (2 * tolerance)) if tolerance > 0 else np.zeros(len(rising))
    group = np.empty(len(rising), int)
    group[order] = np.cumsum(first | (np.diff(piece, prepend=0) != 0)) - 1
    return group


class _Smooth:
    """A family with a density: its measure() comes from the integral of its CDF."""

    _cells = GRID_CELLS

    def measure(self) -> DiscreteMeasure:
        """Mass of each grid point under the hat functions: mean kept exactly, variance to (cell width)^2 / 6.

        It is a quarter of a cell away from the density, by W1. Between two families that almost cancels, but where both
        have the same CDF on different grids.
        """
        edges = self.edges()
        x = np.linspace(edges[0], edges[-1], self._cells + 1)
        mean_cdf = np.diff(self.cdf_integral(x)) / np.diff(x)  # of each cell
        weights = np.diff(np.concatenate([[0.0], mean_cdf, [1.0]]))
        return DiscreteMeasure(x, np.clip(weights, 0, None)).normalized()


class _Binned:
    """A family whose density is a histogram: histogram() gives its bin edges (k + 1,) and shares (k,)."""

    def log_density(self, x):
        edges, shares = self.histogram()
        index = np.searchsorted(edges, x, side="right") - 1
        inside = (index >= 0) & (index < len(shares))
        with np.errstate(divide="ignore"):
            density = np.log(shares / self.bin_width)
        return np.where(inside, density[np.clip(index, 0, len(shares) - 1)], -np.inf)


def _check(family, place: float, width: float) -> None:
    if not (isfinite(place) and isfinite(width) and width > 0):
        raise ValueError(f"{family} does not exist: its numbers must be finite and its width above 0.")


@dataclass(frozen=True)
class Gaussian(_Smooth):
    """N(mean, std^2)."""

    mean: float = 0.0
    std: float = 1.0

    def __post_init__(self):
        _check(self, self.mean, self.std)

    def log_density(self, x):
        return -0.5 * ((x - self.mean) / self.std) ** 2 - np.log(self.std * SQRT_2PI)

    def cdf(self, x):
        return ndtr((x - self.mean) / self.std)

    def cdf_integral(self, x):
        z = (x - self.mean) / self.std
        return self.std * (z * ndtr(z) + np.exp(-0.5 * z**2) / SQRT_2PI)

    def edges(self, panels: int = 256):
        return self.mean + self.std * np.linspace(-10, 10, panels + 1)

    def shifted(self, theta):
        return replace(self, mean=self.mean + theta)


@dataclass(frozen=True)
class Uniform(_Smooth):
    """Uniform on [low, high]; its log density is -inf outside."""

    low: float = 0.0
    high: float = 1.0

    def __post_init__(self):
        _check(self, self.low, self.high - self.low)

    def log_density(self, x):
        inside = (x >= self.low) & (x <= self.high)
        return np.where(inside, -np.log(self.high - self.low), -np.inf)

    def cdf(self, x):
        return np.clip((x - self.low) / (self.high - self.low), 0, 1)

    def cdf_integral(self, x):
        inside = np.clip(x, self.low, self.high) - self.low
        return inside**2 / (2 * (self.high - self.low)) + np.maximum(x - self.high, 0)

    def edges(self, panels: int = 256):
        return np.linspace(self.low, self.high, panels // 8 + 1)

    def shifted(self, theta):
        return replace(self, low=self.low + theta, high=self.high + theta)


@dataclass(frozen=True)
class Laplace(_Smooth):
    """Laplace with density exp(-|x - mean| / scale) / (2 scale); its standard deviation is sqrt(2) scale."""

    mean: float = 0.0
    scale: float = 1.0

    def __post_init__(self):
        _check(self, self.mean, self.scale)

    def log_density(self, x):
        return -np.abs(x - self.mean) / self.scale - np.log(2 * self.scale)

    def cdf(self, x):
        z = (x - self.mean) / self.scale
        return np.where(z < 0, 0.5 * np.exp(-np.abs(z)), 1 - 0.5 * np.exp(-np.abs(z)))

    def cdf_integral(self, x):
        z = (x - self.mean) / self.scale
        return self.scale * (np.maximum(z, 0) + 0.5 * np.exp(-np.abs(z)))

    def edges(self, panels: int = 256):
        # Panels grow away from the kink: the tail reaches 40 scales, where 4e-18 of the mass is left.
        half = 40 * np.linspace(0, 1, panels // 2 + 1) ** 2
        return self.mean + self.scale * np.concatenate([-half[:0:-1], half])

    def shifted(self, theta):
        return replace(self, mean=self.mean + theta)


@dataclass(frozen=True)
class Mixture(_Smooth):
    """A weighted sum of Gaussians; weights are normalised."""

    parts: tuple[Gaussian, ...]
    weights: tuple[float, ...]

    def __post_init__(self):
        DiscreteMeasure([part.mean for part in self.parts], self.weights)  # raises where the weights make no sense

    @property
    def _shares(self):
        return np.array(self.weights, float) / sum(self.weights)

    def _sum(self, values):
        return np.tensordot(self._shares, np.stack(values), axes=1)

    def log_density(self, x):
        with np.errstate(divide="ignore"):  # a share may be 0
            logs = np.log(self._shares)
        return np.logaddexp.reduce([log + part.log_density(x) for log, part in zip(logs, self.parts, strict=True)])

    def cdf(self, x):
        return self._sum([part.cdf(x) for part in self.parts])

    def cdf_integral(self, x):
        return self._sum([part.cdf_integral(x) for part in self.parts])

    def edges(self, panels: int = 256):
        return np.unique(np.concatenate([part.edges(panels) for part in self.parts]))

    def shifted(self, theta):
        return replace(self, parts=tuple(part.shifted(theta) for part in self.parts))


@dataclass(frozen=True)
class Histogram(_Binned, _Smooth):
    """Bins of `bin_width` from `low` on, of any heights (normalised), and a uniform density within each."""

    low: float
    bin_width: float
    heights: tuple[float, ...]

    def __post_init__(self):
        _check(self, self.low, self.bin_width)
        DiscreteMeasure(range(len(self.heights)), self.heights)  # raises where the heights make no sense

    @property
    def _cells(self):
        return len(self.heights) * ceil(GRID_CELLS / len(self.heights))  # each lies within one bin

    def edges(self, panels: int = 256):
        return self.low + self.bin_width * np.arange(len(self.heights) + 1)

    def histogram(self):
        """Bin edges (k + 1,) and the share of the mass in each bin (k,)."""
        return self.edges(), np.array(self.heights, float) / sum(self.heights)

    def cdf(self, x):
        edges, shares = self.histogram()
        return np.interp(x, edges, np.concatenate([[0.0], np.cumsum(shares)]))

    def cdf_integral(self, x):
        edges, shares = self.histogram()
        below = np.clip(np.asarray(x)[..., None] - edges[:-1], 0, None)  # how far x lies beyond each bin's left end
        inside = np.minimum(below, self.bin_width)
        return (inside**2 / (2 * self.bin_width) + below - inside) @ shares

    def shifted(self, theta):
        return replace(self, low=self.low + theta)


@dataclass(frozen=True)
class PointMasses:
    """Atoms: no density at all, so its log density is -inf everywhere and its mass sits in `atoms()`."""

    points: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self):
        self.measure()  # raises where points or weights make no sense

    def measure(self) -> DiscreteMeasure:
        return DiscreteMeasure(self.points, self.weights).normalized()

    def atoms(self):
        """Places (n,), all different, and masses (n,) of the atoms, from left to right."""
        measure = self.measure()
        index = place_of(measure.points)
        _, first = np.unique(index, return_index=True)
        return measure.points[first, 0], np.bincount(index, measure.weights)

    def log_density(self, x):
        return np.full(np.shape(x), -np.inf)

    def cdf(self, x):
        points, weights = self.atoms()
        order = np.argsort(points)
        steps = np.concatenate([[0.0], np.cumsum(weights[order])])
        return steps[np.searchsorted(points[order], x, side="right")]

    def edges(self, panels: int = 256):
        return self.atoms()[0]

    def shifted(self, theta):
        return replace(self, points=tuple(point + theta for point in self.points))


@dataclass(frozen=True)
class Samples(_Binned):
    """Real numbers as they are: W1 sees the sample itself; densities and divergences see a histogram of it.

    Between two samples KL, JS and TV exist only for some smoothing; here the histogram with bins of `bin_width`,
    anchored at 0. `values` are sorted once by `Samples.of`.
    """

    values: tuple[float, ...] = field(repr=False)
    bin_width: float
    offset: float = 0.0  # how far the histogram has been moved with the sample

    @classmethod
    def of(cls, values, bin_width: float) -> "Samples":
        values = np.sort(np.asarray(values, float), axis=None)
        if len(values) == 0 or not np.isfinite(values).all():
            raise ValueError("A sample needs at least one number, and only finite ones.")
        if not 0 < bin_width < np.inf:
            raise ValueError(f"Bins need a finite width above 0, not {bin_width:g}.")
        if not values[-1] - values[0] < MAX_BINS * bin_width:
            raise ValueError(f"Bins of width {bin_width:g} over this sample would be more than {MAX_BINS:,}.")
        return cls(tuple(values.tolist()), bin_width)

    def _values(self):
        return np.array(self.values) + self.offset

    def measure(self) -> DiscreteMeasure:
        places, counts = np.unique(np.array(self.values), return_counts=True)
        return DiscreteMeasure(places + self.offset, counts / len(self.values))

    def edges(self, panels: int = 256):
        first, last = np.floor(np.array([self.values[0], self.values[-1]]) / self.bin_width)
        return self.bin_width * np.arange(first, last + 2) + self.offset

    def histogram(self):
        """Bin edges (k + 1,) and the share of the sample in each bin (k,)."""
        edges = self.edges()
        index = np.floor(np.array(self.values) / self.bin_width).astype(int)
        counts = np.bincount(index - index[0], minlength=len(edges) - 1)
        return edges, counts / len(self.values)

    def cdf(self, x):
        return np.searchsorted(self._values(), x, side="right") / len(self.values)

    def shifted(self, theta):
        return replace(self, offset=self.offset + theta)


Distribution = Gaussian | Uniform | Laplace | Mixture | Histogram | PointMasses | Samples
