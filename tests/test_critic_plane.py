"""A critic alone in the plane: what its numbers promise, how it is held, and that a host can run it."""

import copy
from itertools import combinations

import numpy as np
import ot
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.critic_alone.plane import HOLDS, PLANE_RECORD_COLUMNS, PlaneCriticConfig, PlaneCriticRecording
from wgan_demo.gan.critic_alone.plane_trainer import (
    HELD_BY,
    PlaneCriticRecord,
    PlaneCriticTrainer,
    evaluate,
    layer_norms,
    pair_slopes,
    zero_centred,
)
from wgan_demo.gan.lipschitz import squared_norms

SMALL = {"points": 48, "interpolates": 32, "hidden": (16, 16), "steps": 60}


def trained(**changes):
    trainer = PlaneCriticTrainer(PlaneCriticConfig(**SMALL | changes))
    for _ in range(trainer.config.steps):
        trainer.step()
    return trainer


def test_the_generator_is_held_at_the_data_plus_unit_noise():
    real, fake = PlaneCriticConfig(dataset="eight_gaussians", points=2048).samples()
    assert real.shape == fake.shape == (2048, 2)
    np.testing.assert_allclose(np.linalg.norm(real, axis=1).mean(), 2 / 1.414, rtol=1e-2)
    np.testing.assert_allclose(np.cov(fake.T), np.cov(real.T) + np.eye(2), atol=0.15)


def test_w1_is_that_of_the_very_points():
    config = PlaneCriticConfig(points=64)
    real, fake = config.samples()
    expected = ot.emd2([], [], ot.dist(real, fake, metric="euclidean"))
    assert PlaneCriticRecording(config).w1 == pytest.approx(expected, rel=1e-12)


@settings(max_examples=20)
@given(st.sampled_from(list(HOLDS)), st.integers(0, 10**6), st.booleans(), st.integers(0, 8))
def test_the_gap_over_the_greatest_slope_of_all_pairs_never_exceeds_w1(hold, seed, batch_norm, steps):
    """That is duality: f / slope is 1-Lipschitz on the points, trained or not, held or not."""
    config = PlaneCriticConfig(**SMALL | {"regularizer": hold, "seed": seed, "batch_norm": batch_norm, "lr": 0.03})
    trainer = PlaneCriticTrainer(config)
    for _ in range(steps):
        trainer.step()
    measures, _ = evaluate(trainer)
    bound = measures["value"] / measures["greatest_slope"]
    assert bound <= PlaneCriticRecording(config).w1 * (1 + 1e-9)


def test_the_slopes_of_pairs_are_those_of_every_pair():
    rng = np.random.default_rng(0)
    points, scores = rng.standard_normal((9, 2)), rng.standard_normal(9)
    expected = [
        abs(scores[i] - scores[j]) / np.linalg.norm(points[i] - points[j]) for i, j in combinations(range(9), 2)
    ]
    np.testing.assert_allclose(pair_slopes(points, scores), expected, rtol=1e-12)


def test_the_norms_by_layer_are_products_of_weights_and_masks():
    trainer = PlaneCriticTrainer(PlaneCriticConfig(**SMALL | {"hidden": (7, 5, 6), "double": True}))
    real, fake = trainer.points
    linear = [layer for layer in trainer.critic if isinstance(layer, torch.nn.Linear)]
    weights = [(layer.weight.detach().numpy(), layer.bias.detach().numpy()) for layer in linear]
    squares = []
    for x in torch.cat([real, fake]).numpy():
        masks, h = [], x
        for w, b in weights[:-1]:
            h = np.maximum(w @ h + b, 0)
            masks.append(h > 0)
        gradient, of_x = weights[-1][0][0], []
        for (w, _), mask in zip(weights[-2::-1], masks[::-1], strict=True):
            of_x.insert(0, gradient @ gradient)
            gradient = (gradient * mask) @ w
        squares.append(of_x)
    np.testing.assert_allclose(layer_norms(trainer.critic, real, fake), np.sqrt(np.mean(squares, axis=0)), rtol=1e-10)


def test_small_weights_vanish_layer_by_layer_and_float64_still_sees_them():
    config = PlaneCriticConfig(
        **SMALL | {"hidden": (16,) * 12, "regularizer": "clipping", "clip": 1e-6, "double": True, "init": "he"}
    )
    trainer = PlaneCriticTrainer(config)
    trainer.step()
    _, frame = evaluate(trainer)
    assert (np.diff(frame["layers"]) > 0).all()  # it fades on its way from the score back to the input
    assert 0 < frame["layers"][0] < 1e-45  # beyond float32


