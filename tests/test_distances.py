"""Every entry of DISTANCES obeys the laws it claims, on the line and in the plane."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.strategies import UNITS, measures, tuples_of_measures
from wgan_demo.distances import DISTANCES, SINKHORN_EPSILON, thinned
from wgan_demo.distances.at_theta import Pair
from wgan_demo.distances.divergences import LN2
from wgan_demo.distances.entropic import solve_entropic
from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure, Gaussian, Laplace, Mixture, Samples

each_distance = pytest.mark.parametrize("key", DISTANCES)


def test_the_distances_of_the_course_are_all_there():
    metrics, others = {"emd", "w2", "js_distance", "tv", "energy"}, {"kl", "reverse_kl", "js", "sinkhorn"}
    assert {key for key in metrics | others if DISTANCES[key].is_metric} == metrics


@pytest.mark.parametrize("key", sorted(DISTANCES.keys() - {"sinkhorn"}))  # whose entropy keeps it above 0
@given(measures=tuples_of_measures(3))
@settings(max_examples=30, deadline=None)
def test_laws(key, measures):
    distance, (p, q, r) = DISTANCES[key], measures
    pq = distance.compute(p, q)
    assert pq >= 0
    assert distance.compute(p, p) == pytest.approx(0, abs=1e-7)
    if distance.is_metric or key == "js":
        assert distance.compute(q, p) == pytest.approx(pq, abs=1e-6)
    if distance.is_metric:
        assert distance.compute(p, r) <= pq + distance.compute(q, r) + 1e-7


@each_distance
def test_points_on_a_line_through_the_plane_are_as_far_apart_as_on_the_line(key):
    rng = np.random.default_rng(0)
    line = [DiscreteMeasure(rng.integers(0, 9, 8), rng.random(8)).normalized() for _ in range(2)]
    plane = [DiscreteMeasure(m.points * [0.6, 0.8], m.weights) for m in line]
    assert DISTANCES[key].compute(*plane) == pytest.approx(DISTANCES[key].compute(*line), abs=1e-6)


@each_distance
def test_measures_in_different_spaces_are_refused(key):
    with pytest.raises(ValueError, match="1 and 2 coordinates"):
        DISTANCES[key].compute(DiscreteMeasure([0], [1]), DiscreteMeasure([[0, 0]], [1]))


def test_w2_is_at_least_w1():
    p, q = (DiscreteMeasure.uniform(x) for x in np.random.default_rng(0).normal(size=(2, 20, 2)))
    assert DISTANCES["w2"].compute(p, q) > DISTANCES["emd"].compute(p, q) == pytest.approx(solve_exact(p, q).value)


def test_kl_has_a_direction():
    fair, sure = DiscreteMeasure([0, 1], [1, 1]), DiscreteMeasure([0, 1], [2, 0])
    kl, reverse_kl = DISTANCES["kl"].compute, DISTANCES["reverse_kl"].compute
    assert kl(sure, fair) == reverse_kl(fair, sure) == pytest.approx(np.log(2))
    assert kl(fair, sure) == reverse_kl(sure, fair) == np.inf


LIMITS = {"kl": np.inf, "reverse_kl": np.inf, "js": LN2, "js_distance": LN2**0.5, "tv": 1}


@pytest.mark.parametrize("unit", [1e-12, 1e-9, 1, 1e9, 1e12])
@pytest.mark.parametrize("key", LIMITS)
def test_divergences_do_not_depend_on_the_unit(key, unit):
    compute = DISTANCES[key].compute
    tenths, other = (DiscreteMeasure([unit * place, unit], [1, 1]) for place in (0.1 * 3, 0.3))
    assert compute(tenths, other) == 0
    apart = [DiscreteMeasure([place], [1]) for place in (0, 1e-10 * unit)]
    assert compute(*apart) == pytest.approx(LIMITS[key])
    assert compute(DiscreteMeasure([unit * 0.3], [1]), DiscreteMeasure([unit * (0.1 * 3)], [1])) == 0


lattice = st.integers(1, 2).flatmap(lambda d: st.tuples(measures(d), measures(d)))


@pytest.mark.parametrize("key", LIMITS)
@given(pair=lattice, unit=UNITS, origin=st.integers(-1000, 1000))
@settings(max_examples=40)
def test_divergences_are_the_same_in_every_unit_and_from_every_origin(key, pair, unit, origin):
    compute = DISTANCES[key].compute
    p, q = (DiscreteMeasure((m.points / 10 + origin) * unit, m.weights) for m in pair)
    rounded = DiscreteMeasure(pair[1].points * 0.1 * unit + origin * unit, q.weights)
    assert compute(p, q) == pytest.approx(compute(*pair), rel=1e-12, abs=1e-15)
    assert compute(p, rounded) == pytest.approx(compute(*pair), rel=1e-12, abs=1e-15)


def test_no_divergence_ends_below_0_or_above_its_limit_by_rounding():
    rng = np.random.default_rng(0)
    for _ in range(200):
        weights = rng.exponential(size=7)
        p, q = (DiscreteMeasure(np.arange(7), w).normalized() for w in (weights, weights * (1 + 1e-16 * rng.random())))
        near = DiscreteMeasure(np.arange(7), weights * (1 + 1e-9 * rng.normal(size=7))).normalized()
        far = DiscreteMeasure(np.arange(7, 14), weights).normalized()
        for key, limit in LIMITS.items():
            for other in (q, near, far):
                assert 0 <= DISTANCES[key].compute(p, other) <= limit


@each_distance
def test_all_distances_have_one_rule_for_totals(key):
    compute = DISTANCES[key].compute
    for n in (3, 1000):
        scores = np.random.default_rng(n).normal(size=n).astype(np.float32)
        softmax = np.exp(scores) / np.exp(scores).sum()
        for shares in (np.full(n, 1 / n, np.float32), softmax):
            p = DiscreteMeasure(np.linspace(0, 1, n), shares)
            assert p.mass != 1
            few = DiscreteMeasure([0.0, 1.0], [0.5, 0.5])
            assert compute(p, few) == pytest.approx(compute(p.normalized(), few), abs=1e-12)
    one = DiscreteMeasure([0], [1])
    for total, text in ((1.0001, "1.0001"), (1.00001, "1.00001"), (2, "2")):
        with pytest.raises(ValueError, match=rf"The source weighs 1 and the target {text}: distances need equal"):
            compute(one, DiscreteMeasure([0], [total]))


@pytest.mark.parametrize("key", sorted(DISTANCES.keys() - {"sinkhorn"}))  # whose entropy keeps it above 0
@pytest.mark.parametrize("unit", [1e-12, 1, 1e12])
@pytest.mark.parametrize("dimension", [1, 2])
def test_nothing_is_apart_from_itself_in_another_order(key, unit, dimension):
    rng = np.random.default_rng(0)
    points, weights, order = 7 + rng.normal(size=(50, dimension)), rng.exponential(size=50), rng.permutation(50)
    p, q = DiscreteMeasure(unit * points, weights), DiscreteMeasure(unit * points[order], weights[order])
    size = {"units of x": unit, "√(units of x)": unit**0.5}.get(DISTANCES[key].unit, 1)
    assert DISTANCES[key].compute(p, q) == pytest.approx(0, abs=3e-8 * size)  # a root of rounding


@each_distance
def test_equal_totals_may_be_any(key):
    p, q = DiscreteMeasure(np.arange(7), np.ones(7)), DiscreteMeasure(np.arange(1, 8), np.ones(7))
    assert DISTANCES[key].compute(p, q) == pytest.approx(DISTANCES[key].compute(p.normalized(), q.normalized()))


def test_js_is_no_metric_but_its_root_is():
    left, right, middle = (DiscreteMeasure([0, 1], weights) for weights in ([1, 0], [0, 1], [0.5, 0.5]))
    for key, holds in (("js", False), ("js_distance", True)):
        direct, *detour = (DISTANCES[key].compute(a, b) for a, b in ((left, right), (left, middle), (middle, right)))
        assert (direct <= sum(detour)) is holds


def corners() -> list[DiscreteMeasure]:
    return [DiscreteMeasure([0, 1, 9], weights) for weights in ([1, 0, 0], [0, 1, 0], [1, 1, 0], [9, 1, 0], [0, 1, 1])]


@each_distance
def test_what_is_no_metric_breaks_a_law_and_what_is_one_breaks_none(key):
    measures = [measure.normalized() for measure in corners()]
    d = np.array([[DISTANCES[key].compute(p, q) for q in measures] for p in measures])
    detours = (d[:, :, None] + d[None]).min(axis=1)
    holds = np.allclose(np.diag(d), 0) and np.allclose(d, d.T) and (d <= detours + 1e-9).all()
    assert holds == DISTANCES[key].is_metric


def apart(shape: tuple[list, list], theta: float) -> tuple[DiscreteMeasure, DiscreteMeasure]:
    """P of the first shape, and Q of the second, moved by theta beyond P's last point."""
    p, q = (DiscreteMeasure.uniform(np.array(places, float)) for places in shape)
    return p, q.shifted(theta + p.points.max())


