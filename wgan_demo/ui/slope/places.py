"""Where critics that are held in different ways really have slope 1, without and with batch normalisation."""

import streamlit as st

from wgan_demo.experiments.result import Result
from wgan_demo.experiments.studies.holds import HOLDS
from wgan_demo.plots.slope.spread import PLACES, spread_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.distances.cover import cover
from wgan_demo.ui.experiments.panel import shipped, study_panel
from wgan_demo.ui.slope.words import number

QUESTION = "Where is the critic really 1-Lipschitz?"
NAMES = {
    "gradient_penalty": "two-sided penalty, λ = 10",
    "one_sided": "one-sided penalty, λ = 100",
    "clipping": "clipping, c = 0.1",
    "spectral_norm": "spectral normalisation",
    "r1": "R1 at the data, λ = 10",
    "none": "nothing",
}
SHORT = {
    "gradient_penalty": "two-sided", "one_sided": "one-sided", "clipping": "clipping", "spectral_norm": "spectral norm",
    "r1": "R1 at the data", "none": "nothing",
}  # fmt: skip
HEIGHT = 480
ANSWERS = {
    "One-sided penalty": "Not quite: a penalty is a price, and a few pairs pay it.",
    "Spectral normalisation": "Yes: it divides the weights of every layer by their greatest singular value, so none "
    "can exceed 1, anywhere.",
    "R1 at the data": "No: it asks for slope 0, at the data alone; elsewhere nothing holds the critic.",
    lesson.SHOW: "Spectral normalisation: no slope can exceed 1, anywhere.",
}
GUESS = lesson.Choice(
    "sl_place_guess",
    "Your guess first. Which of these is sure to keep every slope at 1 or below, on the whole plane?",
    list(ANSWERS),
)


def _runs(batch_norm: bool) -> dict[str, Result]:
    results = shipped("holds")
    return {hold: results[f"hold={hold},batch_norm={batch_norm}"] for hold in HOLDS}


def show() -> None:
    """The question in the picture's place, then the slopes in four places for each way to hold the critic."""
    batch_norm = st.toggle("Batch norm in the critic", key="sl_batch_norm", **link.KEPT)
    guess = cover(GUESS, ANSWERS, height=HEIGHT)
    runs = _runs(batch_norm)
    with st.container():  # also when empty: what comes below keeps its place
        if guess:
            rows = {SHORT[hold]: result.arrays for hold, result in runs.items()}
            words = [
                f"{name}: median {' / '.join(number(row[place][50]) for place in PLACES)}" for name, row in rows.items()
            ]
            figure(
                spread_figure(rows),
                key="sl_spread",
                alt="Slopes on the lines x̂, at the data, on the square and of pairs. " + "; ".join(words),
                height=HEIGHT,
            )
            lesson.say(_said(runs, batch_norm))
            _table(runs)
    study_panel("holds")
    lesson.code_that_ran(
        (
            r"\lambda\,\mathbb{E}\,(\|\nabla f(\hat x)\| - 1)^2,\quad \hat x = u x + (1 - u) y",
            "",
            "wgan_demo.gan.lipschitz:gradient_penalty",
        ),
        (
            r"\lambda\,\mathbb{E} \max(0, \|\nabla f(\hat x)\| - 1)^2",
            "",
            "wgan_demo.gan.lipschitz:one_sided_penalty",
        ),
        (r"\lambda\,\mathbb{E}\,\|\nabla f(x)\|^2", "", "wgan_demo.gan.critic_alone.plane_trainer:zero_centred"),
        (r"W \leftarrow W / \sigma_{\max}(W)", "", "wgan_demo.gan.lipschitz:SpectralLinear"),
    )
    if guess:
        lesson.take_away(
            "A penalty holds the slope near 1 on average, where it is taken; only what is built into the weights, as "
            "spectral normalisation is, holds it everywhere, and then f is often less steep than it might be. Batch "
            "norm ties the points of a batch together, and the penalty no longer holds the slope of the critic."
        )


def _said(runs: dict[str, Result], batch_norm: bool) -> str:
    """What is to be seen."""
    two, one, spectral = (runs[hold] for hold in ("gradient_penalty", "one_sided", "spectral_norm"))
    middle = two.arrays["between"]
    told = (
        f"With the two-sided penalty nine tenths of the norms on the lines lie between {middle[5]:.2f} and "
        f"{middle[95]:.2f}; its steepest pair has {two.numbers['slope']:.3g}, that of the one-sided penalty "
        f"{one.numbers['slope']:.3g}, of spectral normalisation {spectral.numbers['slope']:.3g}. Nothing and R1 let it "
        f"run away: {runs['none'].numbers['slope']:.2g} and {runs['r1'].numbers['slope']:.2g}."
    )
    if not batch_norm:
        return told
    without = _runs(False)["gradient_penalty"].arrays["between"]
    return (
        f"**With batch norm** the penalty is taken of a batch, while the critic that is used is a function of one "
        f"point: its norms on the lines go from {middle[5]:.2g} to {middle[95]:.2g} under the two-sided penalty, "
        f"without batch norm from {without[5]:.2f} to {without[95]:.2f}."
    )


def _table(runs: dict[str, Result]) -> None:
    results = list(runs.values())
    columns = {
        "Held by": [NAMES[hold] for hold in runs],
        "Median on x̂": [number(r.arrays["between"][50]) for r in results],
        "At the data": [number(r.arrays["data"][50]) for r in results],
        "On the square": [number(r.arrays["grid"][50]) for r in results],
        "Greatest of pairs": [number(r.numbers["slope"]) for r in results],
        "Gap / greatest": [number(r.numbers["bound"]) for r in results],
        "Share of W₁": [f"{r.numbers['share']:.0%}" for r in results],
    }
    words = "; ".join(f"{a}: {b}" for a, b in zip(columns["Held by"], columns["Share of W₁"], strict=True))
    st.table(columns, border="horizontal", hide_index=True, alt=words)
