"""The bugs of the clinic: each is in the trainer that runs, changes what its entry says, and nothing beside it."""

import math
import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from wgan_demo.engine.cases import run
from wgan_demo.engine.kinds import KINDS
from wgan_demo.gan import lipschitz, trainer
from wgan_demo.gan.bugs import shipped
from wgan_demo.gan.bugs.bugs import BUGS, CASES
from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.bugs.signs import norms, signs, telling
from wgan_demo.gan.bugs.trainer import buggy_trainer, infected
from wgan_demo.gan.fast import FastTrainer, trainer_for

SAME = {"no_detach"}  # the same numbers: what else it does is tested below


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def weights(made: trainer.Trainer) -> np.ndarray:
    networks = (made.generator, made.critic)
    return torch.cat([torch.nn.utils.parameters_to_vector(each.parameters()) for each in networks]).detach().numpy()


def trained(name: str, healthy: bool = False, steps: int = 3) -> trainer.Trainer:
    made = buggy_trainer(BuggyConfig(BUGS[name].config(0), "" if healthy else name))
    for _ in range(steps):
        made.step()
    return made


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_is_a_few_lines_of_the_trainer_as_it_is_written(name):
    bug = BUGS[name]
    lines = bug.diff.splitlines()
    removed, added = ([line[1:] for line in lines if line[0] == sign] for sign in "-+")
    assert 1 <= len(added) <= 2
    assert len(removed) <= 2
    assert all(line in bug.source.splitlines() for line in removed)
    assert all(line in bug.infected.splitlines() for line in added)
    compile(bug.infected, name, "exec")


def test_lines_that_are_not_there_are_told():
    bug = BUGS["real_points"]
    with pytest.raises(ValueError, match="does not hold these lines once"):
        replace(bug, healthy="return nothing").infected  # noqa: B018
    with pytest.raises(ValueError, match="bug must be one of u_per_coordinate"):
        BuggyConfig(bug.config(), "<b>")


@pytest.mark.parametrize("name", BUGS)
def test_a_bug_changes_the_run_and_only_its_own(name):
    healthy, buggy = trained(name, healthy=True), trained(name)
    same = np.array_equal(weights(healthy), weights(buggy))
    assert same == (name in SAME)
    np.testing.assert_array_equal(weights(trained(name, healthy=True)), weights(healthy))  # nothing leaks out of it
    assert type(healthy) is trainer.Trainer


def test_the_healthy_run_is_that_of_the_course():
    config = BUGS["wrong_axis"].config(3)
    ours, fast = buggy_trainer(BuggyConfig(config)), trainer_for(config)
    assert isinstance(fast, FastTrainer)
    for _ in range(3):
        np.testing.assert_allclose(ours.step(), fast.step(), rtol=2e-3, atol=2e-4)


def test_samples_that_are_not_detached_cost_time_and_change_no_number():
    healthy, buggy = trained("no_detach", healthy=True, steps=5), trained("no_detach", steps=5)
    np.testing.assert_array_equal(weights(healthy), weights(buggy))
    wide = replace(BUGS["no_detach"].config(0), hidden=(256, 256, 256), batch_size=256)
    times = {"": [], "no_detach": []}
    runs = {name: buggy_trainer(BuggyConfig(wide, name)) for name in times}
    for _ in range(8):
        for name, made in runs.items():  # in turn: a busy machine slows both
            begun = time.thread_time()
            made.critic_steps(1)
            times[name].append(time.thread_time() - begun)
    assert min(times["no_detach"]) > 1.03 * min(times[""])
    fresh = {name: buggy_trainer(BuggyConfig(wide, name)) for name in times}
    for made in fresh.values():
        made.critic_step()
    assert all(parameter.grad is None for parameter in fresh[""].generator.parameters())
    assert all(parameter.grad is not None for parameter in fresh["no_detach"].generator.parameters())


def test_a_root_without_a_floor_has_no_gradient_at_zero():
    slopes = {}
    for name in ("", "root"):
        root = infected(BUGS["root"]).critic_step.__globals__["smooth_root"] if name else lipschitz.smooth_root
        squares = torch.zeros(1, requires_grad=True)
        lipschitz.penalty(root(squares)).backward()
        slopes[name] = squares.grad.item()
    assert math.isfinite(slopes[""])
    assert math.isinf(slopes["root"])


def test_clipping_before_the_step_leaves_weights_outside():
    healthy, buggy = trained("clip_first", healthy=True, steps=20), trained("clip_first", steps=20)
    c = healthy.config.clip
    most = [max(parameter.abs().max().item() for parameter in made.critic.parameters()) for made in (healthy, buggy)]
    assert most[0] <= c * (1 + 1e-6)
    assert (
        c * 1.001 < most[1] <= c + 10 * healthy.config.lr * (1 + 1e-6)
    )  # a step of RMSProp is at most lr / sqrt(1 - .99)


