"""Studies: their grids, what is kept of a run, and that an interrupted one goes on where it stood."""

import errno
import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.test_pool import wait_until, worker_of
from wgan_demo.engine import Pool
from wgan_demo.engine.host import Host
from wgan_demo.engine.jobs import JobView, RefusedError, Speed
from wgan_demo.experiments import STUDIES, __main__, runner
from wgan_demo.experiments.result import Result, finished, place, plain
from wgan_demo.experiments.runner import TRIES, Runner
from wgan_demo.experiments.study import Study, grid
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs.record import record

SMALL = TrainConfig(hidden=(8, 8), batch_size=8, n_critic=1)


def measure(recording) -> dict[str, float]:
    return {"gap": recording.value("score_gap")}


STUDY = Study("Does a test train?", grid(SMALL, seed=[0, 1, 2]), 50, measure, lambda r: {"fake": r.frames[-1]["fake"]})


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class InlinePool:
    """A host in this process, which trains a little whenever it is looked at; its worker can be killed."""

    hosts, speed = 1, None

    def __init__(self):
        torch.set_num_threads(1)
        self.host, self.created, self.ended = Host(), [], {}

    def create(self, spec, *, owner, patient=False) -> str:
        job_id = f"job{len(self.created)}"
        self.created.append(spec.config)
        try:
            self.host.create(job_id, spec, owner, patient)
        except RefusedError as error:
            self.ended[job_id] = JobView("refused", str(error))
        return job_id

    def start(self, job_id, target) -> None:
        self.host.start(job_id, target)

    def view(self, job_id) -> JobView:
        if job_id in self.ended:
            return self.ended[job_id]
        self.host.tick()
        return self.host.poll({job_id: (0, 0, 0)})[job_id]

    def recording(self, job_id):
        return self.host.recording(job_id)

    def drop(self, job_id) -> None:
        self.host.drop(job_id)

    def kill(self) -> None:
        """As when the worker process dies: its jobs are lost, the next one has a new worker."""
        self.ended |= {job_id: JobView("lost", "The training worker has stopped.") for job_id in self.host._jobs}
        self.host = Host()


def to_end(study: Runner):
    while (progress := study.look()).state == "running":
        pass
    return progress


def test_a_grid_names_every_combination_and_takes_several_settings_as_one_axis():
    methods = {"gan": {"loss": "saturating", "lr": 1e-4}, "clipping": {"regularizer": "clipping"}}
    runs = grid(SMALL, method=methods, clip=[0.1, 0.01], hidden=[(8,), (16, 16)], seed=range(3))
    assert len(runs) == 2 * 2 * 2 * 3
    assert runs["method=gan,clip=0.1,hidden=16-16,seed=2"] == replace(
        SMALL, loss="saturating", lr=1e-4, clip=0.1, hidden=(16, 16), seed=2
    )
    assert Counter(config.seed for config in runs.values()) == {0: 8, 1: 8, 2: 8}
    with pytest.raises(ValueError, match="clip must lie between"):
        grid(SMALL, clip=[-1.0])


@pytest.mark.parametrize("change", [{"runs": {"../x": SMALL}}, {"steps": 0}, {"steps": 10**6}])
def test_a_study_that_makes_no_sense_is_refused_in_a_sentence(change):
    with pytest.raises(ValueError, match=r"\."):
        replace(STUDY, **change)


def test_each_run_of_a_study_equals_a_plain_loop_over_steps_and_is_written_whole(tmp_path):
    assert to_end(Runner(STUDY, tmp_path, InlinePool())).state == "finished"
    results = finished(STUDY, tmp_path)
    assert list(results) == list(STUDY.runs)
    for run, config in STUDY.runs.items():
        alone = record(trainer_for(config), STUDY.steps)
        result = results[run]
        assert result.config == plain(config)
        assert result.config["seed"] == config.seed
        assert result.numbers["gap"] == pytest.approx(alone.value("score_gap"), rel=1e-4)
        np.testing.assert_allclose(result.arrays["fake"], alone.frames[-1]["fake"], rtol=1e-3, atol=1e-4)
        assert result.seconds > 0
        assert result.version
        assert result.message == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{run}.npz" for run in STUDY.runs)


