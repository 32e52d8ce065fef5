"""The app's side of training: one Pool per process, whose methods return at once.

A single thread, the keeper, does all the talking: it sends the commands, then asks every host once for all its jobs,
four times a second while something moves and every few seconds otherwise, which also renews the leases. What it learns
goes into a mirror of each job (mirror.py), and pages read the mirrors. It also fetches backups of what has gone on
(backup.py): when a host dies, its jobs go on from there on another one, and no number differs from those of a run that
was never disturbed.
"""

import logging
import math
import pickle
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from wgan_demo.engine.backup import Backup
from wgan_demo.engine.jobs import ENDED, LEASE, AnyRecording, JobView, RefusedError, Speed, counts
from wgan_demo.engine.links import DaskWorkers, LinkError, LocalWorkers
from wgan_demo.engine.mirror import AWAY, Mirror, grown
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.slow_motion.trace import StepTrace

LOG = logging.getLogger(__name__)
FAST, SLOW = 0.25, 5.0  # seconds between two polls, while something moves and otherwise
GRACE = 20.0  # seconds that a run trains on for a tab that went away
REST = 3600.0  # seconds that it waits for it after that, in the app's memory alone
TRIES = 3  # hosts that may die under a run, one after the other, without a backup in between: it may be the cause
GONE = JobView("lost", "This run has ended.")
KEPT = 512 * 2**20  # bytes of all backups: one of the default networks takes 0.9 MB, its film 5 MB at most
SAVED = ".run"  # files of runs that wait for the next start
STALE = 3600.0  # seconds after which nobody comes back to one


