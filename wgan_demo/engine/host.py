"""The host: many jobs in one process, each trained for a short slice in turn.

What somebody waits for comes first: untrained frames, single steps, the frame at a pause. Other turns are fair by
construction: the next one goes to the job that has used the least processor time, and who waits earns no credit, so
that a job which comes back from a pause does not shut out the others. A host is driven by its own thread or inline,
`while host.tick() == 0`. Neither slices nor pace change a run: it equals a plain loop over `Trainer.step`.
"""

import logging
import math
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

import numpy as np
import torch

from wgan_demo.engine import trainer_state
from wgan_demo.engine.backup import Backup, Standing
from wgan_demo.engine.blow_up import NETWORKS
from wgan_demo.engine.host_job import Job
from wgan_demo.engine.jobs import (
    LEASE,
    MAX_STEP_FLOP,
    MAX_STEPS,
    AnyRecording,
    JobView,
    RefusedError,
    Speed,
    about,
    check_length,
    counts,
)
from wgan_demo.engine.kinds import KINDS
from wgan_demo.engine.queue import Load, waits
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.runs.checkpoint import load, restore
from wgan_demo.gan.runs.recording import EVERY
from wgan_demo.gan.slow_motion.trace import StepTrace

MEASURED = 25  # steps after which a run's own speed is believed
USUAL_FLOP = 1e10  # floating-point operations a second, where nobody measured this machine
BACKUP = 0.75  # seconds between two backups: fetched, none gets older than 2 s, but where one step takes longer
IDLE = 0.5  # seconds between two looks at the leases when there is nothing to train


