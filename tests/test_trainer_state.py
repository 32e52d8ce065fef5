"""The state of a trainer: another one goes on bit for bit, of whatever kind it is and whatever bug it has."""

import numpy as np
import pytest
import torch

from tests.test_checkpoint import CHANGES, CONFIGS, POINTS
from wgan_demo.datasets import from_points
from wgan_demo.engine import trainer_state
from wgan_demo.engine.kinds import KINDS
from wgan_demo.gan.bugs.bugs import BUGS
from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.critic_alone.config import CriticConfig
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig
from wgan_demo.gan.standstill.config import StandstillConfig

SMALL = TrainConfig(hidden=(8, 6), batch_size=8, n_critic=2, seed=3)
OTHERS = {
    "critic alone": CriticConfig(((0.0, 1.0), (0.5, 0.5)), ((2.0, 3.0), (0.5, 0.5)), hidden=(8,), interpolates=8),
    "critic in the plane": PlaneCriticConfig(hidden=(8, 8), interpolates=8),
    "critic in the plane, batch norm": PlaneCriticConfig(hidden=(8, 8), interpolates=8, batch_norm=True),
    "standstill": StandstillConfig(2.0, hidden=(8, 8), batch_size=8),
}
ALL = CONFIGS | {f"bug: {bug}": BuggyConfig(SMALL, bug) for bug in BUGS} | OTHERS


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def make(config):
    d = getattr(config, "columns", 0)
    options = {"dataset": from_points("Iris: a, b", POINTS[:, :d], ("a", "b")[:d])} if d else {}
    if isinstance(config, TrainConfig):
        options["changes"] = CHANGES
    return KINDS[type(config)].make(config, **options)


@pytest.mark.parametrize("config", ALL.values(), ids=ALL)
def test_a_trainer_goes_on_bit_for_bit(config):
    kind, first = KINDS[type(config)], make(config)
    for _ in range(4):
        first.step()
    content, second = trainer_state.save(first), make(config)
    trainer_state.restore(second, content)
    assert second.steps_done == 4
    for _ in range(5):
        np.testing.assert_array_equal(second.step(), first.step())
    (measures, frame), (others, other) = kind.evaluate(second), kind.evaluate(first)
    np.testing.assert_equal(measures, others)
    for name, array in frame.arrays.items():
        np.testing.assert_array_equal(array, other[name])
    fresh = make(config)
    for _ in range(9):
        fresh.step()
    np.testing.assert_equal(kind.evaluate(fresh)[0], kind.evaluate(first)[0])  # to be saved changes nothing
