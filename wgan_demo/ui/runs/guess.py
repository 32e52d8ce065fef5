"""Predict before reveal: of a recording only the first iterations are shown until a guess is made."""

from wgan_demo.gan.runs import guess as guessing
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.ui import lesson, link
from wgan_demo.ui.runs.tab import TabRun


class Guess:
    """The guess that belongs to data with so many modes: the same one for all presets."""

    def __init__(self, run: TabRun, modes: int):
        self.run, self.modes = run, modes
        self.key = run.key(f"guess_{modes}")

    def ask(self, shown: Recording) -> None:
        """Ask, and say what came of it in the run that is shown."""
        choices = [*guessing.choices(self.modes), lesson.SHOW]
        lesson.ask(lesson.Choice(self.key, f"Your guess: {guessing.question(self.modes)}", choices))
        if said := self.verdict(shown):
            lesson.note(said)

    @property
    def made(self) -> str | None:
        """What was guessed."""
        return lesson.guessed(self.key)

    @property
    def revealed(self) -> bool:
        """True once the guess is made, or the tab's own run has ended, or for a link to a later moment of a recording:
        the recordings may then tell how they end.
        """
        view, at = self.run.shown, link.text(self.run.key("at"), "")
        linked = at.isdecimal() and float(at) > guessing.SEEN
        return self.made is not None or linked or (view is not None and view.state in ("finished", "failed"))

    def verdict(self, recording: Recording) -> str:
        """How the guess compares with a run, "" without one."""
        same = recording.total_modes == self.modes
        return guessing.verdict(recording, self.made) if same and self.made in guessing.choices(self.modes) else ""
