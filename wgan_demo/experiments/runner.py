"""A study under way: which of its runs train, how long the rest will take, and what is written as soon as it is there.

Whoever drives it calls `look` again and again; nothing here waits. What finished before, in this call of the program or
in an earlier one, is not trained again.
"""

import threading
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from wgan_demo.engine.pool import Pool
from wgan_demo.engine.spec import RunSpec
from wgan_demo.experiments.result import Result, finished, place, plain
from wgan_demo.experiments.study import Study

BESIDE = 2  # runs at once on each host: while one is fetched and written, the other trains
TRIES = 3  # of a run whose worker died


class Progress(NamedTuple):
    """How a study stands.

    state    "running", "finished", "cancelled" or "failed"
    done     runs of `total` whose results are written
    share    of all the work, from 0 to 1
    seconds  that the rest will take, None as long as nobody knows
    message  one sentence on what went wrong, or ""
    running  the runs that train now
    """

    state: str
    done: int
    total: int
    share: float
    seconds: float | None
    message: str
    running: tuple[str, ...]


class Runner:
    """Does what is missing of a study, by the pool's workers, and writes each result to `folder` at once.

    `steps` shortens every run, `only` names those that are wanted. Methods may be called from any thread. Raises
    ValueError for a run that the study does not have.
    """

    def __init__(
        self,
        study: Study,
        folder: Path,
        pool: Pool,
        *,
        steps: int | None = None,
        only: Collection[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ):
        if unknown := [run for run in only if run not in study.runs]:
            raise ValueError(f"The study has no run {unknown[0]!r}.")
        self._study, self._folder, self._pool, self._clock = study, folder, pool, clock
        self._steps = min(steps or study.steps, study.steps)
        self._runs = {run: config for run, config in study.runs.items() if not only or run in only}
        kept = finished(study, folder, self._steps)
        self._done = {run for run in self._runs if run in kept}
        self._waiting = [run for run in self._runs if run not in kept]
        self._jobs: dict[str, str] = {}  # ids by run
        self._unwritten: dict[str, Result] = {}  # as long as the disk is full
        self._tries: dict[str, int] = {}
        self._state, self._message = "running" if self._waiting else "finished", ""
        self._lock = threading.RLock()
        self._begun, self._before = clock(), frozenset(self._done)

    @property
    def state(self) -> str:
        """As in Progress."""
        return self._state

    def look(self) -> Progress:
        """Take what has finished, begin what may begin, and say how it stands."""
        with self._lock:
            if self._state == "running":
                self._message = ""
                for run in list(self._jobs):
                    if run in self._jobs:  # one that is lost too often ends all
                        self._collect(run)
                self._write()
                self._begin()
                if self._state == "running" and len(self._done) == len(self._runs):
                    self._state = "finished"
            return self._progress()

    def progress(self) -> Progress:
        """How it stood at the last look."""
        with self._lock:
            return self._progress()

    def cancel(self) -> Progress:
        """End the runs under way; what has finished stays, and another Runner goes on from there."""
        with self._lock:
            if self._state == "running":
                self._write()
                self._stop("cancelled", f"Cancelled: {self._kept()}")
            return self._progress()

    def _begin(self) -> None:
        while self._state == "running" and self._waiting and not self._unwritten:
            if len(self._jobs) >= BESIDE * self._pool.hosts:
                return
            run = self._waiting.pop(0)
            self._jobs[run] = self._pool.create(RunSpec(self._runs[run]), owner=f"study {id(self)}", patient=True)
            self._pool.start(self._jobs[run], self._steps)

    def _collect(self, run: str) -> None:
        """What has become of a run under way."""
        view = self._pool.view(self._jobs[run])
        if view.state == "refused":  # the house is full: its turn comes
            self._waiting.insert(0, run)
            del self._jobs[run]
            self._message = view.message
        elif view.state == "lost":
            del self._jobs[run]
            self._tries[run] = self._tries.get(run, 0) + 1
            self._waiting.insert(0, run)
            self._message = f"{view.message} Run “{run}” begins anew."
            if self._tries[run] == TRIES:
                self._stop("failed", f"{view.message} It happened {TRIES} times to “{run}”: {self._kept()}")
        elif view.state == "failed" or (view.state == "finished" and not view.busy):
            recording = self._pool.recording(self._jobs[run]) or view.recording
            if view.state == "finished" and (recording is None or recording.steps < self._steps):
                return  # its worker died this very moment: the next look says so
            told = recording is not None and len(recording.evaluations)
            self._unwritten[run] = Result(
                config=plain(self._runs[run]),
                steps=self._steps,
                seconds=round(recording.value("seconds"), 3) if told and "seconds" in recording.columns else 0.0,
                numbers=self._study.measure(recording) if told else {},
                arrays=self._study.keep(recording) if told else {},
                message=view.message if view.state == "failed" else "",
            )
            self._pool.drop(self._jobs.pop(run))

    def _write(self) -> None:
        """Write what has finished. A disk that is full is tried again at the next look; nothing new begins before."""
        for run, result in list(self._unwritten.items()):
            try:
                result.save(place(self._folder, run))
            except OSError as error:
                self._message = (
                    f"Run “{run}” is finished but cannot be written: {error.strerror or error}. "
                    "It is kept and tried again; nothing new begins until then."
                )
                return
            del self._unwritten[run]
            self._done.add(run)

    def _stop(self, state: str, message: str) -> None:
        for job_id in self._jobs.values():
            self._pool.drop(job_id)
        self._jobs.clear()
        self._state, self._message = state, message

    def _kept(self) -> str:
        lost = f" {len(self._unwritten)} could not be written." if self._unwritten else ""
        return (
            f"{len(self._done)} of {len(self._runs)} runs are finished and kept.{lost} "
            "Start the study again, and it goes on from there."
        )

    def _work(self, run: str, steps: int | None = None) -> float:
        """Seconds of so many steps, as the worker's rehearsal foretells; in another unit as long as it has not."""
        config, steps = self._runs[run], self._steps if steps is None else steps
        speed = self._pool.speed
        return steps * (speed.seconds(config) if speed else config.step_flop)

    def _progress(self) -> Progress:
        steps = {run: self._pool.view(job_id).recording for run, job_id in self._jobs.items()}
        total, before, done = (sum(map(self._work, runs)) for runs in (self._runs, self._before, self._done))
        done += sum(self._work(run, recording.steps) for run, recording in steps.items() if recording)
        seconds = None
        if self._state != "running":
            seconds = 0.0
        elif done > before:  # as fast as until now
            seconds = (total - done) * (self._clock() - self._begun) / (done - before)
        elif self._pool.speed:
            seconds = total - done
        share = done / total if total else 1.0
        return Progress(self._state, len(self._done), len(self._runs), share, seconds, self._message, tuple(self._jobs))
