"""The pool against a real worker process, against a small Dask cluster, and against what can go wrong with either."""

import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from wgan_demo.datasets.table import TableData
from wgan_demo.engine import Pool, links
from wgan_demo.engine import pool as pool_module
from wgan_demo.engine.host import Host
from wgan_demo.engine.jobs import LEASE
from wgan_demo.engine.links import DaskWorkers, HostActor, LinkError, LocalWorker
from wgan_demo.engine.pool import GRACE, REST
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.critic_alone.config import CriticConfig
from wgan_demo.gan.fast import trainer_for

ROOT = Path(__file__).parents[1]
SMALL = TrainConfig(hidden=(16, 16), batch_size=16)
WORKER = "wgan_demo.engine.worker"


class Clock:
    """Stands still until a test lets time pass."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def wait_until(condition, seconds: float = 60):
    """The first true value of the condition."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.02)
    return value


def settled(pool: Pool, job_id: str):
    """The view of a job once nothing more comes without a command."""
    wait_until(lambda: not pool.view(job_id).busy)
    return pool.view(job_id)


def workers_of(pid: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(pid).children() if WORKER in child.cmdline()]


def worker_of(pool: Pool) -> psutil.Process:
    """The pool's own worker: pages that were tested in this process have theirs."""
    (link,) = pool._links
    return psutil.Process(link.pid)


@pytest.fixture(scope="module")
def clock():
    return Clock()


@pytest.fixture(scope="module")
def pool(clock):
    pool = Pool(clock=clock)
    pool.start()
    yield pool
    worker = worker_of(pool)
    pool.close()
    assert not pool.ready
    assert not worker.is_running()


def test_a_job_can_be_created_before_the_worker_is_up(pool):
    begun = time.monotonic()
    job = pool.create(RunSpec(SMALL), owner="test")
    pool.start(job, 30)
    assert time.monotonic() - begun < 0.5
    assert pool.view(job).state == "starting"
    seen = settled(pool, job)
    assert pool.ready
    assert pool.speed.seconds(SMALL) > 0
    assert (seen.state, seen.recording.steps) == ("finished", 30)
    assert [frame.step for frame in pool.recording(job).frames] == [0, 25, 30]
    pool.drop(job)
    assert pool.view(job).state == "lost"


def test_jobs_are_independent_and_equal_plain_loops(pool):
    configs = [SMALL, replace(SMALL, dataset="moons", seed=1)]
    jobs = [pool.create(RunSpec(config), owner="test") for config in configs]
    for job in jobs:
        pool.start(job, 60)
    for job, config in zip(jobs, configs, strict=True):
        recording = settled(pool, job).recording
        np.testing.assert_array_equal(recording.records, np.array(list(trainer_for(config).run(60))))
        assert recording.evaluations[:, 0].tolist() == [0, 25, 50, 60]
        assert recording.frames[-1].step == 60
        pool.drop(job)


def test_pause_and_step_show_at_once_and_bring_a_fresh_frame(pool):
    job = pool.create(RunSpec(SMALL), owner="test")
    settled(pool, job)
    pool.start(job, 20_000)
    assert pool.view(job).state == "running"
    assert pool.running_count == 1
    wait_until(lambda: pool.view(job).recording.steps > 5)
    pool.pause(job)
    assert pool.view(job).state == "paused"
    paused = settled(pool, job)
    steps = paused.recording.steps
    assert paused.recording.frames[-1].step == steps
    assert pool.running_count == 0
    pool.step(job)
    stepped = settled(pool, job)
    assert (stepped.state, stepped.recording.steps) == ("paused", steps + 1)
    assert [frame.step for frame in stepped.recording.frames] == [steps, steps + 1]
    assert paused.recording.steps == steps  # a view is a snapshot
    pool.drop(job)


