"""What a full lecture costs the app: 100 live runs, each looked at once a second while all of them train.

`python benchmarks/sessions.py [tcp://scheduler:8786]` measures the local worker process, or a Dask cluster. Times
depend on the machine; the shares, and the ratio to a plain loop, were measured in the same run.
"""

import sys
import time
from pathlib import Path

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from wgan_demo.engine import Pool
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig

JOBS, SECONDS = 100, 20


def timed(function, into: list[float]):
    """The function, with the milliseconds of every call added to a list."""

    def call(*args):
        begun = time.perf_counter()
        try:
            return function(*args)
        finally:
            into.append(1e3 * (time.perf_counter() - begun))

    return call


def wait_until(what: str, condition, seconds: float = 120) -> float:
    """Seconds until the condition holds."""
    begun = time.perf_counter()
    while not condition():
        if time.perf_counter() - begun > seconds:
            sys.exit(f"gave up waiting for {what}")
        time.sleep(0.01)
    return time.perf_counter() - begun


def plain_rate(seconds: float = 2) -> float:
    """Generator iterations per second of a bare loop over Trainer.step, on one thread."""
    import torch

    from wgan_demo.gan.trainer import Trainer

    torch.set_num_threads(1)
    trainer, begun = Trainer(TrainConfig()), time.perf_counter()
    while time.perf_counter() - begun < seconds:
        trainer.step()
    return trainer.steps_done / (time.perf_counter() - begun)


def main(scheduler: str | None) -> None:
    pool = Pool(scheduler, max_running=JOBS)
    pool.start()
    up = wait_until("the worker", lambda: pool.ready)
    jobs = [pool.create(RunSpec(TrainConfig(seed=seed)), owner=str(seed)) for seed in range(JOBS)]
    created = wait_until("frames", lambda: all(pool.view(job).recording for job in jobs))
    link = pool._links[0]
    polls: list[float] = []
    link.call = timed(link.call, polls)
    for job in jobs:
        pool.start(job, 20_000)

    ticks, app = [], psutil.Process()
    view = timed(pool.view, ticks)
    begun, cpu = time.perf_counter(), app.cpu_times()
    while (now := time.perf_counter() - begun) < SECONDS:
        for job in jobs[int(now * JOBS) % JOBS :][:1]:  # the sessions' ticks are spread over the second
            view(job)
        time.sleep(max(0, (int(now * JOBS) + 1) / JOBS - (time.perf_counter() - begun)))
    wall, used = time.perf_counter() - begun, app.cpu_times()
    steps = np.array([float(pool.view(job).recording.steps) for job in jobs])
    app_memory = app.memory_info().rss
    memory = [child.memory_info().rss for child in app.children()]

    pool.pause(jobs[0])
    pause = wait_until("a pause", lambda: not pool.view(jobs[0]).busy)
    pool.close()

    busy = used.user + used.system - cpu.user - cpu.system
    rows = [
        ("worker up", f"{up:.1f} s"),
        (f"{JOBS} untrained frames", f"{created:.1f} s"),
        ("a session's tick, p50 / p95", "{:.2f} / {:.2f} ms".format(*np.percentile(ticks, [50, 95]))),
        (f"one poll for {JOBS} jobs, p50 / p95", "{:.0f} / {:.0f} ms".format(*np.percentile(polls, [50, 95]))),
        ("pause until its frame is there", f"{1e3 * pause:.0f} ms"),
        ("the app's own CPU", f"{busy / wall:.1%} of a core"),
        ("memory of the app", f"{app_memory / 2**20:.0f} MiB"),
        ("memory of its worker", f"{sum(memory) / 2**20:.0f} MiB"),
        ("fairness, slowest / mean iterations", f"{steps.min() / steps.mean():.2f}"),
        ("the same by Jain's index", f"{steps.sum() ** 2 / (JOBS * (steps**2).sum()):.3f}"),
        ("iterations per second, all jobs", f"{steps.sum() / wall:.0f}"),
        ("the same / a plain loop", f"{steps.sum() / wall / plain_rate():.2f}"),
    ]
    for name, value in rows:
        print(f"{name:38}{value:>18}")


if __name__ == "__main__":
    main(*sys.argv[1:2] or [None])
