"""Two parallel lines in the plane: what each distance says when supports do not meet (WGAN paper, example 1)."""

import numpy as np
import streamlit as st

from wgan_demo.distances import DISTANCES, divergences, exact
from wgan_demo.distances.one_dim import ShiftCurves
from wgan_demo.distances.parallel_lines import POINTS, segment_curves, segments
from wgan_demo.plots.distances import curves_figure, move_mark, number
from wgan_demo.plots.parallel_lines import broken_at_0, segments_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.distances.pair import METRICS

QUESTION = "Two lines that never touch: which distance says how far?"
PANELS = {"w": (("w1",), "units of x"), "kl": (("kl",), "nats"), "js": (("js", "tv"), "nats, no unit")}
SHOWN = ("w1", "kl", "js", "tv")
FAR, NEAR = 0.5, 0.1
ANSWERS = {
    "W₁ alone": "Yes, W₁ alone. ",
    "W₁ and KL": "W₁ does, but not KL. ",
    "All four": "Only W₁ does. ",
    lesson.SHOW: "Only W₁ does. ",
}
GUESS = lesson.Choice(
    "d_lines_guess",
    f"Your guess first. θ goes from {FAR} to {NEAR}: which of W₁, KL, JS, TV tell Q that it gets closer?",
    list(ANSWERS),
)


@st.cache_resource(show_spinner=False)
def drawn_curves() -> dict[str, dict]:
    """The panels of all distances from theta = -1 to 1, drawn once; shared, so not to be changed."""
    theta = np.arange(-40, 41) / 40
    curves, start = broken_at_0(segment_curves(theta)), segment_curves([0.0])
    return {
        name: curves_figure(curves, start, keys, unit=unit).to_plotly_json() for name, (keys, unit) in PANELS.items()
    }


@st.cache_data(show_spinner=False)
def the_step() -> str:
    """What the numbers do between the two places of the question, in words."""
    values = segment_curves([FAR, NEAR]).values
    said = {key: [number(value) for value in values[key]] for key in SHOWN}
    return (
        f"From θ = {FAR} to {NEAR} W₁ falls from {said['w1'][0]} to {said['w1'][1]}. KL stays at {said['kl'][1]}, JS "
        f"at {said['js'][1]} (ln 2) and TV at {said['tv'][1]}: the lines share no point until θ is 0, so near is as "
        "bad as far, and no derivative shows the way."
    )


def show() -> None:
    """The lines with the cheapest plan, a guess, and then every distance against theta. P, Q are those of the paper."""
    left, right = st.columns([4, 5])
    right.markdown(
        "P is spread evenly over the line x = 0, y from 0 to 1; Q over the line x = θ. "
        f"This is example 1 of the WGAN paper; each line stands here as {POINTS} points of mass 1/{POINTS}."
    )
    theta = right.slider(
        "θ: where the line of Q stands, units of x", -1.0, 1.0, FAR, 0.05, key="d_lines_theta", **link.KEPT
    )
    theta = round(theta, 9)
    plan = exact.solve_exact(*segments(theta))
    now = segment_curves([theta])
    with left:
        figure(
            segments_figure(plan),
            key="d_lines",
            alt=f"P on x = 0 and Q on x = {theta:g}; every arrow of the plan is level and {abs(theta):g} long",
            height=300,
        )
    with right:
        answers = {option: answer + the_step() for option, answer in ANSWERS.items()}
        guess = lesson.cover(GUESS, answers)
    with st.container():  # also before the guess: what comes below keeps its place
        if guess:
            _reveal(now, theta)
    value = {key: number(now.values[key][0]).replace("∞", r"\infty") for key in SHOWN}
    lesson.code_that_ran(
        ("", rf"P = U(\{{0\}} \times [0, 1]), \quad Q = U(\{{{theta:g}\}} \times [0, 1])", segments),
        (DISTANCES["emd"].formula, rf"W_1 = {value['w1']}" if guess else "", exact.solve_exact),
        (DISTANCES["kl"].formula, rf"\mathrm{{KL}}(P\|Q) = {value['kl']}" if guess else "", divergences.kl),
        (DISTANCES["js"].formula, rf"\mathrm{{JS}}(P, Q) = {value['js']}" if guess else "", divergences.js),
    )
    if not guess:
        return
    lesson.take_away(
        "Where P and Q live on thin sets that share at most a set without mass, as real images and a generator's do, "
        "KL, JS and TV jump and have no slope to follow. W₁ changes evenly with θ, so it can be learned from."
    )


def _reveal(now: ShiftCurves, theta: float) -> None:
    """The numbers at theta and the curves, which step at theta = 0."""
    with st.container(horizontal=True, gap="xsmall"):
        for key in SHOWN:
            st.metric(METRICS[key], number(now.values[key][0]), width=112)
    for cell, (name, (keys, _)) in zip(st.columns(len(PANELS)), PANELS.items(), strict=True):
        words = "; ".join(f"{METRICS[key]} = {number(now.values[key][0])}" for key in keys)
        with cell:
            figure(
                move_mark(drawn_curves()[name], now, keys),
                key=f"d_lines_{name}",
                alt=f"Against θ from -1 to 1, with derivatives below. At {theta:g}: {words}",
                height=420,
            )