def test_a_one_sided_penalty_comes_near_w1_and_clipping_does_not():
    torch.set_num_threads(1)
    shared = {"points": 128, "interpolates": 128, "hidden": (64, 64, 64), "steps": 400, "dataset": "swiss_roll"}
    penalty = trained(**shared, regularizer="one_sided", gp_weight=100.0, lr=3e-3)
    clipped = trained(**shared, regularizer="clipping", clip=0.1, optimizer="rmsprop")
    w1 = PlaneCriticRecording(penalty.config).w1
    near, far = (found["value"] / found["greatest_slope"] / w1 for found, _ in map(evaluate, (penalty, clipped)))
    assert 0.9 < near <= 1
    assert far < 0.8


def test_clipped_weights_stay_within_c_and_pile_up_there():
    trainer = trained(regularizer="clipping", clip=0.02, optimizer="rmsprop")
    assert max(p.abs().max().item() for p in trainer.critic.parameters()) <= 0.02 * (1 + 1e-6)
    measures, frame = evaluate(trainer)
    assert frame["reach"][0] == 0.02
    assert frame["weights"].sum() == pytest.approx(1)
    assert measures["at_edge"] == pytest.approx(frame["weights"][[0, -1]].sum(), abs=0.05)
    assert measures["at_edge"] > 0.5


def test_spectral_normalisation_keeps_every_slope_at_one_or_below():
    measures, frame = evaluate(trained(regularizer="spectral_norm"))
    assert measures["greatest_slope"] < 1.02
    assert max(frame[place].max() for place in ("between", "data", "grid")) < 1.02


def test_r1_is_the_mean_square_of_the_slope_at_real_points():
    assert zero_centred(torch.tensor([1.0, 3.0])).item() == 5
    trainer = PlaneCriticTrainer(PlaneCriticConfig(**SMALL, regularizer="r1", gp_weight=2.0))
    rng = copy.deepcopy(trainer.noise_rng)
    real, _ = (side[torch.randint(len(side), (32,), generator=rng)] for side in trainer.points)
    expected = squared_norms(trainer.critic, real).mean().item()
    record = trainer.step()
    assert record.gradient_penalty == pytest.approx(expected, rel=1e-4)
    assert record.critic_loss == pytest.approx(2 * expected - record.score_gap, rel=1e-5)


def test_looking_changes_nothing_and_runs_repeat():
    config = PlaneCriticConfig(**SMALL, batch_norm=True)
    watched, alone = PlaneCriticTrainer(config), PlaneCriticTrainer(config)
    for _ in range(5):
        evaluate(watched)
        assert watched.step() == alone.step()
    assert PlaneCriticRecord._fields == PLANE_RECORD_COLUMNS


def test_a_host_trains_it_like_a_plain_loop():
    config, host = PlaneCriticConfig(**SMALL), Host()
    host.create("critic", RunSpec(config))
    host.start("critic", 30)
    while host.tick() == 0:
        pass
    recording, alone = host.recording("critic"), PlaneCriticTrainer(config)
    rows = [alone.step() for _ in range(30)]
    np.testing.assert_allclose(recording.records, rows)
    measures, frame = evaluate(alone)
    assert recording.value("value") == measures["value"]
    assert recording.bound == measures["value"] / measures["greatest_slope"] < recording.w1
    np.testing.assert_array_equal(recording.frames[-1]["surface"], frame["surface"])
    assert recording.value("seconds") > 0


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"dataset": "three_bumps"}, "dataset must be one of"),
        ({"dataset": "turning"}, "dataset must be one of"),
        ({"regularizer": "hope"}, "regularizer must be one of"),
        ({"clip": -1.0}, "clip must lie between"),
        ({"gp_weight": float("nan")}, "gp_weight must lie between"),
        ({"points": 10**6}, "2 to 2,048 points"),
        ({"steps": 0}, "out of range"),
        ({"noise": float("inf")}, "out of range"),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_a_sentence(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        PlaneCriticConfig(**settings)


def test_every_way_to_hold_it_has_words_and_a_function():
    assert HOLDS.keys() == HELD_BY.keys()
