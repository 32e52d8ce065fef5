"""A job in the host: its trainer, its recording, what is asked of it, and when it is evaluated."""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from wgan_demo.engine import trainer_state
from wgan_demo.engine.backup import Backup, Standing
from wgan_demo.engine.jobs import AnyRecording
from wgan_demo.engine.kinds import Kind
from wgan_demo.gan.critic_alone.trainer import CriticTrainer
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.standstill.trainer import StandstillTrainer
from wgan_demo.gan.trainer import Trainer

MAX_FRAME_BYTES = 5 * 2**20  # of all frames of a run: some 400 of points in the plane
PACED_FRAMES = 2  # evaluations per second of a run that is slowed down to be watched


@dataclass(eq=False)
class Job:
    """A run in the host. Only the training side touches `trainer`; all else changes under the host's lock."""

    kind: Kind
    trainer: Trainer | CriticTrainer | StandstillTrainer
    deadline: float  # of its lease
    owner: str | None
    recording: AnyRecording | None = None  # None until frame 0
    state: str = "paused"
    message: str = ""
    target: int = 0
    then: str = "finished"  # the state when the target is reached
    pace: float | None = None  # generator iterations per second, None: flat out
    due: float = 0.0  # no step before this time
    ticket: int = 0  # order of arrival in the queue
    used: float = 0.0  # seconds of training, as the scheduler counts them
    rate: float = 0.0
    mark: tuple[float, int] = (0.0, 0)  # time and step from which the rate is measured
    stride: int = 1  # frames are kept at multiples of it
    looks: Collection[int] = ()  # steps at which it is evaluated whatever else is asked for
    spent: float = 0.0  # seconds by the clock of all its turns
    first: int = 0  # the step at which they began
    wanted: bool = False  # somebody asks for a backup
    backup: Backup | None = None  # one that has not been fetched yet
    saved: tuple[int, int] = (-1, -1)  # steps and evaluations of the newest backup
    made: float = -math.inf  # when that was

    @property
    def takes_place(self) -> bool:
        """True for a run, False for a single step, which does not queue."""
        return self.then == "finished"

    @property
    def stands(self) -> tuple[int, int]:
        """Steps done and evaluations: what a backup is the newest of."""
        return self.trainer.steps_done, len(self.recording.evaluations)

    @property
    def takes_turns(self) -> bool:
        """True for a run that takes its turns, False where somebody waits for one frame."""
        return self.recording is not None and self.state == "running" and self.takes_place

    def owes_evaluation(self, every: int) -> bool:
        """True at every `every`-th step and its `looks`, more often in a paced run, and wherever a run stands still."""
        step = self.trainer.steps_done
        if self.recording is None or self.state == "failed" or step == self.recording.evaluations[-1, 0]:
            return False
        paced = self.pace and step % max(1, round(self.pace / PACED_FRAMES)) == 0
        return self.at_look(every) or bool(paced) or self.state in ("paused", "finished")

    def at_look(self, every: int) -> bool:
        """It stands at a step that is evaluated in any case."""
        return self.trainer.steps_done % every == 0 or self.trainer.steps_done in self.looks

    def keep(self, measures: dict[str, float], frame: Frame) -> None:
        """Add an evaluation; beyond MAX_FRAME_BYTES every second frame goes, so that the rest stay evenly spaced."""
        recording = self.recording
        recording.evaluations = np.vstack([recording.evaluations, recording.row(self.trainer, measures)])
        frames = recording.frames
        if frames and frames[-1].step % self.stride:
            frames.pop()  # was there only because it was the newest
        frames.append(frame)
        while len(frames) > 2 and len(frames) * frame.nbytes > MAX_FRAME_BYTES:
            self.stride *= 2
            frames[:-1] = [old for old in frames[:-1] if old.step % self.stride == 0]

    def take_up(self, standing: Standing) -> None:
        """Stand where it stood elsewhere, fresh as it is, and do what it was doing."""
        if standing.state is not None:
            trainer_state.restore(self.trainer, standing.state)
            self.recording, self.stride = standing.recording, standing.stride
        for change in standing.changes[len(getattr(self.trainer, "changes", ())) :]:
            self.trainer.change(*change)
        if self.recording is not None and standing.changes:
            self.recording.changes = self.trainer.changes
        self.looks = {*self.looks, *standing.looks}
        self.target, self.then, self.pace = standing.target, standing.then, standing.pace
        self.state = "queued" if self.takes_place else "running"
