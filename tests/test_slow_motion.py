"""An iteration taken apart: it is what the trainer then does, nothing changes by it, the pieces make the whole."""

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch

from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.critic_alone.config import CriticConfig
from wgan_demo.gan.fast import FastTrainer, trainer_for
from wgan_demo.gan.lipschitz import REGULARIZERS
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.slow_motion.take_apart import take_apart, watch
from wgan_demo.gan.spaces import plane
from wgan_demo.gan.trainer import Trainer

SMALL = TrainConfig(hidden=(16, 16), batch_size=16, gp_weight=10.0, seed=3)
OBJECTIVES = {
    "WGAN-GP": {},
    "WGAN-GP, 3 critic steps": {"n_critic": 3},
    "by autograd": {"activation": "tanh"},
    "one-sided": {"regularizer": "one_sided"},
    "clipping": {"regularizer": "clipping", "optimizer": "rmsprop", "clip": 0.05},
    "hinge, spectral": {"loss": "hinge", "regularizer": "spectral_norm"},
    "GAN": {"loss": "non_saturating", "regularizer": "none"},
    "saturating GAN": {"loss": "saturating", "regularizer": "none"},
    "least squares": {"loss": "least_squares", "regularizer": "gradient_penalty"},
    "batch norm": {"batch_norm": True},
    "data that move": {"dataset": "turning"},
}


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def begun(n_critic: int = 1, **options) -> Trainer:
    trainer = trainer_for(replace(SMALL, n_critic=n_critic, **options))
    list(trainer.run(3))
    return trainer


def flat(network) -> np.ndarray:
    return torch.cat([parameter.detach().reshape(-1) for parameter in network.parameters()]).numpy()


def tensors(value) -> list:
    """Everything in a nested state, in order."""
    if isinstance(value, dict):
        return [leaf for key in value for leaf in tensors(value[key])]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in tensors(item)]
    return [value.numpy() if isinstance(value, torch.Tensor) else value]


@pytest.mark.parametrize("options", OBJECTIVES.values(), ids=OBJECTIVES)
def test_it_is_what_the_trainer_then_does(options):
    trainer = begun(**options)
    trace = take_apart(trainer)
    generator_before, z = copy.deepcopy(trainer.generator), torch.from_numpy(trace.generator_z)
    record = trainer.step()
    assert (trace.iteration, trace.loss, trace.score_gap, trace.generator_loss) == (
        record.step, record.critic_loss, record.score_gap, record.generator_loss,
    )  # fmt: skip
    assert trace.penalty == pytest.approx(record.gradient_penalty, rel=1e-4, abs=1e-7)
    assert trace.norms.mean() == pytest.approx(record.gradient_norm_mean, rel=1e-5)
    assert trace.norms.std(ddof=1) == pytest.approx(record.gradient_norm_std, rel=1e-4, abs=1e-6)
    np.testing.assert_allclose(trace.weights[2], flat(trainer.critic), rtol=0, atol=1e-6)
    surface = plane.surface(trainer.score, trainer.dataset.space)
    if not trace.config.batch_norm:  # the generator's step shows the critic one more batch
        np.testing.assert_allclose(trace.surface_after, surface, rtol=0, atol=1e-6)
    with torch.no_grad():
        np.testing.assert_allclose(trace.generator_fake, generator_before(z).numpy(), rtol=0, atol=1e-6)
        np.testing.assert_allclose(trace.generator_fake_after, trainer.generator(z).numpy(), rtol=0, atol=1e-6)
    assert trace.finite


def test_any_critic_step_of_an_iteration_can_be_taken_apart():
    trainer = begun(n_critic=4)
    first, second, last = (take_apart(trainer, critic_step) for critic_step in (1, 2, None))
    assert [trace.critic_step for trace in (first, second, last)] == [1, 2, 4]
    assert take_apart(trainer, 99).critic_step == 4
    assert first.iteration == last.iteration
    np.testing.assert_array_equal(first.surface_after, second.surface_before)  # one after the other
    assert (first.surface_after != second.surface_after).any()
    for trace in (first, second, last):  # the generator's step is the same one
        np.testing.assert_array_equal(trace.generator_surface, last.surface_after)
        assert trace.generator_loss == last.generator_loss
    plain = begun(n_critic=4)
    plain._set_learning_rate()
    assert first.loss == plain.critic_step()[0].item()
    assert second.loss == plain.critic_step()[0].item()


