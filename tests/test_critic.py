"""A critic alone on two fixed measures: it finds W1, its slopes are what they are said to be, and a host can run it."""

import numpy as np
import pytest
import torch

from wgan_demo.distances.one_dim import wasserstein
from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.critic_alone.config import GRID, CriticConfig
from wgan_demo.gan.critic_alone.trainer import CriticTrainer, evaluate
from wgan_demo.gan.lipschitz import one_sided_penalty
from wgan_demo.measures import DiscreteMeasure

PLACES = np.arange(11.0)


def on_places(*shares):
    return DiscreteMeasure(PLACES, np.array(shares, float)).normalized()


BOTH_SIDES = (on_places(0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), on_places(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))
A_GAP = (on_places(1, 2, 0, 0, 0, 0, 0, 0, 2, 1, 0), on_places(2, 1, 0, 0, 0, 0, 0, 0, 1, 2, 0))


def trained(pair, **settings):
    trainer = CriticTrainer(CriticConfig.between(*pair, **settings))
    for _ in range(trainer.config.steps):
        trainer.step()
    return trainer


@pytest.mark.parametrize("pair", [BOTH_SIDES, A_GAP])
def test_a_trained_critic_comes_near_w1_and_its_bound_holds(pair):
    torch.set_num_threads(1)
    found, frame = evaluate(trained(pair))
    gap, slope = found["value"], found["greatest_slope"]
    w1 = wasserstein(*pair)
    assert gap == pytest.approx(w1, rel=0.08)
    assert slope < 1.1
    assert 0.9 * w1 < gap / slope < w1 * (1 + 1e-3)
    assert frame["f"][0] == 0
    assert len(frame["f"]) == GRID


def test_the_two_sided_penalty_steepens_the_critic_by_w1_over_two_lambda():
    left, right = (DiscreteMeasure(np.array([place]), np.ones(1)) for place in (0.0, 4.0))
    # max_s W1 s - lambda (s - 1)^2 has its maximum at s = 1 + W1 / (2 lambda)
    found, _ = evaluate(trained((left, right), regularizer="gradient_penalty", gp_weight=10.0))
    gap, slope = found["value"], found["greatest_slope"]
    assert gap == pytest.approx(4 * (1 + 4 / 20), rel=0.02)
    assert slope == pytest.approx(1 + 4 / 20, rel=0.03)


def test_the_record_is_the_loss_taken_apart_and_runs_repeat():
    config = CriticConfig.between(*A_GAP, steps=20, seed=3)
    first, again = CriticTrainer(config), CriticTrainer(config)
    for _ in range(5):
        gap = float(first.score_gap().detach())
        record = first.step()
        assert record.score_gap == pytest.approx(gap)
        assert record.critic_loss == pytest.approx(-record.score_gap + config.gp_weight * record.gradient_penalty)
        assert again.step() == record


def test_score_gap_is_the_weighted_mean_difference():
    trainer = CriticTrainer(CriticConfig.between(*A_GAP))
    f = trainer.critic(torch.tensor(PLACES, dtype=torch.float32)[:, None]).squeeze(1).detach().numpy()
    assert float(trainer.score_gap().detach()) == pytest.approx(f @ (A_GAP[0].weights - A_GAP[1].weights), abs=1e-6)


def test_only_slopes_above_1_cost_in_the_one_sided_penalty():
    assert float(one_sided_penalty(torch.tensor([0.2, 1.0]))) == 0
    assert float(one_sided_penalty(torch.tensor([0.0, 3.0]))) == pytest.approx(2)


def test_a_host_runs_a_critic_like_a_plain_loop():
    host = Host(every=10)
    config = CriticConfig.between(*A_GAP, steps=30)
    host.create("a", RunSpec(config))
    host.start("a", target=30)
    while host.tick() == 0:
        pass
    view = host.poll({"a": (0, 0)})["a"]
    trainer = CriticTrainer(config)
    assert view.state == "finished"
    assert view.recording.records.tolist() == [list(trainer.step()) for _ in range(30)]
    assert view.recording.evaluations[:, 0].tolist() == [0, 10, 20, 30]
    assert view.recording.frames[-1]["f"] == pytest.approx(evaluate(trainer)[1]["f"])
    assert view.recording.steps == 30


def test_points_without_mass_are_left_out():
    config = CriticConfig.between(*A_GAP)
    assert config.source == ((0.0, 1.0, 8.0, 9.0), pytest.approx((1 / 6, 2 / 6, 2 / 6, 1 / 6)))
    assert config.range == (0, 9)


@pytest.mark.parametrize(
    "settings",
    [
        {"source": ((), ())},
        {"source": ((0.0,), (-1.0,))},
        {"source": ((0.0,) * 501, (1.0,) * 501)},
        {"lr": 0},
        {"steps": 10**6},
        {"gp_weight": float("nan")},
        {"regularizer": "none"},
    ],
)
def test_settings_that_make_no_sense_are_refused(settings):
    good = {"source": ((0.0,), (1.0,)), "target": ((1.0,), (1.0,))}
    with pytest.raises(ValueError, match=r"\.$"):
        CriticTrainer(CriticConfig(**good | settings))


def test_the_same_place_on_both_sides_is_no_accident():
    here = DiscreteMeasure(np.array([2.0]), np.ones(1))
    found, frame = evaluate(trained((here, here), steps=5))
    assert found["value"] == 0
    assert np.isfinite(found["greatest_slope"])
    assert np.isfinite(frame["f"]).all()