EQUAL, POINTS, OTHER = ([0, 1, 3], [0, 1, 3]), ([0], [0]), ([0, 1, 3], [0, 0.5, 6, 7])


@each_distance
@pytest.mark.parametrize("shape", [EQUAL, POINTS, OTHER])
def test_what_sees_geometry_changes_with_the_distance_between_disjoint_supports(key, shape):
    near, further, far = (DISTANCES[key].compute(*apart(shape, theta)) for theta in (1.0, 2.0, 50.0))
    sees = DISTANCES[key].sees_geometry
    if sees is not None:
        assert (near < further < far) is sees
        assert (near == pytest.approx(further, rel=1e-9) == pytest.approx(far, rel=1e-9)) is not sees


@each_distance
def test_its_gradient_is_what_it_is_said_to_be(key):
    distance = DISTANCES[key]

    def value(shape, theta):
        return distance.compute(*apart(shape, theta))

    def slope(shape, theta, step=1e-4):
        return (value(shape, theta + step) - value(shape, theta - step)) / (2 * step)

    kind, _, words = distance.gradient.partition(": ")
    if kind == "constant":
        for theta in (1.0, 50.0):
            assert slope(EQUAL, theta) == pytest.approx(1, abs=1e-5)
        assert slope(OTHER, 1000.0) == pytest.approx(1, abs=1e-4)
        if "from any distance" in words:
            assert slope(OTHER, 1.0) == pytest.approx(1, abs=1e-5)
    elif kind == "fading":
        assert slope(OTHER, 1.0) > slope(OTHER, 4.0) > slope(OTHER, 50.0) > 0
        for theta in (1.0, 8.0):
            assert slope(POINTS, theta) == pytest.approx(1 / np.sqrt(2 * theta))
        assert slope(OTHER, 1e4) == pytest.approx(1 / np.sqrt(2e4), rel=1e-2)
    elif kind == "zero":
        stuck = {"ln 2": LN2, "√ln 2": LN2**0.5, "1": 1.0}[words.removeprefix("stuck at ")]
        for shape in (EQUAL, POINTS, OTHER):
            assert value(shape, 1.0) == pytest.approx(stuck)
            assert slope(shape, 1.0) == pytest.approx(0, abs=1e-9)
    elif kind == "none":
        assert all(value(shape, theta) == np.inf for shape in (EQUAL, POINTS, OTHER) for theta in (1.0, 50.0))
    else:
        assert not distance.gradient