def test_a_slow_run_shows_every_step(pool):
    job = pool.create(RunSpec(SMALL), owner="test")
    pool.start(job, 4, pace=2)
    assert settled(pool, job).recording.evaluations[:, 0].tolist() == [0, 1, 2, 3, 4]
    pool.drop(job)


def test_a_closed_tab_stops_its_job_unless_it_comes_back(pool, clock):
    kept, left = pool.create(RunSpec(SMALL), owner="test"), pool.create(RunSpec(SMALL), owner="test")
    for job in (kept, left):
        pool.start(job, 20_000)
        pool.orphan(job)
    wait_until(lambda: pool.view(kept).recording and pool.view(left).recording)
    clock.now += GRACE - 1
    for _ in range(2):  # the keeper looks at the clock before each poll
        polled = pool.view(left).recording.steps
        wait_until(lambda: pool.view(left).recording.steps > polled)  # noqa: B023
    assert pool.view(left).state == "running"
    assert pool.adopt(kept)
    clock.now += 2
    wait_until(lambda: pool.view(left).state == "lost")
    assert not pool.adopt("never heard of")
    assert pool.recording(left) is None
    assert pool.view(kept).state == "running"
    for job in (kept, left):
        pool.drop(job)
    assert not pool.adopt(left)


def test_settings_that_make_no_sense_fail_with_a_sentence(pool):
    job = pool.create(
        RunSpec(replace(SMALL, columns=2), TableData(np.ones((9, 2)), ("left", "right"), "mine")), owner="test"
    )
    seen = settled(pool, job)
    assert (seen.state, seen.busy) == ("failed", False)
    assert "is constant" in seen.message
    pool.start(job, 10)  # does nothing
    pool.drop(job)


def kept(pool: Pool, job_id: str, steps: int = 1) -> bool:
    """Its newest backup was made after so many iterations, or later."""
    mirror = pool._mirrors[job_id]
    return mirror.kept is not None and mirror.kept.backup.records >= steps


def assert_as_if_nothing_had_happened(pool: Pool, job_id: str, spec: RunSpec, steps: int) -> None:
    """Numbers, evaluations and frames of a run are those of a host that trained it alone."""
    host = Host()
    host.create("plain", spec)
    host.start("plain", steps)
    while not host.tick():
        pass
    found, plain = pool.recording(job_id), host.recording("plain")
    np.testing.assert_array_equal(found.records, plain.records)
    timed = "seconds" in plain.columns  # of the machine
    looked = np.isin(found.evaluations[:, 0], plain.evaluations[:, 0])  # where it was paused there is one more
    ours, theirs = ((e[:, :-1] if timed else e) for e in (found.evaluations[looked], plain.evaluations))
    np.testing.assert_array_equal(ours, theirs)
    frames = {frame.step: frame for frame in found.frames}
    assert {frame.step for frame in plain.frames} <= set(frames)
    for frame in plain.frames:
        for name, array in frame.arrays.items():
            np.testing.assert_array_equal(frames[frame.step][name], array)


def test_a_killed_worker_is_replaced_and_every_run_goes_on_as_if_nothing_had_happened(pool):
    critic = CriticConfig(((0.0, 1.0), (0.5, 0.5)), ((2.0, 3.0), (0.5, 0.5)), hidden=(8,), steps=600)
    specs = {
        "runs": RunSpec(SMALL),
        "stands": RunSpec(SMALL, changes=((40, "lr", 1e-3),)),
        "other kind": RunSpec(critic),
    }
    jobs = {name: pool.create(spec, owner=name) for name, spec in specs.items()}
    pool.start(jobs["stands"], 60)
    settled(pool, jobs["stands"])
    pool.start(jobs["runs"], 1500)
    pool.start(jobs["other kind"], 600)
    wait_until(lambda: all(kept(pool, job) for job in jobs.values()))
    pool.change(jobs["runs"], "n_critic", 3)
    wait_until(lambda: pool.view(jobs["runs"]).recording.changes)
    worker, replaced = worker_of(pool), pool.replaced
    worker.kill()
    wait_until(lambda: pool.replaced > replaced)
    assert re.fullmatch(
        r"The worker was replaced; \d+\.\d s of training were repeated\.", pool.view(jobs["runs"]).message
    )
    specs["runs"] = replace(specs["runs"], changes=settled(pool, jobs["runs"]).recording.changes)
    for (name, job), steps in zip(jobs.items(), (1500, 60, 600), strict=True):
        assert (settled(pool, job).state, pool.view(job).recording.steps) == ("finished", steps)
        assert_as_if_nothing_had_happened(pool, job, specs[name], steps)
        pool.drop(job)
    assert len(specs["runs"].changes) == 1
    assert not worker.is_running()


