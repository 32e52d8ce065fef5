"""Divergences against closed forms, scipy and quadrature: infinite where, and only where, they are infinite."""

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr

from wgan_demo.distances.divergences import LN2, js, kl, tv
from wgan_demo.distances.one_dim import divergence_curves
from wgan_demo.measures import Gaussian, Laplace, Mixture, PointMasses, Samples, Uniform


def between(p, q) -> dict[str, float]:
    return {key: float(value[0]) for key, value in divergence_curves(p, q, np.array([0.0])).items()}


@pytest.fixture
def tables():
    """Probability tables p, q (6, 20): a quarter of each row is 0, never q without p."""
    p, q = np.random.default_rng(0).exponential(size=(2, 6, 20))
    p[:, :5], q[:, :3] = 0, 0
    p[:, :3] = 0
    return (table / table.sum(axis=1, keepdims=True) for table in (p, q))


def logs(*tables):
    with np.errstate(divide="ignore"):
        return [np.log(table) for table in tables]


def test_tables_agree_with_scipy(tables):
    p, q = tables
    log_p, log_q = logs(p, q)
    np.testing.assert_allclose(kl(log_p, log_q), stats.entropy(p, q, axis=1))
    np.testing.assert_allclose(kl(log_p, log_q), rel_entr(p, q).sum(axis=1))
    np.testing.assert_array_equal(kl(log_q, log_p), np.inf)
    np.testing.assert_allclose(js(log_p, log_q), jensenshannon(p, q, axis=1) ** 2)
    np.testing.assert_allclose(tv(log_p, log_q), np.abs(p - q).sum(axis=1) / 2)


def test_js_is_symmetric_at_most_ln_2_and_below_tv_times_ln_2(tables):
    log_p, log_q = logs(*tables)
    np.testing.assert_allclose(js(log_p, log_q), js(log_q, log_p))
    assert (js(log_p, log_q) <= tv(log_p, log_q) * LN2).all()
    assert js(*logs(np.array([1, 0]), np.array([0, 1]))) == pytest.approx(LN2)


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        ([1, 0], [1, 0], 0),  # 0 ln(0 / 0) = 0
        ([1, 0], [0.5, 0.5], LN2),  # 0 ln(0 / q) = 0
        ([0.5, 0.5], [1, 0], np.inf),
        ([1e-300, 1], [0, 1], np.inf),
        ([1e-300, 1], [1e-308, 1], 0),
    ],
)
def test_zeros(p, q, expected):
    assert kl(*logs(np.array(p), np.array(q))) == pytest.approx(expected, abs=1e-12)


def test_rounding_takes_nothing_below_0_and_above_its_limit():
    tables = np.random.default_rng(1).dirichlet(np.ones(9), size=2000)
    for p, q in ((tables, tables), (tables, tables * (1 + 2e-16)), (tables[:, ::-1], tables[:, ::-1].cumsum(axis=1))):
        log_p, log_q = logs(p, q / q.sum(axis=1, keepdims=True))
        assert (kl(log_p, log_q) >= 0).all()
        assert (js(log_p, log_q) >= 0).all()
    left, right = np.pad(tables, ((0, 0), (0, 9))), np.pad(tables, ((0, 0), (9, 0)))
    assert (js(*logs(left, right)) <= LN2).all()
    assert (tv(*logs(left, right)) <= 1).all()


def test_mass_is_missed_even_where_it_is_too_small_for_a_float_but_not_where_mu_is_zero():
    log_p, log_q = np.array([-1e4, 0.0]), np.array([-np.inf, 0.0])
    assert kl(log_p, log_q) == np.inf
    assert kl(log_p, log_q, mu=np.array([0.0, 1.0])) == 0


@pytest.mark.parametrize("std", [0.5, 1, 3])
@pytest.mark.parametrize("theta", [0, 0.1, 2, 35])
def test_shifted_gaussians_have_the_closed_forms(theta, std):
    values = between(Gaussian(0, std), Gaussian(theta, std))
    assert values["kl"] == pytest.approx(theta**2 / (2 * std**2), rel=1e-9, abs=1e-12)  # up to 2450 nats
    assert values["reverse_kl"] == pytest.approx(values["kl"], rel=1e-9, abs=1e-12)
    assert values["tv"] == pytest.approx(2 * stats.norm.cdf(theta / (2 * std)) - 1, abs=1e-4)
    assert 0 <= values["js"] <= LN2


