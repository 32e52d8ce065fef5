"""Small random measures for hypothesis: on a coarse lattice, so that ties, duplicates and empty bins are common."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from wgan_demo.measures import DiscreteMeasure


@st.composite
def measures(draw, dimension: int, *, max_points: int = 7) -> DiscreteMeasure:
    n = draw(st.integers(1, max_points))
    points = draw(arrays(float, (n, dimension), elements=st.integers(-4, 4)))
    weights = draw(arrays(float, n, elements=st.integers(0, 4)).filter(np.any))
    return DiscreteMeasure(points, weights).normalized()


def tuples_of_measures(count: int) -> st.SearchStrategy:
    """`count` measures in the same space, a line or a plane."""
    return st.integers(1, 2).flatmap(lambda dimension: st.tuples(*[measures(dimension)] * count))
