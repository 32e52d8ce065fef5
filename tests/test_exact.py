"""Laws of exact transport, closed forms, and scipy's linear programming and assignment as judges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linear_sum_assignment, linprog

from tests.strategies import tuples_of_measures
from wgan_demo.distances import exact
from wgan_demo.distances.exact import cost_matrix, solve_exact
from wgan_demo.measures import DiscreteMeasure

ORDERS = (0.5, 1, 2)
pairs, orders = tuples_of_measures(2), st.sampled_from(ORDERS)


def random_measure(rng, n: int, dimension: int) -> DiscreteMeasure:
    """n points, about a third of them without mass."""
    weights = rng.exponential(size=n) * (rng.random(n) < 0.7) + (np.arange(n) == 0)
    return DiscreteMeasure(rng.normal(size=(n, dimension)), weights).normalized()


@given(pairs, orders)
@settings(max_examples=60, deadline=None)
def test_a_result_is_a_primal_and_a_dual_solution_of_the_same_value(pair, p):
    source, target = pair
    result = solve_exact(source, target, p=p)
    cost, (f, g) = cost_matrix(source.points, target.points, p=p), result.potentials
    assert (result.coupling >= 0).all()
    np.testing.assert_allclose(result.coupling.sum(axis=1), result.source.weights, atol=1e-12)
    np.testing.assert_allclose(result.coupling.sum(axis=0), result.target.weights, atol=1e-12)
    assert result.cost == pytest.approx((cost * result.coupling).sum(), abs=1e-12)
    assert result.value == pytest.approx(result.cost ** (1 / p))
    assert f @ source.weights + g @ target.weights == pytest.approx(result.cost, abs=1e-9)
    slack = cost - f[:, None] - g
    assert slack.min() >= -1e-9
    np.testing.assert_allclose(slack[result.coupling > 1e-12], 0, atol=1e-9)


@given(pairs)
@settings(max_examples=50, deadline=None)
def test_potentials_of_order_1_are_1_lipschitz_even_at_empty_bins(pair):
    source, target = pair
    f, g = solve_exact(source, target).potentials
    for potential, x in ((f, source.points), (g, target.points)):
        assert (np.abs(potential[:, None] - potential) <= cost_matrix(x, x) + 1e-9).all()


@given(pairs, orders, st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), st.sampled_from([1e-9, 1e-3, 1e6]))
@settings(max_examples=50, deadline=None)
def test_distance_is_symmetric_ignores_translation_and_scales_with_the_unit(pair, p, shift, unit):
    source, target = pair
    value = solve_exact(source, target, p=p).value
    moved, scaled = (
        [DiscreteMeasure(change(m.points), m.weights) for m in pair]
        for change in (lambda x: x + shift[: x.shape[1]], lambda x: x * unit)
    )
    assert solve_exact(target, source, p=p).value == pytest.approx(value, abs=1e-9)
    assert solve_exact(*moved, p=p).value == pytest.approx(value, rel=1e-6, abs=1e-6)
    assert solve_exact(*scaled, p=p).value == pytest.approx(value * unit, abs=1e-9 * unit)


@pytest.mark.parametrize("p", ORDERS)
@pytest.mark.parametrize("dimension", [1, 2])
@pytest.mark.parametrize(("n", "m"), [(40, 40), (25, 7)])
def test_cost_is_that_of_linear_programming(n, m, dimension, p):
    rng = np.random.default_rng(n + dimension)
    source, target = random_measure(rng, n, dimension), random_measure(rng, m, dimension)
    marginals = sparse.vstack([sparse.kron(sparse.eye(n), np.ones(m)), sparse.kron(np.ones(n), sparse.eye(m))])
    judge = linprog(
        cost_matrix(source.points, target.points, p=p).ravel(),
        A_eq=marginals,
        b_eq=np.concatenate([source.weights, target.weights]),
        method="highs",
    )
    assert solve_exact(source, target, p=p).cost == pytest.approx(judge.fun, rel=1e-9)


@pytest.mark.parametrize("p", ORDERS)
@pytest.mark.parametrize("unit", [1e-9, 1, 1e9])
def test_cost_between_as_many_equal_points_is_that_of_the_best_assignment(unit, p):
    x, y = unit * np.random.default_rng(0).normal(size=(2, 60, 2))
    cost = cost_matrix(x, y, p=p)
    best = cost[linear_sum_assignment(cost)].mean()
    result = solve_exact(DiscreteMeasure.uniform(x), DiscreteMeasure.uniform(y), p=p)
    assert result.cost == pytest.approx(best, rel=1e-9, abs=0)


def test_cost_matrix_is_euclidean_and_keeps_its_digits_far_from_the_origin():
    np.testing.assert_allclose(cost_matrix([[0, 0], [3, 0]], [[3, 4]], p=2), [[25], [16]])
    far, near = np.array([[1e6, -1e6]]), np.array([[0, 0], [3e-3, 4e-3]])
    np.testing.assert_allclose(cost_matrix(far, far + near), [[0, 5e-3]], rtol=1e-6)


PRESETS = {  # boxes at, their weights, slots at, their weights, p, total work
    "six boxes": ([1, 2, 3], [3, 1, 2], [7, 8, 9, 10], [1, 1, 2, 2], 1, 42),
    "two plans": ([1, 4], [1, 1], [2, 3], [1, 1], 1, 2),
    "piles": ([1, 2, 3, 4], [3, 2, 1, 4], [1, 2, 3, 4], [1, 2, 4, 3], 1, 5),
    "a tie": ([0, 1], [1, 1], [1, 2], [1, 1], 1, 2),
    "a tie, p = 2": ([0, 1], [1, 1], [1, 2], [1, 1], 2, 2),
    "a tie, p = 1/2": ([0, 1], [1, 1], [1, 2], [1, 1], 0.5, np.sqrt(2)),
}


@pytest.mark.parametrize(("boxes", "a", "slots", "b", "p", "work"), PRESETS.values(), ids=PRESETS)
def test_the_boxes_of_the_course(boxes, a, slots, b, p, work):
    result = solve_exact(DiscreteMeasure(boxes, a), DiscreteMeasure(slots, b), p=p)
    assert result.cost * sum(a) == pytest.approx(work)
    assert result.source.mass == pytest.approx(1)


def test_every_plan_for_the_six_boxes_costs_42():
    cost = cost_matrix(np.c_[[1, 1, 1, 2, 3, 3]], np.c_[[7, 8, 9, 9, 10, 10]])
    rng = np.random.default_rng(0)
    assert {cost[np.arange(6), rng.permutation(6)].sum() for _ in range(100)} == {42}


@pytest.mark.parametrize(
    ("target", "p", "sentence"),
    [
        (DiscreteMeasure([0, 1], [1, 2]), 1, "source weighs 2 and the target 3"),
        (DiscreteMeasure([[0, 1]], [2]), 1, "1 and 2 coordinates"),
        (DiscreteMeasure([0], [2]), 0, "above 0 and finite, not 0"),
        (DiscreteMeasure([0], [2]), np.nan, "above 0 and finite, not nan"),
        (DiscreteMeasure([0], [2]), np.inf, "above 0 and finite, not inf"),
        (DiscreteMeasure([1e160], [2]), 2, "too large"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(target, p, sentence):
    with pytest.raises(ValueError, match=sentence):
        solve_exact(DiscreteMeasure([0, 1], [1, 1]), target, p=p)


def test_stopping_early_is_an_error_and_not_a_wrong_number(monkeypatch):
    monkeypatch.setattr(exact, "MAX_ITERATIONS", 3)
    x, y = np.random.default_rng(0).normal(size=(2, 30, 2))
    with pytest.raises(RuntimeError, match="before the optimum"):
        solve_exact(DiscreteMeasure.uniform(x), DiscreteMeasure.uniform(y))