def test_an_interrupted_study_goes_on_where_it_stood(tmp_path):
    first = InlinePool()
    study = Runner(STUDY, tmp_path, first)
    while study.look().done < 1:
        pass
    progress = study.cancel()
    assert progress.state == "cancelled"
    assert "of 3 runs are finished and kept" in progress.message
    assert not first.host._jobs  # nothing trains on
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    second = InlinePool()
    study = Runner(STUDY, tmp_path, second)
    assert study.look().done == progress.done == len(before)
    assert to_end(study).state == "finished"
    assert len(second.created) == 3 - progress.done
    assert before.items() <= {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}.items()


def test_other_settings_or_steps_are_not_taken_for_finished(tmp_path):
    to_end(Runner(STUDY, tmp_path, InlinePool(), only=["seed=0"]))
    assert list(finished(STUDY, tmp_path)) == ["seed=0"]
    assert finished(STUDY, tmp_path, steps=5) == {}
    assert finished(replace(STUDY, runs=grid(replace(SMALL, lr=1e-3), seed=[0, 1, 2])), tmp_path) == {}
    result = Result.load(place(tmp_path, "seed=0"))  # a file that is older than a setting: then its default holds
    kept = result.config
    for missing, found in (("n_critic", []), ("seed", ["seed=0"])):  # 1 is not the default, 0 is
        replace(result, config={k: v for k, v in kept.items() if k != missing}).save(place(tmp_path, "seed=0"))
        assert list(finished(STUDY, tmp_path)) == found
    place(tmp_path, "seed=1").write_bytes(b"no archive")
    assert list(finished(STUDY, tmp_path)) == ["seed=0"]
    with pytest.raises(ValueError, match=r"seed=1\.npz is not a result"):
        Result.load(place(tmp_path, "seed=1"))
    with pytest.raises(ValueError, match="no run 'seed=7'"):
        Runner(STUDY, tmp_path, InlinePool(), only=["seed=7"])


