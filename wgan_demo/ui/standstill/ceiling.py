"""What the best discriminator reaches against theta, beside the best critic; and all objectives, live."""

import numpy as np
import streamlit as st

from wgan_demo.distances import best_discriminator, one_dim
from wgan_demo.distances.best_discriminator import best_logit, masses
from wgan_demo.distances.one_dim import divergence_curves
from wgan_demo.gan.standstill import exact, pulls
from wgan_demo.measures import Gaussian
from wgan_demo.plots.ceiling import against_theta_panel, judges_panel
from wgan_demo.plots.sweep import pack
from wgan_demo.plots.theme import ACCENT, CRITIC
from wgan_demo.ui import lesson
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.glossary import mark
from wgan_demo.ui.standstill.picture import signed, size

QUESTION = "Which of the two says how far Q still has to go?"
P = Gaussian(0.0, 0.5)
THETAS = np.round(np.arange(0, 10.05, 0.1), 9)
NAMES = [f"{theta:g}" for theta in THETAS]
HEIGHT = 380
WHY = "D cannot be more than right: its value stops at 0, and its slope in θ with it. W₁ is θ itself, with slope 1."
ANSWERS = {
    "the value of D": f"No, W₁. {WHY}",
    "W₁": f"Yes. {WHY}",
    "both": f"Only W₁. {WHY}",
    lesson.SHOW: f"W₁. {WHY}",
}
GUESS = lesson.Choice(
    "va_ceiling_guess", "Q moves on and on: which keeps growing, the value of D or W₁?", list(ANSWERS)
)


@st.cache_resource(show_spinner=False)
def judges() -> tuple:
    """The packed picture of the best judges at every theta. Shared, so not to be changed."""
    return pack(
        [judges_panel(P, THETAS)],
        NAMES,
        label="θ: how far Q is from P, units of x",
        alt="P, Q, the best discriminator, which jumps between them, and the best critic, a straight line",
    )


@st.cache_resource(show_spinner=False)
def against_theta() -> tuple:
    """The packed curves of both values against theta. Shared, so not to be changed."""
    values = 2 * divergence_curves(P, P, THETAS)["js"] - np.log(4)
    distances = np.array([one_dim.wasserstein(P.measure(), P.measure().shifted(theta)) for theta in THETAS])
    return pack(
        [
            against_theta_panel(THETAS, values, title="value of D*, nats", color=ACCENT, ceiling=0.0),
            against_theta_panel(THETAS, distances, title="W₁, units of x", color=CRITIC),
        ],
        NAMES,
        label="θ, units of x",
        numbers=[
            (mark("value of D*, nats"), [signed(value) for value in values]),
            (mark("W₁, units of x"), [f"{distance:.4f}" for distance in distances]),
        ],
        alt="The value of the best discriminator rises from −1.386 to its ceiling 0; W₁ rises on a straight line",
    )


def show() -> None:
    """The judges at each theta, a guess, both values against theta, and the table of objectives."""
    at = place("va_ceiling_theta", NAMES, "3")
    left, right = st.columns(2, gap="medium")
    with left:
        sweep(judges(), "va_ceiling_theta", at, key="va_judges", follow=["va_values"])
    with right:
        guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
        if guess:
            sweep(against_theta(), "va_ceiling_theta", at, key="va_values", follow=["va_judges"])
    theta = float(THETAS[at])
    with st.container():  # also before the guess: what comes below keeps its place
        if guess:
            _table(theta)
    best = best_discriminator.best_value(P, P.shifted(theta))
    lesson.code_that_ran(
        (
            r"\max_D\ \mathbb{E}_P \ln D + \mathbb{E}_Q \ln(1 - D) = -\ln 4 + 2\,\mathrm{JS}(P, Q)",
            rf"-\ln 4 + 2\,\mathrm{{JS}} = {best:.4f}" if guess else "",
            best_discriminator.best_value,
        ),
        (r"\ell^* = \ln p - \ln q", "", best_discriminator.best_logit),
        (r"\mathbb{E}_Q\, |\text{pull}|", "", exact.mean_pulls),
        (r"W_1", "", one_dim.wasserstein),
    )
    if guess:
        lesson.take_away(
            "Cross entropy has a ceiling: once D is always right, it cannot say how wrong the generator is. W₁ has "
            "none: its value is the distance, and its slope is 1 from anywhere."
        )


def objectives(theta: float) -> dict[str, dict[str, str]]:
    """What each kind of GAN plays for at this theta, with the best judge: rows of the table, by the kind."""
    q = P.shifted(theta)
    x, of_p, of_q = masses(P, q)
    logit, f = best_logit(P, q, x), exact.best_critic(P, q, x)
    f -= f @ of_p  # 0 on average at P
    best = best_discriminator.value(lambda places: best_logit(P, q, places), P, q)
    gap, pull = float(f @ of_p - f @ of_q), exact.mean_pulls(P, q)
    false, true = float(-of_q @ np.logaddexp(0, logit)), float(of_q @ np.logaddexp(0, -logit))
    entropy, score = "E ln D(x) + E ln(1 − D(g(z)))", "E f(x) − E f(g(z)), slope ≤ 1"
    kinds = {
        "GAN, ln(1 − D)": ("saturating", entropy, f"{signed(best)} nats", "E ln(1 − D(g(z)))", f"{signed(false)} nats"),
        "GAN, −ln D": ("non_saturating", entropy, f"{signed(best)} nats", "−E ln D(g(z))", f"{signed(true)} nats"),
        "WGAN": ("wasserstein", score, f"{signed(gap)} units of x", "−E f(g(z))", f"{signed(-(f @ of_q))} units of x"),
    }
    titles = (
        "Judge: makes large",
        "the judge’s value",
        "Generator: makes small",
        "its value",
        "its gradient by x",
    )
    units = dict(zip(pulls.LOSSES, ("nats per unit of x", "nats per unit of x", "(no unit)"), strict=True))
    return {
        kind: dict(zip(titles, (*cells, f"{size(pull[loss])} {units[loss]}"), strict=True))
        for kind, (loss, *cells) in kinds.items()
    }


def _table(theta: float) -> None:
    found = objectives(theta)
    titles = list(next(iter(found.values())))
    rows = {"": titles} | {kind: [cells[title] for title in titles] for kind, cells in found.items()}
    lesson.say(f"**GAN and WGAN side by side** at θ = {theta:g}, each against its best judge")
    with st.container(key="va_objectives"):
        st.table(rows, border="horizontal", hide_index=True, alt=f"Objectives, values and gradients at θ = {theta:g}")
    best = best_discriminator.best_value(P, P.shifted(theta))
    lesson.note(
        "f counts from its mean at P. Gradient by x: its mean size over generated points. The judge’s value is summed "
        f"over x from D*; −ln 4 + 2 JS, from JS alone, is {signed(best)} nats."
    )
