"""Noise on data and samples alike: the pull comes back, and the target is blurred."""

import numpy as np
import streamlit as st

from wgan_demo.gan.standstill import exact
from wgan_demo.measures import Gaussian
from wgan_demo.plots.instance_noise import LOSSES, blur_panel, blurred_panel, pulls_panel
from wgan_demo.plots.sweep import pack
from wgan_demo.ui import lesson
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.glossary import mark
from wgan_demo.ui.standstill.choice import choose
from wgan_demo.ui.standstill.picture import size

QUESTION = "Can noise bring the pull back?"
P = Gaussian(0.0, 0.5)
SIGMAS = np.round(np.arange(0, 4.01, 0.1), 9)
NAMES = [f"{sigma:g}" for sigma in SIGMAS]
THETAS = (4.0, 10.0)
HEIGHT = 380
WHY = "Blurred, P and Q overlap, and where they overlap D has a slope. But what D now judges is P + noise, not P."
ANSWERS = {
    "Nothing": f"It brings it back. {WHY}",
    "It brings the pull back, for free": f"It brings it back, but not for free. {WHY}",
    "It brings the pull back, for a price": f"Yes. {WHY}",
    lesson.SHOW: f"It brings it back, for a price. {WHY}",
}
GUESS = lesson.Choice(
    "va_noise_guess", "Data and samples get the same noise. What does that do to the pull of ln(1 − D)?", list(ANSWERS)
)


@st.cache_resource(show_spinner=False)
def curves(theta: float) -> tuple:
    """The packed picture of both sides with every noise. Shared, so not to be changed."""
    return pack(
        [blurred_panel(P, P.shifted(theta), SIGMAS)],
        NAMES,
        label="σ of the noise that is added to both, units of x",
        alt="P and Q with noise, and the best discriminator between the two, less steep with more noise",
    )


@st.cache_resource(show_spinner=False)
def prices(theta: float) -> tuple:
    """The packed curves of the pull and of the blur against sigma. Shared, so not to be changed."""
    pairs = [(exact.blurred(P, sigma), exact.blurred(P.shifted(theta), sigma)) for sigma in SIGMAS]
    found = [exact.mean_pulls(*pair) for pair in pairs]
    sizes = {name: np.array([pull[name] for pull in found]) for name in LOSSES}
    bias = np.array([exact.blur(P, sigma) for sigma in SIGMAS])
    return pack(
        [pulls_panel(SIGMAS, sizes), blur_panel(SIGMAS, bias)],
        NAMES,
        label="σ of the noise, units of x",
        numbers=[
            ("pull of ln(1 − D*), nats per unit of x", [size(value) for value in sizes["saturating"]]),
            (mark("W₁(P, P + noise), units of x"), [f"{value:.3f}" for value in bias]),
        ],
        alt="The mean pull rises by many powers of ten with σ, and so does the distance of P from P with noise",
    )


def show() -> None:
    """Both sides blurred, a guess, and then the pull and its price."""
    names = [f"{theta:g}" for theta in THETAS]
    theta = float(choose("θ: how far Q is from P, units of x", names, "10", "va_noise_theta"))
    at = place("va_sigma", NAMES, "0")
    left, right = st.columns(2, gap="medium")
    with left:
        sweep(curves(theta), "va_sigma", at, key="va_blurred", follow=["va_prices"])
    with right:
        guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
        if guess:
            sweep(prices(theta), "va_sigma", at, key="va_prices", follow=["va_blurred"])
    if guess:
        lesson.note(
            "A generator whose points get no noise of their own learns P + noise: it ends W₁(P, P + noise) beside P. "
            "One whose points are blurred too still aims at P, but what is finer than σ hardly shows. So σ is lowered "
            "as both come nearer. The exact critic needs none of this: its pull is 1 at every σ."
        )
    lesson.code_that_ran(
        (r"\sigma'^2 = \sigma_P^2 + \sigma^2", "", exact.blurred),
        (r"\mathbb{E}_Q\, |\text{pull}|", "", exact.mean_pulls),
        (
            r"W_1(P, P + \text{noise}) = (\sigma' - \sigma_P)\sqrt{2 / \pi}",
            rf"W_1 = {exact.blur(P, float(SIGMAS[at])):.4f}" if guess else "",
            exact.blur,
        ),
    )
    if guess:
        lesson.take_away(
            "Noise on both sides makes them overlap, and the pull comes back by many powers of ten. It costs "
            "sharpness: the blurred data lie W₁(P, P + noise) beside the data, and a farther Q takes more."
        )