@pytest.mark.parametrize("options", OBJECTIVES.values(), ids=OBJECTIVES)
def test_the_run_does_not_notice(options):
    trainer = begun(**options)
    before = trainer.state_dict()
    take_apart(trainer)
    for mine, theirs in zip(tensors(trainer.state_dict()), tensors(before), strict=True):
        np.testing.assert_equal(mine, theirs)
    untouched = begun(**options)
    assert list(trainer.run(2)) == list(untouched.run(2))


ENGINES = [
    (make, regularizer)
    for make in (Trainer, FastTrainer)
    for regularizer in REGULARIZERS
    if make is Trainer or replace(SMALL, regularizer=regularizer).by_hand
]


@pytest.mark.parametrize(("make", "regularizer"), ENGINES)
def test_a_watched_iteration_is_the_same_to_the_bit(make, regularizer):
    watched, plain = (make(replace(SMALL, n_critic=3, regularizer=regularizer, clip=0.05)) for _ in range(2))
    moments = []
    watched.watch = lambda moment, *numbers: moments.append((moment, [number.clone() for number in numbers]))
    records = [trainer.step() for trainer in (watched, plain)]
    assert records[0] == records[1]
    critic_step = ["critic step", *["constraint"] * (REGULARIZERS[regularizer].constrain is not None)]
    assert [moment for moment, _ in moments] == [*critic_step, "critic step done"] * 3 + [
        "generator step", "generator step done",
    ]  # fmt: skip
    loss, gap, _ = moments[-3][1]
    (generator_loss,) = moments[-1][1]
    assert (loss, gap, generator_loss) == (
        records[1].critic_loss, records[1].score_gap, records[1].generator_loss,
    )  # fmt: skip
    watched.watch = None
    watch(watched, 2)
    records = watched.step(), [plain.step() for _ in range(2)][-1]
    assert records[0] == records[1]
    for mine, theirs in zip(tensors(watched.state_dict()), tensors(plain.state_dict()), strict=True):
        np.testing.assert_equal(mine, theirs)


@pytest.mark.parametrize(("make", "regularizer"), ENGINES)
def test_watching_replaces_nothing_of_the_trainer(make, regularizer):
    def refuse(trainer, name, value):
        assert name not in ("loss", "regularizer", "generator", "critic")
        assert not callable(getattr(make, name, None))
        object.__setattr__(trainer, name, value)

    trainer = make(replace(SMALL, n_critic=2, regularizer=regularizer))
    trainer.__class__ = type("Guarded", (make,), {"__setattr__": refuse})
    trace = watch(trainer)
    assert (trace.iteration, trace.critic_step, trainer.watch) == (1, 2, None)


@pytest.mark.parametrize("options", OBJECTIVES.values(), ids=OBJECTIVES)
def test_the_pieces_make_the_whole(options):
    trace = take_apart(begun(**options))
    config, n = trace.config, SMALL.batch_size
    u = trace.u[:, None]
    np.testing.assert_allclose(trace.x_hat, u * trace.real + (1 - u) * trace.fake, atol=1e-6)
    assert ((u >= 0) & (u < 1)).all()
    np.testing.assert_allclose(trace.norms, np.linalg.norm(trace.gradient, axis=1), atol=2e-6)
    assert trace.score_gap == pytest.approx(trace.real_scores.mean() - trace.fake_scores.mean(), abs=1e-5)
    scores = torch.from_numpy(trace.real_scores), torch.from_numpy(trace.fake_scores)
    loss = LOSSES[config.loss].critic(*scores).item()
    if trace.penalties is not None:
        assert trace.penalty == pytest.approx(trace.penalties.mean(), rel=1e-5)
        loss += config.gp_weight * trace.penalty
    assert trace.loss == pytest.approx(loss, rel=1e-4, abs=1e-5)
    generator_scores = torch.from_numpy(trace.generator_scores)
    assert trace.generator_loss == pytest.approx(LOSSES[config.loss].generator(generator_scores).item(), abs=1e-5)
    if config.batch_norm:  # a sample's score depends on the others': no push of its own
        return
    per_score = -LOSSES[config.loss].generator_slope(generator_scores).numpy()
    np.testing.assert_allclose(trace.push, per_score[:, None] * trace.slope, rtol=1e-4, atol=1e-6)
    assert len(trace.real) == len(trace.generator_fake) == n


