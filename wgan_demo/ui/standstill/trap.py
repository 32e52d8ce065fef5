"""The two-sided penalty on the line: a critic that starts the wrong way cannot turn round without passing slope 0."""

import streamlit as st

from wgan_demo.experiments.studies.standstill import SEEDS, TRAP, at_theta, trapped
from wgan_demo.gan.standstill import exact
from wgan_demo.plots.sweep import pack
from wgan_demo.plots.trap import critics_panel, gaps_panel, landscape_panel
from wgan_demo.ui import lesson
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.experiments.panel import study_panel
from wgan_demo.ui.glossary import mark
from wgan_demo.ui.standstill.choice import choose
from wgan_demo.ui.standstill.picture import PLAY_MS, signed, steps_of, w1_of
from wgan_demo.ui.standstill.recordings import shipped

QUESTION = "A critic starts the wrong way. Can it turn round?"
HEIGHT = 380
CAUGHT = exact.trap(TRAP.theta, TRAP.gp_weight)
WHY = (
    f"the wrong way, to +{CAUGHT:g}: the penalty (|slope| − 1)² drives every slope away from 0, also the wrong one. On "
    "a line a critic can only turn round by passing slope 0, and there the penalty has its peak."
)
ANSWERS = {
    "Straight to −1": f"No: {WHY}",
    f"First to +{CAUGHT:g}": f"Yes: {WHY}",
    "It stays where it is": f"No: {WHY}",
    lesson.SHOW: f"First {WHY}",
}
GUESS = lesson.Choice(
    "va_trap_guess",
    "The best slope is −1, but chance begins a little above 0. The penalty asks for |slope| = 1. Where does it go?",
    list(ANSWERS),
)


def _pair(seed: int) -> tuple:
    """The two-sided run of this seed, and the one-sided run that starts with the same critic."""
    return shipped(trapped(seed)), shipped(at_theta(TRAP.theta, seed))


@st.cache_resource(show_spinner=False)
def critics(seed: int, why: bool) -> tuple:
    """The packed picture of both critics at every step, and below it `why`: their losses against the slope. Shared, so
    not to be changed.
    """
    two, one = _pair(seed)
    found = [recording.course("gap")[1] for recording in (two, one)]
    return pack(
        [critics_panel(two, one), *([landscape_panel(two, one)] if why else [])],
        steps_of(two),
        label="step of both critics",
        plays=PLAY_MS,
        numbers=[
            ("two-sided: E f(P) − E f(Q)", [signed(gap, 3) for gap in found[0]]),
            ("one-sided", [signed(gap, 3) for gap in found[1]]),
            (mark("W₁, units of x"), signed(w1_of(two.config), 3)),
        ],
        alt="P, Q, the best critic, and two trained critics that start alike: one is driven the wrong way",
    )


@st.cache_resource(show_spinner=False)
def gaps(seed: int) -> tuple:
    """The packed score gaps of all seeds over the steps. Shared, so not to be changed."""
    two, one = _pair(seed)
    pairs = [(two, one), *(_pair(other) for other in SEEDS if other != seed)]
    return pack(
        [gaps_panel(pairs, w1_of(two.config))],
        steps_of(two),
        label="step of both critics",
        sentence=f"Thin lines are the other {len(SEEDS) - 1} seeds: when a critic gets out, if ever, is chance.",
        alt="The score gap over the steps: below 0 at first under the two-sided penalty, near W₁ under the other",
    )


def show() -> None:
    """Both critics at every step, a guess, and what holds one of them."""
    seed = int(choose("Seed", [f"{seed}" for seed in SEEDS], f"{SEEDS[0]}", "va_trap_seed"))
    at = place("va_trap_step", steps_of(shipped(trapped(seed))), "0")
    left, right = st.columns(2, gap="medium")
    with right:
        guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
    with left:
        sweep(critics(seed, guess is not None), "va_trap_step", at, key="va_critics", follow=["va_gaps"])
    with right:
        if guess:
            sweep(gaps(seed), "va_trap_step", at, key="va_gaps", follow=["va_critics"])
    caught = rf"a = 1 - \frac{{{TRAP.theta:g}}}{{2 \cdot {TRAP.gp_weight:g}}} = {CAUGHT:g}"
    lesson.code_that_ran(
        (r"f(x) = a x: \quad L(a) = \theta a + \lambda\,(|a| - 1)^2", "", exact.penalised_loss),
        (r"L'(a) = 0, \ a > 0", caught if guess else "", exact.trap),
        ("", "", "wgan_demo.gan.lipschitz:penalty"),
        ("", "", "wgan_demo.gan.lipschitz:one_sided_penalty"),
    )
    study_panel("standstill")
    if guess:
        lesson.take_away(
            "“Norm equal to 1” can hold a critic on the wrong side: on a line it has to pass slope 0, where the "
            "two-sided penalty has its peak. “Norm at most 1”, which is what duality asks for, leaves the way open. In "
            "the plane a gradient can turn round without becoming 0."
        )
