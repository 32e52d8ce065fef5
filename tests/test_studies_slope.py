"""The studies behind “Holding the slope”: order and size of the paper's figures, and that the command repeats them."""

import numpy as np
import pytest
import torch

from tests.test_experiments import InlinePool, to_end
from wgan_demo.experiments import STUDIES, Runner, finished
from wgan_demo.experiments.result import SHIPPED
from wgan_demo.experiments.studies import layers, surfaces
from wgan_demo.experiments.studies.holds import HOLDS
from wgan_demo.gan.critic_alone.plane import PLANE_COLUMNS, exact_w1
from wgan_demo.gan.critic_alone.plane_trainer import PlaneCriticTrainer


def shipped(name: str) -> dict:
    return finished(STUDIES[name], SHIPPED / name)


@pytest.mark.parametrize("name", ["surfaces", "holds"])
def test_a_gap_over_the_greatest_slope_never_exceeds_the_exact_w1_of_the_same_points(name):
    for run, result in shipped(name).items():
        numbers = result.numbers
        assert numbers["w1"] == pytest.approx(exact_w1(STUDIES[name].runs[run]), rel=1e-9)
        assert numbers["bound"] == pytest.approx(numbers["gap"] / numbers["slope"], rel=1e-9)
        assert numbers["bound"] <= numbers["w1"], run


@pytest.mark.parametrize("dataset", surfaces.DATASETS)
def test_a_penalty_reaches_nine_tenths_of_w1_and_no_clipping_does(dataset):
    share = {run: result.numbers["share"] for run, result in shipped("surfaces").items() if run.startswith(dataset)}
    assert share[f"{dataset},one_sided=100"] >= 0.9
    clipped = [share[f"{dataset},c={clip:g}"] for clip in surfaces.CLIPS]
    assert max(clipped) < 0.75
    assert max(clipped) < share[f"{dataset},gradient_penalty=10"] < share[f"{dataset},one_sided=100"]


@pytest.mark.parametrize("dataset", surfaces.DATASETS)
def test_a_finite_lambda_lets_the_critic_be_steeper_the_smaller_it_is(dataset):
    results = shipped("surfaces")
    for side, weights in surfaces.LAMBDAS.items():
        slopes = [results[f"{dataset},{side}={weight:g}"].numbers["slope"] for weight in weights]
        assert slopes == sorted(slopes, reverse=True)
        assert slopes[-1] < 1.2


def test_the_gap_of_a_clipped_critic_is_in_no_unit_at_all():
    gaps = [shipped("surfaces")[f"swiss_roll,c={clip:g}"].numbers["gap"] for clip in surfaces.CLIPS]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] / gaps[-1] > 1e6  # about c to the power of the layers


def test_the_gradient_explodes_or_vanishes_with_c_and_stays_level_with_the_penalty():
    gained = {run: result.numbers["gained"] for run, result in shipped("layers").items()}
    assert gained["c=0.1"] >= 1
    assert gained["c=0.001"] <= -1
    assert gained["c=0.01"] <= -1
    assert abs(gained[layers.PENALTY]) <= 1


def test_clipped_weights_pile_up_at_both_ends_and_others_do_not():
    for run, result in shipped("layers").items():
        weights = result.arrays["weights"][-1]
        if run == layers.PENALTY:
            assert weights[[0, -1]].max() < 0.01 < weights[len(weights) // 2]
        else:
            assert result.numbers["at_edge"] > 0.4
            assert weights[[0, -1]].min() > 10 * weights[1:-1].mean()


def test_before_the_first_clipping_all_are_the_same_network():
    first = [result.arrays["layers"][0] for result in shipped("layers").values()]
    for other in first[1:]:
        np.testing.assert_array_equal(other, first[0])


@pytest.mark.parametrize("clip", [0.01, 0.001])
def test_narrow_clipping_leaves_gradients_far_below_the_epsilon_of_rmsprop_and_nothing_moves(clip):
    arrays = shipped("layers")[f"c={clip:g}"].arrays
    assert np.abs(np.diff(arrays["layers"][1:], axis=0)).max() < 0.02  # powers of ten
    np.testing.assert_array_equal(arrays["weights"][1:], arrays["weights"][1:2].repeat(len(arrays["step"]) - 1, axis=0))
    trainer = PlaneCriticTrainer(layers.STUDY.runs[f"c={clip:g}"])
    for _ in range(2):
        trainer.step()
    assert isinstance(trainer.optimizer, torch.optim.RMSprop)
    (group,) = trainer.optimizer.param_groups
    assert group["eps"] == 1e-8
    assert max(float(weight.grad.abs().max()) for weight in group["params"]) < 1e-2 * group["eps"]


def test_only_spectral_normalisation_holds_every_slope_and_nothing_holds_none():
    slope = {hold: shipped("holds")[f"hold={hold},batch_norm=False"].numbers["slope"] for hold in HOLDS}
    assert slope["spectral_norm"] < 1.02  # up to the error of power iteration
    assert slope["spectral_norm"] < slope["one_sided"] < slope["gradient_penalty"] < 1.3
    assert slope["r1"] < 0.2
    assert slope["none"] > 1e3


def test_with_batch_norm_the_penalty_no_longer_holds_the_slope_at_1():
    spread = {}
    for batch_norm in (False, True):
        norms = shipped("holds")[f"hold=gradient_penalty,batch_norm={batch_norm}"].arrays["between"]
        spread[batch_norm] = np.abs(np.log(norms[[5, 95]])).max()
    assert spread[False] < np.log(1.2)
    assert spread[True] > np.log(100)


@pytest.mark.parametrize("run", ["swiss_roll,c=0.1", "swiss_roll,one_sided=100"])
def test_the_command_at_a_reduced_size_repeats_a_recording(run, tmp_path):
    study = STUDIES["surfaces"]
    assert to_end(Runner(study, tmp_path, InlinePool(), steps=50, only=[run])).state == "finished"
    (short,) = finished(study, tmp_path, 50).values()
    column = PLANE_COLUMNS.index
    rows = [result.arrays["course"] for result in (short, shipped("surfaces")[run])]
    for name in ("step", "value", "greatest_slope"):
        found, recorded = (row[:3, column(name)] for row in rows)
        np.testing.assert_allclose(found, recorded, rtol=0.02)


def test_layers_at_a_reduced_size_repeat_a_recording(tmp_path):
    study = STUDIES["layers"]
    assert to_end(Runner(study, tmp_path, InlinePool(), steps=25, only=["c=0.001"])).state == "finished"
    (short,) = finished(study, tmp_path, 25).values()
    recorded = shipped("layers")["c=0.001"]
    np.testing.assert_allclose(short.arrays["layers"], recorded.arrays["layers"][:2], atol=1e-3)
