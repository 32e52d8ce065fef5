"""Kantorovich-Rubinstein duality on a row of places: the laws, POT and scipy as judges, with empty bins everywhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import wasserstein_distance

from tests.strategies import lipschitz, shares
from wgan_demo.distances import duality, one_dim
from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure
from wgan_demo.ui.components.critic import free_stretches, gap_formula, value_formula, verdict, why

N = duality.PLACES
X = np.arange(N)
PAIRS = {name: [np.array(h) / sum(h) for h in pair] for name, pair in duality.PRESETS.items()}
law = settings(max_examples=80, deadline=None)


def exact(p, q):
    return solve_exact(DiscreteMeasure(X, p), DiscreteMeasure(X, q))


@given(shares(N), shares(N))
@law
def test_the_closed_form_and_pots_potential_both_reach_w1(p, q):
    result = exact(p, q)
    w1 = one_dim.wasserstein(DiscreteMeasure(X, p), DiscreteMeasure(X, q))
    assert result.value == pytest.approx(w1, abs=1e-9)
    assert w1 == pytest.approx(wasserstein_distance(X, X, p, q), abs=1e-9)
    assert np.abs(duality.passing(p, q)).sum() == pytest.approx(w1, abs=1e-9)
    for f in (duality.potential_on_line(p, q), result.potentials[0]):
        assert duality.greatest_slope(f) <= 1 + 1e-9
        assert duality.value(f, p, q) == pytest.approx(w1, abs=1e-9)


@given(shares(N), shares(N))
@law
def test_the_c_transform_is_1_lipschitz_on_the_whole_line_and_meets_the_potential_at_every_place(p, q):
    f, g = exact(p, q).potentials
    atoms = np.flatnonzero(q)
    line = np.linspace(-3, N + 2, 401)
    on_line = duality.c_transform(line, atoms, g[atoms])
    assert (np.abs(np.diff(on_line)) <= np.diff(line) + 1e-9).all()
    np.testing.assert_allclose(duality.c_transform(X, atoms, g[atoms]), f, atol=1e-9)


@given(shares(N), shares(N))
@law
def test_potentials_are_feasible_everywhere_and_tight_where_mass_moves(p, q):
    result = exact(p, q)
    for f in (result.potentials[0], duality.potential_on_line(p, q)):
        slack = duality.slack(f)
        assert slack.min() >= -1e-9
        for plan in (result.coupling, duality.plan_that_keeps(p, q)):
            np.testing.assert_allclose(slack[plan > 1e-12], 0, atol=1e-9)


@given(shares(N), shares(N))
@law
def test_the_plan_that_keeps_is_optimal_and_moves_nothing_that_both_have(p, q):
    plan = duality.plan_that_keeps(p, q)
    assert plan.min() >= 0
    np.testing.assert_allclose(plan.sum(axis=1), p, atol=1e-12)
    np.testing.assert_allclose(plan.sum(axis=0), q, atol=1e-12)
    assert (plan * np.abs(X[:, None] - X)).sum() == pytest.approx(exact(p, q).cost, abs=1e-9)
    np.testing.assert_allclose(plan.diagonal(), np.minimum(p, q), atol=1e-12)


@given(lipschitz(N), shares(N), shares(N))
@law
def test_no_1_lipschitz_f_lifts_higher_than_w1(f, p, q):
    assert duality.value(f, p, q) <= exact(p, q).value + 1e-9


@given(arrays(float, N, elements=st.floats(-50, 50)), shares(N), shares(N))
@law
def test_what_is_missing_to_w1_is_the_slack_of_the_plan_for_any_f(f, p, q):
    gap = exact(p, q).value - duality.value(f, p, q)
    for plan in (exact(p, q).coupling, duality.plan_that_keeps(p, q)):
        assert (plan * duality.slack(f)).sum() == pytest.approx(gap, abs=1e-9)


@given(lipschitz(N), st.integers(0, N - 1), st.floats(-6, 6))
@law
def test_a_pulled_chain_stays_1_lipschitz_and_moves_no_knot_without_need(f, k, height):
    pulled = duality.pull(f, k, height)
    assert duality.greatest_slope(pulled) <= 1 + 1e-12
    assert pulled[k] == height
    np.testing.assert_array_equal(duality.pull(pulled, k, height), pulled)
    still = np.abs(f - height) <= np.abs(X - k)
    np.testing.assert_array_equal(pulled[still], f[still])
    assert (np.abs(pulled - f) <= abs(height - f[k]) + 1e-12).all()
    assert ((pulled >= np.minimum(f, height)) & (pulled <= np.maximum(f, height))).all()


@given(arrays(int, N, elements=st.integers(-100_000, 100_000)))
@law
def test_tame_brings_any_f_under_the_clamp_and_into_the_window(cents):
    f = cents / 100
    tamed = duality.tame(f)
    assert np.abs(np.diff(np.rint(100 * tamed))).max() <= 100
    assert np.abs(tamed).max() <= duality.WINDOW
    np.testing.assert_array_equal(duality.tame(tamed), tamed)
    slope = max(1, duality.greatest_slope(f))
    np.testing.assert_allclose(np.diff(tamed), np.diff(f) / slope, atol=0.01 + 1e-9)


@given(arrays(int, N, elements=st.integers(-100_000, 100_000)))
@law
def test_heights_survive_the_link(cents):
    text = duality.heights_text(cents / 100)
    np.testing.assert_array_equal(duality.parse_heights(text), cents / 100)
    assert "-0" not in text.split()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 2 3", "needs 9 heights and the link has 3"),
        ("", "the link has 0"),
        ("0 0 0 0 nan 0 0 0 0", "“nan” in the link is no height"),
        ("0 0 0 0 1e9 0 0 0 0", "is no height"),
        ("0 0 0 0 1001 0 0 0 0", "a number from -1000 to 1000"),
        ("0 0 0 0 0.123 0 0 0 0", "two decimals at most"),
        ("0 0 0 0 <script> 0 0 0 0", "“?script?”"),
    ],
)
def test_an_unreadable_f_is_named_in_one_sentence(text, says):
    with pytest.raises(ValueError, match=r"f starts flat\.$") as error:
        duality.parse_heights(text)
    assert says in str(error.value)


# The presets surprise, and their reasons are true.

W1 = {"Side by side": 17 / 3, "Both sides": 3, "One grain": 0.14, "A gap": 1, "Zigzag": 1, "The same": 0}


@pytest.mark.parametrize("name", PAIRS)
def test_the_distance_of_every_preset(name):
    assert all(len(heights) == N and max(heights) <= duality.TOP for heights in duality.PRESETS[name])
    assert exact(*PAIRS[name]).value == pytest.approx(W1[name], abs=1e-12)


def test_side_by_side_a_straight_line_is_best_and_every_plan_costs_the_same():
    p, q = PAIRS["Side by side"]
    assert duality.value(-X, p, q) == pytest.approx(W1["Side by side"])
    assert (np.outer(p, q) * np.abs(X[:, None] - X)).sum() == pytest.approx(W1["Side by side"])
    assert "straight line** of slope 1 from 0 to 8" in why(p, q, W1["Side by side"])


def test_both_sides_a_straight_line_lifts_nothing_and_a_tent_all():
    p, q = PAIRS["Both sides"]
    assert duality.value(X, p, q) == pytest.approx(0)
    assert duality.value(-np.abs(X - 4), p, q) == pytest.approx(3)
    assert "A straight line lifts nothing at all; the best f is **a tent**" in why(p, q, 3)
    assert "**a valley**" in why(q, p, 3)


def test_one_grain_needs_slope_1_all_the_way_for_2_percent_of_the_mass():
    p, q = PAIRS["One grain"]
    assert (p - np.minimum(p, q)).sum() == pytest.approx(0.02)
    np.testing.assert_array_equal(np.diff(duality.potential_on_line(p, q)), [0, 1, 1, 1, 1, 1, 1, 1])
    assert "Only 2 % of the mass moves, yet the best f has slope 1 **all the way** from 1 to 8" in why(p, q, 0.14)


@pytest.mark.parametrize("across", [-6, -2.5, 0, 3, 6])
def test_a_gap_leaves_f_free_where_no_mass_passes(across):
    p, q = PAIRS["A gap"]
    f = np.concatenate([[1], np.linspace(0, across, 7), [across + 1]])
    assert duality.greatest_slope(f) == pytest.approx(1)
    assert duality.value(f, p, q) == pytest.approx(1)
    assert free_stretches(p, q) == [(1, 7)]
    assert "No mass passes from 1 to 7: there f is **free**" in why(p, q, 1)


def test_zigzag_only_a_zigzag_reaches_w1():
    p, q = PAIRS["Zigzag"]
    np.testing.assert_array_equal(duality.potential_on_line(p, q), [0, -1] * 4 + [0])
    assert (duality.passing(p, q) != 0).all()  # so f* has no choice anywhere
    assert duality.value(X, p, q) == pytest.approx(0)
    assert "**a zigzag that turns 7 times**" in why(p, q, 1)


@given(arrays(float, N, elements=st.floats(-1000, 1000)))
@law
def test_the_same_no_f_lifts_anything(f):
    p, q = PAIRS["The same"]
    assert duality.value(f, p, q) == pytest.approx(0, abs=1e-9)
    assert "as good as any other" in why(p, q, 0)
    assert "P = Q" in verdict(f, p, q, 0)
    np.testing.assert_array_equal(duality.plan_that_keeps(p, q), np.diag(p))


@given(shares(N), shares(N))
@law
def test_the_reason_given_holds_for_any_two(p, q):
    w1, best = exact(p, q).value, duality.potential_on_line(p, q)
    text = why(p, q, w1)
    if "straight line** of slope 1" in text or "all the way" in text:
        assert abs(duality.value(X, p, q)) == pytest.approx(w1, abs=1e-9)
    for i, j in free_stretches(p, q):
        bent = best.copy()
        bent += np.clip(X, i, j)  # slope 1 over the stretch
        assert duality.greatest_slope(bent) <= 1
        assert duality.value(bent, p, q) == pytest.approx(w1, abs=1e-9)


def test_the_verdict_tells_high_low_and_too_steep_apart():
    p, q = PAIRS["Both sides"]
    tent = -np.abs(X - 4.0)
    assert ":green-badge[W₁ reached] Your f lifts P above Q by **3**." in verdict(tent, p, q, 3)
    assert ":orange-badge[50 % of W₁] Your f lifts P above Q by **1.5**, 1.5 below W₁ = 3 steps." in verdict(
        tent / 2, p, q, 3
    )
    steep = verdict(4 * tent, p, q, 3)
    assert ":red-badge[Too steep] Your f lifts P above Q by **12**, which says nothing about W₁" in steep
    assert "divided by its greatest slope 4 it gives 3, and **that** is at most W₁ = 3 steps." in steep


def test_the_formulas_carry_their_numbers():
    p, q = PAIRS["A gap"]
    f = np.array([-0.5, 0, 0, 0, 0, 0, 0, 0, 1])
    assert value_formula(f, p, q).startswith(r"(-0.5) \cdot (0.5 - 0) + 0 \cdot (0 - 0.5)")
    assert value_formula(f, p, q).endswith("= 0.25")
    assert gap_formula(f, duality.plan_that_keeps(p, q), 0.75) == (
        r"0.75 = 0.5 \cdot (1 - (-0.5)) + 0.5 \cdot (1 - 1) = 0.75"
    )
