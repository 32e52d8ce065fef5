"""The claims: what decides each is right by a formula or another library, and decides it as its answer says."""

import math

import numpy as np
import pytest
import torch
from scipy import integrate, stats

from wgan_demo.distances import duality
from wgan_demo.gan import shipped
from wgan_demo.gan.claims import evidence
from wgan_demo.gan.claims.claims import CLAIMS, DEPENDS, FALSE, TRUE
from wgan_demo.gan.claims.record import RUNS
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.lipschitz import clip, gradient_norms, one_sided_penalty, penalty
from wgan_demo.gan.networks.mlp import mlp
from wgan_demo.gan.presets import PRESETS
from wgan_demo.plots.claims import evidence_figure


@pytest.fixture(scope="module")
def found() -> dict[str, evidence.Evidence]:
    return {name: claim.evidence() for name, claim in CLAIMS.items()}


def numbers(found, name: str) -> list[float]:
    return list(found[name].numbers.values())


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_has_curves_and_numbers_that_are_finite(found, name):
    claim, decides = CLAIMS[name], found[name]
    assert claim.answer in (TRUE, FALSE, DEPENDS)
    assert 1 <= len(decides.numbers) <= 5
    assert np.isfinite(list(decides.numbers.values())).all()
    for line in decides.lines:
        assert len(line.x) == len(line.y) > 1
        assert np.isfinite(line.y).all()
        assert "x" not in decides.log or (line.x > 0).all()
        assert "y" not in decides.log or (line.y > 0).all()
    assert len(evidence_figure(decides).data) == len(decides.lines)


def test_all_three_answers_are_there():
    assert {claim.answer for claim in CLAIMS.values()} == {TRUE, FALSE, DEPENDS}
    assert len(CLAIMS) == 21


def test_kl_grows_as_a_square_and_js_stands_still(found):
    kl, kl_slope, js, js_slope = numbers(found, "kl_saturates")
    assert (kl, kl_slope) == (pytest.approx(35**2 / 2), pytest.approx(35, rel=1e-6))
    assert (js, js_slope) == (pytest.approx(math.log(2)), pytest.approx(0, abs=1e-12))


def test_the_best_slope_is_where_the_derivative_is_0_and_with_the_other_sign_there_is_none(found):
    w1, best, formula, wrong = numbers(found, "penalty_sign")
    assert best == pytest.approx(formula, abs=0.013)  # the step of the grid is 0.025
    assert wrong == pytest.approx(4 * w1 + 10 * (4 - 1) ** 2)
    right, printed = found["penalty_sign"].lines
    np.testing.assert_allclose(right.y + printed.y, 2 * right.x * w1)
    assert printed.y[-1] == printed.y.max()


def test_w1_has_no_ceiling_and_the_value_of_d_has_one(found):
    w1, slope, together, apart = numbers(found, "ceiling")
    assert (w1, slope) == (pytest.approx(35), pytest.approx(1))
    assert (together, apart) == (pytest.approx(-math.log(4)), pytest.approx(0, abs=1e-9))


def test_a_generator_of_slope_1_stays_away_from_wider_data(found):
    at_one, formula, at_three = numbers(found, "generator_lipschitz")
    rng = np.random.default_rng(0).standard_normal(200_000)
    assert at_one == pytest.approx(formula, rel=1e-6)
    assert at_one == pytest.approx(stats.wasserstein_distance(rng, 3 * rng), rel=0.01)
    assert at_three == pytest.approx(0, abs=1e-9)


def test_where_no_mass_is_moved_the_slope_is_free(found):
    one, other, share = numbers(found, "norm_everywhere")
    assert one == other == 1
    assert share == pytest.approx(3 / 7, abs=1e-3)  # of 0 to 7, and of 8 to 1, six sevenths; of the others nothing
    for line in found["norm_everywhere"].lines:
        assert duality.greatest_slope(line.y) == 1


def test_both_penalties_are_those_of_the_trainer(found):
    norm, both = found["two_sided"].lines[0].x, [line.y for line in found["two_sided"].lines]
    for one, curve in zip((penalty, one_sided_penalty), both, strict=True):
        np.testing.assert_allclose(curve, [one(torch.tensor([each])).item() for each in norm], atol=1e-6)
    assert numbers(found, "two_sided") == pytest.approx([0.25, 0, 0.25])


def test_any_lipschitz_critic_gives_a_bound_and_the_best_gives_w1(found):
    assert numbers(found, "any_lipschitz") == pytest.approx([0, 1.5, 3])
    p, q = (np.array(heights) / sum(heights) for heights in duality.PRESETS["Both sides"])
    x = np.arange(duality.PLACES)
    assert numbers(found, "any_lipschitz")[-1] == pytest.approx(stats.wasserstein_distance(x, x, p, q))
    assert all(duality.greatest_slope(line.y) <= 1 for line in found["any_lipschitz"].lines)


