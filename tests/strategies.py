"""Small random measures for hypothesis: on a coarse lattice, so that ties, duplicates and empty bins are common."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wgan_demo.measures import DiscreteMeasure, Histogram

UNITS = st.integers(-12, 12).map(lambda power: 10.0**power)  # what is measured does not depend on them


@st.composite
def measures(draw, dimension: int, *, max_points: int = 7) -> DiscreteMeasure:
    n = draw(st.integers(1, max_points))
    points = draw(arrays(float, (n, dimension), elements=st.integers(-4, 4)))
    weights = draw(arrays(float, n, elements=st.integers(0, 4)).filter(np.any))
    return DiscreteMeasure(points, weights).normalized()


def tuples_of_measures(count: int) -> st.SearchStrategy:
    """`count` measures in the same space, a line or a plane."""
    return st.integers(1, 2).flatmap(lambda dimension: st.tuples(*[measures(dimension)] * count))


@st.composite
def histograms(draw, low: float | None = None, bin_width: float | None = None) -> Histogram:
    """Few bins, some of them empty; those of the same `low` and `bin_width` lie on each other."""
    heights = draw(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any))
    return Histogram(
        draw(st.integers(-4, 4)) if low is None else low,
        draw(st.sampled_from([0.5, 1.0, 3.0])) if bin_width is None else bin_width,
        tuple(heights),
    )


def shares(n: int) -> st.SearchStrategy:
    """Shares (n,) that sum to 1, many of them empty."""
    weights = arrays(float, n, elements=st.sampled_from([0, 0, 0, 1, 2, 5, 100])).filter(np.any)
    return weights.map(lambda weight: weight / weight.sum())


@st.composite
def lipschitz(draw, n: int) -> np.ndarray:
    """Heights (n,) in hundredths with no slope above 1, often exactly 1."""
    steps = draw(st.lists(st.one_of(st.sampled_from([-100, 0, 100]), st.integers(-100, 100)), min_size=n, max_size=n))
    return np.cumsum(steps) / 100