def test_the_penalty_of_every_sample_is_its_own():
    two_sided, one_sided = (take_apart(begun(regularizer=name)) for name in ("gradient_penalty", "one_sided"))
    np.testing.assert_allclose(two_sided.penalties, (two_sided.norms - 1) ** 2, rtol=1e-6)
    np.testing.assert_allclose(one_sided.penalties, np.maximum(one_sided.norms - 1, 0) ** 2, rtol=1e-6)
    none = take_apart(begun(regularizer="clipping"))
    assert (none.penalties, none.penalty) == (None, 0.0)


def test_the_gradient_is_that_of_small_differences():
    trainer = begun(activation="tanh")
    trace = take_apart(trainer)
    critic, x, h = copy.deepcopy(trainer.critic).double(), torch.from_numpy(trace.x_hat).double(), 1e-5
    with torch.no_grad():
        for axis in range(2):
            step = h * torch.eye(2, dtype=torch.float64)[axis]
            slope = (critic(x + step) - critic(x - step)).squeeze(1) / (2 * h)
            np.testing.assert_allclose(trace.gradient[:, axis], slope.numpy(), atol=1e-4)


def test_clipping_is_a_piece_of_its_own():
    trace = take_apart(begun(**OBJECTIVES["clipping"]))
    before, stepped, after = trace.weights
    np.testing.assert_array_equal(after, stepped.clip(-0.05, 0.05).astype(np.float32))
    assert trace.clipped == (np.abs(stepped) > np.float32(0.05)).sum() > 0
    assert trace.update_norm == pytest.approx(np.linalg.norm(after - before), rel=1e-4)
    assert trace.update_max == pytest.approx(np.abs(after - before).max())
    assert trace.weight_counts.sum(axis=1).tolist() == [trace.parameters] * 3


def test_spectral_norm_shows_the_stretch_of_every_layer():
    trace = take_apart(begun(**OBJECTIVES["hinge, spectral"]))
    estimate, exact = trace.stretches.T
    assert len(estimate) == 3
    assert (estimate <= exact + 1e-6).all()
    np.testing.assert_allclose(estimate, exact, rtol=0.05)
    assert take_apart(begun()).stretches.shape == (0, 2)


def test_a_change_of_settings_is_already_in_it():
    trainer = begun()
    trainer.change(3, "gp_weight", 2.0)
    trainer.change(3, "n_critic", 2)
    trace = take_apart(trainer)
    assert (trace.config.gp_weight, trace.config.n_critic, trainer.config.gp_weight) == (2.0, 2, 10.0)
    assert trace.loss == trainer.step().critic_loss


def test_hand_derived_and_readable_engine_show_the_same_pieces():
    config = replace(SMALL, n_critic=1)
    fast, readable = take_apart(FastTrainer(config)), take_apart(Trainer(config))
    for name in ("real", "z", "u", "x_hat", "gradient", "loss", "loss_after", "push", "generator_fake_after"):
        np.testing.assert_allclose(getattr(fast, name), getattr(readable, name), rtol=1e-4, atol=1e-4, err_msg=name)


def test_a_run_that_blows_up_is_said_to_be_so():
    trainer = begun(regularizer="clipping")
    with torch.no_grad():
        next(iter(trainer.generator.parameters())).fill_(np.inf)
    assert not take_apart(trainer).finite


def test_the_smallest_batch():
    trace = take_apart(trainer_for(TrainConfig(hidden=(4,), batch_size=2)))
    assert (trace.show, trace.real.shape) == (2, (2, 2))


def test_the_host_takes_apart_what_it_trains_and_goes_on_as_if_nothing_had_been_asked():
    host, plain = Host(), trainer_for(SMALL)
    host.create("run", RunSpec(SMALL))
    assert host.take_apart("run") is None  # nothing is there to be seen yet
    host.start("run", 5)
    while host.tick() == 0:
        pass
    list(plain.run(5))
    trace = host.take_apart("run")
    assert (trace.iteration, trace.weights, trace.loss) == (6, None, take_apart(plain).loss)
    host.step("run")
    while host.tick() == 0:
        pass
    assert tuple(host.recording("run").records[-1]) == pytest.approx(tuple(plain.step()), rel=1e-12)
    assert host.take_apart("nobody's") is None


def test_what_is_no_training_cannot_be_taken_apart():
    host = Host()
    host.create("critic", RunSpec(CriticConfig(((0.0, 1.0), (0.5, 0.5)), ((2.0,), (1.0,)))))
    while host.tick() == 0:
        pass
    assert host.recording("critic") is not None
    assert host.take_apart("critic") is None