def test_a_full_disk_is_said_loses_nothing_and_ends_by_itself(tmp_path, monkeypatch):
    full, replaced = [True], Path.replace

    def no_space(path, target):
        if full[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", no_space)
    pool = InlinePool()
    study = Runner(STUDY, tmp_path, pool)
    while not (progress := study.look()).message:
        pass
    assert "cannot be written: No space left on device" in progress.message
    assert progress.state == "running"
    for _ in range(200):
        progress = study.look()
    assert progress.done == 0
    assert len(pool.created) <= runner.BESIDE
    assert list(tmp_path.iterdir()) == []  # no half of a file either
    full[0] = False
    assert to_end(study).state == "finished"
    assert len(pool.created) == 3
    assert len(finished(STUDY, tmp_path)) == 3


def test_a_run_whose_worker_is_killed_begins_anew_and_in_the_end_says_so(tmp_path):
    pool = InlinePool()
    study = Runner(STUDY, tmp_path, pool)
    while study.look().done < 1:
        pass
    pool.kill()
    progress = study.look()
    assert progress.state == "running"
    assert "The training worker has stopped. Run" in progress.message
    assert to_end(study).state == "finished"
    assert len(finished(STUDY, tmp_path)) == 3

    study = Runner(replace(STUDY, steps=49), tmp_path / "other", pool)
    for _ in range(TRIES):
        study.look()
        pool.kill()
    progress = study.look()
    assert progress.state == "failed"
    assert f"It happened {TRIES} times" in progress.message


def test_a_real_worker_is_killed_and_the_study_goes_on(tmp_path):
    pool = Pool()
    try:
        study = Runner(STUDY, tmp_path, pool)
        wait_until(lambda: study.look().done >= 1)
        worker_of(pool).kill()
        wait_until(lambda: study.look().state != "running")
        assert study.state == "finished"
        assert list(finished(STUDY, tmp_path)) == list(STUDY.runs)
    finally:
        pool.close()


@pytest.mark.parametrize(("hosts", "runs"), [(1, 2), (2, 3)])
def test_every_worker_gets_two_runs_at_once(tmp_path, hosts, runs):
    pool = InlinePool()
    pool.hosts = hosts
    assert len(Runner(STUDY, tmp_path, pool).look().running) == len(pool.created) == runs


def test_a_house_that_is_full_is_waited_for(tmp_path):
    pool = InlinePool()
    pool.host = Host(max_jobs=1)
    pool.host.create("another's", STUDY_SPEC)
    study = Runner(STUDY, tmp_path, pool)
    study.look()
    assert "places are taken" in study.look().message
    pool.host.drop("another's")
    assert to_end(study).state == "finished"


STUDY_SPEC = runner.RunSpec(SMALL)


def test_a_run_that_blows_up_is_a_result_with_its_sentence(tmp_path):
    bad = replace(SMALL, hidden=(64,) * 16, batch_size=16, n_critic=2, gp_weight=0, lr=1, lr_decay_steps=0)
    study = replace(STUDY, runs={"bad": bad})
    assert to_end(Runner(study, tmp_path, InlinePool())).state == "finished"
    assert "blew up at iteration" in finished(study, tmp_path)["bad"].message


def test_the_estimate_is_what_the_rehearsal_foretells_and_then_what_was_measured(tmp_path):
    clock, pool = Clock(), InlinePool()
    pool.speed = Speed(by_hand=0.01, autograd=0.02, flop=1e30, evaluation=0.0)
    study = Runner(STUDY, tmp_path, pool, clock=clock)
    assert study.look().seconds == pytest.approx(3 * STUDY.steps * 0.01)
    clock.now = 60.0
    while (progress := study.look()).done < 1:
        pass
    assert progress.seconds == pytest.approx(60 * (1 - progress.share) / progress.share)
    assert to_end(study)[3:5] == (1.0, 0.0)


def test_the_command_shortens_chooses_and_refuses_in_sentences(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(STUDIES, "test", STUDY)
    monkeypatch.setattr(__main__, "LOOK", 0.0)

    class Pool(InlinePool):
        def __init__(self, scheduler, every):
            super().__init__()
            assert (scheduler, every) == ("", STUDY.every)

        def start(self, job_id=None, target=0):
            if job_id:
                super().start(job_id, target)

        def close(self):
            pass

    monkeypatch.setattr(__main__, "Pool", Pool)
    to = ["--to", str(tmp_path)]
    assert __main__.main(["test", "--steps", "10", "--only", "seed=[01]", *to]) == 0
    assert list(finished(STUDY, tmp_path / "test", 10)) == ["seed=0", "seed=1"]
    assert "2 of 2 runs finished" in capsys.readouterr().out
    assert __main__.main(["test", *to]) == 0
    assert __main__.main(to) == 0
    assert "test: 3 of 3 runs finished. Does a test train?" in capsys.readouterr().out
    for wrong in (["nothing"], ["test", "--steps", "0"], ["test", "--steps", "51"], ["test", "--only", "seed=9"]):
        with pytest.raises(SystemExit):
            __main__.main(wrong)
    assert "no run of test is named so" in capsys.readouterr().err


@pytest.mark.parametrize("name", STUDIES)
def test_what_ships_is_finished_and_as_its_study_describes_it(name):
    from wgan_demo.experiments.result import SHIPPED

    study, results = STUDIES[name], finished(STUDIES[name], SHIPPED / name)
    assert list(results) == list(study.runs)
    for result in results.values():
        assert result.seconds > 0
        assert "seed" in result.config
        assert json.dumps(result.numbers)
