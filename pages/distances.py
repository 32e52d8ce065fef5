"""Lesson: W1 against KL and JS, as Q is moved away from P."""

import pickle

import streamlit as st

from wgan_demo.ui import lesson

lesson.question(
    "How far apart are P and Q?",
    "Move Q away with θ. Watch which numbers keep growing, and which of them still have a derivative: "
    "that is all a generator learns from.",
)
with st.spinner("Loading the solvers…"):  # the server's first visitor waits for them
    import numpy as np
    import ot  # noqa: F401

    from wgan_demo.distances import DISTANCES, divergences, one_dim
    from wgan_demo.measures import Samples
    from wgan_demo.plots.distances import cdfs_figure, curves_figure, densities_figure, move_mark, number
    from wgan_demo.plots.theme import plain
    from wgan_demo.ui.figure import figure
    from wgan_demo.ui.pair import choose_pair

METRICS = {
    "w1": "W₁, units of x",
    "w2": "W₂, units of x",
    "kl": "KL(P‖Q), nats",
    "reverse_kl": "KL(Q‖P), nats",
    "js": "JS, nats",
    "js_distance": "√JS, √nats",
    "tv": "TV, no unit",
}
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
}


@st.cache_data(max_entries=256, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def curves_to(p, q, theta_max: float) -> one_dim.ShiftCurves:
    """All distances for theta from 0 to theta_max: denser near 0, and exactly where atoms meet."""
    theta = np.concatenate([theta_max * np.linspace(0, 1, 161) ** 2, one_dim.meetings(p, q)])
    return one_dim.shift_curves(p, q, np.unique(theta[(theta >= 0) & (theta <= theta_max)]))


def latex(value: float) -> str:
    return number(value).replace("∞", r"\infty")


pair = choose_pair("d")
curves = curves_to(pair.p, pair.q, pair.theta_max)
source, target = pair.p.measure(), pair.q.measure()
figures = {}


@st.fragment
def at_theta() -> None:
    """Everything that changes with theta; a step of the slider runs this alone."""
    top = pair.theta_max
    # Data have a slider of their own, which starts with the data as they are.
    key, start, step = (f"d_theta_{top:g}", 0.0, top / 350) if pair.remark else ("d_theta", 3.0, 0.1)
    theta = st.slider("θ: how far Q is moved, units of x", 0.0, top, start, step, key=key, bind="query-params")
    q = pair.q.shifted(theta)
    now = one_dim.shift_curves(pair.p, pair.q, [theta], panels=256)
    values = {name: float(value[0]) for name, value in now.values.items()}
    moved = target.shifted(theta)
    values |= {"w1": one_dim.wasserstein(source, moved, p=1), "w2": one_dim.wasserstein(source, moved, p=2)}
    values["js_distance"] = max(values["js"], 0) ** 0.5

    with st.container(horizontal=True, gap="xsmall"):
        for name, label in METRICS.items():
            st.metric(label, number(values[name]), width=112)
    left, right = st.columns(2)
    x_title = plain(pair.x_name)
    with left:
        figure(
            densities_figure(pair.p, q, x_title=x_title), key="d_densities", alt=f"Densities of P and Q, θ = {theta:g}"
        )
    with right:
        figure(
            cdfs_figure(pair.p, q, values["w1"], x_title=x_title),
            key="d_cdfs",
            alt=f"The CDFs of P and Q; the area between them is W₁ = {number(values['w1'])}",
        )
    with st.container():  # also when empty: what comes below keeps its place, and so its part of the link
        if pair.remark:
            st.caption(f"{pair.remark} A link to this page carries its settings, but not an uploaded file.")

    left, middle, right = st.columns([4, 7, 3], vertical_alignment="bottom")
    guess = left.segmented_control(
        "Q moves far away: which of these stop growing?", list(ANSWERS), key="d_guess", bind="query-params"
    )
    middle.markdown(ANSWERS.get(guess, ""))
    hide = right.toggle("Hide beyond θ", key="d_hide", bind="query-params")
    drawn = {} if hide else figures  # the curves are drawn once, and a step of theta moves their marks
    for cell, name in zip(st.columns(len(GROUPS)), GROUPS, strict=True):
        keys, unit = GROUPS[name]
        if name not in drawn:
            fig = curves_figure(curves, now, keys, unit=unit, upto=theta if hide else np.inf)
            drawn[name] = fig.to_plotly_json()
        words = "; ".join(f"{METRICS[key]} = {number(values[key])}" for key in keys)
        with cell:
            figure(
                move_mark(drawn[name], now, keys),
                key=f"d_curves_{name}",
                alt=f"Against θ, with derivatives below. At {theta:g}: {words}",
                height=460,
            )
    lesson.code_that_ran(
        (DISTANCES["emd"].formula, rf"W_1 = {latex(values['w1'])}", one_dim.wasserstein),
        (DISTANCES["kl"].formula, rf"\mathrm{{KL}}(P\|Q) = {latex(values['kl'])}", divergences.kl),
        (DISTANCES["js"].formula, rf"\mathrm{{JS}}(P, Q) = {latex(values['js'])} \le \ln 2", divergences.js),
    )


at_theta()
lesson.take_away(
    "W₁ measures how far, so its derivative points the way from any distance. JS and TV only see whether P and Q "
    "overlap, and KL is infinite where they do not."
)
