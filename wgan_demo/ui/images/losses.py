"""Does the loss tell how good the pictures are? A study: losses against FID over each run, and how both rank."""

from functools import cache

import numpy as np
import streamlit as st

from wgan_demo.experiments import STUDIES, Result, finished
from wgan_demo.experiments.result import SHIPPED
from wgan_demo.experiments.studies.digits_losses import SEEDS, rank_correlation, told
from wgan_demo.plots.images import loss_against_fid_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.versus import versus

STUDY = "digits_losses"
LATE = 1000  # iterations after which the critics have caught up
NAMES = {
    "gan": "Standard GAN",
    "steady": "WGAN-GP, five critic steps",
    "usual": "WGAN-GP, three critic steps",
    "falling": "WGAN-GP, one critic step, a fast falling rate",
}
WHOSE = {"judge": "critic’s or discriminator’s", "generator": "generator’s"}


def rho(kind: str, whose: str, since: int = 0) -> np.ndarray:
    """Spearman's rho with FID from iteration `since` on, of each seed (k,)."""
    return np.array([told(results()[f"{kind},seed={seed}"].arrays, whose, since) for seed in SEEDS])


@cache
def results() -> dict[str, Result]:
    """The shipped runs of the study."""
    return finished(STUDIES[STUDY], SHIPPED / STUDY)


def span(values: np.ndarray) -> str:
    """The least and the greatest of some rhos."""
    return f"{values.min():+.2f} to {values.max():+.2f}".replace("-", "−")


ANSWERS = {
    "all four": "No. ",
    "the three WGAN-GPs": "No. ",
    "none of them": "Yes. ",
    lesson.SHOW: "",
}
GUESS = lesson.Choice(
    "im_loss_guess",
    "The pictures get better in all four, and FID falls. Whose judge says so in its loss, from the first to the last?",
    list(ANSWERS),
)


def show() -> None:
    """The whole view."""
    guess = lesson.ask(GUESS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = st.segmented_control(
            "Loss", list(WHOSE), default="judge", required=True, key="im_loss_of", format_func=WHOSE.get, **link.KEPT
        )
        seed = st.segmented_control("Seed", SEEDS, default=0, required=True, key="im_loss_seed", **link.KEPT)
    places = st.columns(2, gap="large") * 2
    for place, (kind, name) in zip(places, NAMES.items(), strict=True):
        runs = [results()[f"{kind},seed={seed}"].arrays for seed in SEEDS]
        shown = [(run[whose], run["fid"]) for run in runs]
        if not guess:
            shown = [(loss[:8], fid[:8]) for loss, fid in shown]  # the first 200 iterations
        said = f"ρ {span(rho(kind, whose))} over {len(SEEDS)} seeds" if guess else "the first 200 iterations"
        with place:
            lesson.say(f"**{name}**: {said}")
            figure(
                loss_against_fid_figure(shown, seed, f"{WHOSE[whose]} loss"), key=f"im_loss_{kind}", height=230,
                alt=f"FID against the {WHOSE[whose]} loss of {name} over the run: {said}.",
            )  # fmt: skip
    if not guess:
        return
    lesson.note(
        "ρ is Spearman’s rank correlation with FID: of minus the judge’s loss, which stands for a distance, or of the "
        "generator’s loss. 1: whenever the one falls, so does the other; −1: it says the opposite. Grey: the other "
        f"seeds. Made by `python -m wgan_demo.experiments {STUDY}`."
    )
    rows = [
        (name, span(rho(kind, "judge")), span(rho(kind, "judge", LATE)), span(rho(kind, "generator")))
        for kind, name in NAMES.items()
    ]
    heads = ["judge, whole run", f"judge, from {LATE:,} on", "generator, whole run"]
    versus(heads, [("ρ with FID, least to greatest of five seeds", rows)], key="im_loss_table")
    usual, falling = rho("usual", "judge", LATE), rho("falling", "judge")
    lesson.say(
        f"{ANSWERS[guess]}At first every critic is still learning, and its loss moves for that reason. With three "
        f"steps at a steady rate it follows FID from iteration {LATE:,} on: ρ is **{span(usual)}**. With one step and "
        f"a falling rate it says the opposite all along, **{span(falling)}**: its loss falls while the pictures get "
        "better."
    )
    formula = r"\rho = \operatorname{corr}\big(\operatorname{rank}(-L),\ \operatorname{rank}(\mathrm{FID})\big)"
    lesson.code_that_ran((formula, "", told), ("", "", rank_correlation))
    lesson.take_away(
        "A critic’s loss tells how good the pictures are only while the critic is near its best, and no loss says when "
        "it is. Look at the samples, and at a distance that does not depend on the critic."
    )
