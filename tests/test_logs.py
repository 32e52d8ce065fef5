"""The log: every line is JSON, with the run it is about; and the errors of the last hour, without what they say."""

import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from wgan_demo.engine.vitals import vitals
from wgan_demo.logs import HOUR, MOST, JsonLine, Recent

ROOT = Path(__file__).parents[1]


def record(message: str, *args, error: Exception | None = None, **extra) -> logging.LogRecord:
    exc_info = (type(error), error, None) if error else None
    made = logging.LogRecord("wgan_demo.x", logging.ERROR, "x.py", 1, message, args, exc_info)
    vars(made).update(extra)
    return made


def test_a_line_is_one_json_object_whatever_is_said():
    text = JsonLine().format(record('two\nlines, "%s" and θ', "quotes", error=ValueError("no\nnumber"), run="ab12"))
    assert "\n" not in text
    line = json.loads(text)
    assert line["message"] == 'two\nlines, "quotes" and θ'
    assert (line["level"], line["logger"], line["run"], line["error"]) == ("error", "wgan_demo.x", "ab12", "ValueError")
    assert "no\nnumber" in line["trace"]
    assert time.strptime(line["time"][:19], "%Y-%m-%dT%H:%M:%S")


def test_errors_are_remembered_for_an_hour_by_their_kind_alone():
    now = 1000.0
    recent = Recent(clock=lambda: now)
    recent.handle(record("of Anna's table", error=ValueError("Anna")))
    now += HOUR - 1
    recent.handle(record("another"))
    assert [(fault.when, fault.logger, fault.kind) for fault in recent.faults()] == [
        (now, "wgan_demo.x", "error"),
        (1000.0, "wgan_demo.x", "ValueError"),
    ]
    assert "Anna" not in repr(recent.faults())
    now += 2
    assert len(recent.faults()) == 1
    for _ in range(2 * MOST):
        recent.handle(record("a flood"))
    assert len(recent.faults()) == MOST


def test_a_run_is_in_the_log_of_app_and_worker_by_its_id():
    app = """
import time
from wgan_demo import logs
from wgan_demo.engine import Pool, RunSpec
from wgan_demo.gan.config import TrainConfig
logs.configure("info")
pool = Pool()
job = pool.create(RunSpec(TrainConfig(hidden=(8, 8), batch_size=8)), owner="secret")
pool.start(job, 3)
while pool.view(job).busy:
    time.sleep(0.02)
print(job)
pool.close()
"""
    run = subprocess.run([sys.executable, "-c", app], cwd=ROOT, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert {line["run"] for line in lines} == {run.stdout.strip()}
    assert [line["message"] for line in lines if line["message"] != "running at iteration 0"] == [
        "asked for: TrainConfig",
        "finished at iteration 3",
    ]
    assert "secret" not in run.stderr


def test_what_a_process_takes_is_what_the_system_says():
    before = vitals(os.getpid())
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass
    after, spent = vitals(os.getpid()), os.times()
    assert after.seconds - before.seconds >= 0.05  # the clock ticks a hundred times a second
    assert abs(after.seconds - spent.user - spent.system) < 0.1
    assert 2**20 < after.memory < 2**40
    assert vitals(2**30) is None
