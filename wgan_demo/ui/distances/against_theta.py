"""Every distance against theta, with its derivative: what a generator would get."""

import pickle
from functools import partial

import numpy as np
import streamlit as st

from wgan_demo.distances import DISTANCES, divergences, one_dim
from wgan_demo.distances.at_theta import AtTheta, Pair, curves
from wgan_demo.measures import Samples
from wgan_demo.plots.distances import curves_figure, move_mark, number
from wgan_demo.plots.shift import parts
from wgan_demo.ui import lesson
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.shift import shift
from wgan_demo.ui.distances.pair import METRICS, latex
from wgan_demo.ui.glossary import mark

QUESTION = "Which distances still notice that Q moves?"
GROUPS = {
    "w": (("w1", "w2"), "units of x"),
    "kl": (("kl", "reverse_kl"), "nats"),
    "js": (("js", "tv"), "nats, no unit"),
}
ANSWERS = {
    "W₁": "Not W₁: once Q has left P behind, it grows by 1 for every unit that Q moves on, and its derivative stays 1.",
    "KL": "Not KL: between Gaussians it even grows as θ². Where Q has no mass under P it is infinite and has no "
    "derivative: no help either, but not because it saturates.",
    "JS and TV": "Yes: once P and Q hardly overlap, JS is stuck at ln 2 and TV at 1. Their derivatives are 0, and a "
    "generator that is far off is told nothing.",
    lesson.SHOW: "JS and TV: once P and Q hardly overlap, JS is stuck at ln 2 and TV at 1.",
}
GUESS = lesson.Choice("d_guess", "Q moves far away: which of these stop growing?", list(ANSWERS))
curves_to = st.cache_resource(curves, max_entries=256, show_spinner=False, hash_funcs={Samples: pickle.dumps})


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def drawn_curves(p, q, theta_max: float) -> dict[str, dict]:
    """The figures of all groups, drawn once: a step of theta moves their marks only. Shared, so not to be changed."""
    over_theta = curves_to(p, q, theta_max)
    start = one_dim.shift_curves(p, q, [0.0])
    return {
        name: curves_figure(over_theta, start, keys, unit=unit).to_plotly_json()
        for name, (keys, unit) in GROUPS.items()
    }


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def shift_parts(p, q, theta_max: float, x_name: str) -> tuple:
    """What is sent of a pair, whatever theta is. Shared, so not to be changed."""
    return parts(Pair(p, q, theta_max, x_name), curves_to(p, q, theta_max))


def under_the_hand(at: AtTheta, slider: str, step: float) -> None:
    """Densities, CDFs with the area between them, and all numbers; Q can be dragged, in steps of `step`.

    Where Q is let go is the new value of the slider of this key.
    """
    now = {
        "theta": at.theta,
        "step": step,
        "exact": {name: number(at.values[name]) for name in METRICS},
        "slopes": {name: _slope(at.now.slopes[name][0]) if name in at.now.slopes else "" for name in METRICS},
        "names": [[name, mark(label)] for name, label in METRICS.items()],
        "charts": {f"d_curves_{name}": keys for name, (keys, _) in GROUPS.items()},
    }
    pair = at.pair
    made = shift_parts(pair.p, pair.q, pair.theta_max, pair.x_name)
    shift(made, now, key="d_shift", on_theta=partial(st.session_state.__setitem__, slider))


def show(at: AtTheta) -> None:
    """A guess, and every distance against theta with its derivative."""
    guess = lesson.cover(GUESS, ANSWERS)
    with st.container():  # also when empty: what comes below keeps its place
        if guess:
            _curves(at)
    lesson.code_that_ran(
        (DISTANCES["emd"].formula, rf"W_1 = {latex(at, 'w1')}", one_dim.wasserstein),
        (DISTANCES["kl"].formula, rf"\mathrm{{KL}}(P\|Q) = {latex(at, 'kl')}", divergences.kl),
        (DISTANCES["js"].formula, rf"\mathrm{{JS}}(P, Q) = {latex(at, 'js')} \le \ln 2", divergences.js),
    )
    if guess:
        lesson.take_away(
            "W₁ measures how far, so its derivative points the way from any distance. JS and TV only see whether P "
            "and Q overlap, and KL is infinite where they do not."
        )


def _slope(value: float) -> str:
    """The derivative of a distance in theta, as static/shift says it."""
    if not np.isfinite(value):
        return "no slope"
    size = abs(value) if abs(value) > 1e-9 else 0.0  # rounding
    return f"slope {'−' if size and value < 0 else ''}{number(size)}"


def _curves(at: AtTheta) -> None:
    """All distances against theta, with their derivatives."""
    pair = at.pair
    for cell, (name, (keys, _)) in zip(st.columns(len(GROUPS)), GROUPS.items(), strict=True):
        words = "; ".join(f"{METRICS[key]} = {number(at.values[key])}" for key in keys)
        with cell:
            figure(
                move_mark(drawn_curves(pair.p, pair.q, pair.theta_max)[name], at.now, keys),
                key=f"d_curves_{name}",
                alt=f"Against θ, with derivatives below. At {at.theta:g}: {words}",
                height=460,
            )
