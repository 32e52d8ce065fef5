"""All distances side by side: their values now, and what is left of each once P and Q no longer overlap."""

import pickle

import numpy as np
import streamlit as st

from wgan_demo.distances import DISTANCES, divergences, energy, one_dim, sinkhorn, thinned
from wgan_demo.distances.at_theta import AtTheta
from wgan_demo.measures import Samples
from wgan_demo.plots.distances import number
from wgan_demo.ui import lesson
from wgan_demo.ui.distances.pair import latex

QUESTION = "Which of all these still see how far apart P and Q are?"
ON_THE_PAGE = {"emd": "w1"}  # what the page calls by another name
GUESS = lesson.Choice(
    "d_all_guess",
    f"Your guess first. P and Q no longer overlap, and Q moves on: how many of these {len(DISTANCES)} change?",
    [*range(len(DISTANCES) + 1), lesson.SHOW],
)
POINTS = {"energy": 400, "sinkhorn": 100}  # a side: their work grows as the square


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def between_points(key: str, p, q) -> float:
    """The distance of this name between p and q, each as so many points of about equal mass."""
    return DISTANCES[key].compute(*(thinned(side.measure(), POINTS.get(key, 400)) for side in (p, q)))


def show(at: AtTheta) -> None:
    """A guess, and then one row for every entry of DISTANCES."""
    seeing = [distance.label for distance in DISTANCES.values() if distance.sees_geometry]
    table, question = st.container(), st.container()
    with question:
        guess = lesson.ask(GUESS)
    values = {}
    for key in DISTANCES:
        name = ON_THE_PAGE.get(key, key)
        values[key] = at.values[name] if name in at.values else between_points(key, at.p, at.q)
    rows = {
        "Distance": [distance.label for distance in DISTANCES.values()],
        "Now": [_said(values[key], distance.unit) for key, distance in DISTANCES.items()],
        "Metric": [_yes(distance.is_metric) for distance in DISTANCES.values()],
    }
    if guess is not None:
        rows["Sees how far"] = [_yes(distance.sees_geometry) for distance in DISTANCES.values()]
        rows["Gradient once apart"] = [distance.gradient or "–" for distance in DISTANCES.values()]
        guessed = "" if guess == lesson.SHOW else f"You guessed {guess}. "
        question.markdown(f"{guessed}It is {len(seeing)}: {'; '.join(seeing)}.")
    table.table(
        rows,
        border="horizontal",
        hide_index=True,
        alt="; ".join(f"{label}: {now}" for label, now in zip(rows["Distance"], rows["Now"], strict=True)),
    )
    if guess is not None:
        lesson.note(
            "“Apart”: Q lies wholly to one side of P. Gaussians and Laplace distributions, whose tails reach "
            "everywhere, only come near that: between them KL stays finite and grows."
        )
    thin = ", ".join(f"{points} for “{DISTANCES[key].label}”" for key, points in POINTS.items())
    lesson.note(
        "W₁ and W₂ are those of the cheapest plan, KL, JS and TV those of the densities. "
        f"Where the work grows as the square, P and Q are thinned to points of about equal mass: at most {thin}."
    )
    lesson.code_that_ran(
        (DISTANCES["emd"].formula, rf"W_1 = {latex(at, 'w1')}", one_dim.wasserstein),
        (DISTANCES["kl"].formula, rf"\mathrm{{KL}}(P \,\|\, Q) = {latex(at, 'kl')}", divergences.kl),
        (DISTANCES["js"].formula, rf"\mathrm{{JS}}(P, Q) = {latex(at, 'js')}", divergences.js),
        (DISTANCES["tv"].formula, rf"\mathrm{{TV}}(P, Q) = {latex(at, 'tv')}", divergences.tv),
        (DISTANCES["energy"].formula, f"= {number(values['energy'])}", energy),
        (
            DISTANCES["sinkhorn"].formula,
            "" if np.isnan(values["sinkhorn"]) else f"= {number(values['sinkhorn'])}",
            sinkhorn,
        ),
        ("", "", thinned),
    )
    if guess is not None:
        lesson.take_away(
            "Only a distance that knows how far places are apart, as transport in units of x and the energy distance "
            "in their root, still tells P and Q apart by how far. Being a metric is not enough: TV and √JS are "
            "metrics, and see nothing once P and Q part."
        )


def _said(value: float, unit: str) -> str:
    if np.isnan(value):
        return "has not converged"
    return f"{number(value)} {unit.split(' (')[0] if unit.startswith('no') else unit}"


def _yes(claim: bool | None) -> str:
    return {True: "yes", False: "no", None: "–"}[claim]
