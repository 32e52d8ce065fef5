"""A generator that stands still: what is recorded has the papers' shape, and the engine makes it again."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy import stats
from scipy.special import expit

from wgan_demo.distances.best_discriminator import best_logit, best_value, masses
from wgan_demo.distances.duality import potential_on_line
from wgan_demo.distances.one_dim import wasserstein
from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.experiments.result import SHIPPED, place
from wgan_demo.experiments.studies.standstill import EPOCHS, GENERATORS, PLACES, SEEDS, STUDY, at_theta, trapped
from wgan_demo.gan.standstill import epochs, exact, pulls
from wgan_demo.gan.standstill.config import POINTS, StandstillConfig
from wgan_demo.gan.standstill.families import FAMILIES, quantile
from wgan_demo.gan.standstill.recording import KEPT, StandstillRecording, kept_steps
from wgan_demo.gan.standstill.trainer import StandstillTrainer, _sampler, evaluate
from wgan_demo.measures import Gaussian
from wgan_demo.ui.standstill.recordings import shipped

SMALL = StandstillConfig(theta=2.0, batch_size=32, hidden=(16,), steps=30)


def mean_pulls(recording) -> dict[str, np.ndarray]:
    return {name: np.abs(pull).mean(axis=1) for name, pull in recording.pulls().items()}


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


# ---- what ships ----


def trained(config: StandstillConfig, steps: int, every: int = 25) -> StandstillRecording:
    """What a host makes of it."""
    host = Host(every=every)
    host.create("a", RunSpec(config))
    host.start("a", steps)
    while host.tick() == 0:
        pass
    return host.recording("a")


@pytest.mark.parametrize("run", STUDY.runs)
def test_every_recording_has_a_frame_wherever_the_axis_wants_one(run):
    recording = shipped(run)
    assert recording.steps_kept.tolist() == kept_steps(4000).tolist()
    assert recording.evaluations[:, 0].tolist() == recording.steps_kept.tolist()
    assert len(recording.frames) <= KEPT + 1
    assert place(SHIPPED / "standstill", run).stat().st_size < 120_000


@pytest.mark.parametrize("seed", SEEDS)
def test_at_theta_2_the_trained_discriminator_is_near_the_best_one(seed):
    recording = shipped(at_theta(2, seed))
    config = recording.config
    density = np.exp([side.log_density(config.grid) for side in (config.real, config.fake)])
    bulk = (density > 0.05 * density.max()).any(axis=0)
    best = expit(best_logit(config.real, config.fake, config.grid))
    assert np.abs(expit(recording.frames[-1]["logit"]) - best)[bulk].max() < 0.05
    assert recording.value("value") == pytest.approx(best_value(config.real, config.fake), rel=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_saturating_pull_vanishes_at_theta_10_and_not_at_2(seed):
    far, near = (mean_pulls(shipped(at_theta(theta, seed))) for theta in (10, 2))
    assert far["saturating"][0] / far["saturating"][-1] >= 1e4
    assert near["saturating"][0] / near["saturating"][-1] < 10
    for pull in (far, near):
        assert pull["non_saturating"][-1] > 10 * pull["non_saturating"][0]
        assert pull["wasserstein"][-1] == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_spread_of_the_other_loss_grows(seed):
    pull = shipped(at_theta(2, seed)).pulls()["non_saturating"]
    assert pull[-1].std() > 20 * pull[0].std()


@pytest.mark.parametrize("name", STUDY.runs)
def test_no_discriminator_beats_the_best_and_no_critic_beats_w1_for_its_slope(name):
    recording = shipped(name)
    config = recording.config
    assert (recording.course("value")[1] <= best_value(config.real, config.fake) + 1e-9).all()
    w1 = wasserstein(config.real.measure(), config.fake.measure())
    bound = recording.course("gap")[1] / recording.course("greatest_slope")[1]
    assert (bound <= 1.001 * w1).all()


def test_the_generators_were_stopped_on_their_way():
    (first, _), (tenth, _), (last, width) = PLACES.values()
    assert first > tenth > 1 > abs(last)
    assert width == pytest.approx(0.5, abs=0.2)


# ---- how it is made ----


def test_the_engine_makes_the_first_frames_of_a_recording_again():
    run = at_theta(10, 1)
    kept, again = shipped(run), trained(STUDY.runs[run], 40, STUDY.every)
    assert again.steps_kept.tolist() == [*kept_steps(4000)[:-1][kept_steps(4000)[:-1] < 40], 40]
    for i, frame in enumerate(again.frames[:-1]):
        assert frame.step == kept.frames[i].step
        # the last digits depend on the processor, and learning makes more of them
        assert again.evaluations[i, 1] == pytest.approx(kept.evaluations[i, 1], rel=1e-3)
        np.testing.assert_allclose(frame["logit"], kept.frames[i]["logit"], atol=2e-3)
        np.testing.assert_allclose(frame["f_slope"], kept.frames[i]["f_slope"], atol=2e-3)


def test_the_command_stops_the_generator_where_it_was_stopped():
    found = epochs.train(StandstillConfig(), (1,))
    assert (epochs.EPOCHS, epochs.ITERATIONS, list(epochs.START)) == (
        EPOCHS, GENERATORS["iterations"], GENERATORS["start"],
    )  # fmt: skip
    assert found[1] == pytest.approx(PLACES[1], abs=1e-2)


def test_a_run_repeats_itself_and_outlives_a_file():
    first, again = trained(SMALL, 30), trained(SMALL, 30)
    np.testing.assert_array_equal(first.records, again.records)
    loaded = StandstillRecording.of(SMALL, first.arrays())
    np.testing.assert_array_equal(loaded.evaluations, first.evaluations)
    np.testing.assert_allclose(loaded.frames[-1]["logit"], first.frames[-1]["logit"], rtol=1e-6)
    assert STUDY.measure(loaded) == pytest.approx(STUDY.measure(first), rel=1e-5)


def test_arrays_that_are_none_of_a_recording_say_so():
    arrays = trained(SMALL, 2).arrays()
    with pytest.raises(ValueError, match="“logit” has shape"):
        StandstillRecording.of(SMALL, arrays | {"logit": arrays["logit"][:, 1:]})


def test_the_pulls_of_a_frame_are_the_derivatives_of_the_losses_by_autograd():
    trainer = StandstillTrainer(SMALL)
    for _ in range(10):
        trainer.step()
    _, frame = evaluate(trainer)
    x = torch.tensor(SMALL.points, dtype=torch.float32)[:, None].requires_grad_()
    score, f = trainer.discriminator(x), trainer.critic(x)
    losses = (torch.log1p(-score.sigmoid()), -score.sigmoid().log(), -f)
    found = pulls.of_all(frame["logit_at"], frame["logit_slope"], frame["f_slope"])
    for name, loss in zip(pulls.LOSSES, losses, strict=True):
        (gradient,) = torch.autograd.grad(loss.sum(), x, retain_graph=True)
        np.testing.assert_allclose(found[name], -gradient.squeeze(1).numpy(), rtol=2e-4, atol=1e-6)


def test_a_host_trains_as_a_plain_loop_does_and_looks_where_the_axis_wants_it():
    config = replace(SMALL, steps=100)
    live, plain = trained(config, 100), StandstillTrainer(config)
    np.testing.assert_array_equal(live.records, np.array([plain.step() for _ in range(100)]))
    assert set(live.steps_kept) == {*kept_steps(100), 25, 50, 75}
    thin = live.thinned()
    assert thin.steps_kept.tolist() == kept_steps(100).tolist()
    assert thin.evaluations[:, 0].tolist() == thin.steps_kept.tolist()


def test_a_generator_of_two_numbers_finds_p_from_nearby(monkeypatch):
    monkeypatch.setattr(epochs, "START", (1.0, 0.2))
    found = epochs.train(StandstillConfig(batch_size=128), (1, 8))
    assert abs(found[8][0]) < 0.5 * abs(found[1][0])
    assert found[8][1] > 0.2


@pytest.mark.parametrize(
    "settings",
    [
        {"family": "cauchy"},
        {"fake_family": ""},
        {"theta": 31.0},
        {"theta": float("nan")},
        {"std": 0.0},
        {"batch_size": 1},
        {"steps": 0},
        {"lr": 0.0},
    ],
)
def test_settings_that_make_no_sense_are_told_in_a_sentence(settings):
    with pytest.raises(ValueError, match=r"\.$"):
        StandstillConfig(**settings)


def test_an_unknown_regularizer_is_told():
    with pytest.raises(ValueError, match="regularizer must be one of"):
        StandstillTrainer(replace(SMALL, regularizer="clipping"))


# ---- the best judges ----


@pytest.mark.parametrize(("q"), [Gaussian(3.0, 0.5), Gaussian(0.0, 1.5), Gaussian(-2.0, 0.2)])
def test_the_best_critic_reaches_w1_and_is_that_of_the_masses(q):
    p = Gaussian(0.0, 0.5)
    x = np.linspace(-6, 6, 4001)
    of_p, of_q = (np.diff(side.cdf(np.append(x - 0.0015, x[-1] + 0.0015))) for side in (p, q))
    f = exact.best_critic(p, q, x)
    assert f @ of_p - f @ of_q == pytest.approx(wasserstein(p.measure(), q.measure()), abs=1e-3)
    theirs = potential_on_line(of_p / of_p.sum(), of_q / of_q.sum(), x)
    inside = np.abs(x) < 1
    np.testing.assert_allclose(np.diff(f[inside]), np.diff(theirs[inside]), atol=4e-3)


def test_points_are_quantiles_of_q():
    config = StandstillConfig(theta=4.0, fake_std=2.0)
    np.testing.assert_allclose(config.fake.cdf(config.points), (np.arange(POINTS) + 0.5) / POINTS)


FREE = stats.norm(3, 0.7), stats.uniform(3 - np.sqrt(3) * 0.7, np.sqrt(12) * 0.7), stats.laplace(3, 0.7 / np.sqrt(2))


@pytest.mark.parametrize(("family", "theirs"), [*zip(FAMILIES, (*FREE, None), strict=True)])
def test_a_family_has_the_mean_the_width_and_the_quantiles_of_scipy(family, theirs):
    side = FAMILIES[family].of(3.0, 0.7)
    x, of_side, _ = masses(side, side)
    assert (of_side.sum(), of_side @ x, of_side @ (x - 3) ** 2) == pytest.approx((1, 3, 0.49))
    u = (np.arange(100) + 0.5) / 100
    np.testing.assert_allclose(side.cdf(quantile(side)(u)), u, rtol=1e-6)
    if theirs:
        np.testing.assert_allclose(quantile(side)(u), theirs.ppf(u), atol=1e-5)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_trainer_draws_from_the_family(family):
    side = FAMILIES[family].of(3.0, 0.7)
    drawn = _sampler(side, torch.Generator().manual_seed(0))(50_000).numpy()
    assert drawn.shape == (50_000, 1)
    assert stats.kstest(drawn.ravel(), side.cdf).pvalue > 1e-3


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("other", FAMILIES)
def test_the_best_critic_between_families_reaches_w1(family, other):
    config = StandstillConfig(theta=1.5, std=0.5, fake_std=0.5, family=family, fake_family=other)
    x, of_p, of_q = masses(config.real, config.fake)
    f = exact.best_critic(config.real, config.fake, x)
    assert f @ (of_p - of_q) == pytest.approx(wasserstein(config.real.measure(), config.fake.measure()), abs=1e-4)


def test_a_discriminator_of_uniforms_is_held_to_the_best_one():
    config = replace(SMALL, theta=1.0, family="uniform", fake_family="laplace", batch_size=256, steps=400)
    recording = trained(config, 400)
    best = best_value(config.real, config.fake)
    values = recording.course("value")[1]
    assert (values <= best + 1e-9).all()
    assert values[-1] - values[0] > 0.5 * (best - values[0])
    bound = recording.course("gap")[1] / recording.course("greatest_slope")[1]
    assert (bound <= 1.001 * wasserstein(config.real.measure(), config.fake.measure())).all()


def test_the_mean_pull_of_the_best_discriminator_between_equal_widths():
    found = exact.mean_pulls(Gaussian(0.0, 0.5), Gaussian(2.0, 0.5))
    # E_Q D* = E_P (1 - D*) by symmetry, and the slope of the logit is theta / sigma^2 = 8 everywhere
    assert found["saturating"] + found["non_saturating"] == pytest.approx(8)
    assert found["wasserstein"] == pytest.approx(1)


@pytest.mark.parametrize("sigma", [0.0, 0.3, 2.0])
def test_the_blur_is_w1_as_pot_finds_it(sigma):
    p = Gaussian(1.0, 0.5)
    rng = np.random.default_rng(0)
    noisy = exact.blurred(p, sigma)
    assert (1 + 0.5 * rng.normal(size=200_000) + sigma * rng.normal(size=200_000)).std() == pytest.approx(
        noisy.std, rel=0.01
    )
    assert exact.blur(p, sigma) == pytest.approx(wasserstein(p.measure(), noisy.measure()), abs=1e-5)


def test_noise_brings_the_pull_back():
    found = [
        exact.mean_pulls(*(exact.blurred(Gaussian(mean, 0.5), sigma) for mean in (0.0, 10.0)))["saturating"]
        for sigma in (0, 1, 2, 3, 5)
    ]
    assert found[0] < 1e-15
    assert (np.diff(found) > 0).all()


@pytest.mark.parametrize(("distance", "gp_weight"), [(4.0, 10.0), (2.0, 10.0), (4.0, 100.0), (10.0, 3.0)])
def test_the_trap_is_a_minimum_of_the_two_sided_loss_alone(distance, gp_weight):
    slope = np.linspace(1e-3, 3, 300_000)
    two, one = (exact.penalised_loss(slope, distance, gp_weight, two_sided=two) for two in (True, False))
    found = exact.trap(distance, gp_weight)
    if found is None:
        assert (np.diff(two) > 0).all()
    else:
        assert slope[two.argmin()] == pytest.approx(found, abs=1e-4)
    assert (np.diff(one) > 0).all()  # downhill to the right side of 0 from everywhere


def test_recorded_critics_are_driven_the_wrong_way_and_one_never_turns_round():
    ends = []
    for seed in SEEDS:
        two, one = shipped(trapped(seed)), shipped(at_theta(4, seed))
        np.testing.assert_allclose(two.frames[0]["f"], one.frames[0]["f"], atol=1e-6)  # the same start
        assert one.value("gap") == pytest.approx(4 * (1 + 4 / 200), rel=0.02)  # slope 1 + W1 / (2 lambda)
        steps, gap = two.course("gap")
        assert gap[(steps > 20) & (steps < 100)].min() < 4 * gap[0] - 0.5
        ends.append(gap[-1])
    right = 4 * (1 + 4 / 20)
    assert sorted(ends) == pytest.approx([0, right, right], abs=0.1)
