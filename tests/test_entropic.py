"""The entropic plan: above the exact cost, closer with every smaller epsilon, honest when it has not converged."""

import numpy as np
import pytest

from wgan_demo.distances.entropic import entropic_path, solve_entropic
from wgan_demo.distances.exact import cost_matrix, solve_exact
from wgan_demo.measures import DiscreteMeasure


@pytest.fixture(params=[1, 2], ids=["line", "plane"])
def pair(request):
    rng = np.random.default_rng(0)
    weights = rng.exponential(size=(2, 12)) * (np.arange(12) != 3)  # an empty bin on both sides
    return [DiscreteMeasure(rng.normal(size=(12, request.param)), w).normalized() for w in weights]


def test_cost_falls_to_the_exact_one_from_above(pair):
    exact = solve_exact(*pair).cost
    results = [solve_entropic(*pair, epsilon=epsilon) for epsilon in (10, 1, 0.3, 0.1, 0.03, 0.01)]
    assert all(result.converged for result in results)
    excess = np.array([result.cost for result in results]) - exact
    assert (np.diff(excess) < 0).all()
    assert 0 < excess[-1] + 1e-6 < 0.02


def test_a_large_epsilon_gives_the_independent_coupling(pair):
    source, target = pair
    independent = np.outer(source.weights, target.weights)
    np.testing.assert_allclose(solve_entropic(*pair, epsilon=1e6).coupling, independent, atol=1e-6)


@pytest.mark.parametrize("p", [1, 2])
def test_the_plan_has_its_marginals_and_its_cost(pair, p):
    source, target = pair
    result = solve_entropic(source, target, epsilon=0.1, p=p)
    np.testing.assert_allclose(result.coupling.sum(axis=1), source.weights, atol=1e-6)
    np.testing.assert_allclose(result.coupling.sum(axis=0), target.weights, atol=1e-6)
    assert result.cost == pytest.approx((cost_matrix(source.points, target.points, p=p) * result.coupling).sum())
    assert result.cost == pytest.approx(solve_entropic(target, source, epsilon=0.1, p=p).cost, abs=1e-5)


def test_nothing_underflows_between_measures_far_apart():
    result = solve_entropic(DiscreteMeasure.uniform([0, 1]), DiscreteMeasure.uniform([10_000, 10_001]), epsilon=0.1)
    assert result.converged
    assert result.cost == pytest.approx(10_000)


def test_it_says_when_it_has_not_converged():
    x, y = np.random.default_rng(0).normal(size=(2, 5))
    result = solve_entropic(DiscreteMeasure.uniform(x), DiscreteMeasure.uniform(y), epsilon=1e-5)
    assert not result.converged
    assert result.marginal_error > 1e-6


@pytest.mark.parametrize("epsilon", [0, -1, np.nan])
def test_epsilon_must_be_above_zero(pair, epsilon):
    with pytest.raises(ValueError, match="epsilon must be above 0"):
        solve_entropic(*pair, epsilon=epsilon)


def test_unequal_totals_and_spaces_are_refused():
    one, two = DiscreteMeasure([0], [1]), DiscreteMeasure([0], [2])
    with pytest.raises(ValueError, match="equal totals"):
        solve_entropic(one, two, epsilon=1)
    with pytest.raises(ValueError, match="1 and 2 coordinates"):
        solve_entropic(one, DiscreteMeasure([[0, 0]], [1]), epsilon=1)


def test_points_without_mass_take_no_part_and_nothing_overflows():
    x, empty = np.array([10.0, 3.0, 50.0]), np.linspace(0, 60, 13)
    weights = np.r_[np.full(3, 1 / 3), np.zeros(13)]
    measure, alone = DiscreteMeasure(np.r_[x, empty], weights), DiscreteMeasure.uniform(x)
    epsilons = [10.0, 1.0, 0.1, 1e-3]
    path, expected = entropic_path(measure, measure, epsilons), entropic_path(alone, alone, epsilons)
    for epsilon in epsilons:
        assert path[epsilon].cost == pytest.approx(expected[epsilon].cost, rel=1e-9, abs=1e-12)
        assert path[epsilon].coupling[3:].sum() == path[epsilon].coupling[:, 3:].sum() == 0
    assert path[1e-3].converged