def test_a_paused_run_stands_where_it_stood_after_its_worker_was_killed(pool):
    job = pool.create(RunSpec(SMALL), owner="test")
    pool.start(job, 20_000)
    wait_until(lambda: kept(pool, job, 20))
    pool.pause(job)
    steps = settled(pool, job).recording.steps
    replaced = pool.replaced
    worker_of(pool).kill()
    pool.step(job)  # nobody is there to hear it
    wait_until(lambda: pool.replaced > replaced)
    assert (settled(pool, job).state, pool.view(job).recording.steps) == ("paused", steps + 1)
    assert "The worker was replaced" in pool.view(job).message
    pool.start(job, steps + 30)
    assert pool.view(job).message == ""
    settled(pool, job)
    assert_as_if_nothing_had_happened(pool, job, RunSpec(SMALL), steps + 30)
    pool.drop(job)


def test_a_worker_that_hangs_is_killed_and_replaced_like_one_that_has_died(pool, monkeypatch, caplog):
    job = pool.create(RunSpec(SMALL), owner="test")
    pool.start(job, 400, pace=100)
    wait_until(lambda: kept(pool, job, 20))
    worker, replaced = worker_of(pool), pool.replaced
    monkeypatch.setattr(links, "TIMEOUT", 1)
    worker.suspend()  # SIGSTOP: it is there, and does nothing any more
    wait_until(lambda: pool.replaced > replaced)
    monkeypatch.undo()
    assert "The training worker has not answered for 1 s." in caplog.text
    assert not worker.is_running()
    assert (settled(pool, job).state, pool.view(job).recording.steps) == ("finished", 400)
    assert "The worker was replaced" in pool.view(job).message
    assert_as_if_nothing_had_happened(pool, job, RunSpec(SMALL), 400)
    pool.drop(job)


