"""Pairs of P and Q that each make one point: what they are, and their reading, a sentence from their own numbers."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from wgan_demo.distances.at_theta import Pair
from wgan_demo.measures import Gaussian, Mixture, PointMasses, Uniform

LUMP_SHARE, LUMP_AT = 0.1, 10.0  # of P's mass; units of x


class ReadyMade(NamedTuple):
    """P and Q, what they are in words, and what their numbers show."""

    pair: Pair
    about: str
    reading: Callable[[Pair], str]


def _gaussians(pair: Pair) -> str:
    near, far = _at(pair, 10), _at(pair, 20)
    return (
        f"Twice as far, from θ = 10 to 20: W₁ is θ itself and doubles, from {near['w1']} to {far['w1']}. KL(P‖Q) "
        f"= θ²/2 runs away, from {near['kl']} to {far['kl']} nats. JS stays at {far['js']} nats, which is ln 2."
    )


def _uniforms(pair: Pair) -> str:
    over, near, far = _at(pair, 0.5), _at(pair, 2), _at(pair, 20)
    return (
        f"KL is {over['kl']} as soon as a part of P has no Q, at θ = 0.5 already. Once they are apart, JS stays at "
        f"{far['js']} nats (ln 2) and TV at {far['tv']}. W₁ goes on, from {near['w1']} at θ = 2 to {far['w1']} at 20."
    )


def _points(pair: Pair) -> str:
    here, near, far = _at(pair, 0), _at(pair, 0.1), _at(pair, 20)
    return (
        f"One step, from θ = 0 to 0.1, takes KL from {here['kl']} to {near['kl']}, JS to {near['js']} nats and TV to "
        f"{near['tv']}, and there they stay. Only W₁ still moves: {near['w1']} after that step, {far['w1']} at θ = 20."
    )


def _lump(pair: Pair) -> str:
    here = _at(pair, 0)
    return (
        f"At θ = 0 Q misses the lump. KL(P‖Q) cries out, {here['kl']} nats; KL(Q‖P), which looks only where Q is, "
        f"hardly notices: {here['reverse_kl']}. W₁ = {here['w1']} is the lump's mass times its way."
    )


READY_MADE = {
    "Gaussians": ReadyMade(Pair(Gaussian(), Gaussian()), "Two bells with σ = 1; that of Q stands at θ.", _gaussians),
    "Uniforms": ReadyMade(Pair(Uniform(), Uniform()), "Two blocks, each 1 wide; that of Q begins at θ.", _uniforms),
    "Points": ReadyMade(
        Pair(PointMasses((0.0,), (1.0,)), PointMasses((0.0,), (1.0,))),
        "All of P in the point 0, all of Q in the point θ.",
        _points,
    ),
    "One far lump": ReadyMade(
        Pair(
            Mixture((Gaussian(), Gaussian(LUMP_AT, 1.0)), (1 - LUMP_SHARE, LUMP_SHARE)),
            Gaussian(),
        ),
        f"P is a bell at 0 and a small lump, a tenth of its mass, at {LUMP_AT:g}; Q is a bell alone.",
        _lump,
    ),
}


@cache
def reading(name: str) -> str:
    """What the ready-made pair of this name shows; it answers “which distances stop growing?”."""
    made = READY_MADE[name]
    return made.reading(made.pair)


def _at(pair: Pair, theta: float) -> dict[str, str]:
    """The numbers there, as a sentence prints them: with four digits."""
    return {name: f"{value:.4g}".replace("inf", "∞") for name, value in pair.at(theta).values.items()}
