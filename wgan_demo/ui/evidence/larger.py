"""How soon on larger pictures: the work of the recorded runs of Digits until FID is half, and until it is near."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from wgan_demo.experiments.studies.digits_soon import counted
from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.duels import DUELS, SIDES, Duel
from wgan_demo.ui import lesson

NEAR = 1.5  # times the floor
SHORT = {"epochs": "epochs", "updates": "updates of the generator", "seconds": "seconds of one core"}
SHORT["gradients"] = "backward passes"
NAMES = dict(zip(SIDES, ("GAN", "WGAN-GP"), strict=True))


class Course(NamedTuple):
    """Of a recorded run, at every evaluation (e,): the work done by the counts of digits_soon.WORK, and FID / floor."""

    work: dict[str, np.ndarray]
    fid: np.ndarray

    def until(self, level: float) -> dict[str, float] | None:
        """The work done when FID / floor was first at most `level`; None if it never was."""
        there = np.flatnonzero(self.fid <= level)
        return {name: float(done[there[0]]) for name, done in self.work.items()} if len(there) else None

    @property
    def half(self) -> dict[str, float] | None:
        """The work done when FID was first at most half of the first."""
        return self.until(self.fid[0] / 2)


def course(duel: Duel, side: str) -> Course:
    """Of one side's recording."""
    recording, judge = shipped.load(duel.recording(side)), classifier.load(duel.dataset)
    steps, fid = recording.course("fid")
    seconds = recording.course("seconds")[1]
    return Course(counted(recording.config.as_dict(), steps, seconds, sum(judge.counts)), fid / judge.floor[0])


def larger(count: str) -> None:
    """A table in one of the counts of work, and what it does not say."""
    lesson.say(f"**Larger pictures: one recorded run each**, in {SHORT[count]}")
    duels = [duel for duel in DUELS.values() if duel.shipped]
    columns = {"Pictures": [duel.label for duel in duels]}
    for side, name in NAMES.items():
        courses = [course(duel, side) for duel in duels]
        columns[f"{name}: FID half of the first"] = [_number(one.half, count) for one in courses]
        columns[f"{name}: within {NEAR:g} floors"] = [_near(one, count) for one in courses]
    st.table(columns, border="horizontal", hide_index=True, alt=f"Work of recorded runs in {SHORT[count]}, by pictures")
    rates = {side: [shipped.load(duel.recording(side)).config.lr for duel in duels] for side in SIDES}
    told = "; ".join(f"{NAMES[side]} {', '.join(f'{rate:g}' for rate in found)}" for side, found in rates.items())
    lesson.note(
        "The runs that Digits shows, one seed each, so without a spread; first found at an evaluation, of which a run "
        f"has about 80. Rates, from above: {told}. At 28 × 28 the WGAN-GP’s was found by trials and falls over the "
        "run, the GAN’s is the usual one: this tells what these runs did, not which kind of GAN is sooner."
    )


def _number(done: dict[str, float] | None, count: str) -> str:
    if done is None:
        return "never"
    return f"{done[count]:,.0f}" if done[count] >= 100 else f"{done[count]:.2g}"


def _near(one: Course, count: str) -> str:
    """When it was near; else how near it came, in how much work."""
    if done := one.until(NEAR):
        return _number(done, count)
    whole = {name: done[-1] for name, done in one.work.items()}
    return f"not in {_number(whole, count)}: {one.fid.min():.1f} floors at best"
