"""Laws of exact transport, closed forms, and scipy's linear programming and assignment as judges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linear_sum_assignment, linprog

from tests.strategies import UNITS, tuples_of_measures
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


def least_cost(source, target, p) -> float:
    """By linear programming, in units in which the largest cost is 1: its tolerances are absolute."""
    cost, (n, m) = cost_matrix(source.points, target.points, p=p), (len(source.points), len(target.points))
    marginals = sparse.vstack([sparse.kron(sparse.eye(n), np.ones(m)), sparse.kron(np.ones(n), sparse.eye(m))])
    shares, unit = np.concatenate([source.weights, target.weights]), cost.max() or 1
    return unit * linprog(cost.ravel() / unit, A_eq=marginals, b_eq=shares, method="highs").fun


@pytest.mark.parametrize("p", ORDERS)
@pytest.mark.parametrize("dimension", [1, 2])
@pytest.mark.parametrize(("n", "m"), [(40, 40), (25, 7)])
def test_cost_is_that_of_linear_programming(n, m, dimension, p):
    rng = np.random.default_rng(n + dimension)
    source, target = random_measure(rng, n, dimension), random_measure(rng, m, dimension)
    assert solve_exact(source, target, p=p).cost == pytest.approx(least_cost(source, target, p), rel=1e-9)


@given(pairs, orders, UNITS, st.integers(-1000, 1000))
@settings(max_examples=80)
def test_cost_is_that_of_linear_programming_in_every_unit_and_from_every_origin(pair, p, unit, origin):
    source, target = (DiscreteMeasure((m.points + origin) * unit, m.weights) for m in pair)
    rounded = 1e-9 if p >= 1 else 1e-6  # distances of 0 are rounded, and their root is more so
    expected = least_cost(source, target, p)
    assert solve_exact(source, target, p=p).cost == pytest.approx(expected, rel=1e-9, abs=rounded * unit**p)


NEAR = (np.array([[3, 2], [2, 5]]), np.array([[2, 1], [5, 0]]))


@pytest.mark.parametrize("far", [1e5, 1e7, 1e9, 1e12, 1e15, 1e100])
@pytest.mark.parametrize("unit", [1e-12, 1, 1e12])
@pytest.mark.parametrize("p", ORDERS)
def test_a_point_far_away_changes_nothing_that_stays_near(far, unit, p):
    source, target = (DiscreteMeasure.uniform(unit * np.vstack([near, [0, far]])) for near in NEAR)
    best = cost_matrix(*NEAR, p=p)
    cost = best[linear_sum_assignment(best)].sum() / 3
    assert p != 2 or cost == pytest.approx(8)
    result = solve_exact(source, target, p=p)
    assert result.cost == pytest.approx(cost * unit**p, rel=1e-9, abs=0)
    f, g = result.potentials
    assert f @ source.weights + g @ target.weights == pytest.approx(result.cost, rel=1e-9, abs=0)


@pytest.mark.parametrize("p", ORDERS)
@pytest.mark.parametrize("far", [1e6, 1e9, 1e12])
def test_crowds_far_from_each_other_move_within_themselves(far, p):
    """Each has one share of the mass, cut into thrice as many points in the target: sums that only rounding parts."""
    rng = np.random.default_rng(0)
    crowds = [(rng.integers(-9, 9, (n, 2)), rng.integers(-9, 9, (3 * n, 2))) for n in (4, 8, 6, 6, 5)]
    centres = far * np.array([[0, 0], [1, 0], [0, 3], [-2, 1], [5, 5]])
    work = 0
    for x, y in crowds:
        cost = cost_matrix(np.repeat(x, 3, axis=0), y, p=p)
        work += cost[linear_sum_assignment(cost)].sum()
    source, target = (
        DiscreteMeasure.uniform(np.vstack([side + centre for side, centre in zip(sides, centres, strict=True)]))
        for sides in zip(*crowds, strict=True)
    )
    result = solve_exact(source, target, p=p)
    assert result.cost == pytest.approx(work / len(target.points), rel=1e-9)
    np.testing.assert_allclose(result.coupling.sum(axis=1), source.weights, atol=1e-14)
    np.testing.assert_allclose(result.coupling.sum(axis=0), target.weights, atol=1e-14)


@pytest.mark.parametrize("p", [1, 2])
@pytest.mark.parametrize("shift", [1e-3, 1e-9, 1e-13])
def test_a_small_move_of_everything_keeps_its_digits(shift, p):
    x = np.random.default_rng(0).integers(0, 9, (40, 2)) * [1, 0]
    source, target = DiscreteMeasure.uniform(x), DiscreteMeasure.uniform(x + np.array([0, shift]))
    assert solve_exact(source, target, p=p).value == pytest.approx(shift, rel=1e-9)


def test_a_plan_that_is_not_shown_to_be_the_cheapest_is_an_error_and_not_a_wrong_number(monkeypatch):
    monkeypatch.setattr(exact, "ATTEMPTS", 1)
    source, target = (DiscreteMeasure.uniform(np.vstack([near, [0, 1e9]])) for near in NEAR)
    with pytest.raises(ValueError, match="the cheapest plan is lost in rounding"):
        solve_exact(source, target, p=2)


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
        (DiscreteMeasure([100], [2]), 190, "too large to be raised to the power 190"),
        (DiscreteMeasure([4], [2]), 1e200, "too large"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(target, p, sentence):
    with pytest.raises(ValueError, match=sentence):
        solve_exact(DiscreteMeasure([0, 1], [1, 1]), target, p=p)


@pytest.mark.parametrize(("apart", "p"), [(1e-3, 150), (1e-200, 2), (0.5, 1e4)])
@pytest.mark.parametrize("far", [0, 0.5, 0.9])
def test_powers_that_are_lost_in_the_smallest_floats_are_refused(apart, p, far):
    source, target = DiscreteMeasure([[0, 0], [0, far]], [1, 1]), DiscreteMeasure([[apart, 0], [apart, far]], [1, 1])
    with pytest.raises(ValueError, match=f"too small to be raised to the power {p:g}"):
        solve_exact(source, target, p=p)


@pytest.mark.parametrize("unit", [1e-300, 1e-200, 1e200, 1e300])
def test_w1_needs_no_square(unit):
    source, target = DiscreteMeasure([[0, 0]], [1]), DiscreteMeasure([[3 * unit, 4 * unit]], [1])
    assert solve_exact(source, target).value == pytest.approx(5 * unit, rel=1e-12)


def test_stopping_early_is_an_error_and_not_a_wrong_number(monkeypatch):
    monkeypatch.setattr(exact, "MAX_ITERATIONS", 3)
    x, y = np.random.default_rng(0).normal(size=(2, 30, 2))
    with pytest.raises(RuntimeError, match="before the optimum"):
        solve_exact(DiscreteMeasure.uniform(x), DiscreteMeasure.uniform(y))
