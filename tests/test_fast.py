"""The hand-derived steps against autograd's: losses and gradients of every objective they can train, and whole runs."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from wgan_demo.engine.kinds import evaluate
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import FastTrainer, _update, trainer_for
from wgan_demo.gan.lipschitz import REGULARIZERS
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.trainer import OPTIMIZERS, Trainer

SMALL = TrainConfig(hidden=(24, 16, 20), batch_size=32, gp_weight=10.0, seed=5)
CONFIGS = [
    replace(SMALL, loss=loss, regularizer=regularizer, activation=activation)
    for loss in LOSSES
    for regularizer in REGULARIZERS
    for activation in ("relu", "leaky_relu")
    if regularizer != "spectral_norm"
]
CONFIGS += [replace(SMALL, dataset="three_bumps", regularizer=name) for name in ("gradient_penalty", "clipping")]


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def slopes(network):
    return torch.cat([parameter.grad.reshape(-1) for parameter in network.parameters()])


@pytest.mark.parametrize("config", CONFIGS, ids=lambda c: f"{c.loss}-{c.regularizer}-{c.activation}-{c.dataset}")
def test_losses_and_gradients_are_those_of_autograd(config):
    config = replace(config, clip=0.3)
    readable, fast = Trainer(config), FastTrainer(config)
    for _ in range(3):
        for mine, theirs in zip(fast.critic_step(), readable.critic_step(), strict=True):
            torch.testing.assert_close(mine, theirs, rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(fast._critic.flat.grad, slopes(readable.critic), rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(fast.generator_step(), readable.generator_step(), rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(fast._generator.flat.grad, slopes(readable.generator), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop"])
@pytest.mark.parametrize("ema", [0.0, 0.9])
def test_whole_iterations_agree(optimizer, ema):
    # RMSProp's first step is a sign: rounding decides where a gradient is nearly 0, so its steps are kept small.
    config = replace(SMALL, optimizer=optimizer, ema=ema, lr=1e-3 if optimizer == "adam" else 1e-5)
    readable, fast = Trainer(config), FastTrainer(config)
    for mine, theirs in zip(fast.run(4), readable.run(4), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=1e-4)
    assert fast.sample(50) == pytest.approx(readable.sample(50), abs=1e-4)
    one, other = evaluate(fast)[0], evaluate(readable)[0]
    assert one == pytest.approx(other, abs=1e-2)


@pytest.mark.parametrize("dataset", ["eight_gaussians", "turning", "three_bumps"])
def test_critic_steps_taken_together_are_those_taken_one_by_one(dataset):
    together, single = (FastTrainer(replace(SMALL, dataset=dataset)) for _ in range(2))
    numbers = together.critic_steps(3)
    for _ in range(3):
        last = single.critic_step()
    assert all(torch.equal(mine, theirs) for mine, theirs in zip(numbers, last, strict=True))
    assert torch.equal(together._critic.flat, single._critic.flat)


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop"])
def test_the_update_is_the_optimiser_s_own_bit_for_bit(optimizer):
    torch.manual_seed(0)
    start, config = torch.randn(100), replace(SMALL, optimizer=optimizer)
    ours, theirs = start.clone(), start.clone()
    update, step = (OPTIMIZERS[optimizer]([flat], config) for flat in (ours, theirs))
    for lr in (1e-2, 3e-3, 1e-3):
        ours.grad = theirs.grad = torch.randn(100)
        update.param_groups[0]["lr"] = step.param_groups[0]["lr"] = lr
        _update(update)
        step.step()
        assert torch.equal(ours, theirs)
    assert not torch.equal(ours, start)


def test_a_saved_run_continues_bit_for_bit():
    config = replace(SMALL, ema=0.9)
    first = FastTrainer(config)
    list(first.run(3))
    state = first.state_dict()
    ahead = list(first.run(3))
    second = FastTrainer(config)
    second.load_state_dict(state)
    assert list(second.run(3)) == ahead
    assert np.array_equal(first.sample(10), second.sample(10))


@pytest.mark.parametrize(
    "change", [{"activation": "tanh"}, {"batch_norm": True}, {"regularizer": "spectral_norm"}], ids=str
)
def test_what_it_cannot_train_is_refused(change):
    config = replace(SMALL, **change)
    assert type(trainer_for(config)) is Trainer
    with pytest.raises(ValueError, match="piecewise linear"):
        FastTrainer(config)
    assert np.isfinite(list(Trainer(config).run(2))).all()


@pytest.mark.parametrize("regularizer", ["gradient_penalty", "none"])
@pytest.mark.parametrize("n_critic", [1, 5])
def test_the_operations_of_an_iteration_are_those_torch_counts(regularizer, n_critic):
    trainer = FastTrainer(TrainConfig(hidden=(128,) * 3, regularizer=regularizer, n_critic=n_critic))
    trainer.step()
    with FlopCounterMode(display=False) as counter:
        trainer.step()
    assert counter.get_total_flops() == pytest.approx(trainer.config.step_flop, rel=0.05)
