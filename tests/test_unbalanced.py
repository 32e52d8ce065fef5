"""Boxes that may be given up: against a linear program, POT's own partial transport, and the laws."""

from itertools import pairwise

import numpy as np
import ot
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wgan_demo.distances.assignment import MAX_BOXES, MAX_PLACE, BoxProblem, optimal_plan, plan_cost
from wgan_demo.distances.unbalanced import carrying_prices, solve_unbalanced

sides = st.lists(st.integers(0, MAX_PLACE), min_size=1, max_size=MAX_BOXES).map(tuple)
prices = st.integers(0, 40).map(lambda half: half / 2)
orders = st.sampled_from((0.5, 1, 2))


def work(boxes, slots, p):
    return np.abs(np.subtract.outer(boxes, slots)).astype(float) ** p


def total(boxes, slots, price):
    return solve_unbalanced(boxes, slots, price=price).total


@settings(deadline=None, max_examples=80)
@given(sides, sides, prices, orders)
def test_the_total_is_that_of_the_linear_program(boxes, slots, price, p):
    n, m = len(boxes), len(slots)
    gain = work(boxes, slots, p) - 2 * price  # of a carried box, against giving it up and filling its slot anew
    once = np.vstack([np.kron(np.eye(n), np.ones(m)), np.kron(np.ones(n), np.eye(m))])
    least = price * (n + m) + linprog(gain.ravel(), A_ub=once, b_ub=np.ones(n + m)).fun
    assert solve_unbalanced(boxes, slots, price=price, p=p).total == pytest.approx(least, abs=1e-6)


@settings(deadline=None, max_examples=80)
@given(sides, sides, prices.filter(bool), orders)
def test_it_agrees_with_pots_partial_transport(boxes, slots, price, p):
    whole = max(len(boxes), len(slots))
    gain = work(boxes, slots, p) - 2 * price
    weights = (np.full(len(side), 1 / whole) for side in (boxes, slots))
    gamma = ot.partial.partial_wasserstein_lagrange(*weights, gain + 2 * price, reg_m=2 * price)
    least = price * (len(boxes) + len(slots)) + whole * (gamma * gain).sum()
    assert solve_unbalanced(boxes, slots, price=price, p=p).total == pytest.approx(least, abs=1e-6)


@settings(deadline=None, max_examples=80)
@given(sides, sides, prices, orders)
def test_a_pair_is_carried_only_if_it_costs_at_most_twice_the_price(boxes, slots, price, p):
    best = solve_unbalanced(boxes, slots, price=price, p=p)
    assert all(abs(y - x) ** p <= 2 * price + 1e-6 for x, y in best.carried)
    assert all(abs(y - x) ** p > 2 * price for x in best.given_up for y in best.filled_anew)
    # Everything is accounted for, once.
    assert sorted([x for x, _ in best.carried] + [*best.given_up]) == sorted(boxes)
    assert sorted([y for _, y in best.carried] + [*best.filled_anew]) == sorted(slots)


@settings(deadline=None, max_examples=40)
@given(sides, sides)
def test_the_total_grows_with_the_price_ever_more_slowly(boxes, slots):
    totals = [total(boxes, slots, price) for price in range(13)]
    steps = [after - before for before, after in pairwise(totals)]
    assert totals[0] == 0
    assert steps == sorted(steps, reverse=True)
    assert min(steps) >= abs(len(boxes) - len(slots))  # at least the surplus is given up, whatever it costs


@settings(deadline=None, max_examples=40)
@given(sides, sides, sides, prices)
def test_for_p_1_it_is_a_metric(a, b, c, price):
    assert total(a, b, price) == pytest.approx(total(b, a, price))
    assert total(a, a, price) == 0
    assert total(a, c, price) <= total(a, b, price) + total(b, c, price) + 1e-9


@settings(deadline=None, max_examples=40)
@given(st.integers(1, MAX_BOXES).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, MAX_PLACE), min_size=n,
       max_size=n).map(tuple)] * 2)), orders)  # fmt: skip
def test_equal_totals_at_a_high_price_are_the_board_s_optimum(pair, p):
    problem = BoxProblem(*pair)
    best = solve_unbalanced(*pair, price=MAX_PLACE**2, p=p)
    assert None not in best.plan
    assert best.total == best.moving == pytest.approx(plan_cost(problem, optimal_plan(problem, p), p))


@settings(deadline=None, max_examples=40)
@given(sides, sides, orders)
def test_one_box_more_is_carried_from_each_of_the_prices_on(boxes, slots, p):
    prices = carrying_prices(boxes, slots, p=p)
    assert len(prices) == min(len(boxes), len(slots))
    assert prices == pytest.approx(sorted(prices))
    for price in {0, *prices, *(np.array(prices) + 1e-3), *np.clip(np.array(prices) - 1e-3, 0, None)}:
        carried = len(solve_unbalanced(boxes, slots, price=price, p=p).carried)
        assert carried == sum(threshold <= price + 1e-6 for threshold in prices)


def test_a_box_too_many_and_a_box_too_far():
    best = solve_unbalanced((3, 0, 1), (1, 20), price=5)
    assert best.plan == (None, 0, None)  # the box at 3 would have to go 17 places, and 17 > 2 * 5
    assert (best.given_up, best.filled_anew, best.moving, best.total) == ((0, 3), (20,), 0, 15)
    far = solve_unbalanced((3, 0, 1), (1, 20), price=8.5)  # 17 = 2 * 8.5: at a tie it is carried
    assert (far.carried, far.moving, far.total) == (((1, 1), (3, 20)), 17, 25.5)


@pytest.mark.parametrize("price", [1e9, 1e20, 1e300])
def test_no_price_is_so_high_that_the_ways_are_lost_beside_it(price):
    best = solve_unbalanced((0, 3, 7, 20), (1, 4, 9), price=price)
    assert (best.plan, best.moving, best.total) == ((0, 1, 2, None), 4, 4 + price)


@pytest.mark.parametrize("price", [-1, np.nan, np.inf])
def test_a_price_that_is_none_is_refused(price):
    with pytest.raises(ValueError, match="The price must be 0 or more"):
        solve_unbalanced((1,), (2,), price=price)
