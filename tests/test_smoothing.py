"""What epsilon makes of KL: finite where it is infinite, too low where it is large, ln(1 / epsilon) high and flat."""

import numpy as np
import pytest
from scipy import stats
from scipy.spatial.distance import jensenshannon

from wgan_demo.distances import divergences
from wgan_demo.distances.smoothing import bin_masses, common_edges, entropy, naive_kl, smoothed_kl
from wgan_demo.measures import Gaussian, Histogram, Laplace, Mixture, PointMasses, Samples, Uniform
from wgan_demo.plots.smoothing import bins_panel, cliff_panels, floor_hand, short

DATA = Samples.of(np.random.default_rng(0).normal(5, 2, 300), 0.5)
FAMILIES = {
    "gaussian": Gaussian(0, 1),
    "mixture": Mixture((Gaussian(-2, 0.5), Gaussian(2, 1)), (0.3, 0.7)),
    "uniform": Uniform(0, 1),
    "laplace": Laplace(0, 1),
    "drawn": Histogram(0.0, 1.0, (1, 0, 3)),
    "atoms": PointMasses((0, 1, 2), (1, 1, 1)),
    "data": DATA,
}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_bins_hold_all_the_mass_also_that_beyond_them(family):
    edges = np.linspace(-1, 3, 30)
    masses = bin_masses(family, np.stack([edges, edges + 100]))
    assert masses.shape == (2, 29)
    assert (masses >= 0).all()
    np.testing.assert_allclose(masses.sum(axis=-1), 1, rtol=1e-12)


def test_the_mass_of_a_gaussian_in_a_bin():
    edges = np.linspace(-8, 8, 40)
    np.testing.assert_allclose(bin_masses(Gaussian(0, 2), edges)[1:-1], np.diff(stats.norm(0, 2).cdf(edges))[1:-1])


def test_the_grid_takes_up_the_bins_of_a_sample():
    edges = common_edges(DATA, Gaussian(), -3.3, 12.2)
    _, shares = DATA.histogram()
    assert edges[0] <= -3.3
    assert edges[-1] >= 12.2
    np.testing.assert_allclose(np.diff(edges), 0.5)
    masses = bin_masses(DATA, edges)
    np.testing.assert_allclose(masses[masses > 1e-12], shares[shares > 0])
    assert len(common_edges(Gaussian(), Gaussian(), 0, 40)) == 401


@pytest.mark.parametrize("epsilon", [1e-12, 1e-8, 1e-3, 0.1])
def test_it_is_scipys_entropy_of_what_code_in_the_wild_makes(epsilon):
    p, q = np.random.default_rng(0).exponential(size=(2, 50)) * (np.arange(50) % [[2], [3]] == 0)
    p, q = p / p.sum(), q / q.sum()
    assert smoothed_kl(p, q, epsilon) == pytest.approx(stats.entropy(p + epsilon, q + epsilon))  # scipy renormalises


def test_without_much_epsilon_it_is_kl():
    edges = common_edges(Gaussian(), Gaussian(), -6, 8)
    p, q = bin_masses(Gaussian(), edges), bin_masses(Gaussian(1, 1), edges)
    assert smoothed_kl(p, q, 1e-15) == pytest.approx(0.5, rel=1e-3)


@pytest.mark.parametrize("epsilon", [1e-12, 1e-8, 1e-5])
def test_the_plateau_says_what_was_added_and_has_no_slope(epsilon):
    p = np.zeros(400)
    p[:20] = np.random.default_rng(0).dirichlet(np.ones(20))
    apart = [np.roll(p, shift) for shift in (50, 51, 300)]
    values = smoothed_kl(p, np.array(apart), epsilon)
    np.testing.assert_allclose(values, values[0])
    assert values[0] == pytest.approx(np.log(1 / epsilon) - entropy(p), abs=0.05)


def test_smoothing_a_finite_kl_lowers_it():
    edges = common_edges(Gaussian(), Gaussian(), -6, 30)
    p, q = bin_masses(Gaussian(), edges), bin_masses(Gaussian(20, 1), edges)
    assert smoothed_kl(p, q, 1e-8) < 20 < 20**2 / 2


def test_entropy():
    assert entropy(np.array([0.5, 0, 0.5])) == pytest.approx(np.log(2))
    assert entropy(np.array([1.0])) == 0


@pytest.mark.parametrize(("std", "theta"), [(1, 0), (1, 3), (0.5, 10), (2, 35)])
def test_naive_kl_is_right_while_nothing_underflows(std, theta):
    value, lost = naive_kl(Gaussian(0, std), Gaussian(theta, std))
    assert value == pytest.approx(theta**2 / (2 * std**2), abs=1e-9)
    assert lost == 0


def test_naive_kl_makes_a_false_infinity_of_2450_nats():
    p, q = Gaussian(0, 0.5), Gaussian(35, 0.5)
    value, lost = naive_kl(p, q)
    assert value == np.inf
    assert 0.3 < lost < 0.6
    x = np.linspace(-5, 5, 4001)
    assert divergences.kl(p.log_density(x), q.log_density(x), x[1] - x[0]) == pytest.approx(2450)


@pytest.mark.parametrize(("theta", "infinite"), [(28.4, False), (28.7, True)])
def test_the_last_float_is_where_the_docstring_says(theta, infinite):
    assert np.isinf(naive_kl(Gaussian(), Gaussian(theta, 1))[0]) == infinite


def test_scipys_jensenshannon_is_the_root():
    p, q = np.random.default_rng(0).dirichlet(np.ones(9), size=2)
    assert divergences.js(np.log(p), np.log(q)) ** 0.5 == pytest.approx(jensenshannon(p, q))


def test_panels():
    edges, theta = np.linspace(0, 4, 5), np.array([0.0, 1, 2])
    panel = bins_panel(edges, np.array([1.0, 0, 0, 0]), np.array([0, 0.5, 0.5, 0]), [0.25, 1], x_title="x")
    of_p, of_q, floor = panel["lines"]
    np.testing.assert_allclose(of_p["arrays"]["y"], [1, 0, 0, 0])
    assert of_p["added"] == of_q["added"] == [0.25, 1]
    np.testing.assert_allclose(10 ** floor["arrays"]["y 0"], 0.125)
    assert floor_hand(edges, [0.25, 1])["y"] == pytest.approx(np.log10([0.125, 0.2]))

    true, smoothed = (theta, np.array([0, np.inf, np.inf])), {1e-8: 7 * theta, 1e-4: theta}
    upper, lower = cliff_panels(theta, true, smoothed, (1e-8,) * 3, (1.0, np.array([7.0, 1.0])))
    lines = [line["arrays"] for line in upper["lines"]]
    np.testing.assert_allclose(lines[0]["y"], [0, np.nan, np.nan])
    high = upper["y"]["marks"][-1]
    assert high == [pytest.approx(lines[4]["y"][1]), "∞"]
    assert upper["band"][0] < high[0] < upper["band"][1]
    np.testing.assert_allclose([lines[5]["y 0"], lines[5]["y 1"]], [7 * theta, theta])
    slopes = lower["lines"][0]["arrays"]
    np.testing.assert_allclose([slopes["y 0"], slopes["y 1"]], [[7] * 3, [1] * 3])
    finite, _ = cliff_panels(theta, (theta, theta**2), smoothed, (1e-8,) * 3, (1.0, np.array([7.0, 1.0])))
    assert "∞" not in str(finite["y"])
    assert "band" not in finite


def test_an_epsilon_is_written_as_code_has_it():
    assert [short(10.0**-k) for k in (1, 8, 12)] == ["1e-1", "1e-8", "1e-12"]
