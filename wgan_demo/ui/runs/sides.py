"""One of two runs that are looked at side by side, and how the two keep step."""

from typing import NamedTuple

from wgan_demo.gan.presets import PRESETS, match
from wgan_demo.gan.runs.clocks import Clock
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.tab import TabRun


class Side(NamedTuple):
    """One of the two: its recording, its job if it was trained here, and whether more of it will come."""

    recording: Recording
    job_id: str | None
    moves: bool

    @classmethod
    def of(cls, run: TabRun, stand_in: Recording) -> "Side":
        """That of a tab's run, or of the recording that stands in for it."""
        on = film.on_stage(run, stand_in)
        return cls(on.recording, run.shown_id if on.own else None, on.moves)

    @property
    def film(self) -> str:
        """The name of its film."""
        return film.name_of(self.recording, self.job_id)

    @property
    def name(self) -> str:
        """What tells it from the other, in a few words."""
        return name_run(self.recording, self.job_id is not None)


def in_step(time: Clock, side: Side, other: Side) -> Recording:
    """A run that stands still keeps step with one that moves: until the time when that one's newest frame was."""
    if side.moves or not other.moves:
        return side.recording
    newest = time.ticks(other.recording, [other.recording.frames[-1].step])
    return side.recording.until(time.step(side.recording, int(newest[0])))


def name_run(recording: Recording, own: bool) -> str:
    """What tells a run from another, in a few words: whose it is, its data, its seed, how it was changed."""
    changed = ", ".join(f"{SETTINGS[name].word} {value:g} from {step:,}" for step, name, value in recording.changes)
    words = f"{'your run' if own else 'recording'}, {recording.label}, seed {recording.config.seed}"
    if (preset := match(recording.config)) not in (None, "live"):
        words = f"{words}, {PRESETS[preset].label}"
    return ", ".join(filter(None, [words, changed, f"{recording.steps:,} iterations"]))
