"""The noise floor of the empirical W1 against scipy, closed forms and its law c / sqrt(n)."""

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from wgan_demo.distances.one_dim import wasserstein
from wgan_demo.distances.sampling import floor_constant, noise_floor, two_samples
from wgan_demo.measures import DiscreteMeasure, Gaussian, Laplace, Mixture, PointMasses, Samples, Uniform
from wgan_demo.plots.noise_floor import draw_hand, floor_panel, samples_panel
from wgan_demo.plots.theme import CRITIC

FAMILIES = {
    "gaussian": Gaussian(0.5, 0.8),
    "laplace": Laplace(0, 1),
    "uniform": Uniform(-1, 1),
    "mixture": Mixture((Gaussian(-2, 0.5), Gaussian(2, 1)), (1, 2)),
    "atoms": PointMasses((0, 1, 1.5), (1, 2, 1)),
    "data": Samples.of(np.random.default_rng(0).normal(size=200), 0.5),
}
every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


@every_family
def test_samples_have_the_distribution_they_come_from(family):
    measure = family.measure()
    sample = two_samples(measure, 20_000, seed=1)[0, 0]
    assert (np.diff(sample) >= 0).all()
    x = np.linspace(-5, 5, 41) + 1e-3
    np.testing.assert_allclose(np.searchsorted(sample, x) / len(sample), family.cdf(x), atol=0.015)


def test_atoms_and_data_are_drawn_exactly():
    for key in ("atoms", "data"):
        measure = FAMILIES[key].measure()
        assert set(two_samples(measure, 500, seed=0).ravel()) <= set(measure.points[:, 0])


def test_the_same_seed_gives_the_same_samples_and_another_seed_others():
    measure = Gaussian().measure()
    first = two_samples(measure, 50, seed=7)
    np.testing.assert_array_equal(first, two_samples(measure, 50, seed=7))
    np.testing.assert_array_equal(first[0], two_samples(measure, 50, seed=7, draws=9)[0])
    assert (first != two_samples(measure, 50, seed=8)).any()
    assert (first[0, 0] != first[0, 1]).any()


@every_family
def test_the_floor_is_w1_of_the_samples(family):
    measure = family.measure()
    floor = noise_floor(measure, 30, seed=3, draws=4)
    for value, (one, other) in zip(floor, two_samples(measure, 30, seed=3, draws=4), strict=True):
        assert value == pytest.approx(stats.wasserstein_distance(one, other), abs=1e-12)
        assert value == pytest.approx(wasserstein(*map(DiscreteMeasure.uniform, (one, other))), abs=1e-12)


@pytest.mark.parametrize("std", [0.1, 1, 5])
def test_the_constant_of_a_gaussian(std):
    integral, _ = quad(lambda x: np.sqrt(stats.norm.cdf(x) * stats.norm.sf(x)), -12, 12)
    expected = np.sqrt(2) * np.sqrt(2 / np.pi) * std * integral
    assert floor_constant(Gaussian(3, std).measure()) == pytest.approx(expected, rel=1e-4)


def test_the_constants_that_have_closed_forms():
    c = 2 / np.sqrt(np.pi)
    assert floor_constant(Uniform(0, 3).measure()) == pytest.approx(c * 3 * np.pi / 8, rel=1e-4)  # a half disc
    assert floor_constant(PointMasses((0, 2), (1, 3)).measure()) == pytest.approx(c * 2 * np.sqrt(3) / 4)
    assert floor_constant(PointMasses((1,), (1,)).measure()) == 0


@every_family
def test_the_mean_floor_follows_the_law(family):
    measure = family.measure()
    for n in (1000, 4000):
        draws = noise_floor(measure, n, seed=0, draws=800)
        law = floor_constant(measure) / np.sqrt(n)
        assert draws.mean() == pytest.approx(law, abs=4 * draws.std() / np.sqrt(800) + 0.015 * law)


def test_panels():
    samples, measure = {2: np.array([[0.0, 1], [1, 2]])}, PointMasses((0, 1, 2), (1, 2, 1)).measure()
    panel = samples_panel(samples, measure, area=True, x_range=(-1, 3), x_title="x")
    one, other, of_p = (line["arrays"] for line in panel["lines"])
    np.testing.assert_allclose([one["x 0"], other["x 0"]], samples[2])
    np.testing.assert_allclose([one["y 0"], other["y 0"]], [[0.5, 1]] * 2)
    np.testing.assert_allclose([of_p["x"], of_p["y"]], [[0, 1, 2], [0.25, 0.75, 1]])
    assert panel["areas"] == [{"from": 0, "to": 1, "color": CRITIC}]
    assert "areas" not in samples_panel(samples, measure, area=False, x_range=(-1, 3), x_title="x")

    floor = {10: np.array([0.1, 0.0, 0.3]), 1000: np.array([0.01, 0.02, 0.03])}
    dots, law, mean, bars, level = (line["arrays"] for line in floor_panel(floor, 0.6, 0.25, theta=2)["lines"])
    np.testing.assert_allclose(dots["x"], [1] * 3 + [3] * 3)
    np.testing.assert_allclose(10 ** dots["y"], np.concatenate(list(floor.values())))
    np.testing.assert_allclose(10 ** (law["y"] + law["x"] / 2), 0.6)
    np.testing.assert_allclose(10 ** mean["y"], [0.4 / 3, 0.02])
    np.testing.assert_allclose(10 ** bars["y"][3:5], [0.01, 0.03])
    np.testing.assert_allclose(10 ** level["y"], 0.25)
    assert len(floor_panel(floor, 0.6, 0.0, theta=0)["lines"]) == 4  # 0 is on no log axis
    hand = draw_hand(floor, 0.25)
    np.testing.assert_allclose([hand["x"], 10 ** np.array(hand["y"])], [[1, 3], [0.1, 0.01]])
