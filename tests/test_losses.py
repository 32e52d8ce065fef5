"""Every objective against an independent formula, and the closed-form slopes against autograd."""

import numpy as np
import pytest
import torch
from scipy.special import expit, log_expit

from wgan_demo.gan.lipschitz import REGULARIZERS
from wgan_demo.gan.losses import LOSSES

RNG = np.random.default_rng(0)
REAL, FAKE = RNG.normal(1, 3, 200), RNG.normal(-1, 3, 200)


def cross_entropy(real, fake):
    return -log_expit(real).mean() - np.log1p(-expit(fake)).mean()


# (critic, generator) as the papers write them, in numpy
FORMULAS = {
    "wasserstein": (lambda real, fake: fake.mean() - real.mean(), lambda fake: -fake.mean()),
    "non_saturating": (cross_entropy, lambda fake: -np.log(expit(fake)).mean()),
    "saturating": (cross_entropy, lambda fake: np.log(1 - expit(fake)).mean()),
    "least_squares": (
        lambda real, fake: 0.5 * ((real - 1) ** 2).mean() + 0.5 * (fake**2).mean(),
        lambda fake: 0.5 * ((fake - 1) ** 2).mean(),
    ),
    "hinge": (
        lambda real, fake: np.maximum(0, 1 - real).mean() + np.maximum(0, 1 + fake).mean(),
        lambda fake: -fake.mean(),
    ),
}


def scores(values):
    return torch.tensor(values, requires_grad=True)


@pytest.mark.parametrize("name", LOSSES)
def test_losses_are_those_of_the_papers(name):
    critic, generator = FORMULAS[name]
    assert LOSSES[name].critic(scores(REAL), scores(FAKE)).item() == pytest.approx(critic(REAL, FAKE), rel=1e-9)
    assert LOSSES[name].generator(scores(FAKE)).item() == pytest.approx(generator(FAKE), rel=1e-9)


@pytest.mark.parametrize("name", LOSSES)
def test_slopes_by_hand_are_those_of_autograd(name):
    loss, n = LOSSES[name], len(REAL)
    real, fake, own = scores(REAL), scores(FAKE), scores(FAKE)
    loss.critic(real, fake).backward()
    loss.generator(own).backward()
    torch.testing.assert_close(loss.real_slope(real.detach()) / n, real.grad)
    torch.testing.assert_close(loss.fake_slope(fake.detach()) / n, fake.grad)
    torch.testing.assert_close(loss.generator_slope(own.detach()) / n, own.grad)


@pytest.mark.parametrize("name", [name for name, regularizer in REGULARIZERS.items() if regularizer.penalty])
def test_slopes_of_the_penalties_are_those_of_autograd(name):
    norms = torch.linspace(0.1, 3, 50, requires_grad=True)
    REGULARIZERS[name].penalty(norms).backward()
    torch.testing.assert_close(REGULARIZERS[name].penalty_slope(norms.detach()) / 50, norms.grad)


def test_the_saturating_generator_is_flat_where_the_discriminator_is_sure_and_the_other_is_steep():
    sure = torch.tensor([-20.0])
    assert abs(LOSSES["saturating"].generator_slope(sure).item()) < 1e-8
    assert LOSSES["non_saturating"].generator_slope(sure).item() == pytest.approx(-1)


@pytest.mark.parametrize("name", LOSSES)
def test_huge_scores_stay_finite(name):
    huge = torch.tensor([-1e4, 1e4])
    assert torch.isfinite(LOSSES[name].critic(huge, huge))
    assert torch.isfinite(LOSSES[name].generator(huge))
