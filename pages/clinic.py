"""Lesson: a run with a hidden bug beside a healthy one. Read the curves, name the bug, see its lines."""

import streamlit as st

from wgan_demo.gan.bugs.bugs import BUGS, CASES, STEPS
from wgan_demo.plots.clinic import curves_figure
from wgan_demo.plots.stage import Run
from wgan_demo.ui import lesson, score
from wgan_demo.ui.clinic import training
from wgan_demo.ui.clinic.case import choose, name_of, question, right
from wgan_demo.ui.clinic.verdict import compare, tell
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.stage import Film
from wgan_demo.ui.runs import film

lesson.title("clinic")
left, beside = st.columns([6, 5], gap="medium")
with left:
    picture, bar = st.container(gap="xxsmall"), st.container(horizontal=True, vertical_alignment="center")
with bar:
    number = choose()
now = training.pair(number)
with bar:
    training.controls(number, now)
bug = BUGS[name_of(number)]
with picture:
    training.status(now)
    figure(
        curves_figure(now.healthy, now.patient, STEPS, now.goes_on),
        key=training.CURVES,
        height=500,
        alt="Three curves over the iterations, of the healthy run dashed and of the run with the bug solid: exact EMD "
        f"with the noise floor, mean gradient norm at x̂ with the line at 1, score gap. The healthy run ends at an EMD "
        f"of {now.healthy.value('emd'):.2g}, the other at {now.patient.value('emd'):.2g} after "
        f"{now.patient.steps:,} iterations.",
    )
    training.watch(number, now)
with beside:
    guess = lesson.ask(question(number))
    score.count("bc", number, guess, guess is not None and right(bug, guess))
    lesson.say(score.words("bc", len(CASES), "cases"))
    if guess is None:
        lesson.say(
            "Solid: the run with the bug. Dashed: a healthy one, from the same seed. How far is it from the data? "
            "Is the critic’s slope near 1 between data and samples? Does the score gap shrink with the distance?"
        )
    else:
        tell(bug, guess)
if guess is not None and not now.moves:
    compare(now.healthy, now.patient)
samples = st.expander("The samples of both", icon=":material/scatter_plot:", key="bc_samples", on_change="rerun")
if samples.open and not now.moves:
    with samples:
        shown = Film(f"{number} {now.own} {now.patient.steps}", "bc_stage", 540, play=True)
        film.show(shown, Run(now.healthy, "A: healthy"), Run(now.patient, "B: with the bug"), link="bc")
loss = r"L = \mathbb{E}\,f(G(z)) - \mathbb{E}\,f(x) + \lambda\,\mathbb{E}\big(\|\nabla f(\hat x)\|_2 - 1\big)^2"
lesson.code_that_ran(
    (loss, "", "wgan_demo.gan.trainer:critic_step"),
    ("", "", "wgan_demo.gan.bugs.trainer:infected"),
)
if guess is not None:
    lesson.take_away(
        "A score gap that is far too large, or stuck, and norms away from 1 betray the grave bugs. Others do not show "
        "in any curve: they are found by reading the lines, and by a test that compares with a formula."
    )
