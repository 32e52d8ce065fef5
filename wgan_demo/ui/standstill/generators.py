"""A generator that was trained as a GAN for 1, 10 or 25 epochs, then stopped: Arjovsky & Bottou, figures 2 and 3."""

import streamlit as st

from wgan_demo.experiments.studies.standstill import EPOCHS, GENERATORS, PLACES, SEEDS, after
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.ui import lesson
from wgan_demo.ui.experiments.panel import study_panel
from wgan_demo.ui.standstill import picture
from wgan_demo.ui.standstill.choice import choose
from wgan_demo.ui.standstill.pull import HEIGHT, code

QUESTION = "Does a generator that has come nearer get more help?"
WHY = (
    "fter 1 epoch P and Q hardly overlap: D becomes sure of every point, and flat. After 10 and 25 they overlap, the "
    "best D stays between 0 and 1 where points are, and pulls on. In the paper it dies away at all three: pictures "
    "fill so little of their space that P and Q never overlap there."
)
ANSWERS = {
    "after 1 epoch": f"Yes. A{WHY}",
    "after 10": f"No, a{WHY}",
    "after 25": f"No, a{WHY}",
    "all three": f"Not here: only a{WHY}",
    lesson.SHOW: f"A{WHY}",
}
GUESS = lesson.Choice(
    "va_epochs_guess",
    "D learns 4,000 steps on each of the three. At which of them does the pull of ln(1 − D) die away?",
    list(ANSWERS),
)


def show() -> None:
    """Three generators, the picture of the chosen one, and its pulls after a guess."""
    names = [f"{epoch}" for epoch in EPOCHS]
    chosen = choose("The generator was stopped after so many epochs", names, names[0], "va_epochs")
    place, width = PLACES[int(chosen)]
    left, right = st.columns(2, gap="medium")
    with right:
        guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
    picture.recorded(tuple(after(int(chosen), seed) for seed in SEEDS), guess, left, right)
    start = GENERATORS["start"]
    lesson.note(
        "The paper stops a DCGAN after 1, 10 and 25 epochs. Here the generator has two numbers, g(z) = m + s z, "
        f"trained as a GAN with −ln D from m = {start[0]:g}, s = {start[1]:g}, {GENERATORS['iterations']} "
        f"iterations an epoch. After {chosen} it makes N({picture.signed(place, 2)}, {width:.2f}²), "
        "so the best D and f are known."
    )
    code(StandstillConfig(theta=place, fake_std=width))
    study_panel("standstill")
    if guess:
        lesson.take_away(
            "How much a discriminator teaches depends on how far the generator still is: too far, and a better "
            "discriminator says less; where P and Q overlap it helps. The critic’s pull is 1 until nothing is left to "
            "move."
        )
