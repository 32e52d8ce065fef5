"""What the app knows about a job, and from where the job goes on when its host has died. Needs no torch."""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from wgan_demo.engine.backup import Backup, Standing
from wgan_demo.engine.jobs import MOVING, AnyRecording, JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.runs.frame import Frame

RESTARTED = "The server was restarted; the run goes on where it stood."
AWAY = "This tab was away for a while; its run goes on where it stood."


@dataclass(eq=False)
class Kept:
    """What a job goes on from when its host has died."""

    backup: Backup
    frames: list[Frame]
    made: float  # when, in seconds of time.monotonic

    def __post_init__(self):
        self.nbytes = len(self.backup.state) + sum(frame.nbytes for frame in self.frames)


@dataclass(eq=False)
class Mirror:
    """What the app knows about a job."""

    view: JobView
    spec: RunSpec
    owner: str
    patient: bool
    commands: list[tuple] = field(default_factory=list)  # (name, *args), not yet sent
    sent: list[tuple] = field(default_factory=list)  # since the last answer
    link: object | None = None  # to the host that has it
    orphaned: float = math.inf  # the time when its tab went away
    plan: tuple[int, float | None] | None = None  # the target and the pace that it was given, if it runs
    kept: Kept | None = None
    keeps: bool = True  # False where its backups are too large
    since: float = math.inf  # the time when its host died
    falls: int = 0  # how many hosts have died under it since its last backup
    notice: str = ""  # what is said of that
    state: str = ""  # as its host has told it last

    @property
    def has_begun(self) -> bool:
        """Its host has it: what was sent includes no creation."""
        return not any(name == "create" for name, *_ in (*self.sent, *self.commands))

    def keep(self, backup: Backup, now: float) -> None:
        """A newer backup, in place of the one before."""
        frames = [*(self.kept.frames if self.kept else []), *backup.frames]
        frames = [frame for frame in frames if frame.step % backup.stride == 0 or frame is frames[-1]]
        self.kept = Kept(replace(backup, frames=[]), frames, now - backup.age)
        self.falls = 0

    def standing(self) -> Standing:
        """Where it goes on, and what it was doing."""
        view, recording, state, stride, rows = self.view, self.view.recording, None, 1, 0
        steps = recording.steps if recording else 0
        looks = () if recording is None else recording.evaluations[:, 0]
        changes = getattr(recording, "changes", ())
        if self.kept and recording:
            backup = self.kept.backup
            state, stride, rows = backup.state, backup.stride, backup.evaluations
            recording = self.until(backup)
        else:
            recording = None
        if self.plan and view.state in (*MOVING, "finished"):
            (target, pace), then = self.plan, "finished"
        elif view.state == "finished":
            target, pace, then = steps, None, "finished"
        else:
            asked = any(name == "step" for name, *_ in (*self.sent, *self.commands))
            under_way = view.state == "running" and not asked  # a single step
            target, pace, then = steps + under_way, None, "paused"
        return Standing(state, recording, stride, changes, tuple(map(int, looks[rows:])), target, then, pace)

    def at_rest(self, notice: str = RESTARTED) -> "Mirror":
        """The same of a job that no host has, and that is created anew where it stood; the `notice` says why."""
        standing = self.standing()
        begins = ("create", self.spec, self.owner, self.patient, standing)
        recording = standing.recording and replace(standing.recording, frames=standing.recording.frames[-2:])
        view = JobView("starting", notice, recording, busy=True)
        asked = [each for each in (*self.sent, *self.commands) if each[0] in ("change", "step")]
        return replace(self, view=view, commands=[begins, *asked], sent=[], link=None, notice=notice)

    def until(self, backup: Backup) -> AnyRecording:
        """The recording as it was when the backup was made, with all its frames."""
        recording = self.view.recording
        evaluations = recording.evaluations[: backup.evaluations]
        return replace(
            recording,
            records=recording.records[: backup.records],
            evaluations=evaluations,
            frames=[frame for frame in self.kept.frames if frame.step <= evaluations[-1, 0]],
        )


def grown(old: AnyRecording | None, new: AnyRecording | None) -> AnyRecording | None:
    """An old recording with the new part at its end, and the two newest frames: another object, arrays shared."""
    if old is None or new is None:
        return new or old
    return replace(
        new,
        records=np.concatenate([old.records, new.records]),
        evaluations=np.concatenate([old.evaluations, new.evaluations]),
        frames=[*old.frames, *new.frames][-2:],
    )