def test_a_worker_that_never_comes_up_is_given_up(monkeypatch, tmp_path):
    (tmp_path / "python").write_text("#!/bin/sh\nexec sleep 100\n")
    (tmp_path / "python").chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(links, "START", 0.2)
    with pytest.raises(LinkError, match="did not start"):
        LocalWorker({})


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=lambda how: how.name)
def test_the_worker_ends_with_the_app_however_it_ends(how):
    app = """
import signal, sys, time
from wgan_demo.engine import Pool, RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.critic_alone.config import CriticConfig
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores Ctrl+C
pool = Pool()
pool.start(pool.create(RunSpec(TrainConfig()), owner="test"), 20_000)
while not pool.ready:
    time.sleep(0.02)
print("torch" in sys.modules, flush=True)
time.sleep(100)
"""
    process = subprocess.Popen([sys.executable, "-c", app], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout.readline() == b"False\n"  # the app's own process stays light
    (worker,) = workers_of(process.pid)
    process.send_signal(how)
    process.wait(5)
    process.stdout.close()
    worker.wait(5)


class InlineWorkers:
    """Stands in for LocalWorkers: the host lives in this process, and nothing reaches it while its `door` is held."""

    fails = dies = False

    def __init__(self, options):
        self.options = options
        self.door = threading.Lock()

    def connect(self, links):
        if self.fails:
            raise LinkError("The cluster does not answer.")
        if not links:
            self.host = HostActor(self.options)
        return [] if links else [self]

    def call(self, *request):
        with self.door:
            if self.dies and request[0] == "poll":
                type(self).dies -= 1
                raise LinkError("The training worker has stopped.")
            fine, value = self.host.call(*request)
        if fine:
            return value
        raise value

    def close(self):
        pass


@pytest.fixture
def inline(monkeypatch):
    pools = []

    def make(**options):
        """A pool and its host by one clock, where one is given."""
        clock = {"clock": options["clock"]} if "clock" in options else {}
        monkeypatch.setattr(pool_module, "LocalWorkers", lambda options: InlineWorkers(options | clock))
        pools.append(Pool(**options))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


def test_a_full_house_refuses_and_a_queue_has_ranks(inline):
    pool = inline(max_jobs=3, max_running=1)
    jobs = [pool.create(RunSpec(SMALL), owner="test") for _ in range(4)]
    wait_until(lambda: all(not pool.view(job).busy for job in jobs))
    assert [pool.view(job).state for job in jobs] == ["paused"] * 3 + ["refused"]
    assert "places are taken" in pool.view(jobs[3]).message
    for job in jobs:
        pool.start(job, 20_000)
    wait_until(lambda: [pool.view(job).rank for job in jobs] == [0, 1, 2, 0])
    assert [pool.view(job).state for job in jobs] == ["running", "queued", "queued", "refused"]
    assert pool.running_count == 1


def test_an_open_tab_keeps_its_lease_while_nothing_moves(inline, monkeypatch):
    monkeypatch.setattr(pool_module, "SLOW", 0.02)
    pool = inline(clock=(clock := Clock()))
    job = pool.create(RunSpec(SMALL), owner="test")
    settled(pool, job)
    (workers,), jobs = pool._links, pool._links[0].host._host._jobs
    for _ in range(3):
        clock.now += LEASE - 1
        wait_until(lambda: jobs[job].deadline == clock.now + LEASE)
    assert pool.view(job).state == "paused"
    with workers.door:  # an app that has hung
        clock.now += LEASE + 1
        wait_until(lambda: job not in jobs)
    wait_until(lambda: pool.view(job).state == "lost")
    assert "nobody was watching" in pool.view(job).message


def test_a_run_under_which_one_worker_after_the_other_dies_ends(inline, monkeypatch):
    monkeypatch.setattr(pool_module, "SLOW", 0.1)
    pool = inline()
    job = pool.create(RunSpec(SMALL), owner="test")
    settled(pool, job)
    wait_until(lambda: kept(pool, job, 0))
    monkeypatch.setattr(InlineWorkers, "dies", pool_module.TRIES)
    pool.start(job, 20_000)
    wait_until(lambda: pool.view(job).state == "lost")
    assert pool.view(job).message == "The training worker has stopped. It happened 3 times."
    assert pool.view(job).recording.steps == 0  # what was seen stays to be seen
    assert settled(pool, pool.create(RunSpec(SMALL), owner="test")).state == "paused"


def test_a_run_for_whose_backup_there_is_no_room_is_repeated_from_its_beginning(inline, monkeypatch):
    monkeypatch.setattr(pool_module, "SLOW", 0.1)
    pool = inline(kept=0)
    job = pool.create(RunSpec(SMALL), owner="test")
    pool.start(job, 100)
    settled(pool, job)
    wait_until(lambda: not pool._mirrors[job].keeps)
    assert pool.kept_bytes == 0
    monkeypatch.setattr(InlineWorkers, "dies", 1)
    wait_until(lambda: pool.replaced)
    assert pool.view(job).message == "The worker was replaced; the run is repeated from its beginning."
    assert (settled(pool, job).state, pool.view(job).recording.steps) == ("finished", 100)
    assert_as_if_nothing_had_happened(pool, job, RunSpec(SMALL), 100)


def test_runs_that_were_saved_go_on_at_the_next_start_and_wait_for_their_tabs(inline, tmp_path):
    pool, owner = inline(), {"owner": "test"}
    runs, stands, study = (pool.create(RunSpec(SMALL), patient=patient, **owner) for patient in (False, False, True))
    pool.start(stands, 30)
    settled(pool, stands)
    pool.start(runs, 400)
    wait_until(lambda: pool.view(runs).recording.steps > 20)
    assert sorted(pool.save(tmp_path)) == sorted([runs, stands])
    steps = pool.view(runs).recording.steps
    again = inline(clock=(clock := Clock()))
    again.load(tmp_path, 30)
    assert list(tmp_path.iterdir()) == []
    again.start()
    assert 20 < again.view(runs).recording.steps <= steps
    assert again.view(study).state == "lost"
    assert again.adopt(runs, only_orphan=True)
    for job, target in ((runs, 400), (stands, 30)):
        assert (settled(again, job).state, again.view(job).recording.steps) == ("finished", target)
        assert "The server was restarted" in again.view(job).message
        assert_as_if_nothing_had_happened(again, job, RunSpec(SMALL), target)
    clock.now += 31
    again.start()  # it looks at the clock
    wait_until(lambda: again.view(stands).state == "lost")  # nobody came
    assert again.view(runs).state == "finished"


@pytest.mark.parametrize("reaches", [60, 400])
def test_a_run_whose_tab_was_away_for_long_rests_and_goes_on_as_if_nothing_had_happened(inline, monkeypatch, reaches):
    """One that had come to its end, and one in the middle of its way."""
    monkeypatch.setattr(pool_module, "SLOW", 0.05)
    pool = inline(clock=(clock := Clock()))
    job = pool.create(RunSpec(SMALL), owner="test")
    pool.start(job, reaches)
    wait_until(lambda: pool.view(job).recording and pool.view(job).recording.steps >= 60 and pool._mirrors[job].kept)
    pool.orphan(job)
    clock.now += GRACE + 1
    wait_until(lambda: pool.view(job).state == "lost")
    assert pool.status() == {"resting": 1}
    assert pool.kept_bytes > 0
    assert pool.recording(job) is None  # no host has it
    clock.now += REST - 2
    assert pool.adopt(job, only_orphan=True)
    assert not pool.adopt(job, only_orphan=True)  # one tab has it back
    assert pool.view(job).recording is not None
    assert (settled(pool, job).state, pool.view(job).recording.steps) == ("finished", reaches)
    assert pool.view(job).message == "This tab was away for a while; its run goes on where it stood."
    assert_as_if_nothing_had_happened(pool, job, RunSpec(SMALL), reaches)


def test_a_run_rests_for_an_hour_at_most_and_only_where_there_is_room_for_it(inline, monkeypatch):
    monkeypatch.setattr(pool_module, "SLOW", 0.05)
    pool = inline(clock=(clock := Clock()))
    jobs = [pool.create(RunSpec(SMALL), owner="test") for _ in range(3)]
    for job in jobs:
        pool.start(job, 30)
        settled(pool, job)
        wait_until(lambda: pool._mirrors[job].kept)  # noqa: B023
        pool.orphan(job)
        clock.now += 1
    clock.now += GRACE
    wait_until(lambda: pool.status() == {"resting": 3})
    pool._room = pool.kept_bytes - 1  # for two of them, where something else is kept
    other = pool.create(RunSpec(SMALL), owner="test")
    pool.start(other, 30)
    wait_until(lambda: pool.status().get("resting", 0) < 3)
    assert not pool.adopt(jobs[0])  # the longest away
    assert pool.adopt(jobs[2])
    pool.orphan(jobs[2])
    clock.now += GRACE + REST + 1
    pool.start()  # it looks at the clock
    wait_until(lambda: pool.view(jobs[2]).state == "lost" and "resting" not in pool.status())
    assert not any(map(pool.adopt, jobs))


@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_that_is_set_by_a_day_ends_no_run_and_changes_no_number(inline, monkeypatch, days):
    monkeypatch.setattr(pool_module, "SLOW", 0.05)
    pool = inline()
    runs, stands = (pool.create(RunSpec(SMALL), owner="test") for _ in range(2))
    settled(pool, stands)
    pool.start(runs, 60, pace=100)
    wait_until(lambda: pool.view(runs).recording and pool.view(runs).recording.steps > 5)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + days * 86_400)
    assert (settled(pool, runs).state, pool.view(runs).recording.steps) == ("finished", 60)
    assert pool.view(stands).state == "paused"
    assert not pool.replaced
    assert_as_if_nothing_had_happened(pool, runs, RunSpec(SMALL), 60)


