"""Both networks at every step kept of a recording: curves, arrows, the course of the pulls, and all numbers."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from wgan_demo.distances import one_dim
from wgan_demo.distances.best_discriminator import best_value
from wgan_demo.gan.standstill import pulls
from wgan_demo.gan.standstill.config import POINTS, StandstillConfig
from wgan_demo.gan.standstill.recording import StandstillRecording
from wgan_demo.plots.standstill import NAMES, arrows_panel, best_panel, course_panel, curves_panel
from wgan_demo.plots.sweep import pack
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.glossary import mark
from wgan_demo.ui.standstill.recordings import shipped

PLAY_MS = 150  # a frame
UNITS = {"saturating": "nats per unit of x", "non_saturating": "nats per unit of x", "wasserstein": "no unit"}


def size(value: float) -> str:
    """The size of a pull: 5.6, 0.023, 1.2 · 10⁻⁶."""
    if value == 0:
        return "0"
    power = int(np.floor(np.log10(value)))
    if -3 <= power < 4:
        return f"{value:.3g}"
    raised = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{value / 10**power:.1f} · 10{raised}"


def signed(value: float, digits: int = 4) -> str:
    """A number with so many decimals and a minus sign, as the page writes it; never a minus before zeros."""
    return f"{value:.{digits}f}".replace("-", "−" if round(value, digits) else "")


def steps_of(recording: StandstillRecording) -> list[str]:
    """The steps of the frames, as a link and a slider name them."""
    return [str(step) for step in recording.steps_kept]


def w1_of(config: StandstillConfig) -> float:
    """The exact W1 between P and Q, in units of x."""
    return one_dim.wasserstein(config.real.measure(), config.fake.measure())


def curves(recording: StandstillRecording, *, arrows: bool) -> tuple:
    """The packed picture of both networks' curves, with values against those of the best ones; below it the arrows."""
    config = recording.config
    values, gaps = recording.course("value")[1], recording.course("gap")[1]
    best = best_value(config.real, config.fake)
    below = " below it, arrows from generated points for three losses" if arrows else ""
    return pack(
        [curves_panel(recording), *([arrows_panel(recording)] if arrows else [])],
        steps_of(recording),
        label="step of D and f",
        plays=PLAY_MS,
        numbers=[
            (mark("value of D, nats"), [signed(value) for value in values]),
            (mark("best: −ln 4 + 2 JS"), signed(best)),
            ("E f(P) − E f(Q)", [signed(gap, 3) for gap in gaps]),
            (mark("W₁, units of x"), signed(w1_of(config), 3)),
        ],
        alt=f"On one axis P and Q, the best and the trained discriminator, the best and the trained critic;{below}",
    )


def untrained(config: StandstillConfig) -> tuple:
    """The packed picture of the best judges alone, where nothing has been trained yet."""
    return pack(
        [best_panel(config)],
        [""],
        numbers=[
            (mark("best value: −ln 4 + 2 JS, nats"), signed(best_value(config.real, config.fake))),
            (mark("W₁, units of x"), signed(w1_of(config), 3)),
        ],
        alt="P, Q, the best discriminator, which falls from 1 to 0 between them, and the best critic",
    )


def course(recordings: Sequence[StandstillRecording]) -> tuple:
    """The packed picture of the sizes of all pulls over the steps, and how far one of them falls."""
    first = recordings[0]
    means = {name: np.abs(pull).mean(axis=1) for name, pull in first.pulls().items()}
    others = f" Thin lines are other seeds; an area holds 80 % of all {POINTS} points." if len(recordings) > 1 else ""
    return pack(
        [course_panel(recordings)],
        steps_of(first),
        label="step of D and f",
        numbers=[
            (mark(f"{NAMES[name]}, {UNITS[name]}"), [size(mean) for mean in means[name]]) for name in pulls.LOSSES
        ],
        sentence=course_sentence(recordings) + others,
        alt="The mean size of the three pulls over the steps, on log axes",
    )


@st.cache_resource(max_entries=24, show_spinner=False)
def shipped_curves(name: str, arrows: bool) -> tuple:
    """`curves` of a shipped recording. Shared, so not to be changed."""
    return curves(shipped(name), arrows=arrows)


@st.cache_resource(max_entries=24, show_spinner=False)
def shipped_course(names: tuple[str, ...]) -> tuple:
    """`course` of shipped recordings. Shared, so not to be changed."""
    return course([shipped(name) for name in names])


def recorded(names: tuple[str, ...], guess: str | None, left, right) -> None:
    """The picture of the first of these recordings, and its pulls once the question is answered."""
    at = place("va_step", steps_of(shipped(names[0])), "0")
    with left:
        sweep(shipped_curves(names[0], guess is not None), "va_step", at, key="va_curves", follow=["va_course"])
    with right:
        if guess:
            sweep(shipped_course(names), "va_step", at, key="va_course", follow=["va_curves"])


def course_sentence(recordings: Sequence[StandstillRecording]) -> str:
    """How far the pull of ln(1 - D) has fallen over the steps, from the numbers of all recordings."""
    falls = []
    for recording in recordings:
        means = np.abs(recording.pulls()["saturating"]).mean(axis=1)
        falls.append(means[0] / means[-1])
    last = recordings[0].steps_kept[-1]
    seeds = "this run" if len(recordings) == 1 else f"{len(recordings)} seeds"
    least, most = min(falls), max(falls)
    if most < 1:
        return f"Over {last:,} steps the pull of ln(1 − D) has grown, {_times(1 / most, 1 / least)} ({seeds})."
    if least < 10:
        return (
            f"Over {last:,} steps the pull of ln(1 − D) has changed by less than {np.ceil(most):.0f} times ({seeds})."
        )
    return f"Over {last:,} steps the pull of ln(1 − D) has fallen, {_times(least, most)} ({seeds})."


def _times(low: float, high: float) -> str:
    """By which factors, in two digits: "19,000 to 380,000 times"."""
    texts = [f"{float(f'{factor:.2g}'):,g}" if factor < 1e6 else size(factor) for factor in (low, high)]
    return f"{texts[0]} times" if texts[0] == texts[1] else f"{texts[0]} to {texts[1]} times"
