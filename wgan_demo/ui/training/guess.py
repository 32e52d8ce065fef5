"""Predict before reveal: by when will the samples be as good as they can be measured to be?"""

import math

import streamlit as st

from wgan_demo.ui.runs.tab import TabRun

GUESSES = {
    "by 250": (0, 250), "by 500": (250, 500), "by 1,000": (500, 1000), "later, or never": (1000, math.inf),
}  # fmt: skip


def guess(run: TabRun) -> None:
    """Ask before the answer is on the screen: by when will the samples be as good as they can be measured to be?"""
    st.segmented_control(
        "**Your guess:** by which iteration will the EMD be within 1.3 times its noise floor?",
        list(GUESSES),
        key=run.key("guess"),
        bind="query-params",
    )


def revealed(run: TabRun) -> bool:
    """True once the guess is made or the tab's own run has ended: the recordings may then tell how they end."""
    view = run.view
    return run.get("guess") is not None or (view is not None and view.state in ("finished", "failed"))


def verdict(run: TabRun, reached: float | None, done: float) -> str:
    """How the guess compares with the iteration at which the floor was reached, or with `done` iterations without it.

    Empty without a guess.
    """
    made = run.get("guess")
    if made is None:
        return ""
    low, high = GUESSES[made]
    if reached is not None:
        word = "right" if low < reached <= high else "not this time"
    else:
        word = "not this time" if done >= high else "right so far" if done >= low and high == math.inf else "still open"
    return f"Your guess, {made}: **{word}**."