def test_the_slope_of_w1_is_1_near_and_far(found):
    assert numbers(found, "slope_of_w1") == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(("c", "at"), [(0.001, 0), (0.01, 1), (0.1, 2)])
def test_the_steepest_clipped_critic_has_all_its_weights_at_c(found, c, at):
    critic = mlp(evidence.WIDTHS, generator=torch.Generator().manual_seed(0))
    for parameter in critic.parameters():
        torch.nn.init.constant_(parameter, 10.0)
    clip(critic, PRESETS["wgan_clipping"].config().__class__(clip=c))
    slope = gradient_norms(critic, torch.ones(1, 2)).item()
    assert slope == pytest.approx(numbers(found, "clipping")[at], rel=1e-4)


def test_the_value_of_d_is_that_of_js_by_another_quadrature(found):
    by_sum, by_js, difference = numbers(found, "gan_is_js")
    assert difference < 1e-9

    def integrand(x):
        p, q = stats.norm.pdf(x), stats.norm.pdf(x, 1)
        return p * np.log(p / (p + q)) + q * np.log(q / (p + q))

    value = integrate.quad(integrand, -12, 13, epsabs=1e-10)[0]
    assert (by_sum, by_js) == (pytest.approx(value, abs=1e-8), pytest.approx(value, abs=1e-8))


def test_what_one_network_wins_the_other_loses(found):
    critic, generator, rest = numbers(found, "zero_sum")
    assert (critic, generator) == (pytest.approx(-1, abs=1e-6), pytest.approx(1, abs=1e-6))
    assert rest == pytest.approx(0, abs=1e-9)


def test_recorded_runs_say_what_is_said_of_them(found):
    fast, paper, live = numbers(found, "collapse")
    assert paper <= 2
    assert fast < 8
    assert live == 8
    loss, emd = numbers(found, "loss_zero")
    assert loss < 1e-6
    assert emd > 10
    ten, tenth = numbers(found, "lambda_ten")
    assert ten > 5 * tenth
    gan, gan_25, wgan, wgan_25 = numbers(found, "balance")
    assert gan_25 > 10 > 3 > gan
    assert wgan > 2 * wgan_25
    assert wgan_25 < gan
    gap, sick, healthy = numbers(found, "batch_norm")
    assert gap > 100
    assert sick > 5 * healthy
    norm, plane, images, well = numbers(found, "wrong_axis")
    assert norm == pytest.approx(plane, rel=0.05)
    assert images == 28
    assert well == pytest.approx(1, abs=0.05)
    adam, rmsprop = numbers(found, "optimizers")
    assert adam < rmsprop < 5
    gan, clipping, toy, live = numbers(found, "faster")
    assert live < gan < min(clipping, toy)
    ends = [shipped.load(name).distance[1][-5:].mean() for name in ("gan", "eight_gaussians")]
    assert ends[0] > 1.5 * ends[1]


def test_lambda_alone_tells_the_two_runs_apart():
    ten, tenth = (shipped.load(name).config.as_dict() for name in ("wgan_gp", "toy_code"))
    assert {key for key in ten if ten[key] != tenth[key]} == {"gp_weight"}


def test_with_a_u_for_each_pixel_x_hat_leaves_the_line(found):
    one, many, formula, off, normal = numbers(found, "u_per_pixel")
    assert one == pytest.approx(1 / math.sqrt(12), rel=0.05)
    assert many == pytest.approx(formula, rel=0.05)
    assert off == pytest.approx(math.sqrt((1 - 1 / 784) / 12), rel=0.01)
    assert normal == pytest.approx(1 - (stats.norm.cdf(1) - stats.norm.cdf(0)))


def test_two_samples_of_one_distribution_are_apart_by_the_law_of_the_root(found):
    few, many, law, same = numbers(found, "not_zero")
    assert few == pytest.approx(law, rel=0.1)
    assert few / many == pytest.approx(math.sqrt(2048 / 64), rel=0.1)
    assert same == 0


@pytest.mark.parametrize("name", RUNS)
def test_the_recordings_are_what_the_command_makes(name):
    torch.set_num_threads(1)
    recording = shipped.load(f"claims/{name}")
    assert recording.config == RUNS[name]
    records = np.array(list(trainer_for(RUNS[name]).run(10)))
    np.testing.assert_allclose(recording.records[:10], records, rtol=0.02, atol=0.01)
