"""What is told of a case once its bug has been named: whether that was right, the guilty lines, and what they did."""

import streamlit as st

from wgan_demo.gan.bugs.bugs import BUGS, Bug
from wgan_demo.gan.bugs.signs import signs
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.ui import lesson
from wgan_demo.ui.clinic.case import HIDES, right
from wgan_demo.ui.components.versus import versus


def verdict(bug: Bug, guess: str) -> str:
    """In one line, in Markdown, with a badge that says right or wrong."""
    told = f"It is **{bug.name}**."
    if guess == lesson.SHOW:
        return f"{told} This one hides." if bug.hides else told
    if not right(bug, guess):
        return f":red-badge[:material/close: No] {told}" + (" This one hides." if bug.hides else "")
    if guess == HIDES:
        return f":green-badge[:material/check: Right] This one hides. {told}"
    return f":green-badge[:material/check: Right] {told}" + (" And it hides: well guessed." if bug.hides else "")


def tell(bug: Bug, guess: str) -> None:
    """Which bug it is, and all about it."""
    lesson.say(verdict(bug, guess))
    lesson.say(f"**In the curves.** {bug.shows}")
    if not right(bug, guess) and (other := next((each for each in BUGS.values() if each.name == guess), None)):
        lesson.say(f"**And “{other.name}”?** {other.shows}")
    lesson.note(f"The lines that ran, in {bug.place.partition(':')[2]} of {bug.place.partition(':')[0]}:")
    st.code(bug.diff, language="diff", wrap_lines=True)
    lesson.say(f"**Why.** {bug.why}")
    lesson.say(f"**Where it was.** {bug.report}.")


def compare(healthy: Recording, patient: Recording) -> None:
    """What both have come to, as a table."""
    versus(["healthy", "with the bug"], [("Second half of the run", rows(healthy, patient))], key="bc_versus")


def rows(healthy: Recording, patient: Recording) -> list[tuple[str, str, str]]:
    """(name and unit, of the healthy run, of the one with the bug)."""
    ours, theirs = signs(healthy), signs(patient)
    names = {
        "emd": "exact EMD, in noise floors",
        "norm": "‖∇f(x̂)‖, mean",
        "spread": "‖∇f(x̂)‖, spread",
        "gap": "score gap, units of f",
    }
    told = [(name, *(f"{getattr(each, key):.3g}" for each in (ours, theirs))) for key, name in names.items()]
    return [*told, ("iterations done", f"{healthy.steps:,}", f"{patient.steps:,}")]
