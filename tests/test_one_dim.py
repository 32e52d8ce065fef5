"""Transport on the line against closed forms, scipy and the exact solver; the curves a generator would see."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from tests.strategies import histograms
from wgan_demo.distances import DISTANCES
from wgan_demo.distances.divergences import LN2
from wgan_demo.distances.exact import solve_exact
from wgan_demo.distances.one_dim import divergence_curves, meetings, shift_curves, wasserstein
from wgan_demo.measures import DiscreteMeasure, Gaussian, Histogram, Laplace, Mixture, PointMasses, Samples, Uniform

THETA = np.array([0.0, 0.5, 1, 3.3, 10, 35])
FAMILIES = (
    Gaussian(0.5, 0.8),
    Laplace(0, 1),
    Uniform(-1, 1),
    Mixture((Gaussian(-2, 0.5), Gaussian(2, 1)), (1, 2)),
    Histogram(0, 1, (2, 5, 0, 1)),
    PointMasses((0, 1, 1.5), (1, 2, 1)),
    Samples.of(np.random.default_rng(0).normal(size=200), 0.5),
)


@pytest.mark.parametrize("std", [1e-3, 0.5, 3])
@pytest.mark.parametrize("theta", [0.01, -2, 35, 1e6])
def test_shifted_gaussians_are_theta_apart(std, theta):
    p, q = Gaussian(0, std).measure(), Gaussian(theta, std).measure()
    assert wasserstein(p, q, p=1) == pytest.approx(abs(theta), rel=1e-9)
    assert wasserstein(p, q, p=2) == pytest.approx(abs(theta), rel=1e-9)


@pytest.mark.parametrize(("mean", "std"), [(0, 4), (3, 0.2), (-20, 1.5)])
def test_gaussians_of_different_width_have_the_closed_form(mean, std):
    p, q = Gaussian().measure(), Gaussian(mean, std).measure()
    assert wasserstein(p, q, p=2) ** 2 == pytest.approx(mean**2 + (std - 1) ** 2, rel=1e-4)
    quantiles_apart = stats.norm(mean, abs(std - 1)).expect(abs, lb=-50, ub=50, points=[0, mean])
    assert wasserstein(p, q, p=1) == pytest.approx(quantiles_apart, rel=1e-6)


@pytest.mark.parametrize(("low", "high"), [(35, 36), (-1, 4), (0.5, 0.6)])
def test_uniforms_have_the_closed_form(low, high):
    p, q = Uniform(0, 1).measure(), Uniform(low, high).measure()
    squared = ((low + high - 1) / 2) ** 2 + (high - low - 1) ** 2 / 12
    assert wasserstein(p, q, p=2) ** 2 == pytest.approx(squared, rel=1e-5)
    mean_gap = np.abs(low + (high - low - 1) * (np.arange(1e5) + 0.5) / 1e5).mean()
    assert wasserstein(p, q, p=1) == pytest.approx(mean_gap, rel=1e-5)


@pytest.mark.parametrize("theta", [0, 1e-3, -0.5, 35])
def test_parallel_lines(theta):
    """WGAN, example 1: only the earth mover's distance sees how far apart two parallel lines are."""
    heights = np.linspace(0, 1, 30)
    p, q = (DiscreteMeasure.uniform(np.c_[np.full(30, x), heights]) for x in (0, theta))
    apart = theta != 0
    for key, value in {"emd": abs(theta), "js": apart * LN2, "kl": np.inf if apart else 0, "tv": float(apart)}.items():
        assert DISTANCES[key].compute(p, q) == pytest.approx(value, abs=1e-9), key


@pytest.mark.parametrize("order", [1, 1.5, 2])
def test_sorting_agrees_with_scipy_and_the_exact_solver(order):
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=40), rng.normal(1, 3, size=25).round(1)
    a, b = rng.exponential(size=40), rng.exponential(size=25) * (np.arange(25) % 3 > 0)
    p, q = DiscreteMeasure(x, a).normalized(), DiscreteMeasure(y, b).normalized()
    assert wasserstein(p, q, p=order) == pytest.approx(solve_exact(p, q, p=order).value)
    if order == 1:
        assert wasserstein(p, q) == pytest.approx(stats.wasserstein_distance(x, y, a, b))


