"""Lesson: what articles and public code say of Wasserstein GANs, one claim after the other, and what decides it."""

import streamlit as st

from wgan_demo.gan.claims.claims import CLAIMS
from wgan_demo.plots.claims import evidence_figure
from wgan_demo.ui import lesson, score
from wgan_demo.ui.claims import which
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.versus import versus

lesson.title("claims")
left, beside = st.columns([7, 5], gap="medium")
with beside:
    number = which.choose()
    bar = st.container(horizontal=True, vertical_alignment="center")
claim = which.claim_of(number)
evidence = claim.evidence() if which.guess_of(number) else None
with left, st.container(key="cl_card"):
    which.say(number)
    if evidence:
        figure(
            evidence_figure(evidence),
            key="cl_picture",
            height=which.HEIGHT,
            alt=f"{evidence.y} against {evidence.x}: {', '.join(line.name for line in evidence.lines)}.",
        )
    guess = which.ask(number)
score.count("cl", number, guess, guess == claim.answer)
with bar:
    which.next_one(number)
    lesson.say(score.words("cl", len(CLAIMS), "claims"))
if evidence is None:
    with beside:
        which.all_of_them()
else:
    with beside:
        rows = [(name, f"{value:.3g}") for name, value in evidence.numbers.items()]
        versus(["computed here"], [("What decides it", rows)], key="cl_numbers")
        lesson.say(f"**Where it stands.** {claim.place}.")
    lesson.code_that_ran(*which.code(claim))
    lesson.take_away(
        "A formula has a sign, a norm has an axis, a theorem has its assumptions. What a page says of them can be "
        "computed: that takes a few lines, and settles it."
    )
