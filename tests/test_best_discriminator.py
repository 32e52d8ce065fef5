"""The best discriminator: its value, that nothing beats it, and its pulls against differences and closed forms."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from wgan_demo.distances.best_discriminator import best_logit, best_value, masses, value
from wgan_demo.gan.standstill import pulls
from wgan_demo.measures import Gaussian, Laplace, Mixture, Uniform

P = Gaussian(0.0, 0.5)
PAIRS = [
    (P, Gaussian(2.0, 0.5)),
    (P, Gaussian(0.3, 1.2)),
    (Mixture((Gaussian(-1, 0.4), Gaussian(1, 0.4)), (1, 2)), Laplace(0.5, 0.7)),
]


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_the_value_of_the_best_one_is_minus_ln_4_and_twice_js(p, q):
    reached = value(lambda x: best_logit(p, q, x), p, q)
    assert reached == pytest.approx(best_value(p, q), abs=1e-9)
    assert -np.log(4) <= reached <= 0


def test_the_value_is_the_integral_that_scipy_finds():
    density = lambda x, theta: norm.pdf(x, theta, 0.5)  # noqa: E731
    best = lambda x: density(x, 0) / (density(x, 0) + density(x, 2))  # noqa: E731
    integrand = lambda x: density(x, 0) * np.log(best(x)) + density(x, 2) * np.log1p(-best(x))  # noqa: E731
    assert best_value(P, Gaussian(2.0, 0.5)) == pytest.approx(quad(integrand, -3, 5, limit=200)[0], abs=1e-7)


@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_no_other_discriminator_reaches_as_much(p, q):
    rng = np.random.default_rng(0)
    for _ in range(20):
        a, b, c = rng.normal(size=3)
        other = lambda x: best_logit(p, q, x) + a * np.sin(b * x + c)  # noqa: B023, E731
        assert value(other, p, q) < best_value(p, q)


def test_equal_distributions_leave_a_coin_to_toss():
    assert best_value(P, P) == pytest.approx(-np.log(4))
    assert best_value(Uniform(0, 1), Uniform(3, 4)) == pytest.approx(0)


def test_the_masses_add_up_and_have_the_right_means():
    x, of_p, of_q = masses(P, Gaussian(4.0, 1.5))
    assert (of_p.sum(), of_q.sum()) == pytest.approx((1, 1))
    assert (of_p @ x, of_q @ x) == pytest.approx((0, 4), abs=1e-9)


def test_a_pull_is_minus_the_derivative_of_the_loss():
    x, h = np.linspace(-1, 3, 41), 1e-5
    logit = lambda x: 2 * np.sin(x) - x  # noqa: E731
    slope = 2 * np.cos(x) - 1
    losses = {
        "saturating": lambda x: np.log(1 - expit(logit(x))),
        "non_saturating": lambda x: -np.log(expit(logit(x))),
        "wasserstein": lambda x: -logit(x),
    }
    found = pulls.of_all(logit(x), slope, slope)
    assert tuple(found) == pulls.LOSSES
    for name, loss in losses.items():
        np.testing.assert_allclose(found[name], -(loss(x + h) - loss(x - h)) / (2 * h), atol=1e-8)


def test_the_best_one_pulls_by_theta_over_sigma_squared_and_nothing_underflows():
    theta, std = 10.0, 0.5
    x = np.array([theta, theta + 2.0])
    logit, slope = best_logit(P, Gaussian(theta, std), x), np.full(2, -theta / std**2)
    found = pulls.of_all(logit, slope, -np.ones(2))
    np.testing.assert_allclose(found["non_saturating"], -theta / std**2)
    exact = -theta / std**2 * np.exp((theta**2 - 2 * theta * x) / (2 * std**2))  # D = e^logit where it is this small
    np.testing.assert_allclose(found["saturating"], exact, rtol=1e-12)
    assert 1 - expit(logit[0]) == 1  # what a float makes of 1 - D
    assert (found["saturating"] < 0).all()