def test_a_disk_that_is_full_is_one_sentence_and_leaves_nothing_half_written(inline, tmp_path, caplog):
    pool = inline()
    job = pool.create(RunSpec(SMALL), owner="test")
    settled(pool, job)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        assert pool.save(tmp_path / "new") == []
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [record.getMessage() for record in caplog.records] == [
        "0 of 1 runs were saved, the others end here: File too large"
    ]
    assert list((tmp_path / "new").iterdir()) == []


def test_a_file_that_is_no_run_or_too_old_is_left_out(inline, tmp_path):
    pool = inline()
    job = pool.create(RunSpec(SMALL), owner="test")
    settled(pool, job)
    pool.save(tmp_path)
    old = time.time() - pool_module.STALE - 1
    os.utime(tmp_path / f"{job}.run", (old, old))
    (tmp_path / "broken.run").write_bytes(b"no pickle")
    again = inline()
    again.load(tmp_path, 30)
    assert list(tmp_path.iterdir()) == []
    assert again.status() == {}


def test_a_cluster_that_does_not_answer_says_so(inline, monkeypatch):
    monkeypatch.setattr(InlineWorkers, "fails", True)
    pool = inline()
    job = pool.create(RunSpec(SMALL), owner="test")
    assert settled(pool, job).state == "lost"
    assert pool.view(job).message == "The cluster does not answer."
    monkeypatch.setattr(InlineWorkers, "fails", False)
    assert settled(pool, pool.create(RunSpec(SMALL), owner="test")).state == "paused"


