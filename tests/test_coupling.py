"""The plan on the line: W1 as an area, once between CDFs and once between quantile functions, and as a blurred plan."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats

from tests.strategies import measures
from wgan_demo.distances.entropic import entropic_path, solve_entropic
from wgan_demo.distances.exact import solve_exact
from wgan_demo.distances.one_dim import (
    area_between_cdfs,
    area_between_quantiles,
    binned,
    quantile,
    quantile_steps,
    wasserstein,
)
from wgan_demo.measures import DiscreteMeasure, Gaussian, Laplace, Mixture, PointMasses, Samples, Uniform
from wgan_demo.plots.coupling import epsilon_panel, plan_panel, quantiles_panel, staircase

RNG = np.random.default_rng(0)
FAMILIES = {
    "gaussian": Gaussian(0.5, 0.8),
    "laplace": Laplace(0, 1),
    "uniform": Uniform(-1, 1),
    "mixture": Mixture((Gaussian(-2, 0.5), Gaussian(2, 1)), (1, 2)),
    "atoms": PointMasses((2, 0, 1.5), (1, 2, 1)),
    "data": Samples.of(RNG.normal(size=200), 0.5),
}
every_pair = [pytest.mark.parametrize(side, FAMILIES.values(), ids=FAMILIES) for side in "pq"]


def both(function):
    for mark in every_pair:
        function = mark(function)
    return function


@settings(deadline=None)
@given(measures(1), measures(1))
def test_both_areas_are_w1(source, target):
    w1 = wasserstein(source, target)
    assert area_between_quantiles(source, target) == pytest.approx(w1, abs=1e-9)
    assert area_between_cdfs(source, target) == pytest.approx(w1, abs=1e-9)


@both
def test_both_areas_are_w1_between_families(p, q):
    source, target = p.measure(), q.shifted(0.7).measure()
    w1 = wasserstein(source, target)
    assert area_between_quantiles(source, target) == pytest.approx(w1, abs=1e-9)
    assert area_between_cdfs(source, target) == pytest.approx(w1, abs=1e-9)


def test_both_areas_meet_the_closed_form_between_gaussians_of_different_width():
    source, target = Gaussian(0, 1).measure(), Gaussian(0, 4).measure()
    closed = 3 * np.sqrt(2 / np.pi)  # E|3 Z|
    assert area_between_quantiles(source, target) == pytest.approx(closed, abs=1e-5)
    assert area_between_cdfs(source, target) == pytest.approx(closed, abs=1e-5)


def test_many_unequal_samples():
    source, target = (DiscreteMeasure.uniform(RNG.normal(size=n)) for n in (5000, 4999))
    w1 = stats.wasserstein_distance(source.points[:, 0], target.points[:, 0])
    assert area_between_quantiles(source, target) == pytest.approx(w1, abs=1e-9)
    assert area_between_cdfs(source, target) == pytest.approx(w1, abs=1e-9)


@settings(deadline=None)
@given(measures(1))
def test_a_quantile_is_the_first_point_with_that_much_mass_up_to_it(measure):
    u = np.array([0, 1e-9, 0.25, 0.5, 1])
    x = measure.points[:, 0]
    for level, found in zip(u, quantile(measure, u), strict=True):
        assert measure.weights[x <= found].sum() >= level - 1e-12
        assert measure.weights[x < found].sum() < level or level == 0
        assert measure.weights[x == found].sum() > 0


def test_quantiles_of_a_gaussian_and_shares_that_make_no_sense():
    u = np.array([[0.01, 0.5], [0.9, 0.999]])
    np.testing.assert_allclose(quantile(Gaussian(1, 2).measure(), u), stats.norm(1, 2).ppf(u), atol=0.03)
    for u in (-0.1, 1.1, np.nan):
        with pytest.raises(ValueError, match="between 0 and 1"):
            quantile(Gaussian().measure(), u)


@settings(deadline=None)
@given(measures(1), measures(1))
def test_the_steps_are_an_optimal_plan(source, target):
    levels, x, y = quantile_steps(source, target)
    mass = np.diff(levels)
    for places, measure in ((x, source), (y, target)):
        for place in np.unique(measure.points):
            expected = measure.weights[measure.points[:, 0] == place].sum()
            assert mass[places == place].sum() == pytest.approx(expected, abs=1e-9)
    assert (np.diff(x) >= 0).all()
    assert (np.diff(y) >= 0).all()
    for p in (1, 2):
        assert mass @ np.abs(x - y) ** p == pytest.approx(solve_exact(source, target, p=p).cost, abs=1e-9)


def test_levels_that_meet_but_for_rounding_split_nothing():
    thirds, sixths = DiscreteMeasure.uniform(np.arange(3.0)), DiscreteMeasure.uniform(np.arange(6.0))
    levels, x, y = quantile_steps(thirds, sixths)
    np.testing.assert_allclose(levels, np.arange(7) / 6)
    assert (x.tolist(), y.tolist()) == ([0, 0, 1, 1, 2, 2], [0, 1, 2, 3, 4, 5])


@both
def test_bins_keep_mass_and_mean(p, q):
    source, target = p.measure(), q.measure().shifted(100)
    edges = np.linspace(-1, 1, 12)  # most have mass beyond
    less = binned(source, edges)
    assert len(less.points) == 11
    assert less.mass == pytest.approx(1)
    assert less.weights @ less.points[:, 0] == pytest.approx(source.weights @ source.points[:, 0], abs=1e-9)
    assert wasserstein(less, target) == pytest.approx(wasserstein(source, target), rel=1e-9)


EPSILONS = (3.0, 1.0, 0.3)


@pytest.fixture(params=[1, 2], ids=["line", "plane"])
def pair(request):
    weights = RNG.exponential(size=(2, 12)) * (np.arange(12) != 3)  # an empty bin on both sides
    return [DiscreteMeasure(RNG.normal(size=(12, request.param)), w).normalized() for w in weights]


@pytest.mark.parametrize("p", [1, 2])
def test_the_path_agrees_with_pots_sinkhorn(pair, p):
    path = entropic_path(*pair, EPSILONS, p=p, iterations=5000)
    assert list(path) == sorted(EPSILONS, reverse=True)
    for epsilon, result in path.items():
        alone = solve_entropic(*pair, epsilon=epsilon, p=p)
        assert result.converged
        assert alone.converged
        assert result.cost == pytest.approx(alone.cost, abs=1e-5)
        np.testing.assert_allclose(result.coupling, alone.coupling, atol=1e-5)


def test_the_path_falls_to_the_exact_cost_from_above():
    source, target = Gaussian().measure(), Mixture((Gaussian(-2, 0.7), Gaussian(3, 0.7)), (1, 1)).measure()
    source, target = (binned(measure, np.linspace(-5, 5, 41)) for measure in (source, target))
    path = entropic_path(source, target, (10.0, 1.0, 0.1, 0.05), iterations=2000)
    excess = np.array([result.cost for result in path.values()]) - wasserstein(source, target)
    assert all(result.converged for result in path.values())
    assert (np.diff(excess) < 0).all()
    assert 0 < excess[-1] < 2e-3


def test_where_all_mass_moves_one_way_every_plan_costs_the_same():
    source, target = (binned(side.measure(), side.edges(20)) for side in (Gaussian(), Gaussian(25, 1)))
    for result in entropic_path(source, target, EPSILONS).values():
        assert result.cost == pytest.approx(25, abs=1e-9)
        np.testing.assert_allclose(result.coupling, np.outer(source.weights, target.weights), atol=1e-9)


def test_too_few_iterations_are_admitted():
    measure = binned(Gaussian().measure(), np.linspace(-4, 4, 65))
    path = entropic_path(measure, measure, (1.0, 0.05), iterations=100)
    assert path[1.0].converged
    assert not path[0.05].converged
    assert path[0.05].marginal_error > 1e-6


@pytest.mark.parametrize("scale", [1e-6, 1, 1e6])
def test_the_path_has_no_scale(scale):
    source, target = (DiscreteMeasure(scale * RNG.normal(size=8), np.ones(8)).normalized() for _ in "PQ")
    for epsilon, result in entropic_path(source, target, [scale * value for value in (1e-3, 0.1, 10)]).items():
        assert np.isfinite(result.coupling).all()
        if result.converged:
            assert result.cost >= wasserstein(source, target) - 1e-5 * scale, epsilon


def test_epsilon_must_be_above_zero(pair):
    with pytest.raises(ValueError, match="epsilon must be above 0"):
        entropic_path(*pair, (0.1, 0))


UNIT = np.array([0.0, 1.0])


def test_the_map_is_vertical_where_an_atom_is_split_and_broken_where_nothing_is():
    _, x, y = quantile_steps(PointMasses((0, 1), (1, 1)).measure(), PointMasses((0, 1, 2), (1, 1, 1)).measure())
    np.testing.assert_array_equal(staircase(x, y, UNIT, 2 * UNIT), [[0, 0, 1, 1], [0, 1, 1, 2]])
    same = PointMasses((0, 1), (1, 1)).measure()
    x, _ = staircase(*quantile_steps(same, same)[1:], UNIT, UNIT)
    np.testing.assert_array_equal(x, [0, np.nan, 1])


def test_the_map_between_gaussians_is_the_line_and_needs_few_points():
    _, x, y = quantile_steps(Gaussian(0, 1).measure(), Gaussian(3, 2).measure())
    x, y = staircase(x, y, np.array([-4, 4]), np.array([-5, 11]))
    assert len(x) < 4000
    middle = np.abs(x) < 4
    np.testing.assert_allclose(y[middle], 3 + 2 * x[middle], atol=0.05)


def test_the_panel_holds_the_plan_and_its_margins():
    plan = np.array([[0.1, 0.2, 0], [0, 0.3, 0.4]])
    edges = np.arange(3.0), np.arange(4.0)
    margins = plan.sum(axis=1), plan.sum(axis=0)
    panel = plan_panel([plan], edges, margins, color="#000000", x_title="x", steps=(np.ones(1), np.ones(1)))
    cells = panel["heat"]["arrays"]["cells 0"]
    np.testing.assert_allclose((cells / 255) ** 2, plan / 0.4, atol=0.01)
    of_p, of_q = (line["arrays"] for line in panel["lines"][:2])
    above, beside = of_p["y"] - 3, of_q["x"] - 2
    np.testing.assert_allclose((above - above[0]) / np.ptp(above), np.array([0, 0.3, 0.3, 0.7, 0.7, 0]) / 0.7)
    np.testing.assert_allclose((beside - beside[0]) / np.ptp(beside), np.array([0, 1, 1, 5, 5, 4, 4, 0]) / 5)


@both
def test_the_shaded_area_between_the_quantiles_is_w1(p, q):
    source, target = p.measure(), q.shifted(1.3).measure()
    levels, x, y = quantile_steps(source, target)
    w1 = area_between_quantiles(source, target)
    panel = quantiles_panel(levels, x, y, w1, y_range=(-6, 6), x_title="x")
    of_p, of_q = (line["arrays"] for line in panel["lines"])
    apart = np.abs(of_p["y"] - of_q["y"])
    assert np.trapezoid(apart, of_p["x"]) == pytest.approx(w1, rel=0.01)


def test_what_has_not_converged_is_faint_and_not_on_the_line():
    measure = binned(Gaussian().measure(), np.linspace(-4, 4, 65))
    path = entropic_path(measure, measure, (1.0, 0.05), iterations=100)
    panel, hand = epsilon_panel(path, 0.0, 1.1)
    *_, line, _, lost = panel["lines"]
    assert np.isnan(line["arrays"]["y"][0])
    assert line["arrays"]["y"][1] == pytest.approx(path[1.0].cost)
    assert lost["name"] == "not converged"
    np.testing.assert_allclose(lost["arrays"]["y"], [path[0.05].cost, np.nan])
    assert hand["y"] == [path[0.05].cost, path[1.0].cost]
