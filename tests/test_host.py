"""The host, driven inline with a clock of its own: who gets a turn, for how long, and that nobody's numbers change."""

import gc
import re
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
import torch

from wgan_demo.datasets import DATASETS, Dataset, spaces
from wgan_demo.datasets.table import TableData
from wgan_demo.engine import host_job
from wgan_demo.engine.blow_up import BEYOND
from wgan_demo.engine.host import Host
from wgan_demo.engine.jobs import RefusedError, Speed
from wgan_demo.engine.kinds import evaluate
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.record import runs
from wgan_demo.gan.spaces import plane

SMALL = TrainConfig(dataset="quick", hidden=(8, 8), batch_size=8, n_critic=1)
EXPLODING = replace(SMALL, hidden=(64,) * 16, batch_size=16, n_critic=2, gp_weight=0, lr=1, lr_decay_steps=0)


class Clock:
    """Stands still but for the data sets below, each of whose draws takes a given time."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


clock = Clock()


def taking(seconds: float) -> Dataset:
    def sample(n, rng):
        clock.now += seconds
        return rng.standard_normal((n, 2))

    return Dataset("", "blob", sample, spaces.plane())


CLOCKED = {"quick": taking(0.01), "slow": taking(0.1)}  # seconds of one step, as n_critic is 1


@pytest.fixture(autouse=True)
def _clocked_data(monkeypatch):
    torch.set_num_threads(1)
    for name, dataset in CLOCKED.items():
        monkeypatch.setitem(DATASETS, name, dataset)
        plane.VIEW.floor(dataset)  # remembered, so that every job takes the same time to begin


def make_host(**options) -> Host:
    return Host(**{"clock": clock, "meter": clock, "lease": 1e9} | options)


def view(host: Host, job_id: str, seen=(0, 0)):
    return host.poll({job_id: seen})[job_id]


def steps(host: Host, job_id: str) -> int:
    recording = host.recording(job_id)
    return recording.steps if recording else 0


def settle(host: Host, limit: int = 10_000) -> None:
    """Tick until nothing is left to do now."""
    for _ in range(limit):
        if host.tick():
            return
    pytest.fail("still busy")


def test_the_untrained_frame_comes_first():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    assert view(host, "a").recording is None
    assert view(host, "a").busy
    settle(host)
    seen = view(host, "a")
    assert (seen.state, seen.busy, seen.recording.steps) == ("paused", False, 0)
    assert [frame.step for frame in seen.recording.frames] == [0]
    assert seen.recording.evaluations[:, 0].tolist() == [0]
    assert view(host, "a", (0, 1)).recording is None  # nothing new


def test_a_run_in_slices_among_others_equals_a_plain_loop_bit_for_bit():
    host = make_host(every=10)
    configs = {name: replace(SMALL, seed=seed) for seed, name in enumerate("abc")}
    for name, config in configs.items():
        host.create(name, RunSpec(config))
    host.start("a", 60)
    host.start("b", 60, pace=50)
    for _ in range(8):
        host.tick()
    host.pause("a")
    host.step("a")
    host.start("c", 60)
    for _ in range(6):
        host.tick()
    host.start("a", 60)
    for _ in range(400):
        clock.now += 0.01
        host.tick()
    for name, config in configs.items():
        plain, job = trainer_for(config), host._jobs[name]
        assert job.state == "finished"
        np.testing.assert_array_equal(job.recording.records, np.array(list(plain.run(60))))
        for ours, theirs in zip(job.trainer.generator.parameters(), plain.generator.parameters(), strict=True):
            assert torch.equal(ours, theirs)
        rows = job.recording.evaluations
        assert set(range(0, 61, 10)) <= set(rows[:, 0])
    paced, flat = host.recording("b").evaluations, host.recording("c").evaluations
    assert len(paced) > len(flat) == 7  # who watches slowly sees more frames of the same run
    assert flat[:, 0].tolist() == list(range(0, 61, 10))


def test_a_run_that_was_changed_can_be_repeated_from_its_changes():
    host = make_host(every=10)
    host.create("a", RunSpec(SMALL))
    for target, change in ((10, ("lr", 5e-3)), (20, ("gp_weight", 10.0)), (30, ("n_critic", 4))):
        host.start("a", target)
        settle(host)
        host.change("a", *change)
    host.start("a", 40)
    settle(host)
    first = host.recording("a")
    assert first.changes == ((10, "lr", 5e-3), (20, "gp_weight", 10.0), (30, "n_critic", 4))
    assert first.config == SMALL
    host.create("b", RunSpec(SMALL, changes=first.changes))
    host.start("b", 40)
    settle(host)
    np.testing.assert_array_equal(host.recording("b").records, first.records)
    host.create("c", RunSpec(SMALL))  # without them it is another run, from the first change on
    host.start("c", 40)
    settle(host)
    np.testing.assert_array_equal(host.recording("c").records[:10], first.records[:10])
    assert not np.array_equal(host.recording("c").records[10:], first.records[10:])


def test_a_change_that_makes_no_sense_is_said_and_the_run_goes_on():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    for change in (("lr", -1.0), ("n_critic", 10**6), ("hidden", 5), ("lr", "x")):
        host.change("a", *change)
        assert view(host, "a").message
    host.start("a", 5)
    settle(host)
    assert host.recording("a").steps == 5
    assert host.recording("a").changes == ()
    host.change("unknown", "lr", 1e-3)


def test_the_seconds_of_a_run_are_those_of_its_steps():
    host = make_host(every=10)
    for name, dataset in (("a", "quick"), ("b", "slow")):
        host.create(name, RunSpec(replace(SMALL, dataset=dataset)))
        host.start(name, 20)
    settle(host)
    for name, seconds in (("a", 0.01), ("b", 0.1)):  # looking draws as well, and takes as long
        np.testing.assert_allclose(host.recording(name).course("seconds")[1], seconds * np.array([0, 10, 20]))


def test_evaluations_do_not_depend_on_pauses():
    straight, stopped = make_host(every=10), make_host(every=10)
    for host in (straight, stopped):
        host.create("a", RunSpec(SMALL))
    straight.start("a", 20)
    settle(straight)
    for target in (3, 7, 13, 20):
        stopped.start("a", target)
        settle(stopped)
    rows = {row[0]: row.tolist() for row in stopped.recording("a").evaluations}
    assert list(rows) == [0, 3, 7, 10, 13, 20]
    np.testing.assert_array_equal([rows[step] for step in (0, 10, 20)], straight.recording("a").evaluations)


def test_turns_are_fair_by_time_not_by_steps():
    host = make_host(every=10**6)
    for name in ("quick", "quick 2", "slow"):
        host.create(name, RunSpec(replace(SMALL, dataset=name.split()[0])))
        host.start(name, 20_000)
    start = clock.now
    while clock.now < start + 6:
        host.tick()
    seconds = [job.used for job in host._jobs.values()]
    assert sum(seconds) == pytest.approx(6, rel=0.1)
    assert max(seconds) - min(seconds) < 0.11  # a turn
    assert steps(host, "quick") == pytest.approx(steps(host, "quick 2"), abs=10)
    assert steps(host, "quick") > 9 * steps(host, "slow") > 9 * 15


def test_who_comes_back_from_a_pause_earns_no_credit():
    host = make_host(every=10**6)
    for name in "ab":
        host.create(name, RunSpec(SMALL))
        host.start(name, 20_000)
    host.pause("b")
    alone = clock.now + 2
    while clock.now < alone:
        host.tick()
    before = steps(host, "a"), steps(host, "b")
    host.start("b", 20_000)
    end = clock.now + 1
    while clock.now < end:
        host.tick()
    gained = steps(host, "a") - before[0], steps(host, "b") - before[1]
    assert gained[0] == pytest.approx(gained[1], rel=0.1)


def test_a_pace_is_kept():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    settle(host)
    host.start("a", 1000, pace=4)
    start = clock.now
    while clock.now < start + 10:
        clock.now += host.tick()
    assert steps(host, "a") == pytest.approx(40, abs=2)
    assert view(host, "a").rate == pytest.approx(4, rel=0.2)
    host.start("a", 200)  # flat out, while it runs
    settle(host)
    assert view(host, "a").state == "finished"
    assert steps(host, "a") == 200


def test_no_step_is_lost_that_is_asked_for_while_another_is_under_way():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    for _ in range(3):
        host.step("a")
    for _ in range(20):
        host.tick()
    assert (view(host, "a").state, steps(host, "a")) == ("paused", 3)
    host.start("a", 20_000)
    for _ in range(3):
        host.tick()
    host.step("a")  # of a run that goes on: it stops after one more
    before = steps(host, "a")
    for _ in range(20):
        host.tick()
    assert (view(host, "a").state, steps(host, "a")) == ("paused", before + 1)


def test_a_step_is_exactly_one_and_shows_a_fresh_frame():
    host = make_host(max_running=1)
    host.create("busy", RunSpec(SMALL))
    host.start("busy", 20_000)
    host.create("a", RunSpec(SMALL))
    for expected in (1, 2, 3):
        host.step("a")  # does not wait for a place
        for _ in range(10):
            host.tick()
        seen = view(host, "a")
        assert (seen.state, seen.busy, seen.recording.steps) == ("paused", False, expected)
        assert seen.recording.frames[-1].step == seen.recording.evaluations[-1, 0] == expected
    assert view(host, "busy").state == "running"


def test_pause_takes_effect_within_the_slice_and_owes_a_frame():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    settle(host)
    host.start("a", 20_000)
    for _ in range(3):
        host.tick()
    host.pause("a")
    assert view(host, "a").busy
    settle(host)
    seen = view(host, "a")
    assert not seen.busy
    assert seen.recording.frames[-1].step == seen.recording.steps > 0
    host.start("a", seen.recording.steps)  # already there
    settle(host)
    assert view(host, "a").state == "finished"


def test_what_somebody_waits_for_comes_first():
    host = make_host(max_running=50)
    for name in range(20):
        host.create(str(name), RunSpec(SMALL))
        host.start(str(name), 20_000)
    for _ in range(60):
        host.tick()
    host.pause("7")
    host.step("8")
    host.create("new", RunSpec(SMALL))
    for _ in range(5):  # a frame, a step and its frame, an untrained frame, and one to spare
        host.tick()
    assert not any(view(host, name).busy for name in ("7", "8", "new"))


def test_a_single_step_that_is_started_meanwhile_waits_in_the_queue():
    host = make_host(max_running=1)
    for name in "ab":
        host.create(name, RunSpec(SMALL))
    settle(host)
    host.start("a", 50)
    host.step("b")
    host.start("b", 50)
    assert (view(host, "a").state, view(host, "b").state) == ("running", "queued")
    settle(host)
    assert (steps(host, "a"), steps(host, "b")) == (50, 50)


def test_a_run_paused_in_the_middle_of_a_step_is_busy_until_that_step_is_evaluated():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    settle(host)
    trainer, seen = host._jobs["a"].trainer, []
    take = trainer.step

    def step():
        host.pause("a")
        seen.append(view(host, "a"))  # as a poll just then would
        return take()

    trainer.step = step
    host.start("a", 50)
    settle(host)
    assert [(one.state, one.busy) for one in seen] == [("paused", True)]
    assert not view(host, "a").busy
    assert host.recording("a").frames[-1].step == steps(host, "a") == 1


def test_a_refused_change_is_forgotten_with_the_next_one():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    settle(host)
    host.change("a", "n_critic", 0)
    assert view(host, "a").message
    host.change("a", "n_critic", 3)
    assert not view(host, "a").message


def test_the_queue_is_first_come_first_served():
    host = make_host(max_running=2)
    names = ["a", "b", "c", "d", "e"]
    for name in names:
        host.create(name, RunSpec(SMALL))
    settle(host)
    for name in names:
        host.start(name, 20_000)
    assert [view(host, name).rank for name in names] == [0, 0, 1, 2, 3]
    assert [view(host, name).state for name in names] == ["running"] * 2 + ["queued"] * 3
    host.pause("d")
    assert [view(host, name).rank for name in names] == [0, 0, 1, 0, 2]
    host.start("d", 20_000)  # at the end again
    host.drop("a")
    host.tick()
    assert [view(host, name).rank for name in names[1:]] == [0, 0, 2, 1]
    for _ in range(4):
        host.tick()
    assert steps(host, "c") > 0
    assert steps(host, "e") == 0


def test_the_wait_that_is_foretold_comes_true():
    host = make_host(max_running=2, every=10**6, speed=Speed(0.01, 0.01, 1e15, 0))
    for name in "abcd":
        host.create(name, RunSpec(SMALL))
    settle(host)
    for name, target in zip("abcd", (100, 300, 200, 50), strict=True):
        host.start(name, target)
    for _ in range(60):  # until both have shown how fast they are
        host.tick()
    foretold, since = [view(host, name).wait for name in "abcd"], clock.now
    assert foretold[:2] == [0, 0]
    began = {}
    while len(began) < 2:
        host.tick()
        began |= {name: clock.now - since for name in "cd" if name not in began and view(host, name).state == "running"}
    assert foretold[2:] == pytest.approx([began["c"], began["d"]], rel=0.05)


def test_more_than_may_wait_are_told_when_to_ask_again():
    host = make_host(max_running=1, max_queue=1)
    for name in "abc":
        host.create(name, RunSpec(SMALL))
    settle(host)
    host.start("a", 100)
    for _ in range(20):
        host.tick()
    for name in "bc":
        host.start(name, 100)
    assert [view(host, name).state for name in "abc"] == ["running", "queued", "paused"]
    assert re.fullmatch(r"All 1 places in the queue are taken\. Ask again in about \d+ s\.", view(host, "c").message)
    host.start("b", 50)  # who waits may ask for something else
    assert view(host, "b").state == "queued"
    host.drop("b")
    host.start("c", 100)
    assert (view(host, "c").state, view(host, "c").message) == ("queued", "")


def test_a_backup_is_made_for_who_asks_in_the_next_turn_and_handed_over_once():
    host = make_host(every=10)
    host.create("a", RunSpec(SMALL))
    host.start("a", 30)
    settle(host)
    assert host.backups({"a": -1, "unknown": -1}) == {}
    settle(host)
    backup = host.backups({"a": 10})["a"]
    assert (backup.records, backup.evaluations, backup.age) == (30, 4, 0)
    assert [frame.step for frame in backup.frames] == [20, 30]
    settle(host)
    assert host.backups({"a": 30}) == {}  # nothing is new
    assert steps(host, "a") == 30


def test_a_frozen_host_has_backups_of_all_and_trains_no_more():
    host = make_host()
    for name in "ab":
        host.create(name, RunSpec(SMALL))
        host.start(name, 20_000)
    for _ in range(10):
        host.tick()
    host.freeze()
    before = {name: steps(host, name) for name in "ab"}
    assert host.tick() > 0
    assert {name: backup.records for name, backup in host.backups({"a": -1, "b": -1}).items()} == before


def test_one_owner_does_not_take_all_places():
    host = make_host(max_running=3, max_of_owner=2)
    names = ["mine", "mine too", "my third", "yours"]
    for name in names:
        host.create(name, RunSpec(SMALL), owner=name[0])
    settle(host)
    for name in names:
        host.start(name, 20_000)
    assert [view(host, name).state for name in names] == ["running", "running", "queued", "running"]
    host.pause("yours")
    assert view(host, "my third").state == "queued"  # a place is free, but not for this owner
    host.pause("mine")
    assert view(host, "my third").state == "running"


def test_a_patient_job_has_no_lease():
    now = 0.0
    host = make_host(clock=lambda: now, lease=30)
    host.create("patient", RunSpec(SMALL), patient=True)
    host.create("other", RunSpec(SMALL))
    settle(host)
    host.poll({"patient": (0, 0)})  # asking for it gives it none
    now = 1e6
    host.tick()
    assert view(host, "patient").state == "paused"
    assert view(host, "other").state == "lost"
    host.drop("patient")
    assert view(host, "patient").state == "lost"


def test_a_full_house_refuses_politely():
    host = make_host(max_jobs=2)
    for name in "ab":
        host.create(name, RunSpec(SMALL))
    with pytest.raises(RefusedError, match="All 2 places are taken"):
        host.create("c", RunSpec(SMALL))
    host.drop("a")
    host.create("c", RunSpec(SMALL))


def test_settings_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="dataset must be one of"):
        make_host().create("a", RunSpec(replace(SMALL, dataset="magic")))
    with pytest.raises(ValueError, match="would take about 2 s here"):
        make_host().create("a", RunSpec(replace(SMALL, hidden=(512,) * 6, batch_size=1024, n_critic=4)))
    with pytest.raises(ValueError, match="is constant"):
        make_host().create(
            "a", RunSpec(replace(SMALL, columns=2), TableData(np.ones((9, 2)), ("left", "right"), "mine"))
        )


def test_a_table_trains():
    host = make_host()
    rows = np.random.default_rng(0).random((50, 2))
    host.create("a", RunSpec(replace(SMALL, columns=2), TableData(rows, ("left", "right"), "mine")))
    host.start("a", 5)
    settle(host)
    assert host.recording("a").axes == ("left", "right")
    assert steps(host, "a") == 5


def test_a_lease_ends_a_job_nobody_asks_for():
    host = make_host(lease=30)
    for name in "ab":
        host.create(name, RunSpec(SMALL))
        host.start(name, 20_000)
    for _ in range(4):
        clock.now += 10
        view(host, "a")
        host.tick()
    assert view(host, "a").state == "running"
    lost = view(host, "b")
    assert lost.state == "lost"
    assert lost.message
    for command in (host.pause, host.step, host.drop):
        command("b")
    host.start("b", 5)
    assert view(host, "b").state == "lost"
    assert host.recording("b") is None


def test_numbers_that_explode_end_a_run_with_one_sentence():
    host = make_host()
    host.create("a", RunSpec(EXPLODING))
    host.create("b", RunSpec(SMALL))
    for name in "ab":
        host.start(name, 30)
    settle(host)
    seen = view(host, "a")
    assert (seen.state, seen.busy) == ("failed", False)
    said = r"became (NaN, not a number|infinite)|grew to [0-9.e+]+, over 1,000,000 times [a-z0-9 ]+"
    assert re.fullmatch(rf"The run blew up at iteration {seen.recording.steps}: the [a-z ]+ ({said})\.", seen.message)
    host.start("a", 100)
    host.step("a")
    settle(host)
    assert view(host, "a").state == "failed"
    assert view(host, "b").state == "finished"


EXTENT = CLOCKED["quick"].space.extent


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("score_gap", 1.1e6 * EXTENT, "score gap grew to 2.2e+06, over 1,000,000 times the extent of the data"),
        ("score_gap", -1.1e6 * EXTENT, "score gap grew to 2.2e+06, over 1,000,000 times the extent of the data"),
        ("gradient_norm_mean", 2e6, "mean gradient norm grew to 2.0e+06, over 1,000,000 times a slope of 1"),
        ("critic_loss", -np.inf, "critic loss became infinite"),
        ("generator_loss", np.nan, "generator loss became NaN, not a number"),
        ("gradient_penalty", 1e9, None),  # weighed by a large lambda it may be that dear in a healthy run
        ("score_gap", 0.9e6 * EXTENT, None),
        ("gradient_norm_mean", 0.9e6, None),
    ],
)
def test_an_explosion_ends_a_run_and_says_step_and_quantity(monkeypatch, name, value, said):
    host = make_host()
    host.create("a", RunSpec(SMALL))
    settle(host)
    trainer = host._jobs["a"].trainer
    step = trainer.step
    monkeypatch.setattr(trainer, "step", lambda: step()._replace(**{name: value} if trainer.steps_done == 3 else {}))
    host.start("a", 5)
    settle(host)
    seen = view(host, "a")
    if said:
        assert (seen.state, seen.message) == ("failed", f"The run blew up at iteration 3: the {said}.")
        assert (seen.recording.steps, [frame.step for frame in host.recording("a").frames]) == (3, [0])
    else:
        assert (seen.state, seen.message) == ("finished", "")


def test_points_that_fly_off_end_a_run():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    settle(host)
    with torch.no_grad():
        host._jobs["a"].trainer.averaged[-1].bias.fill_(3e6 * EXTENT)
    host.step("a")
    settle(host)
    assert "iteration 1: the distance of the generated points grew to 5.9e+06" in view(host, "a").message


@pytest.mark.parametrize("name", runs())
def test_no_shipped_run_comes_near_an_explosion(name):
    recording = shipped.load(name)
    assert np.abs(recording.course("score_gap")[1]).max() < BEYOND / 100
    assert recording.course("gradient_norm_mean")[1].max() < BEYOND / 100
    assert max(np.abs(frame["fake"]).max() for frame in recording.frames) < BEYOND / 100


def test_without_a_penalty_and_with_a_large_rate_a_run_blows_up_though_nothing_becomes_nan():
    host = make_host()
    host.create(
        "a", RunSpec(replace(PRESETS["no_penalty"].config("quick"), hidden=(64,) * 3, lr=0.1, lr_decay_steps=0))
    )
    host.start("a", 2000)
    settle(host)
    seen = view(host, "a")
    assert seen.state == "failed"
    assert "grew to" in seen.message
    assert np.isfinite(seen.recording.records).all()


def test_networks_that_explode_before_any_record_shows_it():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    settle(host)
    with torch.no_grad():
        host._jobs["a"].trainer.averaged[0].weight.fill_(torch.inf)
    host.step("a")
    settle(host)
    assert view(host, "a").state == "failed"
    assert view(host, "a").message.startswith("The run blew up at iteration 1: ")


def test_a_fault_in_one_job_leaves_the_others_alone(monkeypatch):
    host = make_host()
    for name in "ab":
        host.create(name, RunSpec(SMALL))
    settle(host)
    monkeypatch.setattr(host._jobs["a"].trainer, "step", lambda: 1 / 0)
    for name in "ab":
        host.start(name, 5)
    settle(host)
    assert view(host, "a").state == "failed"
    assert "division by zero" in view(host, "a").message
    assert view(host, "b").state == "finished"


def test_frames_are_thinned_evenly_and_the_newest_stays(monkeypatch):
    a_frame = evaluate(trainer_for(SMALL))[1].nbytes
    monkeypatch.setattr(host_job, "MAX_FRAME_BYTES", 4 * a_frame)
    host = make_host(every=5)
    host.create("a", RunSpec(SMALL))
    host.start("a", 103)
    settle(host)
    kept = [frame.step for frame in host.recording("a").frames]
    assert 3 <= len(kept) <= 4
    assert kept[0] == 0
    assert kept[-1] == 103
    assert len(set(np.diff(kept[:-1]))) == 1
    assert len(host.recording("a").evaluations) == 22


def test_a_run_has_a_longest_length():
    host = make_host(max_steps=20)
    host.create("a", RunSpec(SMALL))
    host.start("a", 1000)
    settle(host)
    assert (view(host, "a").state, steps(host, "a")) == ("finished", 20)
    assert "20 iterations" in view(host, "a").message
    host.step("a")
    host.start("a", 1000)
    settle(host)
    assert (view(host, "a").state, steps(host, "a")) == ("finished", 20)


def test_a_run_has_a_longest_time_which_a_study_has_not():
    host = make_host(max_seconds=0.5)  # a step takes 0.01 s, a slice 0.03
    for name, patient in (("visitor", False), ("study", True)):
        host.create(name, RunSpec(SMALL), patient=patient)
        host.start(name, 100)
    settle(host)
    assert (view(host, "study").state, steps(host, "study"), view(host, "study").message) == ("finished", 100, "")
    seen = view(host, "visitor")
    assert (seen.state, seen.busy, seen.message) == ("finished", False, "A run ends after 0.5 s of computing here.")
    assert 50 <= seen.recording.steps <= 53
    host.step("visitor")
    host.start("visitor", 100)
    settle(host)
    assert steps(host, "visitor") == seen.recording.steps
    assert view(host, "visitor").message == seen.message


def test_who_asks_while_a_step_is_under_way_is_answered_before_the_next(monkeypatch):
    host, asks, under_way = Host(thread=True, slice_seconds=0), threading.Event(), threading.Event()
    waits = host._next.locked  # who asks has come

    def sample(n, rng):
        if asks.is_set() and not under_way.is_set():
            under_way.set()
            while not waits():
                time.sleep(0.001)
        return rng.standard_normal((n, 2))

    monkeypatch.setitem(DATASETS, "quick", Dataset("", "blob", sample, spaces.plane()))
    host.create("a", RunSpec(SMALL))
    host.start("a", 20_000)
    while not steps(host, "a"):
        time.sleep(0.001)
    asks.set()
    assert under_way.wait(20)
    done = host._jobs["a"].trainer.steps_done
    host.change("a", "lr", 1e-3)
    assert host.recording("a").changes == ((done + 1, "lr", 1e-3),)


def test_a_poll_brings_only_what_is_new():
    host = make_host()
    host.create("a", RunSpec(SMALL))
    host.start("a", 30)
    settle(host)
    new = view(host, "a", (20, 2)).recording  # evaluated at 0, 25 and 30
    assert new.records[:, 0].tolist() == list(range(21, 31))
    assert new.evaluations[:, 0].tolist() == [30]
    assert [frame.step for frame in new.frames] == [30]
    assert [frame.step for frame in host.recording("a").frames] == [0, 25, 30]


def test_its_own_thread_trains_and_ends_with_the_host():
    host = Host(thread=True)
    host.create("a", RunSpec(SMALL))
    host.start("a", 50)
    deadline = time.monotonic() + 20
    while view(host, "a").busy and time.monotonic() < deadline:
        time.sleep(0.02)
    assert view(host, "a").state == "finished"
    assert steps(host, "a") == 50
    thread = next(thread for thread in threading.enumerate() if thread.name == "host")
    del host
    gc.collect()
    thread.join(5)
    assert not thread.is_alive()