@pytest.mark.parametrize(("key", "tolerance"), [("emd", 2e-3), ("energy", 1e-3)])
def test_a_thinned_measure_is_nearly_as_far_from_everything(key, tolerance):
    p, q = Laplace(0, 2).measure(), Mixture((Gaussian(-3, 0.2), Gaussian(5, 1)), (1, 3)).measure()
    thin_p, thin_q = thinned(p, 400), thinned(q, 400)
    assert len(thin_p.points) == 400
    assert thin_p.weights @ thin_p.points[:, 0] == pytest.approx(0, abs=1e-9)
    whole, thin = DISTANCES[key].compute(p, q), DISTANCES[key].compute(thin_p, thin_q)
    assert thin == pytest.approx(whole, rel=tolerance)
    few = DiscreteMeasure([0, 1], [1, 2])
    assert thinned(few, 2) is few


def test_energy_is_that_of_scipy():
    rng = np.random.default_rng(0)
    x, y, a, b = rng.normal(size=30), rng.normal(2, 1, size=20), rng.random(30), rng.random(20)
    p, q = DiscreteMeasure(x, a).normalized(), DiscreteMeasure(y, b).normalized()
    assert DISTANCES["energy"].compute(p, q) == pytest.approx(stats.energy_distance(x, y, a, b))


