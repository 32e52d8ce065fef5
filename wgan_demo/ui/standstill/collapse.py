"""Mode collapse over seeds: how many modes four kinds of GAN cover, each with its best settings, 20 seeds each."""

import numpy as np
import streamlit as st

from wgan_demo.datasets import DATASETS
from wgan_demo.plots.collapse import histogram_panel, samples_panel
from wgan_demo.plots.sweep import pack
from wgan_demo.ui import lesson
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.distances.cover import cover
from wgan_demo.ui.standstill.choice import choose

QUESTION = "Does a Wasserstein GAN cure mode collapse?"
HEIGHT = 380
LABELS = {"gan": "GAN", "lsgan": "LS", "clipping": "clip", "wgan_gp": "GP"}  # on an axis
NAMES = {"gan": "GAN", "lsgan": "LSGAN", "clipping": "WGAN, clipping", "wgan_gp": "WGAN-GP"}
ANSWERS = ("in all of them", "in most", "in some", "in none")
GUESS = lesson.Choice(
    "va_collapse_guess",
    "Of 20 seeds each: in how many does WGAN-GP leave out a mode of the 25?",
    [*ANSWERS, lesson.SHOW],
)


@st.cache_resource(show_spinner=False)
def found(data: str) -> tuple[dict[str, np.ndarray], dict[str, list[np.ndarray]], dict[str, float]]:
    """By the kind of GAN: modes covered (seeds,), the samples of each seed (n, 2), and the mean EMD. Shared.

    A run that blew up covers none and has no samples.
    """
    from wgan_demo.experiments import finished
    from wgan_demo.experiments.result import SHIPPED
    from wgan_demo.experiments.studies.collapse import KINDS, SEEDS, STUDY, run_name

    results = finished(STUDY, SHIPPED / "collapse")
    runs = {kind: [results[run_name(data, kind, seed)] for seed in SEEDS] for kind in KINDS}
    modes = {kind: np.array([run.numbers.get("modes", 0) for run in of], int) for kind, of in runs.items()}
    nothing = np.zeros((0, 2))
    fakes = {kind: [run.arrays.get("fake", nothing).astype(float) for run in of] for kind, of in runs.items()}
    emd = {kind: float(np.nanmean([run.numbers.get("emd", np.nan) for run in of])) for kind, of in runs.items()}
    return modes, fakes, emd


def dataset_of(data: str):
    """The data set with so many modes."""
    from wgan_demo.experiments.studies.collapse import DATA

    return DATASETS[DATA[data]]


@st.cache_resource(show_spinner=False)
def samples(data: str) -> tuple:
    """The packed samples of all kinds, for every seed. Shared, so not to be changed."""
    modes, fakes, _ = found(data)
    dataset = dataset_of(data)
    return pack(
        [samples_panel({NAMES[kind]: of for kind, of in fakes.items()}, dataset.modes, dataset.space.extent)],
        [f"{seed}" for seed in range(len(modes["gan"]))],
        label="seed",
        plays=700,
        alt="What the generators of four kinds of GAN make with this seed, on the modes of the data",
    )


@st.cache_resource(show_spinner=False)
def histograms(data: str) -> tuple:
    """The packed piles of all kinds, with this seed's dots marked. Shared, so not to be changed."""
    modes, _, _ = found(data)
    return pack(
        [histogram_panel({LABELS[kind]: counts for kind, counts in modes.items()}, int(data))],
        [f"{seed}" for seed in range(len(modes["gan"]))],
        label="seed",
        numbers=[(f"{NAMES[kind]}, modes", [f"{count}" for count in counts]) for kind, counts in modes.items()],
        sentence=sentence(data),
        alt=f"For each kind of GAN a pile of dots over the modes covered, of {data}, a dot for each seed",
    )


def sentence(data: str) -> str:
    """In how many seeds each kind has left out a mode, and what follows, from the numbers."""
    modes, _, _ = found(data)
    seeds = len(modes["gan"])
    lost = {kind: int((counts < int(data)).sum()) for kind, counts in modes.items()}
    told = "; ".join(f"{NAMES[kind]} in {count}" for kind, count in lost.items())
    return f"Of {seeds} seeds a mode was left out by {told}. {verdict(lost)}"


def verdict(lost: dict[str, int]) -> str:
    """What the seeds with a mode left out, by the kind, say of WGAN-GP against the GAN."""
    if lost["wgan_gp"] >= lost["gan"]:
        return "Here WGAN-GP collapses no less often than the GAN."
    if lost["wgan_gp"]:
        return "So WGAN-GP leaves out modes less often than the GAN, but it does."
    return "So WGAN-GP leaves out modes less often than the GAN; that it never does, 20 seeds cannot say."


def answer(guess: str) -> str:
    """What came out, for what was guessed."""
    modes, _, _ = found("25")
    counts = modes["wgan_gp"]
    lost = int((counts < 25).sum())
    share = lost / len(counts)
    right = ANSWERS[0 if share == 1 else 1 if share > 0.5 else 2 if share > 0 else 3]
    told = f"in {lost} of {len(counts)}; the fewest modes that a seed covers are {counts.min()} of 25."
    opening = {right: "Yes, ", lesson.SHOW: "It does "}
    return opening.get(guess, "No, ") + told


def show() -> None:
    """What each seed makes, a guess, and the modes covered over all seeds."""
    from wgan_demo.experiments.studies import collapse

    data = choose("Data: so many Gaussians", list(collapse.DATA), "25", "va_collapse_data")
    modes, _, emd = found(data)
    seeds = [f"{seed}" for seed in range(len(modes["gan"]))]
    at = place("va_collapse_seed", seeds, "0")
    left, right = st.columns(2, gap="medium")
    with left:
        sweep(samples(data), "va_collapse_seed", at, key="va_samples", follow=["va_piles"])
    with right:
        guess = cover(GUESS, {option: answer(option) for option in GUESS.options}, height=HEIGHT)
        if guess:
            sweep(histograms(data), "va_collapse_seed", at, key="va_piles", follow=["va_samples"])
    if guess:
        settings = "; ".join(f"{NAMES[kind]}: {_settings(data, kind)}" for kind in collapse.KINDS)
        means = "; ".join(f"{NAMES[kind]} {value:.3f}" for kind, value in emd.items())
        lesson.note(
            f"A mode is covered if one of 2,500 samples lies within 3 σ of it and nearest to it. All kinds have the "
            f"same networks, batches and {collapse.STEPS:,} iterations; each has the best of "
            f"{len(collapse.SETTINGS['gan'])} settings of a sweep. {settings}. Mean EMD, units of x: {means}."
        )
    lesson.code_that_ran(
        ("", "", "wgan_demo.gan.spaces.points:mode_coverage"),
        ("", "", "wgan_demo.experiments.studies.collapse:best"),
        ("", "", "wgan_demo.gan.losses:non_saturating_generator"),
    )
    if guess:
        lesson.take_away(
            "Mode collapse is a matter of chance, so one run proves nothing: count seeds. A Wasserstein critic sees "
            "that mass is missing, and leaves out modes less often where it does; it is no cure."
        )


def _settings(data: str, kind: str) -> str:
    """The chosen settings of a kind, in words."""
    from wgan_demo.experiments.studies.collapse import CHOSEN, SETTINGS

    words = {"lr": "rate", "betas": "betas", "clip": "c", "gp_weight": "λ"}
    fields = SETTINGS[kind][CHOSEN[data, kind]]
    return ", ".join(f"{words[name]} {value}" for name, value in fields.items())