def test_runs_wait_for_a_cluster_that_is_gone_and_go_on_when_it_is_back_or_end_with_a_sentence(inline, monkeypatch):
    monkeypatch.setattr(pool_module, "SLOW", 0.05)
    pool = inline()
    jobs = [pool.create(RunSpec(SMALL), owner=name) for name in "ab"]
    for job in jobs:
        pool.start(job, 200, pace=100)
    wait_until(lambda: all(kept(pool, job, 20) for job in jobs))
    monkeypatch.setattr(InlineWorkers, "fails", True)
    monkeypatch.setattr(InlineWorkers, "dies", 1)
    wait_until(lambda: "waits" in pool.view(jobs[0]).message)
    assert pool.view(jobs[0]).message == "The cluster does not answer. This run waits for it."
    assert (pool.view(jobs[0]).state, pool.view(jobs[0]).busy) == ("starting", True)
    assert pool.view(jobs[0]).recording.steps >= 20  # what was seen stays to be seen
    monkeypatch.setattr(InlineWorkers, "fails", False)
    for job in jobs:
        assert (settled(pool, job).state, pool.view(job).recording.steps) == ("finished", 200)
        assert "The worker was replaced" in pool.view(job).message
        assert_as_if_nothing_had_happened(pool, job, RunSpec(SMALL), 200)
    monkeypatch.setattr(pool_module, "LEASE", 0.5)
    monkeypatch.setattr(InlineWorkers, "fails", True)
    monkeypatch.setattr(InlineWorkers, "dies", 1)
    wait_until(lambda: all(pool.view(job).state == "lost" for job in jobs))
    assert pool.view(jobs[0]).message == "The cluster does not answer."


