"""A guess about a run, before it is shown: what is asked, what can be chosen, and what came true."""

from itertools import pairwise
from math import inf

import numpy as np

from wgan_demo.gan.runs.recording import Recording

SEEN = 200  # iterations that are shown before the guess
ASKED = 500  # the iteration that it is about
LEFT = {"more than half": (0.5, inf), "a half to a fifth": (0.2, 0.5), "less than a fifth": (-inf, 0.2)}


def question(modes: int) -> str:
    """What is asked of data that are a mixture of so many equal modes, 0: of others."""
    if modes:
        return f"How many of the {modes} blue groups will orange points have reached after {ASKED} iterations?"
    return f"How much of the way to the blue points will be left after {ASKED} iterations?"


def choices(modes: int) -> dict[str, tuple[float, float]]:
    """What can be guessed: above which value, and up to which, the answer lies."""
    if not modes:
        return LEFT
    bounds = (-1, 0, modes // 2, modes - 1, modes)
    return {_span(low + 1, high, modes): (low, high) for low, high in pairwise(bounds)}


def _span(low: int, high: int, modes: int) -> str:
    if high == 0:
        return "none"
    if low == modes:
        return f"all {modes}"
    return f"{low}" if low == high else f"{low} to {high}"


def answer(recording: Recording) -> tuple[float, str] | None:
    """The value at the first evaluation from iteration ASKED on, and the same in words.

    None before that, and for a run that goes on from a checkpoint: what happened before is not known here.
    """
    step, distance = recording.distance
    if not len(step) or step[0] or step[-1] < ASKED:
        return None
    at = int(np.searchsorted(step, ASKED))
    if modes := recording.total_modes:
        reached = recording.course("modes")[1][at]
        return float(reached), f"{reached:.0f} of {modes}"
    left = float(distance[at] / distance[0])
    return left, f"{left:.0%}"


def verdict(recording: Recording, guess: str) -> str:
    """How a guess compares with a run: one sentence, "" where the run does not tell."""
    if recording.distance[0][:1] != 0:
        return ""
    found = answer(recording)
    if found is None:
        return f"Your guess for iteration {ASKED}, {guess}: **still open**."
    value, words = found
    low, high = choices(recording.total_modes)[guess]
    word = "right" if low < value <= high else "not this time"
    return f"Your guess for iteration {ASKED}, {guess}: **{word}**. It was {words}."
