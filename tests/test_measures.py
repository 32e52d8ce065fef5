"""Measures refuse what makes no sense; families agree with scipy.stats and keep their mean on a grid."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from tests.strategies import UNITS, histograms
from wgan_demo.measures import (
    DiscreteMeasure,
    Gaussian,
    Histogram,
    Laplace,
    Mixture,
    PointMasses,
    Samples,
    Uniform,
    grouped,
    place_of,
)

FAMILIES = {  # ours, scipy's, mean, variance
    "gaussian": (Gaussian(0.3, 1.7), stats.norm(0.3, 1.7), 0.3, 1.7**2),
    "narrow gaussian": (Gaussian(35, 1e-3), stats.norm(35, 1e-3), 35, 1e-6),
    "uniform": (Uniform(-1, 2.5), stats.uniform(-1, 3.5), 0.75, 3.5**2 / 12),
    "laplace": (Laplace(-0.5, 0.8), stats.laplace(-0.5, 0.8), -0.5, 2 * 0.8**2),
    "mixture": (
        Mixture((Gaussian(-2, 0.5), Gaussian(1, 1.5), Gaussian(9, 1)), (1, 3, 0)),
        stats.Mixture([stats.Normal(mu=-2, sigma=0.5), stats.Normal(mu=1, sigma=1.5)], weights=[0.25, 0.75]),
        0.25,
        0.25 * (0.5**2 + 2.25**2) + 0.75 * (1.5**2 + 0.75**2),
    ),
}
each_family = pytest.mark.parametrize(("family", "reference", "mean", "variance"), FAMILIES.values(), ids=FAMILIES)


def mean_of(measure: DiscreteMeasure) -> float:
    return measure.weights @ measure.points[:, 0]


@pytest.mark.parametrize(
    ("points", "weights", "sentence"),
    [
        ([1, 2], [1], r"points \(n, d\) and weights \(n,\), not \(2, 1\) and \(1,\)"),
        (np.zeros((2, 2, 2)), [1, 1], r"not \(2, 2, 2\)"),
        ([1, 2], [[1, 1]], r"and \(1, 2\)"),
        ([], [], "at least one point"),
        (np.zeros((3, 0)), [1, 1, 1], "at least one point"),
        ([1, np.nan], [1, 1], "NaN or an infinity"),
        ([1, np.inf], [1, 1], "NaN or an infinity"),
        ([1, 2], [1, np.nan], "NaN or an infinity"),
        ([1, 2], [1, -0.5], "cannot be negative; the smallest is -0.5"),
        ([1, 2], [0, 0], "all its weights are 0"),
    ],
)
def test_a_measure_refuses_what_makes_no_sense(points, weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        DiscreteMeasure(points, weights)


@pytest.mark.parametrize(
    ("family", "sentence"),
    [
        (lambda: Gaussian(0, 0), "width above 0"),
        (lambda: Gaussian(0, -1), "width above 0"),
        (lambda: Gaussian(np.nan, 1), "must be finite"),
        (lambda: Gaussian(0, np.inf), "must be finite"),
        (lambda: Laplace(0, 0), "width above 0"),
        (lambda: Uniform(1, 1), "width above 0"),
        (lambda: Uniform(2, 1), "width above 0"),
        (lambda: Histogram(0, 1, ()), "at least one point"),
        (lambda: Histogram(0, 1, (0, 0)), "all its weights are 0"),
        (lambda: Histogram(0, 1, (2, -1)), "negative"),
        (lambda: Histogram(0, 1, (2, np.nan)), "NaN"),
        (lambda: Histogram(0, 0, (1, 2)), "width above 0"),
        (lambda: Histogram(np.inf, 1, (1, 2)), "must be finite"),
        (lambda: Mixture((), ()), "at least one point"),
        (lambda: Mixture((Gaussian(), Gaussian(3)), (1,)), "weights"),
        (lambda: Mixture((Gaussian(), Gaussian(3)), (2, -1)), "negative"),
        (lambda: Mixture((Gaussian(),), (0,)), "all its weights are 0"),
        (lambda: PointMasses((), ()), "at least one point"),
        (lambda: PointMasses((0, 1), (1,)), "weights"),
        (lambda: PointMasses((0, np.inf), (1, 1)), "infinity"),
        (lambda: Samples.of([], 1), "at least one number"),
        (lambda: Samples.of([1, np.nan], 1), "only finite"),
        (lambda: Samples.of([1, 2], 0), "width above 0, not 0"),
        (lambda: Samples.of([1, 2], np.nan), "width above 0, not nan"),
        (lambda: Samples.of([0, 1e9], 1e-3), "more than 2,000"),
    ],
)
def test_a_family_refuses_what_makes_no_sense(family, sentence):
    with pytest.raises(ValueError, match=sentence):
        family()


def test_a_measure_is_a_frozen_copy_of_mass_one_where_asked():
    weights = np.array([3.0, 1.0])
    measure = DiscreteMeasure([1, 2], weights)
    weights[0] = 99
    assert measure.points.shape == (2, 1)
    assert measure.mass == 4
    np.testing.assert_array_equal(measure.normalized().weights, [0.75, 0.25])
    np.testing.assert_array_equal(measure.shifted(0.5).points, [[1.5], [2.5]])
    np.testing.assert_array_equal(DiscreteMeasure.uniform(np.zeros((4, 2))).weights, [0.25] * 4)
    with pytest.raises(ValueError, match="read-only"):
        measure.weights[0] = 0


@each_family
def test_cdf_and_log_density_are_those_of_scipy(family, reference, mean, variance):
    x = mean + np.sqrt(variance) * np.linspace(-7, 7, 501)
    np.testing.assert_allclose(family.cdf(x), reference.cdf(x), atol=1e-14)
    np.testing.assert_allclose(family.log_density(x), reference.logpdf(x), rtol=1e-9)


@each_family
def test_cdf_integral_is_the_integral_of_the_cdf(family, reference, mean, variance):
    low, *between, high = family.edges(panels=64)
    for x in (*between[::32], high, high + 1):
        area = quad(family.cdf, low, x, points=[edge for edge in (*between, high) if edge < x], limit=500)[0]
        assert family.cdf_integral(x) - family.cdf_integral(low) == pytest.approx(area, abs=1e-9)


@each_family
def test_a_grid_has_mass_1_the_exact_mean_and_a_variance_larger_by_a_sixth_of_a_cell_squared(
    family, reference, mean, variance
):
    measure = family.measure()
    x = measure.points[:, 0]
    assert measure.mass == pytest.approx(1, abs=1e-15)
    assert mean_of(measure) == pytest.approx(mean, abs=1e-9)
    assert measure.weights @ (x - mean) ** 2 == pytest.approx(variance + (x[1] - x[0]) ** 2 / 6, rel=1e-8)


@each_family
def test_shifting_a_family_shifts_all_it_says(family, reference, mean, variance):
    moved, x = family.shifted(2.5), np.linspace(-5, 40, 101)
    np.testing.assert_allclose(moved.cdf(x), family.cdf(x - 2.5), atol=1e-10)
    np.testing.assert_allclose(moved.edges(), family.edges() + 2.5)
    assert mean_of(moved.measure()) == pytest.approx(mean + 2.5, abs=1e-9)


def test_far_tails_keep_a_finite_log_density():
    x = np.array([-500.0, 500.0])
    mixture = Mixture((Gaussian(-1, 1), Gaussian(1, 1)), (1, 1))
    np.testing.assert_allclose(mixture.log_density(x), Gaussian(1, 1).log_density(np.abs(x)) - np.log(2))


@pytest.mark.parametrize("unit", [1e-12, 1, 1e9])
def test_point_masses_on_the_same_place_are_one_in_every_unit(unit):
    places, masses = PointMasses((unit * (0.1 + 0.2), unit * 0.3, unit), (3, 1, 4)).atoms()
    np.testing.assert_allclose(places, [0.3 * unit, unit])
    np.testing.assert_array_equal(masses, [0.5, 0.5])
    assert len(PointMasses((0, 1e-10 * unit), (1, 1)).atoms()[0]) == 2


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1), UNITS, UNITS, st.integers(-999, 999))
def test_points_lie_on_each_other_whatever_their_units_and_their_origin(points, unit, other, origin):
    points = np.array(points, float)
    scaled = (points / 10 + origin) * [unit, other]
    again = (points * 0.1 + origin) * unit * [1, other / unit]  # the same, but for rounding
    places = place_of(np.concatenate([scaled, again]))
    _, expected = np.unique(points, axis=0, return_inverse=True)
    np.testing.assert_array_equal(places[: len(points)], places[len(points) :])
    np.testing.assert_array_equal(places[: len(points)], expected.ravel())


@pytest.mark.parametrize("apart", [1e-10, 1e-3, 1, 0.1 + 0.2])
def test_points_that_a_float_tells_apart_do_not_meet(apart):
    assert place_of(np.array([[0], [apart]])).tolist() == [0, 1]
    assert place_of(np.array([[1], [1 + 1e-10 * apart]])).tolist() == [0, int(apart > 1e-5)]
    assert place_of(np.array([[3e14], [3e14 + 1]])).tolist() == [0, 1]  # serial numbers


def test_a_group_does_not_go_on_for_ever_where_numbers_lie_close():
    values = np.random.default_rng(0).permutation(np.arange(1000.0))
    groups = grouped(values, 1.0)
    assert max(np.ptp(values[groups == group]) for group in range(groups.max() + 1)) <= 2
    np.testing.assert_array_equal(grouped(values, 0.0), values)


def test_point_masses_have_a_step_cdf_and_no_density():
    atoms, x = PointMasses((2, 0), (1, 3)), np.array([-1, 0, 1, 2, 3])
    np.testing.assert_array_equal(atoms.cdf(x), [0, 0.75, 0.75, 1, 1])
    np.testing.assert_array_equal(atoms.log_density(x), -np.inf)
    np.testing.assert_array_equal(atoms.edges(), [0, 2])


@given(histograms())
def test_a_histogram_is_scipy_s_with_its_empty_bins_kept(histogram):
    edges, shares = histogram.histogram()
    reference = stats.rv_histogram((histogram.heights, edges), density=False)
    between = (edges[:-1, None] + histogram.bin_width * np.array([0.1, 0.5, 0.9])).ravel()
    x = np.concatenate([edges[:1] - 1, between, edges[-1:] + 1])
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(histogram.log_density(x), np.log(reference.pdf(x)))
    np.testing.assert_allclose(histogram.cdf(np.concatenate([x, edges])), reference.cdf(np.concatenate([x, edges])))
    area = [quad(histogram.cdf, edges[0], end, points=edges[(edges > edges[0]) & (edges < end)])[0] for end in between]
    np.testing.assert_allclose(histogram.cdf_integral(between), area, atol=1e-12)
    assert histogram.cdf_integral(edges[-1] + 1) - histogram.cdf_integral(edges[-1]) == pytest.approx(1)

    measure, middles = histogram.measure(), edges[:-1] + histogram.bin_width / 2
    points = measure.points[:, 0]
    assert np.isclose(points[:, None], edges, atol=1e-12).any(axis=0).all()  # no cell lies in two bins
    mean, cell = shares @ middles, points[1] - points[0]
    assert mean_of(measure) == pytest.approx(mean, abs=1e-9)
    variance = shares @ (middles - mean) ** 2 + histogram.bin_width**2 / 12
    assert measure.weights @ (points - mean) ** 2 == pytest.approx(variance + cell**2 / 6)

    moved = histogram.shifted(2.5)
    np.testing.assert_allclose(moved.cdf(x + 2.5), histogram.cdf(x), atol=1e-12)
    np.testing.assert_allclose(moved.log_density(between + 2.5), histogram.log_density(between))
    np.testing.assert_allclose(moved.measure().points, measure.points + 2.5)


def test_a_sample_is_its_own_measure_and_its_density_is_a_histogram_anchored_at_zero():
    values = np.random.default_rng(0).normal(size=(50, 2)).round(1)
    sample = Samples.of(values, 0.5)
    edges, shares = sample.histogram()
    assert (edges % 0.5 == 0).all()
    np.testing.assert_allclose(shares, np.histogram(values, edges)[0] / 100)
    x = edges[:-1] + 0.2
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(sample.log_density(x), np.log(shares / 0.5))
    np.testing.assert_array_equal(sample.log_density(edges[[0, -1]] + [-0.1, 0.1]), -np.inf)
    np.testing.assert_allclose(sample.cdf(x), stats.ecdf(values.ravel()).cdf.evaluate(x))
    assert mean_of(sample.measure()) == pytest.approx(values.mean())
    assert len(sample.measure().points) == len(np.unique(values))


def test_shifting_a_sample_shifts_all_it_says():
    sample, x = Samples.of([3, 1, 1, 2.25], 0.5), np.arange(0, 8, 0.125)
    moved = sample.shifted(3).shifted(0.5)
    np.testing.assert_array_equal(moved.cdf(x), sample.cdf(x - 3.5))
    np.testing.assert_array_equal(moved.log_density(x), sample.log_density(x - 3.5))
    np.testing.assert_array_equal(moved.measure().points, sample.measure().points + 3.5)
