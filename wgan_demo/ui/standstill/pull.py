"""The pull that each loss sends to generated points while the discriminator gets better."""

import streamlit as st

from wgan_demo.experiments.studies.standstill import SEEDS, THETAS, at_theta
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.families import FAMILIES
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.experiments.panel import study_panel
from wgan_demo.ui.standstill import picture
from wgan_demo.ui.standstill.choice import choose
from wgan_demo.ui.standstill.run import RUN, Run

QUESTION = "Who still tells a far point where to go?"
LIVE = "Another"
NAMES = {made.label: name for name, made in FAMILIES.items()}
THETA, SIGMA = (0.5, 20.0), (0.1, 3.0)  # of one's own, from and to
LINKED = {  # by the name in the link
    "va_p": ("P", link.among(list(NAMES))),
    "va_q": ("Q", link.among(list(NAMES))),
    "va_own_theta": ("θ", link.between(*THETA)),
    "va_own_sigma": ("σ", link.between(*SIGMA)),
}
HEIGHT = 380  # pixels of the question, until it is answered
WHY = "where P and Q are apart. D goes to 0 at every generated point, and the slope of ln(1 − D) goes with it."
ANSWERS = {
    "harder": f"No, more weakly, {WHY}",
    "as before": f"No, more weakly, {WHY}",
    "more weakly": f"Yes, {WHY}",
    lesson.SHOW: f"More weakly, {WHY}",
}
GUESS = lesson.Choice(
    "va_guess",
    "D gets better and better. How does its ln(1 − D) pull at generated points that are far off?",
    list(ANSWERS),
)
TAKE_AWAY = (
    "Where P and Q are apart, a perfect discriminator is flat: a generator that minimises ln(1 − D) is told nothing. "
    "−ln D keeps pulling, ever harder and ever more unevenly; a critic with slope 1 pulls with 1 at every distance."
)


def show() -> None:
    """P, Q and both networks at every step; a guess; then the pulls."""
    names = [*(f"{theta:g}" for theta in THETAS), LIVE]
    chosen = choose("θ: how far Q is from P, units of x", names, "10", "va_theta")
    if chosen == LIVE:
        live()
        return
    names = tuple(at_theta(float(chosen), seed) for seed in SEEDS)
    left, right = st.columns(2, gap="medium")
    with right:
        guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
    picture.recorded(names, guess, left, right)
    code(StandstillConfig(theta=float(chosen)))
    study_panel("standstill")
    if guess:
        lesson.take_away(TAKE_AWAY)


def live() -> None:
    """The same with other families, any theta and sigma, trained in the worker."""
    for name, (symbol, parse) in LINKED.items():  # here: inside the drawer nobody would read it
        link.told(name, parse, f"The link asks for {symbol}:")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        theta = _slider("θ of your own, units of x", "va_own_theta", *THETA, 6.0, 0.5)
        with st.popover("Families and σ of P and Q", icon=":material/tune:", key="va_shapes"):
            real, fake = (family(side) for side in "PQ")
            sigma = _slider("σ of P and Q, units of x", "va_own_sigma", *SIGMA, 0.5, 0.1)
        run = Run.of(RUN, StandstillConfig(theta=theta, std=sigma, fake_std=sigma, family=real, fake_family=fake))
        run.controls()
    st.fragment(run.look()(watch))(run)


def family(side: str) -> str:
    """The family of P or of Q, a name of FAMILIES."""
    return NAMES[st.selectbox(f"Family of {side}", list(NAMES), key=f"va_{side.lower()}", **link.KEPT)]


def _slider(label: str, key: str, low: float, high: float, start: float, step: float) -> float:
    return st.slider(label, low, high, start, step, key=key, width=280, **link.KEPT)


def watch(run: Run) -> None:
    """The run's newest steps, for as long as it moves, and all that waits for the guess."""
    recording = run.newest()
    run.say()
    left, right = st.columns(2, gap="medium")
    with right:
        guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
    if recording:
        run.follow(recording)
        at = place("va_live_step", picture.steps_of(recording), "0")
        with left:
            made = picture.curves(recording, arrows=guess is not None)
            sweep(made, "va_live_step", at, key="va_live_curves", follow=["va_live_course"])
        with right:
            if guess:
                made = picture.course([recording])
                sweep(made, "va_live_step", at, key="va_live_course", follow=["va_live_curves"])
    else:
        with left:
            sweep(picture.untrained(run.config), "va_live_step", 0, key="va_live_best")
    code(run.config)
    if guess:
        lesson.take_away(TAKE_AWAY)
    if run.changed():
        st.rerun()  # the timer belongs to the whole page


def code(config: StandstillConfig) -> None:
    """The formulas, and the lines that computed the numbers."""
    from wgan_demo.distances import best_discriminator
    from wgan_demo.gan.standstill import exact, pulls

    best = best_discriminator.best_value(config.real, config.fake)
    lesson.code_that_ran(
        (
            r"D^*(x) = \frac{p(x)}{p(x) + q(x)},\quad \ln\frac{D^*}{1 - D^*} = \ln p - \ln q",
            "",
            best_discriminator.best_logit,
        ),
        (
            r"\max_D\ \mathbb{E}_P \ln D + \mathbb{E}_Q \ln(1 - D) = -\ln 4 + 2\,\mathrm{JS}(P, Q)",
            rf"-\ln 4 + 2\,\mathrm{{JS}} = {best:.4f}",
            best_discriminator.best_value,
        ),
        (r"-\frac{d}{dx} \ln(1 - D(x)) = D(x)\,\ell'(x),\quad \ell = \ln\frac{D}{1 - D}", "", pulls.saturating),
        (r"\frac{d}{dx} \ln D(x) = (1 - D(x))\,\ell'(x)", "", pulls.non_saturating),
        (r"f^{*\prime}(x) = \operatorname{sign}(F_Q(x) - F_P(x))", "", exact.best_critic_slope),
        ("", "", "wgan_demo.gan.standstill.trainer:StandstillTrainer"),
    )