@pytest.mark.parametrize("n", [1, 5_000, 100_000])
def test_many_atoms_are_matched_in_order(n):
    x, y = np.random.default_rng(0).normal(size=(2, n))
    gaps = np.abs(np.sort(x) - np.sort(y))
    p, q = DiscreteMeasure.uniform(x), DiscreteMeasure.uniform(y)
    assert wasserstein(p, q, p=1) == pytest.approx(gaps.mean())
    assert wasserstein(p, q, p=2) == pytest.approx(np.sqrt((gaps**2).mean()))


@pytest.mark.parametrize(
    ("target", "p", "sentence"),
    [
        (DiscreteMeasure([0], [1]), 0.5, "p >= 1 only, not for p = 0.5"),
        (DiscreteMeasure([0], [2]), 1, "weighs 1 and the target 2"),
        (DiscreteMeasure([[0, 1]], [1]), 1, "have 2 coordinates"),
        (DiscreteMeasure([4], [1]), np.inf, "above 0 and finite, not inf"),
        (DiscreteMeasure([4], [1]), np.nan, "above 0 and finite, not nan"),
        (DiscreteMeasure([4], [1]), 1e200, "too large to be raised to the power 1e\\+200"),
        (DiscreteMeasure([100], [1]), 190, "too large to be raised to the power 190"),
        (DiscreteMeasure([1e200], [1]), 2, "too large to be raised to the power 2"),
        (DiscreteMeasure([1e-3], [1]), 150, "too small to be raised to the power 150"),
        (DiscreteMeasure([1e-200], [1]), 2, "too small to be raised to the power 2"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(target, p, sentence):
    with pytest.raises(ValueError, match=sentence):
        wasserstein(DiscreteMeasure([0], [1]), target, p=p)


@pytest.mark.parametrize("p", [1, 2, 3, 150, 190])
@pytest.mark.parametrize(("x", "y"), [(0, 4), (0, 1e200), (0, 1e-3), (1, 1 + 1e-3), (0, 1e-200), (5, 5)])
def test_line_and_plane_have_one_rule_for_what_is_too_large_or_too_small(x, y, p):
    def found(solve, *measures):
        try:
            return solve(*measures, p=p)
        except ValueError as error:
            return str(error)

    line = [DiscreteMeasure([0, place], [1, 1]) for place in (x, y)]
    plane = [DiscreteMeasure(m.points * [0.6, 0.8], m.weights) for m in line]
    on_line, in_plane = found(wasserstein, *line), found(lambda *m, p: solve_exact(*m, p=p).value, *plane)
    assert in_plane == (on_line if isinstance(on_line, str) else pytest.approx(on_line, rel=1e-9))
    if not isinstance(on_line, str):
        assert on_line == pytest.approx(abs(y - x) * 0.5 ** (1 / p), rel=1e-9)


@pytest.mark.parametrize("q", FAMILIES, ids=lambda family: type(family).__name__)
@pytest.mark.parametrize("p", FAMILIES, ids=lambda family: type(family).__name__)
def test_curves_are_the_distances_one_by_one(p, q):
    curves = shift_curves(p, q, THETA)
    for i, theta in enumerate(THETA):
        moved = q.shifted(theta)
        for key, order in (("w1", 1), ("w2", 2)):
            assert curves.values[key][i] == pytest.approx(wasserstein(p.measure(), moved.measure(), p=order), abs=1e-6)
        for key, (value,) in divergence_curves(p, moved, np.array([0.0])).items():
            assert curves.values[key][i] == pytest.approx(value, rel=1e-3, abs=1e-3), key


@pytest.mark.parametrize("std", [0.5, 1, 3])
def test_slopes_between_gaussians_are_the_closed_forms(std):
    curves = shift_curves(Gaussian(0, std), Gaussian(0, std), THETA)
    away = THETA > 0
    closed_forms = {  # value, slope
        "w1": (THETA, np.ones(6)),
        "w2": (THETA, np.ones(6)),
        "kl": (THETA**2 / (2 * std**2), THETA / std**2),
        "reverse_kl": (THETA**2 / (2 * std**2), THETA / std**2),
        "tv": (2 * stats.norm.cdf(THETA / (2 * std)) - 1, stats.norm.pdf(THETA / (2 * std)) / std),
    }
    for key, (values, slopes) in closed_forms.items():
        np.testing.assert_allclose(curves.values[key], values, rtol=1e-3, atol=1e-9, err_msg=key)
        coarse = 5e-3 * (key == "tv")  # its integrand has kinks
        np.testing.assert_allclose(curves.slopes[key][away], slopes[away], rtol=1e-4, atol=coarse, err_msg=key)
    js, slope = curves.values["js"], curves.slopes["js"]
    assert (np.diff(js) >= 0).all()
    assert js[-1] == pytest.approx(LN2, abs=1e-6)
    assert slope[-1] == pytest.approx(0, abs=1e-6)
    assert slope[1] > 0.01


@pytest.mark.parametrize("p", FAMILIES[:4], ids=lambda family: type(family).__name__)
def test_slopes_are_the_slopes_of_the_curves(p):
    theta = np.linspace(0.5, 5, 451)
    curves = shift_curves(p, Gaussian(0, 1), theta)
    for key, slope in curves.slopes.items():
        if np.isfinite(curves.values[key]).all():
            numeric = np.gradient(curves.values[key], theta)
            assert np.abs(slope - numeric)[1:-1].mean() < 5e-3 * (1 + np.abs(slope).mean()), key


def test_disjoint_uniforms_have_no_kl_and_a_flat_js():
    curves = shift_curves(Uniform(0, 1), Uniform(0, 1), np.array([1.0, 2, 35]))
    np.testing.assert_allclose(curves.values["w1"], [1, 2, 35])
    np.testing.assert_array_equal(curves.values["kl"], np.inf)
    np.testing.assert_allclose(curves.values["js"], LN2)
    np.testing.assert_allclose(curves.slopes["js"], 0, atol=1e-6)
    assert np.isnan(curves.slopes["kl"]).all()


@given(histograms(), st.floats(-9, 9))
def test_a_moved_histogram_is_theta_away(p, theta):
    curves = shift_curves(p, p, [theta])
    assert curves.values["w1"][0] == pytest.approx(abs(theta), abs=1e-9)
    assert curves.values["w2"][0] == pytest.approx(abs(theta), abs=1e-9)
    assert wasserstein(p.measure(), p.shifted(theta).measure()) == pytest.approx(abs(theta), abs=1e-9)


def grid_error(p: Histogram, q: Histogram) -> float:
    """How far W1 of their measures may be from that of the densities, in units of x: where the CDFs are farther apart
    than their steps on the grids, the two errors of a quarter of a cell cancel.
    """
    x = np.linspace(*np.sort(np.concatenate([p.edges(), q.edges()]))[[0, -1]], 100_001)
    cells = [np.diff(one.measure().points[:2, 0])[0] for one in (p, q)]
    steps = sum(h * one.histogram()[1].max() / one.bin_width for h, one in zip(cells, (p, q), strict=True))
    near = np.abs(p.cdf(x) - q.cdf(x)) <= 2 * steps
    masses = [np.diff(one.cdf(x)) @ (near[:-1] | near[1:]) for one in (p, q)]
    return np.dot(masses, cells) / 4


@settings(max_examples=30)
@given(histograms(), histograms())
@example(Histogram(0, 1.0, (1,)), Histogram(0, 1.0, (1, 0)))  # one density, on two grids
@example(Histogram(0, 1.0, (1, 1, 2)), Histogram(0, 1.0, (1, 1, 1, 1)))  # the same CDF as far as x = 2
@example(Histogram(-2, 3.0, (0, 8, 7)), Histogram(4, 0.5, (0, 0, 6, 9, 9, 2)))  # CDFs that cross
def test_w1_between_histograms_is_the_area_between_their_cdfs(p, q):
    edges = np.unique(np.concatenate([p.edges(), q.edges()]))
    area = sum(quad(lambda x: abs(p.cdf(x) - q.cdf(x)), *ends, limit=200)[0] for ends in pairwise(edges))
    assert wasserstein(p.measure(), q.measure()) == pytest.approx(area, abs=1e-7 + grid_error(p, q))


@given(histograms(low=0.0, bin_width=1.0), histograms(low=0.0, bin_width=1.0), st.integers(-3, 6))
def test_divergences_of_histograms_on_the_same_bins_are_the_discrete_ones(p, q, theta):
    """Wherever the bins lie on each other, the densities are constant on them: sums over bins, and no quadrature."""
    a, b = np.zeros((2, 20))
    a[5 : 5 + len(p.heights)] = p.histogram()[1]
    b[5 + theta : 5 + theta + len(q.heights)] = q.histogram()[1]
    expected = {
        "kl": stats.entropy(a, b),
        "reverse_kl": stats.entropy(b, a),
        "js": (stats.entropy(a, (a + b) / 2) + stats.entropy(b, (a + b) / 2)) / 2,
        "tv": np.abs(a - b).sum() / 2,
    }
    curves = shift_curves(p, q, [theta])
    for key, value in expected.items():
        assert curves.values[key][0] == pytest.approx(value, abs=1e-12), key


@pytest.mark.parametrize("unit", [1e-12, 1e-9, 1, 1e9, 1e12])
def test_point_masses_jump_where_they_meet_and_a_jump_has_no_slope(unit):
    p, q = PointMasses((0.3 * unit,), (1,)), PointMasses((0.1 * unit,), (1,))
    curves = shift_curves(p, q, unit * np.array([0, 0.2, 0.5]))
    assert meetings(p, q) == pytest.approx([0.2 * unit], rel=1e-12)
    np.testing.assert_allclose(curves.values["w1"], unit * np.array([0.2, 0, 0.3]), atol=1e-12 * unit)
    np.testing.assert_allclose(curves.values["js"], [LN2, 0, LN2])
    np.testing.assert_array_equal(curves.values["kl"], [np.inf, 0, np.inf])
    np.testing.assert_allclose(curves.slopes["js"], [0, np.nan, 0], atol=1e-6)
    np.testing.assert_array_equal(curves.slopes["kl"], np.nan)


def test_two_pairs_of_atoms_that_meet_at_one_theta_are_one_meeting():
    p, q = PointMasses((0.3, 0.7, 5), (1, 1, 1)), PointMasses((0.1, 0.5), (1, 1))
    assert meetings(p, q) == pytest.approx([-0.2, 0.2, 0.6, 4.5, 4.9])


@pytest.mark.parametrize("unit", [1e-9, 1e9])
@pytest.mark.parametrize("p", FAMILIES[:1] + FAMILIES[5:6], ids=lambda family: type(family).__name__)
def test_curves_have_no_unit_of_their_own(p, unit):
    scaled = Gaussian(p.mean * unit, p.std * unit) if isinstance(p, Gaussian) else None
    scaled = scaled or PointMasses(tuple(unit * place for place in p.points), p.weights)
    curves, other = shift_curves(p, p, THETA), shift_curves(scaled, scaled, unit * THETA)
    for key, values in curves.values.items():
        size = unit if key in ("w1", "w2") else 1
        np.testing.assert_allclose(other.values[key], size * values, rtol=1e-6, atol=1e-9 * size, err_msg=key)
        slopes = other.slopes[key] * unit / size
        np.testing.assert_allclose(slopes, curves.slopes[key], rtol=1e-4, atol=1e-5, err_msg=key)


def test_w2_keeps_its_digits_next_to_zero():
    curves = shift_curves(Gaussian(35, 1), Gaussian(0, 1), 35 + np.array([-1e-6, 1e-6]))
    np.testing.assert_allclose(curves.values["w2"], 1e-6, rtol=1e-3)
    np.testing.assert_allclose(curves.slopes["w2"], [-1, 1], rtol=1e-3)