class Pool:
    """Runs many trainings at once, elsewhere. Every method may be called from any thread and returns at once.

    By default `start()` or the first job starts one worker process beside the app, in the background; `ready` turns
    True about 4 seconds later, and jobs created before that wait for it. With `scheduler`, the address of a Dask
    cluster ("tcp://host:8786"), the jobs spread over its workers instead. `grace` is in seconds of `clock`; `kept`
    is how many bytes of backups the app holds: runs beyond them are repeated from their beginning when their host dies.
    `options` go to each Host (lease, max_running, ...).
    """

    def __init__(
        self,
        scheduler: str = "",
        *,
        grace: float = GRACE,
        kept: int = KEPT,
        clock: Callable[[], float] = time.monotonic,
        **options,
    ):
        self._workers = DaskWorkers(scheduler, options) if scheduler else LocalWorkers(options)
        self._grace, self._clock, self._room = grace, clock, kept
        self._links: list = []
        self._speed: Speed | None = None
        self._mirrors: dict[str, Mirror] = {}
        self._resting: dict[str, Mirror] = {}  # of tabs that have been away for long, the longest first
        self._lock = threading.RLock()
        self._poke = threading.Event()
        self._replaced = 0
        self._closed = self._freezes = False
        self._keeper: threading.Thread | None = None

    # Commands: they take effect in the order given, and the view shows them at once.

    def create(self, spec: RunSpec, *, owner: str, patient: bool = False) -> str:
        """A new job, paused before its first step; its recording appears with frame 0. Returns its id.

        Of an `owner`'s jobs a host trains only a few at once; a `patient` one has no lease: it lives until dropped.
        Settings that make no sense, or a full house, show in the view as "failed" or "refused" with a message.
        """
        job_id = uuid.uuid4().hex
        with self._lock:
            begins = [("create", spec, owner, patient)]
            self._mirrors[job_id] = Mirror(JobView("starting", busy=True), spec, owner, patient, begins)
        LOG.info("asked for: %s", type(spec.config).__name__, extra={"run": job_id})
        self.start()
        return job_id

    def start(self, job_id: str | None = None, target: int = 0, pace: float | None = None) -> None:
        """Train until iteration `target` at `pace` iterations per second (None: flat out), or change either.

        Beyond 20,000 iterations a run ends, with a message. Without a job: bring up the worker before one is needed.
        """
        if job_id is not None:
            self._send(job_id, "running", "start", target, pace, plan=(target, pace))
            return
        with self._lock:
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)
                self._keeper.start()
        self._poke.set()

    def pause(self, job_id: str) -> None:
        """Stop after the step that is under way; a fresh frame of that step follows."""
        self._send(job_id, "paused", "pause")

    def step(self, job_id: str) -> None:
        """Exactly one generator iteration, then paused, with a fresh frame."""
        self._send(job_id, "running", "step")

    def change(self, job_id: str, name: str, value: float) -> None:
        """Set "lr", "gp_weight" or "n_critic" of a job anew, from its next iteration on."""
        with self._lock:
            mirror = self._mirrors.get(job_id)
            if mirror is not None and mirror.view.state not in ENDED:
                mirror.commands.append(("change", name, value))
                mirror.view = replace(mirror.view, busy=True)  # until it is known whether it was accepted
        self._poke.set()

    def drop(self, job_id: str) -> None:
        """End a job and forget it."""
        with self._lock:
            self._resting.pop(job_id, None)
            if mirror := self._mirrors.get(job_id):
                mirror.view, mirror.orphaned = GONE, -math.inf
        self._poke.set()

    def orphan(self, job_id: str) -> None:
        """Its tab has closed: the job stops after `grace`, 5 seconds later at most, unless it is adopted.

        Then it rests: it goes on where it stood when it is adopted within an hour, and there was room for it.
        """
        with self._lock:
            if mirror := self._mirrors.get(job_id):
                mirror.orphaned = min(mirror.orphaned, self._clock())

    def adopt(self, job_id: str, *, only_orphan: bool = False) -> bool:
        """Its tab is back: True if the job is still there, and with `only_orphan` no other tab has it."""
        with self._lock:
            if rests := self._resting.pop(job_id, None):
                self._mirrors[job_id] = rests.at_rest(AWAY)
                self._poke.set()
            mirror = self._mirrors.get(job_id)
            if mirror is None or mirror.view.state == "lost" or (only_orphan and mirror.orphaned == math.inf):
                return False
            mirror.orphaned = math.inf
            return True

    # Questions

    @property
    def ready(self) -> bool:
        """A worker is up."""
        return bool(self._links)

    @property
    def hosts(self) -> int:
        """How many workers there are; 1 as long as the first is on its way."""
        return len(self._links) or 1

    @property
    def speed(self) -> Speed | None:
        """How fast the first worker was when it came up, None until then."""
        return self._speed

    @property
    def running_count(self) -> int:
        """How many jobs train at this moment."""
        with self._lock:
            return sum(mirror.view.state == "running" for mirror in self._mirrors.values())

    def view(self, job_id: str) -> JobView:
        """What is known about a job, "lost" for an unknown one: a snapshot that later polls do not change."""
        mirror = self._mirrors.get(job_id)  # without the lock, for which a hundred who look would wait
        return mirror.view if mirror else GONE

    def spec(self, job_id: str) -> RunSpec | None:
        """What a job was created with, None for an unknown one."""
        mirror = self._mirrors.get(job_id)
        return mirror and mirror.spec

    def recording(self, job_id: str) -> AnyRecording | None:
        """The whole recording with all its frames, fetched from the worker: waits some 10 ms. None if there is none."""
        return self._ask("recording", job_id)

    def status(self) -> dict[str, int]:
        """How many jobs there are in each state; those of tabs that have been away for long are "resting"."""
        with self._lock:
            states = Counter(mirror.view.state for mirror in self._mirrors.values())
            return dict(states + Counter(resting=len(self._resting)))

    @property
    def pids(self) -> list[int]:
        """Of the worker processes beside the app."""
        return [link.pid for link in list(self._links) if hasattr(link, "pid")]

    @property
    def kept_bytes(self) -> int:
        """Of all backups."""
        with self._lock:
            everyone = (*self._mirrors.values(), *self._resting.values())
            return sum(mirror.kept.nbytes for mirror in everyone if mirror.kept)

    @property
    def replaced(self) -> int:
        """How many workers have died and were replaced, or their runs taken up by others."""
        return self._replaced

    def checkpoint(self, job_id: str) -> bytes | None:
        """The file from which the run goes on as it stands (gan/checkpoint.py): waits for the step under way.

        None if there is no such run, or it failed.
        """
        return self._ask("checkpoint", job_id)

    def take_apart(self, job_id: str, critic_step: int | None = None) -> StepTrace | None:
        """The next iteration of a training in all its pieces, without taking it: waits some 10 ms, and longer for large
        networks. None if there is no such run (yet). A command given just before may not have arrived.

        Of the critic's steps it is number `critic_step`, or the last one.
        """
        return self._ask("take_apart", job_id, critic_step)

    def _ask(self, question: str, job_id: str, *more):
        with self._lock:
            mirror = self._mirrors.get(job_id)
            link = mirror and mirror.link  # the keeper may take it away at any time
        try:
            return link.call(question, job_id, *more) if link else None
        except LinkError:
            return None

    def save(self, folder: Path) -> list[str]:
        """Stop every run after its step, close, and write each run to a file of `folder`; returns the ids of those.

        A disk that is full is said in the log; nothing half written is left. `load` of another pool goes on with them.
        """
        self._freezes = True
        self.close()
        written: list[str] = []
        everyone = self._resting | self._mirrors
        alive = {job_id: mirror for job_id, mirror in everyone.items() if mirror.view.state not in ENDED}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for job_id, mirror in alive.items():
                if not mirror.patient:  # of a study, which keeps its results itself
                    write(folder / f"{job_id}{SAVED}", pickle.dumps(mirror.at_rest(), pickle.HIGHEST_PROTOCOL))
                    written.append(job_id)
        except OSError as error:
            LOG.error(
                "%d of %d runs were saved, the others end here: %s", len(written), len(alive), error.strerror or error
            )
        return written

    def load(self, folder: Path, wait: float) -> None:
        """Go on with what another pool has saved there less than an hour ago; each run waits for its tab for so many
        seconds. The files are removed. They are pickles: nobody else may write to that folder.
        """
        for path in sorted(folder.glob(f"*{SAVED}")):
            try:
                mirror = pickle.loads(path.read_bytes()) if time.time() - path.stat().st_mtime < STALE else None
            except Exception:  # of another version, perhaps: pickle raises whatever it meets
                LOG.exception("A saved run cannot be read")
                mirror = None
            path.unlink(missing_ok=True)
            if mirror is not None:
                mirror.orphaned = self._clock() + wait - self._grace
                with self._lock:
                    self._mirrors[path.stem] = mirror

    def close(self) -> None:
        """End the worker process, or leave the cluster; waits until that is done."""
        self._closed = True
        self._poke.set()
        if self._keeper:
            self._keeper.join()

    # The keeper

    def _send(self, job_id: str, state: str, *command, plan: tuple[int, float | None] | None = None) -> None:
        with self._lock:
            mirror = self._mirrors.get(job_id)
            if mirror is None or mirror.view.state in ENDED:
                return
            mirror.commands.append(command)
            mirror.plan, mirror.notice = plan, ""
            state = state if mirror.view.recording else "starting"
            mirror.view = replace(mirror.view, state=state, busy=True, message="")
        self._poke.set()

    def _keep(self) -> None:
        self._connect()
        while not self._closed:
            with self._lock:
                busy = any(mirror.view.busy for mirror in self._mirrors.values())
            self._poke.wait(FAST if busy else SLOW)
            self._poke.clear()
            with self._lock:
                late = self._clock() - self._grace
                ended = {job_id: mirror for job_id, mirror in self._mirrors.items() if mirror.orphaned < late}
                for job_id, mirror in ended.items():
                    del self._mirrors[job_id]
                    if mirror.kept and mirror.view.state not in ENDED:
                        self._resting[job_id] = mirror
                for job_id in [job_id for job_id, each in self._resting.items() if each.orphaned < late - REST]:
                    del self._resting[job_id]
                waiting = any(mirror.link is None and mirror.commands for mirror in self._mirrors.values())
            if waiting:
                self._connect()
            for link in self._links:
                try:
                    for job_id, mirror in ended.items():
                        if mirror.link is link:
                            link.call("drop", job_id)
                    self._visit(link)
                except LinkError as error:
                    self._replace(link, error)
                except Exception:  # the keeper must go on for the other hosts
                    LOG.exception("A host answered with an error")
                    self._replace(link, LinkError("The training worker has failed."))
        links, self._links = self._links, []
        for link in links:
            if self._freezes:
                self._freeze(link)
            link.close()
        self._workers.close()

    def _freeze(self, link) -> None:
        """Its jobs stop, and all that is to be known of them is fetched."""
        try:
            link.call("freeze")
            self._visit(link)
        except Exception:  # then older backups have to do
            LOG.exception("A worker did not stop as it should")

    def _connect(self) -> None:
        """Bring up what is missing and give waiting jobs to the hosts with the fewest."""
        try:
            self._links = self._links + self._workers.connect(self._links)
            self._speed = self._speed or self._links[0].call("speed")
        except LinkError as error:
            if not self._links:
                self._give_up(error)
                return
        with self._lock:
            jobs = {id(link): 0 for link in self._links}
            for mirror in self._mirrors.values():
                if mirror.link is not None:
                    jobs[id(mirror.link)] += 1
            for mirror in self._mirrors.values():
                if mirror.link is None and mirror.commands:
                    mirror.link = min(self._links, key=lambda link: jobs[id(link)])
                    jobs[id(mirror.link)] += 1

    def _visit(self, link) -> None:
        """Send the commands of this host's jobs, then learn what is new in all of them."""
        with self._lock:
            mine = {job_id: mirror for job_id, mirror in self._mirrors.items() if mirror.link is link}
            commands = [(job_id, command) for job_id, mirror in mine.items() for command in mirror.commands]
            for mirror in mine.values():
                mirror.sent, mirror.commands = mirror.commands, []
        for job_id, (name, *args) in commands:
            try:
                link.call(name, job_id, *args)
            except LinkError:
                raise
            except Exception as error:  # refused, or settings that make no sense
                if mirror := mine.pop(job_id, None):
                    self._end(mirror, "refused" if isinstance(error, RefusedError) else "failed", str(error))
        if not mine:
            return
        backups = self._backups(link, mine)
        news = link.call("poll", {job_id: counts(mirror.view.recording) for job_id, mirror in mine.items()})
        with self._lock:
            for job_id, new in news.items():
                mirror = mine[job_id]
                mirror.sent = []
                if mirror.view is GONE:  # dropped meanwhile
                    continue
                if new.state == "lost":
                    self._end(mirror, new.state, new.message)
                    continue
                recording = grown(mirror.view.recording, new.recording)
                if mirror.commands:  # not yet sent: what they will lead to is shown already
                    new = replace(new, state=mirror.view.state, busy=True)
                elif recording is None and new.state != "failed":
                    new = replace(new, state="starting")
                mirror.view = replace(new, recording=recording, message=new.message or mirror.notice)
                self._tell(job_id, mirror.state, mirror.view)
                mirror.state = mirror.view.state
                if job_id in backups:
                    mirror.keep(backups[job_id], time.monotonic())
            if backups:
                self._fit()

    def _backups(self, link, mine: dict[str, Mirror]) -> dict[str, Backup]:
        """What is new of them. They are older than the poll that follows, which has all their rows."""
        seen = {}
        for job_id, mirror in mine.items():
            if mirror.keeps and mirror.view.state not in ENDED:
                frames = mirror.kept.frames if mirror.kept else []
                seen[job_id] = frames[-1].step if frames else -1
        return link.call("backups", seen)

    def _fit(self) -> None:
        """Let go of those who have rested the longest, and then of the largest backups, where all are too large."""
        while self._resting and self.kept_bytes > self._room:
            del self._resting[next(iter(self._resting))]
        kept = [mirror for mirror in self._mirrors.values() if mirror.kept]
        total = sum(mirror.kept.nbytes for mirror in kept)
        for mirror in sorted(kept, key=lambda mirror: -mirror.kept.nbytes):
            if total <= self._room:
                return
            total -= mirror.kept.nbytes
            mirror.kept, mirror.keeps = None, False

    def _tell(self, job_id: str, before: str, view: JobView) -> None:
        """A line of the log where a run has come to an end, or begun to train."""
        if view.state != before and view.state in ("running", "finished", *ENDED):
            steps = view.recording.steps if view.recording else 0
            LOG.info("%s at iteration %d", view.state, steps, extra={"run": job_id})

    def _end(self, mirror: Mirror, state: str, message: str) -> None:
        with self._lock:
            mirror.link, mirror.commands = None, []
            mirror.view = JobView(state, message, mirror.view.recording)
            job_id = next((job_id for job_id, each in self._mirrors.items() if each is mirror), "")
        LOG.warning("%s: %s", state, message, extra={"run": job_id})

    def _replace(self, link, error: LinkError) -> None:
        """A host has died: its jobs are given to another one, from their backups."""
        LOG.warning("A worker has died: %s (%r)", error, error.__cause__)
        self._links = [other for other in self._links if other is not link]
        link.close()
        now, self._replaced = time.monotonic(), self._replaced + 1
        with self._lock:
            lost = [(job_id, mirror) for job_id, mirror in self._mirrors.items() if mirror.link is link]
            for _, mirror in sorted(lost, key=lambda each: each[1].view.rank):  # those that ran run again first
                mirror.link = None
                if mirror.view.state in ENDED:
                    continue
                mirror.falls += 1
                if mirror.falls >= TRIES:
                    self._end(mirror, "lost", f"{error} It happened {TRIES} times.")
                elif not mirror.has_begun:
                    mirror.sent, mirror.commands = [], [*mirror.sent, *mirror.commands]
                else:
                    self._take_up(mirror, now)
        self._poke.set()

    def _take_up(self, mirror: Mirror, now: float) -> None:
        """Have it created anew where it stood, doing what was last asked for, and then what has not been answered."""
        moved, rests = mirror.view.busy, mirror.at_rest()
        mirror.sent, mirror.commands, mirror.since = [], rests.commands, now
        if not mirror.kept:
            mirror.notice = "The worker was replaced; the run is repeated from its beginning."
        elif moved:
            seconds = now - mirror.kept.made
            mirror.notice = f"The worker was replaced; {seconds:.1f} s of training were repeated."
        else:
            mirror.notice = "The worker was replaced; nothing was lost."
        mirror.view = replace(rests.view, message=mirror.notice)

    def _give_up(self, error: LinkError) -> None:
        """There is no host: jobs that wait for one end, those that were running elsewhere only after a while."""
        LOG.warning("%s (%r)", error, error.__cause__)
        late = time.monotonic() - LEASE
        with self._lock:
            for mirror in self._mirrors.values():
                if mirror.link is None and mirror.commands:
                    if late < mirror.since < math.inf:
                        mirror.view = replace(mirror.view, message=f"{error} This run waits for it.")
                    else:
                        self._end(mirror, "lost", str(error))


def write(path: Path, content: bytes) -> None:
    """A file that is there as a whole or not at all, for its owner alone. Raises OSError."""
    beside = path.with_suffix(".part")
    try:
        beside.touch(0o600)
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
