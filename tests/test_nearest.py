"""The nearest real sample, and what is a copy of it."""

import numpy as np
import pytest
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

from wgan_demo.distances.nearest import copied, nearest, squares, to_others

RNG = np.random.default_rng(0)
X, REAL = RNG.standard_normal((20, 9)), RNG.standard_normal((50, 9))


def test_distances_are_those_of_scipy():
    np.testing.assert_allclose(squares(X, REAL), cdist(X, REAL, "sqeuclidean"))
    np.testing.assert_array_equal(nearest(X, REAL), cdist(X, REAL).argmin(axis=1))
    found = copied(X, REAL)
    distance, index = cKDTree(REAL).query(X, 2)
    np.testing.assert_array_equal(found.index, index[:, 0])
    np.testing.assert_allclose(found.distance, distance[:, 0])
    np.testing.assert_array_equal(found.copied, distance[:, 0] < distance[:, 1] / 3)
    np.testing.assert_allclose(to_others(REAL), cKDTree(REAL).query(REAL, 2)[0][:, 1], atol=1e-7)


@pytest.mark.parametrize(("share", "copy"), [(0.0, True), (0.24, True), (0.26, False), (0.5, False)])
def test_a_copy_is_three_times_as_near_to_one_as_to_any_other(share, copy):
    """On the way from one to the other the distances are as share to 1 - share: 1/3 at a quarter of it."""
    one, other = REAL[:2]
    (found,) = copied((one + share * (other - one))[None], REAL[:2]).copied
    assert found == copy


def test_what_is_there_twice_is_at_no_distance_from_its_other_self():
    assert (to_others(np.concatenate([REAL, REAL[:5]]))[:5] < 1e-6).all()