def test_u_is_drawn_as_the_entry_says():
    real, fake = torch.ones(2000, 2), torch.zeros(2000, 2)

    def drawn(name: str) -> torch.Tensor:
        points = infected(BUGS[name]).__init__.__globals__["REGULARIZERS"]["gradient_penalty"].points
        return points(real, fake, generator=torch.Generator().manual_seed(0))

    each = lipschitz.interpolate(real, fake, generator=torch.Generator().manual_seed(0))
    assert torch.equal(each[:, 0], each[:, 1])
    assert not torch.equal(drawn("u_per_coordinate")[:, 0], drawn("u_per_coordinate")[:, 1])
    assert len(drawn("u_per_batch").unique()) == 1
    outside = ((drawn("normal_u") < 0) | (drawn("normal_u") > 1))[:, 0].float().mean().item()
    assert outside == pytest.approx(1 - 0.341345, abs=0.03)  # 1 - (Phi(1) - Phi(0))
    assert torch.equal(drawn("real_points"), real)


def test_norms_over_the_wrong_axis_are_those_of_single_coordinates():
    wrong = infected(BUGS["wrong_axis"]).critic_step.__globals__["squared_norms"]
    slope = torch.tensor([[3.0], [4.0]])
    x = torch.zeros(5, 2)
    assert lipschitz.squared_norms(lambda x: x @ slope, x).tolist() == [25.0] * 5
    assert wrong(lambda x: x @ slope, x).tolist() == [9.0, 16.0] * 5


def test_without_create_graph_the_penalty_moves_no_weight():
    config = BUGS["no_graph"].config(0)
    buggy = buggy_trainer(BuggyConfig(config, "no_graph"))
    unheld = buggy_trainer(BuggyConfig(replace(config, gp_weight=0.0)))
    for _ in range(3):
        buggy.step(), unheld.step()
    np.testing.assert_array_equal(weights(buggy), weights(unheld))
    assert buggy.step().gradient_penalty > 0


def test_every_bug_has_a_case_and_decoys_among_the_others():
    assert sorted(CASES) == sorted(BUGS)
    assert len({bug.name for bug in BUGS.values()}) == len(BUGS)
    for name, bug in BUGS.items():
        assert len({*bug.decoys, name}) == 4
        assert {*bug.decoys} <= {*BUGS}


@pytest.mark.parametrize("name", BUGS)
def test_the_recording_is_what_the_command_makes(name):
    patient, healthy = shipped.case(name)
    for config, recording in (
        (BuggyConfig(BUGS[name].config(), name), patient),
        (BuggyConfig(patient.config), healthy),
    ):
        assert recording.config == config.config
        short = run(config, steps=10)
        np.testing.assert_allclose(short.records, recording.records[:10], rtol=0.02, atol=0.01, equal_nan=True)
        np.testing.assert_allclose(short.evaluations[:2, 1], recording.evaluations[:2, 1], rtol=0.02)


@pytest.mark.parametrize("name", BUGS)
def test_the_curves_tell_as_much_as_is_said(name):
    patient, healthy = shipped.case(name)
    assert telling(healthy, patient) != BUGS[name].hides


SHOWS = {
    "generator_sign": lambda healthy, patient, run: run.steps < 100 and patient.emd > 20 * healthy.emd,
    "wrong_axis": lambda healthy, patient, run: abs(patient.norm / 2**0.5 - 1) < 0.05 and abs(healthy.norm - 1) < 0.05,
    "no_graph": lambda healthy, patient, run: patient.norm > 1000 and abs(patient.gap) > 100,
    "penalty_sign": lambda healthy, patient, run: patient.norm < 1e-3 and abs(patient.gap) < 1e-3,
    "batch_norm": lambda healthy, patient, run: patient.gap > 100 and patient.norm > 100 and patient.emd > 10,
    "real_points": lambda healthy, patient, run: patient.norm > healthy.norm and patient.spread > 1.5 * healthy.spread,
    "sigmoid": lambda healthy, patient, run: (
        run.course("score_gap")[1].max() < 1 and patient.norm < 1 and patient.spread > 1.8 * healthy.spread
    ),
    "root": lambda healthy, patient, run: run.steps < 20 and np.isnan(run.records[-1]).any(),
}


@pytest.mark.parametrize("name", [name for name, bug in BUGS.items() if not bug.hides])
def test_what_gives_a_bug_away_is_in_its_recording(name):
    patient, healthy = shipped.case(name)
    assert SHOWS[name](signs(healthy), signs(patient), patient)


def test_norms_are_measured_apart_from_the_trainer():
    patient, _ = shipped.case("wrong_axis")
    steps, mean, _ = norms(patient)
    logged = dict(zip(*patient.course("gradient_norm_mean"), strict=True))
    assert mean[-1] > 1.3 * logged[steps[-1]]  # the log says that all is well


def test_a_host_trains_it_as_a_kind_of_its_own():
    kind = KINDS[BuggyConfig]
    made = kind.make(BuggyConfig(BUGS["real_points"].config(0), "real_points"))
    measures, frame = kind.evaluate(made)
    assert frame.finite
    assert kind.blown(made, made.step()) is None
    assert kind.begin(made).distance[0].tolist() == []
    assert set(measures) == {"emd", "sample_gap", "modes", "high_quality"}