@pytest.mark.parametrize(("mean", "std"), [(1e9, 1e-3), (-1e6, 1e-6), (1e12, 1e3), (0, 1e-12), (0, 1e12)])
def test_shifted_gaussians_have_the_closed_form_far_from_0_too(mean, std):
    moved = mean + std
    values = between(Gaussian(mean, std), Gaussian(moved, std))
    assert values["kl"] == pytest.approx(((moved - mean) / std) ** 2 / 2, rel=1e-4)
    assert values["tv"] == pytest.approx(2 * stats.norm.cdf((moved - mean) / std / 2) - 1, rel=1e-3)


@pytest.mark.parametrize(("theta", "wide"), [(0, 4), (3, 0.2), (-20, 1.5), (0, 50)])
def test_gaussians_of_different_width_have_the_closed_form(theta, wide):
    values = between(Gaussian(0, 1), Gaussian(theta, wide))
    assert values["kl"] == pytest.approx(np.log(wide) + (1 + theta**2) / (2 * wide**2) - 0.5, rel=1e-8)
    assert values["reverse_kl"] == pytest.approx(-np.log(wide) + (wide**2 + theta**2) / 2 - 0.5, rel=1e-8)


@pytest.mark.parametrize(
    ("p", "q", "expected"),
    [
        (Uniform(0, 1), Uniform(2, 3), {"kl": np.inf, "reverse_kl": np.inf, "js": LN2, "tv": 1}),
        (Uniform(0, 1), Uniform(1, 2), {"kl": np.inf, "reverse_kl": np.inf, "js": LN2, "tv": 1}),
        (Uniform(0, 1), Uniform(-1, 3), {"kl": np.log(4), "reverse_kl": np.inf, "tv": 0.75}),
        (Uniform(-1, 1), Gaussian(0, 1), {"kl": np.log(np.sqrt(2 * np.pi) / 2) + 1 / 6, "reverse_kl": np.inf}),
        (Gaussian(0, 0.1), Uniform(-5, 5), {"kl": np.inf}),  # a tail of 1e-545 beyond the support
        (Laplace(0, 0.01), Samples.of([-9, 0, 9], 6), {"kl": np.inf}),
        (Gaussian(), PointMasses((0, 1), (1, 1)), {"kl": np.inf, "reverse_kl": np.inf, "js": LN2, "tv": 1}),
        (PointMasses((0,), (1,)), PointMasses((0, 1), (1, 1)), {"kl": LN2, "reverse_kl": np.inf, "tv": 0.5}),
        (PointMasses((0, 0), (1, 1)), PointMasses((0,), (3,)), {"kl": 0, "js": 0, "tv": 0}),
        (Samples.of([0.1, 0.2, 1.5, 1.6], 1), Samples.of([0.5, 0.5, 0.5, 1], 1), {"kl": np.log(4 / 3) / 2, "tv": 0.25}),
        (Mixture((Gaussian(0, 1), Gaussian(9, 1)), (1, 0)), Gaussian(0, 1), {"kl": 0, "js": 0, "tv": 0}),
    ],
)
def test_supports_decide_what_is_infinite(p, q, expected):
    values = between(p, q)
    for key, value in expected.items():
        assert values[key] == pytest.approx(value, abs=1e-9), key


def test_laplace_against_gaussian_agrees_with_adaptive_quadrature():
    f, g = stats.laplace(0.3, 1).pdf, stats.norm(-0.5, 1.2).pdf

    def integral(function):
        return quad(lambda x: function(f(x), g(x)), -35, 35, points=[-0.5, 0.3], limit=500)[0]

    expected = {
        "kl": integral(rel_entr),
        "reverse_kl": integral(lambda a, b: rel_entr(b, a)),
        "js": integral(lambda a, b: (rel_entr(a, (a + b) / 2) + rel_entr(b, (a + b) / 2)) / 2),
        "tv": integral(lambda a, b: abs(a - b) / 2),
    }
    for key, value in between(Laplace(0.3, 1), Gaussian(-0.5, 1.2)).items():
        assert value == pytest.approx(expected[key], rel=1e-4), key
