"""Predict before reveal: by when will the samples be as good as they can be measured to be?"""

import math

from wgan_demo.gan.runs.reading import judge
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.ui import lesson
from wgan_demo.ui.runs.tab import TabRun

GUESSES = {
    "by 250": (0, 250), "by 500": (250, 500), "by 1,000": (500, 1000), "later, or never": (1000, math.inf),
}  # fmt: skip
PROMPT = "**Your guess:** by which iteration will the EMD be within 1.3 times its noise floor?"


def guess(run: TabRun) -> None:
    """Ask before the answer is on the screen."""
    lesson.ask(lesson.Choice(run.key("guess"), PROMPT, list(GUESSES)))


def revealed(run: TabRun) -> bool:
    """True once the guess is made or the tab's own run has ended: the recordings may then tell how they end."""
    view = run.view
    return lesson.guessed(run.key("guess")) is not None or (view is not None and view.state in ("finished", "failed"))


def verdict(run: TabRun, recording: Recording) -> str:
    """How the guess compares with a run of one's own, "" without a guess or where that cannot be judged."""
    made = lesson.guessed(run.key("guess"))
    word = judge(recording, *GUESSES[made]) if made else ""
    return f"Your guess, {made}: **{word}**." if word else ""
