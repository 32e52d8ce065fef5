"""The board's arithmetic against known costs, an independent solver, and every plan there is."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment, linprog

from wgan_demo.distances.assignment import (
    MAX_BOXES,
    MAX_PLACE,
    PRESETS,
    BoxProblem,
    optimal_plan,
    parse_places,
    parse_plan,
    plan_cost,
    plan_table,
    plan_text,
)
from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure

ORDERS = (0.5, 1, 2)
places = st.integers(0, MAX_PLACE)
problems = st.integers(1, MAX_BOXES).flatmap(
    lambda n: st.builds(BoxProblem, *[st.lists(places, min_size=n, max_size=n).map(tuple)] * 2)
)


def least(problem, p=1):
    return plan_cost(problem, optimal_plan(problem, p), p)


@pytest.mark.parametrize(
    ("preset", "p", "work"),
    [
        ("Six boxes", 1, 42),
        ("Two plans", 1, 2),
        ("Piles", 1, 5),
        ("A tie broken", 1, 2),
        ("A tie broken", 2, 2),
        ("A tie broken", 0.5, np.sqrt(2)),
    ],
)
def test_presets_have_their_known_optimum(preset, p, work):
    assert least(PRESETS[preset], p) == pytest.approx(work, abs=1e-12)


def test_both_plans_of_the_article_cost_42():
    problem = PRESETS["Six boxes"]  # slots A7 B8 C9 D9 E10 F10
    _, _, gamma_1 = plan_table(problem, parse_plan("AEFBCD", problem))
    x, y, gamma_2 = plan_table(problem, parse_plan("AEFCBD", problem))
    assert (x.tolist(), y.tolist()) == ([1, 2, 3], [7, 8, 9, 10])
    assert gamma_1.tolist() == [[1, 0, 0, 2], [0, 1, 0, 0], [0, 0, 2, 0]]
    assert gamma_2.tolist() == [[1, 0, 0, 2], [0, 0, 1, 0], [0, 1, 1, 0]]
    assert plan_cost(problem, parse_plan("AEFBCD", problem)) == plan_cost(problem, parse_plan("AEFCBD", problem)) == 42


def test_every_plan_of_six_boxes_costs_42():
    problem = PRESETS["Six boxes"]
    assert {plan_cost(problem, plan) for plan in permutations(range(6))} == {42}


def test_the_other_plan_of_each_pair():
    crossing = (1, 0)
    assert plan_cost(PRESETS["Two plans"], crossing) == 4
    tie = PRESETS["A tie broken"]
    assert [plan_cost(tie, crossing, p) for p in ORDERS] == pytest.approx([np.sqrt(2), 2, 4])
    assert [plan_cost(tie, tie.in_order, p) for p in ORDERS] == pytest.approx([2, 2, 2])


def test_piles_are_five_tenths_when_normalised():
    x, y = np.arange(1.0, 5), np.arange(1.0, 5)
    emd = solve_exact(DiscreteMeasure(x, [3, 2, 1, 4]), DiscreteMeasure(y, [1, 2, 4, 3])).cost
    assert emd == pytest.approx(5 / 10)
    assert least(PRESETS["Piles"]) / 10 == pytest.approx(emd)


@settings(deadline=None, max_examples=80)
@given(problems, st.sampled_from(ORDERS))
def test_the_optimum_agrees_with_another_solver_and_is_a_plan(problem, p):
    plan = optimal_plan(problem, p)
    assert sorted(plan) == list(range(len(problem.boxes)))
    cost = np.abs(np.subtract.outer(problem.boxes, problem.slots)).astype(float) ** p
    assert plan_cost(problem, plan, p) == pytest.approx(cost[linear_sum_assignment(cost)].sum(), abs=1e-9)


@settings(deadline=None, max_examples=15)
@given(problems, st.sampled_from(ORDERS))
def test_the_table_alone_solves_the_linear_program(problem, p):
    x, y, gamma = plan_table(problem, optimal_plan(problem, p))
    cost = np.abs(y - x[:, None]).astype(float) ** p
    nx, ny = gamma.shape
    margins = np.vstack([np.kron(np.eye(nx), np.ones(ny)), np.kron(np.ones(nx), np.eye(ny))])
    need = np.concatenate([np.unique(side, return_counts=True)[1] for side in (problem.boxes, problem.slots)])
    assert margins @ gamma.ravel() == pytest.approx(need)
    assert linprog(cost.ravel(), A_eq=margins, b_eq=need).fun == pytest.approx((gamma * cost).sum(), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(problems, st.sampled_from(ORDERS), st.randoms())
def test_finishing_keeps_what_is_placed_and_never_beats_the_optimum(problem, p, random):
    n = len(problem.boxes)
    begun = [slot if random.random() < 0.5 else None for slot in random.sample(range(n), n)]
    finished = optimal_plan(problem, p, tuple(begun))
    assert all(slot in (None, done) for slot, done in zip(begun, finished, strict=True))
    assert sorted(finished) == list(range(n))
    assert plan_cost(problem, finished, p) >= least(problem, p) - 1e-9


@given(problems)
def test_the_sorted_plan_is_optimal_from_p_1_on(problem):
    assert plan_cost(problem, problem.in_order, 1) == pytest.approx(least(problem, 1))
    assert plan_cost(problem, problem.in_order, 2) == pytest.approx(least(problem, 2))


def test_a_plan_survives_its_text():
    problem = PRESETS["Two plans"]
    for plan in [(None, None), (1, None), (None, 0), (0, 1), (1, 0)]:
        assert parse_plan(plan_text(plan), problem) == plan


@pytest.mark.parametrize("text", ["", "A", "ABC", "AA", "AC", "ab", "A<", "٠-", "A" * 5000])
def test_a_plan_that_does_not_fit_is_refused(text):
    with pytest.raises(ValueError, match="does not fit these 2 boxes"):
        parse_plan(text, PRESETS["Two plans"])


def test_places_are_read_with_spaces_or_commas_and_sorted():
    assert parse_places(" 3 1,2; +1\t20 ", "boxes") == (3, 1, 2, 1, 20)
    assert BoxProblem((3, 1, 2), (9, 7, 8)) == BoxProblem((1, 2, 3), (7, 8, 9))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There are no boxes yet"),
        (" , ", "There are no boxes yet"),
        ("1 two 3", "“two” is not a place"),
        ("1 2.5", "“2.5” is not a place"),
        ("nan inf", "“nan” is not a place"),
        ("1 -3", "No place -3"),
        ("1 −3", "No place -3"),
        ("21", "No place 21"),
        ("9" * 5000, "No place 999999999999 "),
        ("²", "is not a place"),
        ("1 " * 40, "That is 40 boxes, and the board holds 12"),
        ("![x](//evil)", "“??x????evil?” is not"),
        ("<b>$x$</b>", "“?b??x???b?” is not"),
    ],
)
def test_bad_places_get_one_sentence_without_markup(text, says):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the message is compared below)
        parse_places(text, "boxes")
    assert says in str(caught.value)


def test_unequal_totals_say_both():
    with pytest.raises(ValueError, match=r"boxes: 3, slots: 2.*add or remove"):
        BoxProblem((1, 2, 3), (1, 2))
