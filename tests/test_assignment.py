"""The board's arithmetic against known costs, an independent solver, and every plan there is."""

from itertools import combinations, permutations

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
    best_crossing,
    best_swap,
    equal_plan,
    exact_cost,
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


few_boxes = st.integers(1, 5).flatmap(
    lambda n: st.builds(BoxProblem, *[st.lists(st.integers(0, 9), min_size=n, max_size=n).map(tuple)] * 2)
)


def table(problem, plan):
    return plan_table(problem, plan)[2].tolist()


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


def test_one_box_alone_is_spoken_to_as_one():
    with pytest.raises(ValueError, match=r"does not fit this one box \(it needs the letter A, or -\)"):
        parse_plan("B", BoxProblem((1,), (2,)))


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


@settings(deadline=None, max_examples=80)
@given(problems, st.sampled_from(ORDERS), st.randoms())
def test_the_best_swap_is_that_of_all_pairs(problem, p, random):
    plan = random.sample(range(len(problem.boxes)), len(problem.boxes))
    plan = tuple(slot if random.random() < 0.8 else None for slot in plan)
    work = plan_cost(problem, plan, p)
    savings = [0]
    for i, j in combinations([box for box, slot in enumerate(plan) if slot is not None], 2):
        other = list(plan)
        other[i], other[j] = plan[j], plan[i]
        savings.append(work - plan_cost(problem, tuple(other), p))
    swap = best_swap(problem, plan, p)
    if max(savings) > 1e-9:
        assert len(swap.boxes) == 2
        assert swap.saving == pytest.approx(max(savings))
    else:
        assert swap is None or len(swap.boxes) > 2
    if swap is not None:
        assert work - plan_cost(problem, swap.applied(plan), p) == pytest.approx(swap.saving)


@settings(deadline=None, max_examples=80)
@given(problems, st.sampled_from(ORDERS), st.randoms())
def test_nudges_lead_to_the_optimum_and_pairs_are_enough_from_p_1_on(problem, p, random):
    plan = tuple(random.sample(range(len(problem.boxes)), len(problem.boxes)))
    while swap := best_swap(problem, plan, p):
        assert p < 1 or len(swap.boxes) == 2
        plan = swap.applied(plan)
    assert plan_cost(problem, plan, p) == pytest.approx(least(problem, p))


def test_at_p_one_half_a_plan_may_need_a_ring_of_three():
    problem = BoxProblem((0, 5, 9, 10, 15, 19), (4, 8, 11, 14, 16, 17))
    plan = parse_plan("ABDCEF", problem)
    swap = best_swap(problem, plan, 0.5)
    assert len(swap.boxes) == 3
    assert plan_cost(problem, swap.applied(plan), 0.5) == pytest.approx(least(problem, 0.5))


@given(st.lists(st.tuples(st.integers(0, MAX_PLACE), st.integers(0, MAX_PLACE)), min_size=1, max_size=MAX_BOXES))
def test_the_exact_cost_is_the_cost(pairs):
    problem = BoxProblem(*zip(*pairs, strict=True))
    for p in (0.5, 1, 2, 3):
        roots = sum(k * np.sqrt(r) for r, k in exact_cost(problem, problem.in_order, p).items())
        assert roots == pytest.approx(plan_cost(problem, problem.in_order, p))


def test_the_exact_cost_knows_that_roots_add_up():
    far, near = BoxProblem((0,), (8,)), BoxProblem((0, 0), (2, 2))
    assert exact_cost(far, (0,), 0.5) == exact_cost(near, (0, 1), 0.5) == {2: 2}  # sqrt 8 = 2 sqrt 2
    with pytest.raises(ValueError, match=r"not for 1\.5"):
        exact_cost(far, (0,), 1.5)


@settings(deadline=None, max_examples=80)
@given(few_boxes, st.sampled_from(ORDERS), st.randoms())
def test_an_equal_plan_is_found_whenever_there_is_one(problem, p, random):
    every = list(permutations(range(len(problem.boxes))))
    plan = random.choice(every)
    cost = exact_cost(problem, plan, p)
    others = [o for o in every if exact_cost(problem, o, p) == cost and table(problem, o) != table(problem, plan)]
    found = equal_plan(problem, plan, p)
    assert (found is None) == (not others)
    assert found is None or found in others


def test_an_equal_plan_may_be_no_swap_away():
    problem, plan = BoxProblem((3, 4, 6), (1, 3, 4)), (1, 0, 2)
    swaps = [(0, 1, 2), (2, 0, 1), (1, 2, 0)]
    assert plan_cost(problem, plan, 2) not in [plan_cost(problem, swap, 2) for swap in swaps]
    assert equal_plan(problem, plan, 2) == (0, 2, 1)


def test_the_articles_two_plans_are_each_others_equal():
    problem = PRESETS["Six boxes"]
    gamma_1, gamma_2 = (table(problem, parse_plan(text, problem)) for text in ("AEFBCD", "AEFCBD"))
    other = {str(gamma_1): gamma_2, str(gamma_2): gamma_1}
    ways = [plan for plan in permutations(range(6)) if str(table(problem, plan)) in other]
    assert len(ways) == 36  # boxes and slots of one place are alike
    for plan in ways:
        assert table(problem, equal_plan(problem, plan)) == other[str(table(problem, plan))]


def test_twelve_boxes_are_searched_to_the_end():
    problem = BoxProblem(tuple(range(12)), (20,) * 12)  # one table only
    assert equal_plan(problem, problem.in_order, 2) is None
    with pytest.raises(ValueError, match="complete plan"):
        equal_plan(problem, problem.nothing_moved)


@given(problems)
def test_one_long_way_is_cheaper_below_p_1_equal_at_1_dearer_above(problem):
    crossing = best_crossing(problem)
    if crossing is None:
        return
    i, j = crossing.boxes
    for p in (0.3, 0.5, 1, 1.5, 2):
        in_order, crossed = crossing.costs(p)
        assert np.sign(round(crossed - in_order, 9)) == np.sign(p - 1)
        pair = BoxProblem(*[(side[i], side[j]) for side in (problem.boxes, problem.slots)])
        assert [plan_cost(pair, plan, p) for plan in ((0, 1), (1, 0))] == pytest.approx([in_order, crossed])


def test_the_crossing_of_each_preset():
    found = {name: best_crossing(problem) for name, problem in PRESETS.items()}
    assert found["Two plans"] is None  # the boxes come from both sides: crossing them is never cheaper
    tie = found["A tie broken"]
    assert (tie.in_order, tie.crossed) == ((1, 1), (2, 0))
    assert tie.costs(0.5) == pytest.approx((2, np.sqrt(2)))
    assert found["Six boxes"].costs(0.5) == pytest.approx((np.sqrt(7) + np.sqrt(6), 5))
