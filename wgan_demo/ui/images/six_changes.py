"""From GAN to WGAN-GP in six changes, as an article lists them, and as they are in the code that ran."""

from dataclasses import replace
from difflib import unified_diff
from functools import lru_cache

import streamlit as st

from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.duels import DUELS, SIDES, Duel
from wgan_demo.gan.export.script import script
from wgan_demo.ui import lesson

AROUND = 1  # lines that are shown around those that change


def six_changes(duel: Duel) -> None:
    """A table of the changes, and the lines of the script of A that are others in that of B."""
    with st.expander("From A to B: six changes, and the lines of code", icon=":material/difference:", key="im_six"):
        a, b = map(duel.config, SIDES)
        lesson.say(
            "An article that trains both on MNIST lists six changes. Each as it is there, and as it is here:\n\n"
            "| | in the article | here, from A to B |\n|---|---|---|\n"
            + "\n".join(f"| {i} | {there} | {here} |" for i, (there, here) in enumerate(_changes(a, b), 1))
        )
        st.code(difference(duel.name), language="diff", wrap_lines=True)
        lesson.note(
            "Lines of the script that repeats A, and what stands in their place in that of B: the code that ran."
        )


def _changes(a: TrainConfig, b: TrainConfig) -> list[tuple[str, str]]:
    """The six, in the order of the article: there, and here between two settings."""
    betas = [", ".join(f"{beta:g}" for beta in config.betas) for config in (a, b)]
    return [
        ("cross entropy becomes the Wasserstein loss", "`cross_entropy_costs` becomes `wasserstein_costs`"),
        ("a gradient penalty, λ = 10", f"`penalty`, λ = {b.gp_weight:g}, one u for each sample"),
        ("a linear output in place of the sigmoid", "the sigmoid is part of A’s loss, so it goes with it"),
        (
            "RMSProp in place of Adam (the paper: Adam)",
            f"Adam in both; rate {a.lr:g} → {b.lr:g}, β {betas[0]} → {betas[1]}, batch {a.batch_size} → {b.batch_size}",
        ),
        ("five steps of the critic for each of the generator", f"n_critic {a.n_critic} → {b.n_critic}"),
        ("no dropout in the critic", "none in either, and no batch norm in D or f"),
    ]


@lru_cache(maxsize=8)
def difference(name: str) -> str:
    """Of a duel: what changes from the script of its GAN to that of its WGAN-GP, as a unified diff without a head."""
    duel = DUELS[name]
    recording = shipped.load(duel.recording("live"))
    scripts = [script(replace(recording, config=duel.config(preset))).splitlines() for preset in SIDES]
    lines = unified_diff(*scripts, n=AROUND, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
