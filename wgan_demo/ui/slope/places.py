"""Where critics that are held in different ways really have slope 1, without and with batch normalisation."""

import streamlit as st

from wgan_demo.experiments.result import Result
from wgan_demo.experiments.studies.holds import HOLDS
from wgan_demo.plots.slope.numbers import number
from wgan_demo.plots.slope.spread import PLACES, spread_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.experiments.panel import shipped, study_panel

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
    "Spectral normalisation": "Yes: the weights of every layer are divided by their greatest singular value.",
    "R1 at the data": "No: it asks for slope 0, at the data alone.",
    lesson.SHOW: "Spectral normalisation: the weights of every layer are divided by their greatest singular value.",
}
GUESS = lesson.Choice(
    "sl_place_guess",
    "Your guess first. Which of these is built so that no slope anywhere can exceed 1?",
    list(ANSWERS),
)
MOST = {False: 30.0, True: 1e5}  # where the axis ends, without and with batch norm


def _runs(batch_norm: bool) -> dict[str, Result]:
    results = shipped("holds")
    return {hold: results[f"hold={hold},batch_norm={batch_norm}"] for hold in HOLDS}


def show() -> None:
    """The question in the picture's place, then the slopes in four places for each way to hold the critic."""
    batch_norm = st.toggle("Batch norm in the critic", key="sl_batch_norm", **link.KEPT)
    guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
    runs = _runs(batch_norm)
    with st.container():  # also when empty: what comes below keeps its place
        if guess:
            rows = {SHORT[hold]: result.arrays for hold, result in runs.items()}
            words = [
                f"{name}: median {' / '.join(number(row[place][50]) for place in PLACES)}" for name, row in rows.items()
            ]
            figure(
                spread_figure(rows, most=MOST[batch_norm]),
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
            "A penalty holds the slope near 1, also away from where it is taken, but a few pairs are steeper. Spectral "
            "normalisation holds every slope, at the price of a critic that is often too gentle. Batch norm in the "
            "critic undoes both: leave it out."
        )


def _said(runs: dict[str, Result], batch_norm: bool) -> str:
    """What is to be seen."""
    slope = {hold: number(result.numbers["slope"]) for hold, result in runs.items()}
    middle = runs["gradient_penalty"].arrays["between"]
    if batch_norm:
        without = _runs(False)["gradient_penalty"].arrays["between"]
        return (
            "**With batch norm** the hold is lost. A penalty is taken of a batch of x̂, which has its own mean and "
            "deviation; the critic that is used scales each point by what it has learnt of all batches, and that is "
            f"another function. Under the two-sided penalty nine tenths of its norms on the lines lie from "
            f"{middle[5]:,.0f} to {middle[95]:,.0f}; without batch norm it is from {without[5]:.2f} to "
            f"{without[95]:.2f}. Spectral normalisation does not know of the scaling either: {slope['spectral_norm']}."
        )
    return (
        f"The steepest pair has slope {slope['spectral_norm']} under spectral normalisation, whose singular values are "
        f"estimates, {slope['one_sided']} under the one-sided and {slope['gradient_penalty']} under the two-sided "
        f"penalty. On the lines nine tenths of the two-sided norms lie from {middle[5]:.2f} to {middle[95]:.2f}, and "
        f"it is the same at the data and on the square. R1 asks for slope 0 and gets {slope['r1']} at most; without "
        f"any hold it runs away to {slope['none']}, far to the right of the picture. Pairs of points are gentler than "
        "the gradient: many lie across the slope, or on both sides of a hill."
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
