"""A job as it is seen from outside, and what can be said about it. Needs no torch."""

import math
from dataclasses import dataclass

from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.config import Changes, TrainConfig, settings_over
from wgan_demo.gan.critic_alone.config import CriticConfig, CriticRecording
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig, PlaneCriticRecording
from wgan_demo.gan.runs.recording import EVERY, Recording
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.recording import StandstillRecording

AnyConfig = TrainConfig | BuggyConfig | CriticConfig | PlaneCriticConfig | StandstillConfig
AnyRecording = Recording | CriticRecording | PlaneCriticRecording | StandstillRecording
MOVING = ("starting", "queued", "running")  # states of a job that is on its way
ENDED = ("failed", "refused", "lost")  # states that nothing follows
MAX_STEPS = 20_000  # generator iterations of one run: its records then take 1.1 MB
MAX_STEP_FLOP = 60e9  # of one generator iteration, about a second in which nobody else gets a turn
LEASE = 30.0  # seconds that a job lives without being asked for


def counts(recording: AnyRecording | None) -> tuple[int, int, int]:
    """How many records, evaluations and changes there are: who has seen as many has nothing to fetch."""
    if recording is None:
        return 0, 0, 0
    return len(recording.records), len(recording.evaluations), len(getattr(recording, "changes", ()))


@dataclass(frozen=True)
class Speed:
    """How fast a worker trains one run alone, as measured at its start.

    by_hand, autograd   seconds of a critic step beside its arithmetic: what small networks take
    flop                floating-point operations a second of large networks
    evaluation          seconds of one evaluation, of which there is one every EVERY iterations
    """

    by_hand: float
    autograd: float
    flop: float
    evaluation: float

    def seconds(self, config: AnyConfig) -> float:
        """Of one step with these settings, evaluations included: right to about a third for a generator's iteration."""
        beside = self.by_hand if getattr(config, "by_hand", False) else self.autograd
        return getattr(config, "n_critic", 1) * beside + config.step_flop / self.flop + self.evaluation / EVERY


class RefusedError(Exception):
    """The house is full; the text is one sentence for the person who asked."""


def check_length(config: AnyConfig, changes: Changes = ()) -> None:
    """Raises ValueError where one iteration would take longer than others can wait, now or after a change."""
    seconds = max(settings.step_flop for settings in settings_over(config, changes)) / MAX_STEP_FLOP
    if seconds > 1:
        raise ValueError(
            f"One iteration of this run would take about {seconds:.0f} s here and hold up everybody else: "
            "choose a smaller batch, narrower or fewer layers, or fewer critic steps."
        )


def about(seconds: float) -> str:
    """A time that is an estimate, in words: to one digit from ten seconds on."""
    if seconds < 10:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds, -math.floor(math.log10(seconds))):,.0f} s"


@dataclass(frozen=True, eq=False)
class JobView:
    """One job at one moment.

    state      "starting" (its worker or its noise floor is on the way), "queued", "running", "paused", "finished",
               "failed" (its numbers exploded, or its settings make no sense), "refused" (the house is full) or "lost"
               (its worker died, or nobody asked for it during a lease)
    message    one sentence that says why, or ""
    recording  the run so far with the last one or two frames that a poll brought, None until the untrained frame 0 is
               there; in the answer of `Host.poll` only what is new, None if nothing is
    rank       place in the queue from 1, 0 when not queued
    wait       seconds until its turn, about; 0 when not queued
    rate       generator iterations per second, lately
    busy       more will come without a command: keep looking
    """

    state: str
    message: str = ""
    recording: AnyRecording | None = None
    rank: int = 0
    wait: float = 0.0
    rate: float = 0.0
    busy: bool = False

    @property
    def turn(self) -> str:
        """When a queued job runs, in words."""
        return f"your turn in about {about(self.wait)}" if math.isfinite(self.wait) else "your turn when others leave"
