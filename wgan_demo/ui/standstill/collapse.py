"""Mode collapse over seeds: how many modes four kinds of GAN cover, each with its best settings, 20 seeds each."""

import numpy as np
import streamlit as st

from wgan_demo.datasets import DATASETS
from wgan_demo.experiments.studies.collapse import CHOSEN, DATA, KINDS, SEEDS, SETTINGS, STEPS, STUDY, run_name
from wgan_demo.plots.collapse import histogram_panel, samples_panel
from wgan_demo.plots.sweep import pack
from wgan_demo.ui import lesson
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.experiments import panel
from wgan_demo.ui.standstill.choice import choose

QUESTION = "Does a Wasserstein GAN cure mode collapse?"
HEIGHT = 380
LABELS = {"gan": "GAN", "lsgan": "LS", "clipping": "clip", "wgan_gp": "GP"}  # at the side of a picture
SHORT = LABELS | {"lsgan": "LSGAN", "clipping": "clipping"}  # below one
NAMES = {"gan": "GAN", "lsgan": "LSGAN", "clipping": "WGAN, clipping", "wgan_gp": "WGAN-GP"}
ANSWERS = {  # which kinds leave out a mode
    "GAN and LSGAN": {"gan", "lsgan"},
    "all but WGAN-GP": {"gan", "lsgan", "clipping"},
    "all four": set(LABELS),
    "none of them": set(),
}
GUESS = lesson.Choice(
    "va_collapse_guess",
    "25 Gaussians, 20 seeds of each kind: which kinds leave out a mode in at least one seed?",
    [*ANSWERS, lesson.SHOW],
)


@st.cache_resource(show_spinner=False)
def found(data: str) -> tuple[dict[str, np.ndarray], dict[str, list[np.ndarray]], dict[str, float]]:
    """By the kind of GAN: modes covered (seeds,), the samples of each seed (n, 2), and the mean EMD. Shared.

    A run that blew up covers none and has no samples.
    """
    results = panel.shipped("collapse")
    runs = {kind: [results[run_name(data, kind, seed)] for seed in SEEDS] for kind in KINDS}
    modes = {kind: np.array([run.numbers.get("modes", 0) for run in of], int) for kind, of in runs.items()}
    nothing = np.zeros((0, 2))
    fakes = {kind: [run.arrays.get("fake", nothing).astype(float) for run in of] for kind, of in runs.items()}
    emd = {kind: float(np.nanmean([run.numbers.get("emd", np.nan) for run in of])) for kind, of in runs.items()}
    return modes, fakes, emd


@st.cache_resource(show_spinner=False)
def samples(data: str) -> tuple:
    """The packed samples of all kinds, for every seed. Shared, so not to be changed."""
    modes, fakes, _ = found(data)
    dataset = DATASETS[DATA[data]]
    return pack(
        [samples_panel({SHORT[kind]: of for kind, of in fakes.items()}, dataset.modes, dataset.space.extent)],
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


def lost(data: str) -> dict[str, int]:
    """In how many seeds each kind leaves out a mode."""
    return {kind: int((counts < int(data)).sum()) for kind, counts in found(data)[0].items()}


def sentence(data: str) -> str:
    """In how many seeds each kind has left out a mode, and what follows, from the numbers."""
    told = "; ".join(f"{NAMES[kind]} in {count}" for kind, count in lost(data).items())
    return f"Of {len(SEEDS)} seeds a mode was left out by {told}. {verdict(lost(data))}"


def verdict(counts: dict[str, int]) -> str:
    """What the seeds with a mode left out, by the kind, say of the Wasserstein GANs against the GAN."""
    said = {kind: counts[kind] < counts["gan"] for kind in ("clipping", "wgan_gp")}
    if not any(said.values()):
        return "Here the Wasserstein GANs leave out modes no less often than the GAN."
    better = " and ".join(NAMES[kind] for kind, less in said.items() if less)
    often = f"So {better} left out modes less often than the GAN"
    if any(counts[kind] for kind, less in said.items() if less):
        return f"{often}, but not never."
    return f"{often}; that it never happens, {len(SEEDS)} seeds cannot say."


def answer(guess: str) -> str:
    """What came out, for what was guessed."""
    counts = lost("25")
    right = next((name for name, kinds in ANSWERS.items() if kinds == {kind for kind in counts if counts[kind]}), None)
    told = ", ".join(f"{NAMES[kind]} in {count}" for kind, count in counts.items())
    opening = "" if guess == lesson.SHOW else "Yes. " if guess == right else "No. "
    return f"{opening}Of {len(SEEDS)} seeds: {told}."


def show() -> None:
    """What each seed makes, a guess, and the modes covered over all seeds."""
    data = choose("Data: so many Gaussians", list(DATA), "25", "va_collapse_data")
    modes, _, emd = found(data)
    seeds = [f"{seed}" for seed in range(len(modes["gan"]))]
    at = place("va_collapse_seed", seeds, "0")
    left, right = st.columns(2, gap="medium")
    with left:
        sweep(samples(data), "va_collapse_seed", at, key="va_samples", follow=["va_piles"])
    with right:
        guess = lesson.cover(GUESS, answer, height=HEIGHT)
        if guess:
            sweep(histograms(data), "va_collapse_seed", at, key="va_piles", follow=["va_samples"])
    if guess:
        settings = "; ".join(f"{NAMES[kind]}: {_settings(data, kind)}" for kind in KINDS)
        means = "; ".join(f"{NAMES[kind]} {value:.3f}" for kind, value in emd.items())
        lesson.note(
            f"A mode is covered if one of 2,500 samples lies within 3 σ of it and nearest to it. All kinds have the "
            f"same networks, batches and {STEPS:,} iterations; each has the best of "
            f"{len(SETTINGS['gan'])} settings of a sweep. {settings}. Mean EMD, units of x: {means}."
        )
    lesson.code_that_ran(
        (
            r"\#\big\{k : \exists\, i,\ k = \arg\min_j \|x_i - \mu_j\|,\ \|x_i - \mu_k\| \le 3\sigma\big\}",
            "",
            "wgan_demo.gan.spaces.points:mode_coverage",
        ),
        ("", "", "wgan_demo.experiments.studies.collapse:best"),
        ("", "", "wgan_demo.gan.losses:non_saturating_generator"),
    )
    panel.study_panel("collapse")
    if guess:
        lesson.take_away(
            "Mode collapse is a matter of chance, so one run proves nothing: count seeds. WGAN-GP leaves out modes "
            "less often here than the GAN. That is no cure: with other data or settings it leaves out some as well."
        )


def _settings(data: str, kind: str) -> str:
    """The chosen settings of a kind, in words."""
    words = {"lr": "rate", "betas": "betas", "clip": "c", "gp_weight": "λ", "n_critic": "steps of the judge"}
    config = STUDY.runs[run_name(data, kind, SEEDS[0])]
    names = {*SETTINGS[kind][CHOSEN[data, kind]], "n_critic"}
    return ", ".join(f"{word} {getattr(config, name)}" for name, word in words.items() if name in names)