class Host:
    """Trains at most `max_running` jobs at once, `max_of_owner` of them for one owner, lets `max_queue` wait for their
    turn, and holds at most `max_jobs`. A run ends after `max_steps` iterations, and if it is not
    patient after `max_seconds` of processor time. It forgets a job that nobody polls.

    lease and slice_seconds are in seconds; `every` is the number of generator iterations between two evaluations; clock
    returns seconds, and meter seconds of processor time. All methods may be called from any thread. Commands to a job
    that is gone do nothing: the next poll says that it is lost.
    """

    def __init__(
        self,
        *,
        thread: bool = False,
        max_running: int = 16,
        max_of_owner: int = 4,
        max_jobs: int = 200,
        max_queue: int = 100,
        max_steps: int = MAX_STEPS,
        max_seconds: float = math.inf,
        lease: float = LEASE,
        every: int = EVERY,
        slice_seconds: float = 0.025,
        clock: Callable[[], float] = time.monotonic,
        meter: Callable[[], float] = time.thread_time,
        speed: Speed | None = None,
    ):
        self._speed = speed
        self._max_running, self._max_of_owner = max_running, max_of_owner
        self._max_jobs, self._max_queue, self._max_steps = max_jobs, max_queue, max_steps
        self._max_seconds, self._lease = max_seconds, lease
        self._every, self._slice, self._clock, self._meter = every, slice_seconds, clock, meter
        self._jobs: dict[str, Job] = {}
        self._lock = threading.RLock()
        self._turn = threading.Lock()  # held while a trainer works
        self._next = threading.Lock()  # held by who is next to have it
        self._wake = threading.Event()
        self._tickets = count()
        self._served = 0.0  # the `used` of the job that was served last
        self._serving: Job | None = None  # whose turn it is
        self._frozen = False
        if thread:
            threading.Thread(target=_drive, args=(weakref.ref(self), self._wake), name="host", daemon=True).start()

    # Commands

    def create(
        self,
        job_id: str,
        spec: RunSpec,
        owner: str | None = None,
        patient: bool = False,
        standing: Standing | None = None,
    ) -> None:
        """A new job, paused before its first step; frame 0 follows. With `standing`, one goes on that was elsewhere.

        Of an owner's jobs no more than `max_of_owner` train at once, the others queue; a `patient` job has no lease.

        Raises ValueError for settings, points or a file that make no sense or take too long, and RefusedError when the
        host is full.
        """
        with self._lock:
            if len(self._jobs) >= self._max_jobs:
                raise RefusedError(f"All {self._max_jobs} places are taken; one is free soon after somebody leaves.")
        config, changes, data = spec.config, spec.changes, spec.data
        if spec.checkpoint is not None:
            config, changes, state = load(spec.checkpoint)
            data = state.data
        check_length(config, changes)
        kind = KINDS[type(config)]
        options = {"changes": changes, "dataset": data and data.dataset}
        trainer = kind.make(config, **{name: value for name, value in options.items() if value})
        if spec.checkpoint is not None:
            restore(trainer, state)
        deadline = math.inf if patient else self._clock() + self._lease
        job = Job(kind, trainer, deadline, owner, looks=kind.looks(config))
        if standing is not None:
            job.take_up(standing)
        job.first = trainer.steps_done
        with self._lock:
            if job.state == "queued":
                job.ticket = next(self._tickets)
            self._jobs[job_id] = job
            self._admit()
        self._wake.set()

    def start(self, job_id: str, target: int, pace: float | None = None) -> None:
        """Train until iteration `target` (at most MAX_STEPS), at `pace` iterations per second or flat out.

        Also changes the target and the pace of a job that is running or queued already. Where too many wait, the job
        stays as it is, with a message.
        """
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.state == "failed":
                return
            moves = job.state in ("running", "queued") and job.takes_place
            if not moves and not self._may_wait(job):
                times = self._waits().values()
                again = f" Ask again in about {about(min(times))}." if times else ""
                job.message = f"All {self._max_queue} places in the queue are taken.{again}"
                return
            job.target, job.then = min(target, self._max_steps), "finished"
            if pace != job.pace:  # what was measured at another pace says nothing of this one
                job.rate, job.mark = 0.0, (self._clock(), job.trainer.steps_done)
            job.pace, job.due = pace, self._clock()
            if not moves:
                job.state, job.message, job.ticket = "queued", "", next(self._tickets)
            self._admit()
        self._wake.set()

    def pause(self, job_id: str) -> None:
        """Stop after the step that is under way, and evaluate there."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is not None and job.state in ("running", "queued"):
                job.state, job.rate = "paused", 0.0
                self._admit()
        self._wake.set()

    def step(self, job_id: str) -> None:
        """Exactly one generator iteration from a standstill, then paused; it does not queue.

        While another one is under way it is done after that.
        """
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.state == "failed" or self._ends(job):
                return
            before = job.target if job.state == "running" and not job.takes_place else job.trainer.steps_done
            job.target, job.then, job.due = before + 1, "paused", self._clock()
            job.state, job.message = "running", ""
        self._wake.set()

    def change(self, job_id: str, name: str, value: float) -> None:
        """Set the learning rate, lambda or n_critic anew, from the next iteration on.

        What makes no sense changes nothing: the job's message says why, and the run goes on.
        """
        with self._between_steps():
            job = self._jobs.get(job_id)
            if job is None or job.state == "failed":
                return
            try:
                if replace(job.trainer.config, **{name: value}).step_flop > MAX_STEP_FLOP:
                    raise ValueError("One iteration would take too long with that many critic steps: choose fewer.")
                job.trainer.change(job.trainer.steps_done, name, value)
            except (TypeError, ValueError) as error:
                job.message = str(error)
                return
            with self._lock:
                job.message = ""
                if job.recording:
                    job.recording.changes = job.trainer.changes

    def drop(self, job_id: str) -> None:
        """Forget a job at once."""
        with self._lock:
            self._jobs.pop(job_id, None)
        self._wake.set()

    # Questions

    def speed(self) -> Speed | None:
        """How fast this machine trains, None where nobody measured it."""
        return self._speed

    def poll(self, seen: dict[str, tuple[int, ...]]) -> dict[str, JobView]:
        """What is new in each job since (records, evaluations, changes) were seen; renews the leases of these jobs."""
        with self._lock:
            times = self._waits()
            return {job_id: self._view(job_id, times, *counts) for job_id, counts in seen.items()}

    def backups(self, seen: dict[str, int]) -> dict[str, Backup]:
        """What was kept of these jobs since the last call, with the frames after the step that was seen, -1 for none.

        They are handed over: nothing of them stays here. Of a job that has gone on for a while another is made in
        its next turn.
        """
        kept = {}
        with self._lock:
            for job_id, step in seen.items():
                job = self._jobs.get(job_id)
                if job is None or job.recording is None or job.state == "failed":
                    continue
                if job.backup is not None:
                    frames = [frame for frame in job.recording.frames if frame.step > step]
                    age = self._clock() - job.backup.age
                    kept[job_id] = replace(job.backup, frames=frames, stride=job.stride, age=age)
                    job.backup = None
                job.wanted = job.stands != job.saved and self._clock() >= job.made + BACKUP
        self._wake.set()
        return kept

    def freeze(self) -> None:
        """Train no more, after the step that is under way, and make a backup of every job as it stands then."""
        self._frozen = True
        with self._between_steps():
            for job in list(self._jobs.values()):
                if job.recording is not None and job.state != "failed":
                    self._save(job)

    def status(self) -> dict[str, int]:
        """How many jobs there are in each state."""
        with self._lock:
            return dict(Counter(job.state for job in self._jobs.values()))

    def recording(self, job_id: str) -> AnyRecording | None:
        """The whole recording of a job with all its frames, None if there is none (yet)."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.recording is None:
                return None
            return replace(job.recording, frames=list(job.recording.frames))

    def take_apart(self, job_id: str, critic_step: int | None = None) -> StepTrace | None:
        """The next iteration of a training in all its pieces, without taking it; None if there is no such run.

        Of the critic's steps it is number `critic_step`, or the last one.

        Training waits only while its state is copied.
        """
        with self._between_steps():
            job = self._jobs.get(job_id)
            if job is None or job.recording is None or job.state == "failed" or job.kind.take_apart is None:
                return None
            copy = job.kind.copy(job.trainer)
        return job.kind.take_apart(copy, critic_step)

    def checkpoint(self, job_id: str) -> bytes | None:
        """The file from which a run of two networks goes on as it stands; None for another job, or one that failed."""
        with self._between_steps():
            job = self._jobs.get(job_id)
            if job is None or job.state == "failed" or job.kind.checkpoint is None:
                return None
            return job.kind.checkpoint(job.trainer)

    def _view(self, job_id: str, times: dict[str, float], records: int, evaluations: int, changes: int = 0) -> JobView:
        job = self._jobs.get(job_id)
        if job is None:
            return JobView("lost", "This run has ended, because nobody was watching it.")
        job.deadline = max(job.deadline, self._clock() + self._lease)
        new = None
        if job.recording and counts(job.recording) != (records, evaluations, changes):
            new = replace(
                job.recording,
                records=job.recording.records[records:],
                evaluations=job.recording.evaluations[evaluations:],
                frames=job.recording.frames[-1:] if len(job.recording.evaluations) > evaluations else [],
            )
        rank = sum(other.state == "queued" and other.ticket <= job.ticket for other in self._jobs.values())
        return JobView(
            state=job.state,
            message=job.message,
            recording=new,
            rank=rank if job.state == "queued" else 0,
            wait=times.get(job_id, 0.0),
            rate=job.rate,
            busy=job.state in ("running", "queued")
            or job is self._serving  # a step that is under way will be evaluated
            or (job.recording is None and job.state != "failed")
            or job.owes_evaluation(self._every),
        )

    # Work

    @contextmanager
    def _between_steps(self) -> Iterator[None]:
        """No trainer works but for whoever is here. Who waits comes next: without that, training would come back first
        again and again, and a question has waited for ten steps of the largest networks.
        """
        with self._next:
            self._turn.acquire()
        try:
            yield
        finally:
            self._turn.release()

    def tick(self) -> float:
        """Give one turn to one job. Returns the seconds until there may be work again, 0 if there was some."""
        with self._lock:
            now = self._clock()
            if self._frozen:
                return IDLE
            for job_id in [job_id for job_id, job in self._jobs.items() if job.deadline < now]:
                del self._jobs[job_id]
            self._admit()
            working = [job for job in self._jobs.values() if self._has_work(job)]
            ready = [job for job in working if job.state != "running" or job.due <= now]
            if not ready:
                return min((job.due - now for job in working), default=IDLE)
            job = min(ready, key=lambda job: (job.takes_turns, job.used))
            turn, self._serving = job.takes_turns, job
        begun = self._meter()
        try:
            with self._between_steps():
                if self._frozen:
                    self._serving = None
                    return IDLE
                if job.recording is None:
                    recording = job.kind.begin(job.trainer)
                    self._evaluate(job, recording)
                elif job.owes_evaluation(self._every):
                    self._evaluate(job, job.recording)
                else:
                    self._train(job)
                if job.wanted and not job.owes_evaluation(self._every) and job.state != "failed":
                    self._save(job)
        except Exception as error:
            run = next((job_id for job_id, each in list(self._jobs.items()) if each is job), "")
            logging.getLogger(__name__).exception("A job failed", extra={"run": run})
            self._fail(job, f"The run stopped at iteration {job.trainer.steps_done:,}: {error}")
        self._serving = None
        job.spent += self._clock() - now
        if turn:
            self._served = max(self._served, job.used)
            job.used = self._served + self._meter() - begun
        return 0.0

    def _has_work(self, job: Job) -> bool:
        if job.state == "failed":
            return False
        return job.state == "running" or job.recording is None or job.owes_evaluation(self._every) or job.wanted

    def _admit(self) -> None:
        """Let queued jobs run, first come first served; single steps take no place."""
        training = self._training()
        for job in sorted(self._jobs.values(), key=lambda job: job.ticket):
            if job.state == "queued" and self._has_place(job, training):
                training[job.owner] += 1
                job.state, job.mark = "running", (self._clock(), job.trainer.steps_done)

    def _training(self) -> Counter:
        """How many places each owner has taken."""
        return Counter(job.owner for job in self._jobs.values() if job.state == "running" and job.takes_place)

    def _has_place(self, job: Job, training: Counter) -> bool:
        mine = 0 if job.owner is None else training[job.owner]
        return training.total() < self._max_running and mine < self._max_of_owner

    def _may_wait(self, job: Job) -> bool:
        """A job that asks now need not wait, or not too many wait already."""
        waiting = sum(other.state == "queued" for other in self._jobs.values() if other is not job)
        return waiting < self._max_queue or (not waiting and self._has_place(job, self._training()))

    def _waits(self) -> dict[str, float]:
        """Seconds until each queued job runs, about."""
        queued = {job_id: job for job_id, job in self._jobs.items() if job.state == "queued"}
        if not queued:
            return {}
        queued = dict(sorted(queued.items(), key=lambda item: item[1].ticket))
        running = [self._load(job) for job in self._jobs.values() if job.state == "running" and job.takes_place]
        times = waits(running, [*map(self._load, queued.values())], self._max_running, self._max_of_owner)
        return dict(zip(queued, times, strict=True))

    def _load(self, job: Job) -> Load:
        """What is left of a job, by what its steps have taken here, or by what is known of this machine."""
        done = job.trainer.steps_done - job.first
        if done >= MEASURED:
            seconds = job.spent / done
        else:
            config = job.trainer.config
            seconds = self._speed.seconds(config) if self._speed else config.step_flop / USUAL_FLOP
        left = max(0, job.target - job.trainer.steps_done)
        return Load(job.owner, left * seconds, left / job.pace if job.pace else 0.0)

    def _save(self, job: Job) -> None:
        """Keep where it stands until it is fetched; not while its trainer works."""
        state = trainer_state.save(job.trainer)
        with self._lock:
            made = job.made = self._clock()  # an age once it is handed over
            job.backup = Backup(state, len(job.recording.records), len(job.recording.evaluations), job.stride, made)
            job.saved, job.wanted = job.stands, False

    def _train(self, job: Job) -> None:
        trainer, records, begun = job.trainer, [], self._meter()
        until = self._clock() + self._slice
        # A command of another thread ends the loop by changing state or target.
        while job.state == "running" and trainer.steps_done < job.target and not self._ends(job):
            records.append(trainer.step())
            if bad := job.kind.blown(trainer, records[-1]):
                self._fail(job, f"The run blew up at iteration {trainer.steps_done:,}: the {bad}.")
            now = self._clock()
            if job.pace:
                job.due = max(job.due, now - 1 / job.pace) + 1 / job.pace
                break
            if now >= until or job.at_look(self._every):
                break
        trainer.seconds += self._meter() - begun
        with self._lock:
            job.recording.records = np.vstack([job.recording.records, *records])
            now, (since, step) = self._clock(), job.mark
            if now - since >= 1:
                job.rate, job.mark = (trainer.steps_done - step) / (now - since), (now, trainer.steps_done)
            limit = self._ends(job)
            if job.state == "running" and (limit or trainer.steps_done >= job.target):
                job.state, job.rate, job.message = job.then, 0.0, limit or job.message

    def _ends(self, job: Job) -> str:
        """Why it goes no further, "" where it may. A study, which is patient, has a length of its own."""
        if job.trainer.steps_done >= self._max_steps:
            return f"A run ends after {self._max_steps:,} iterations here."
        if job.trainer.seconds >= self._max_seconds and job.deadline < math.inf:
            return f"A run ends after {self._max_seconds:,g} s of computing here."
        return ""

    def _evaluate(self, job: Job, recording: AnyRecording) -> None:
        try:
            measures, frame = job.kind.evaluate(job.trainer)
            bad = job.kind.blown_frame(job.trainer, frame)
        except ValueError:  # no measure has such points
            bad = NETWORKS
        if bad:
            self._fail(job, f"The run blew up at iteration {job.trainer.steps_done:,}: the {bad}.")
            return
        with self._lock:
            job.recording = recording
            job.keep(measures, frame)

    def _fail(self, job: Job, message: str) -> None:
        with self._lock:
            job.state, job.message, job.rate = "failed", message, 0.0


def _drive(reference: weakref.ref, wake: threading.Event) -> None:
    """The host's thread: it ends when nobody holds the host any more."""
    torch.set_num_threads(1)
    while (host := reference()) is not None:
        wait = host.tick()
        del host
        if wait:
            wake.wait(wait)
            wake.clear()
