"""What this program measured, seed by seed, beside what was published: and why the two cannot be compared."""

from functools import cache

import numpy as np
import streamlit as st

from wgan_demo.experiments.published import GRID, QUANTITIES, RING
from wgan_demo.experiments.studies import collapse, digits_rates
from wgan_demo.gan import classifier
from wgan_demo.gan.spaces.compared import SAMPLES
from wgan_demo.plots import theme
from wgan_demo.plots.evidence import Row, rows_figure, rows_height
from wgan_demo.ui import lesson
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.versus import versus
from wgan_demo.ui.experiments import panel

DATA = "digits"
NAMES = {"gan": "GAN", "lsgan": "LSGAN", "clipping": "WGAN", "wgan_gp": "WGAN-GP"}
KINDS = {"gan": "GAN", "live": "WGAN-GP"}  # of digits_rates
PLACES = {RING: "8", GRID: "25"}  # as the papers and as the study of collapse call them
ANSWERS = {"less than 3": (0, 3), "3 to 6": (3, 6), "more than 6": (6, 8.01)}
GUESS = lesson.Choice(
    "ev_modes_guess",
    "Ring of 8 Gaussians: one paper’s GAN covers 1 mode, another’s 6.3. How many does this program’s, in the mean of "
    "20 seeds?",
    [*ANSWERS, lesson.SHOW],
)


@cache
def modes(on: str) -> dict[str, np.ndarray]:
    """Modes covered (seeds,) by each kind of GAN here; 0 for a run that blew up."""
    results, data = panel.shipped("collapse"), PLACES[on]
    return {
        kind: np.array(
            [results[collapse.run_name(data, kind, seed)].numbers.get("modes", 0) for seed in collapse.SEEDS]
        )
        for kind in collapse.KINDS
    }


@cache
def on_digits(number: str) -> dict[tuple[str, float], np.ndarray]:
    """A number of digits_rates (seeds,), "digits" or "fid", by the kind of GAN and the learning rate."""
    results = panel.shipped("digits_rates")
    seeds = sorted({result.config["seed"] for result in results.values()})
    return {
        (kind, rate): np.array([results[f"{kind},lr={rate:g},seed={seed}"].numbers[number] for seed in seeds])
        for kind in KINDS
        for rate in digits_rates.RATES
    }


def show() -> None:
    """Modes and digits: a guess, the pictures, and the sentence that belongs below them."""
    guess = lesson.cover(GUESS, _answer, before="Your guess first; then this program’s numbers come.")
    for on, column in zip(PLACES, st.columns(2), strict=True):
        with column:
            lesson.say(f"**Modes covered, {on} Gaussians**")
            _modes(on, bool(guess))
    lesson.note(
        "The same count in all of them: a mode is covered if one of 2,500 samples lies within 3 σ of it. Width of the "
        "modes, networks, learning rate and number of steps are each one’s own."
    )
    if not guess:
        return
    lesson.note(
        f"Orange: measured here, a dot for each of {len(collapse.SEEDS)} seeds and their mean; the WGAN clips its "
        "weights. Grey: published, without seeds: PacGAN (arXiv:1712.04086), VEEGAN (arXiv:1705.07761)."
    )
    for (number, title), column in zip(
        {"digits": "Digits made, of 10", "fid": "FID, small classifier"}.items(), st.columns(2), strict=True
    ):
        with column:
            lesson.say(f"**{title}**: 8 × 8 digits, by learning rate")
            _digits(number, title)
    lesson.note("Small dots: three seeds; large marks: their mean. Dotted: the FID of real pictures, the floor.")
    _why()
    lesson.code_that_ran(
        (r"\text{modes covered}", "", "wgan_demo.gan.spaces.points:mode_coverage"),
        (
            r"\mathrm{FID} = |m - m'|^2 + \operatorname{tr}\big(C + C' - 2\,(C C')^{1/2}\big)",
            "",
            "wgan_demo.distances.frechet:gaussian",
        ),
    )
    panel.study_panel("digits_rates")
    lesson.take_away(
        "A number needs its seeds, its number of samples, the network that judges and the floor that real data reach. "
        "Without these, two FIDs cannot be compared, however close they look."
    )


def _answer(guess: str) -> str:
    """Whether the guess was right, and the number."""
    counts = modes(RING)["gan"]
    low, high = ANSWERS.get(guess, (0, 0))
    opening = "" if guess == lesson.SHOW else "Yes: " if low <= counts.mean() < high else "No: "
    return f"{opening}{counts.mean():.1f}, from {counts.min():.0f} to {counts.max():.0f}."


def _modes(on: str, told: bool) -> None:
    """What was measured, once it may be told, above what was published."""
    found, total = modes(on), int(PLACES[on])
    rows = [
        Row(f"{NAMES[kind]}, here", values, None, kind in ("clipping", "wgan_gp")) for kind, values in found.items()
    ]
    rows = rows if told else []
    rows += [Row(row.method, [row.value], color=theme.NEUTRAL) for row in QUANTITIES["Modes"].rows if row.on == on]
    means = "; ".join(f"{row.name} {np.mean(row.values):.1f}" for row in rows)
    figure(
        rows_figure(rows, f"modes covered, of {total}", end=total), key=f"ev_modes_{PLACES[on]}",
        height=rows_height(rows), alt=f"Modes covered of {total}, means: {means}",
    )  # fmt: skip


def _digits(number: str, title: str) -> None:
    rows = [
        Row(f"{KINDS[kind]} {rate:g}", values, None, kind == "live")
        for (kind, rate), values in on_digits(number).items()
    ]
    means = "; ".join(f"{row.name}: {np.mean(row.values):.2f}" for row in rows)
    options = {"log": True, "floor": classifier.load(DATA).floor[0]} if number == "fid" else {"end": 10}
    figure(
        rows_figure(rows, title, **options), key=f"ev_{number}", height=rows_height(rows),
        alt=f"{title} by kind and learning rate, means of three seeds: {means}",
    )  # fmt: skip


def _why() -> None:
    """What stands behind a FID there and here, line by line."""
    judge = classifier.load(DATA)
    floor, off = judge.floor
    mnist = QUANTITIES["FID"].at("MNIST")
    here = [values.mean() for values in on_digits("fid").values()]
    lesson.say(
        "**Why the two FIDs cannot be compared**: another network makes the features, another number of pictures is "
        "compared, and they are other pictures. Even the floor, what real pictures score, is another one."
    )
    versus(
        ["Lucic et al. 2018, MNIST", "here"],
        [
            ("Behind a FID", [
                ("features of", "Inception, trained on photographs", f"a small classifier, {judge.accuracy:.1%} right"),
                ("pictures", "28 × 28, MNIST", "8 × 8, scikit-learn’s digits"),
                ("n generated", "not in the table", f"{SAMPLES}"),
                ("real against real", "not in the table", f"{floor:.2f} ± {off:.2f}"),
                ("seeds", "50", "3 for each rate"),
                ("FID of GANs", f"{mnist[0].value:g} to {mnist[-2].value:g}", f"{min(here):.2f} to {max(here):.1f}"),
            ])
        ],
        key="ev_why",
    )  # fmt: skip