def test_an_address_that_dask_cannot_read_is_a_cluster_that_does_not_answer():
    with pytest.raises(LinkError, match="does not answer"):
        DaskWorkers("tls://127.0.0.1:1", {}).connect([])


CLUSTER = """
import asyncio, sys
from distributed import Scheduler, Worker

async def main(role, folder):
    options = {"host": "127.0.0.1", "dashboard_address": ":0", "local_directory": folder}
    if role.startswith("scheduler"):
        server = Scheduler(port=int(role.partition(":")[2] or 0), **options)
    else:
        server = Worker(role, nthreads=1, **options)
    async with server:
        print(server.address, flush=True)
        await server.finished()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def cluster(tmp_path):
    """Starts parts of a cluster: cluster("scheduler"), or "scheduler:<port>", or cluster(*[<its address>] * 2) for two
    workers; by address.
    """
    processes = []

    def start(*roles: str) -> dict[str, subprocess.Popen]:
        for role in roles:
            command = [sys.executable, "-c", CLUSTER, role, str(tmp_path)]
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            processes.append(process)
        return {process.stdout.readline().decode().strip(): process for process in processes[-len(roles) :]}

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_dask_cluster_shares_the_jobs_and_the_other_worker_goes_on_with_those_of_one_that_is_killed(cluster):
    (scheduler,) = cluster("scheduler")
    workers = cluster(scheduler, scheduler)
    pool = Pool(scheduler)
    try:
        jobs = [pool.create(RunSpec(SMALL), owner="test") for _ in range(4)]
        for job in jobs:
            pool.start(job, 20_000)
        wait_until(lambda: all(kept(pool, job) for job in jobs))
        homes = [pool._mirrors[job].link.address for job in jobs]
        assert sorted(homes) == sorted([*workers] * 2)
        workers[homes[0]].kill()
        gone = [job for job, home in zip(jobs, homes, strict=True) if home == homes[0]]
        wait_until(lambda: pool.replaced)
        wait_until(lambda: all(pool.view(job).state == "running" for job in jobs))
        assert all("The worker was replaced" in pool.view(job).message for job in gone)
        assert not any(pool.view(job).message for job in set(jobs) - set(gone))
        steps = pool.view(gone[0]).recording.steps + 30
        pool.start(gone[0], steps)
        settled(pool, gone[0])
        assert_as_if_nothing_had_happened(pool, gone[0], RunSpec(SMALL), steps)
    finally:
        pool.close()


def test_a_scheduler_that_is_killed_is_told_and_runs_go_on_when_it_is_back(cluster, monkeypatch):
    monkeypatch.setattr(pool_module, "LEASE", 300)  # a busy machine takes its time to bring a cluster up
    (scheduler,) = (processes := cluster("scheduler"))
    cluster(scheduler)
    pool = Pool(scheduler)
    try:
        job = pool.create(RunSpec(SMALL), owner="test")
        pool.start(job, 20_000, pace=50)
        wait_until(lambda: kept(pool, job, 20))
        processes[scheduler].kill()
        processes[scheduler].wait()
        wait_until(lambda: "does not answer" in pool.view(job).message)
        assert pool.view(job).message == "The training cluster does not answer. This run waits for it."
        cluster(f"scheduler:{scheduler.rpartition(':')[2]}")
        cluster(scheduler)  # the workers have ended with the one before
        wait_until(lambda: pool.view(job).state == "running")
        assert "The worker was replaced" in pool.view(job).message
        steps = pool.view(job).recording.steps + 30
        pool.start(job, steps)
        settled(pool, job)
        assert_as_if_nothing_had_happened(pool, job, RunSpec(SMALL), steps)
    finally:
        pool.close()