@given(measures(1), measures(1), UNITS, st.integers(-1000, 1000))
@settings(max_examples=150)
def test_w1_and_energy_are_those_of_scipy_in_every_unit_and_from_every_origin(p, q, unit, origin):
    p, q = (DiscreteMeasure((m.points + origin) * unit, m.weights) for m in (p, q))
    line = p.points[:, 0], q.points[:, 0], p.weights, q.weights
    plane = [DiscreteMeasure(m.points * [0.6, 0.8], m.weights) for m in (p, q)]
    for key, judge in (("emd", stats.wasserstein_distance), ("energy", stats.energy_distance)):
        expected, size = judge(*line), unit if key == "emd" else unit**0.5
        assert DISTANCES[key].compute(p, q) == pytest.approx(expected, rel=1e-9, abs=1e-12 * size)
        rounded = 1e-9 if key == "emd" else 1e-5  # in the plane a root of what is left of a difference
        assert DISTANCES[key].compute(*plane) == pytest.approx(expected, rel=1e-9, abs=rounded * size)


@pytest.mark.parametrize("unit", [1e-12, 1, 1e12])
def test_a_small_distance_between_samples_is_not_taken_for_rounding(unit):
    values = unit * np.random.default_rng(0).uniform(0, 30, 200)
    p, q = (Samples.of(numbers, unit) for numbers in (values, values + 1e-5 * unit))
    at = Pair(p, q, 35 * unit).at(0.0)
    assert at.values["w1"] == pytest.approx(1e-5 * unit, rel=1e-6)
    assert at.values["w2"] == pytest.approx(1e-5 * unit, rel=1e-6)


@pytest.mark.parametrize("family", [Gaussian(0, 5), Laplace(0, 1.7), Mixture((Gaussian(-2), Gaussian(2)), (0.3, 0.7))])
def test_what_only_rounding_tells_apart_is_0_apart(family):
    at = Pair(family, family.shifted(-7.3)).at(7.3)
    assert (at.values["w1"], at.values["w2"], at.values["kl"], at.values["js"]) == (0, 0, 0, 0)


def test_sinkhorn_is_pot_s():
    p, q = (DiscreteMeasure.uniform(x) for x in np.random.default_rng(0).normal(size=(2, 20, 2)))
    reference = solve_entropic(p, q, epsilon=SINKHORN_EPSILON)
    assert reference.converged
    assert DISTANCES["sinkhorn"].compute(p, q) == pytest.approx(reference.cost, abs=1e-5)


def test_sinkhorn_is_nan_when_it_has_not_converged():
    p, q = DiscreteMeasure.uniform([0, 1e7, 3e7]), DiscreteMeasure([1e6, 2e7, 5e7], [0.5, 0.3, 0.2])
    assert np.isnan(DISTANCES["sinkhorn"].compute(p, q))
