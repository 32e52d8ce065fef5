"""How much does the learning rate matter? The wall of a study: five rates, three seeds, a GAN and a WGAN-GP."""

from functools import cache

import streamlit as st

from wgan_demo.experiments import STUDIES, Result, finished
from wgan_demo.experiments.result import SHIPPED
from wgan_demo.experiments.studies.digits_rates import RATES
from wgan_demo.gan.spaces.compared import SAMPLES
from wgan_demo.plots.images import ink
from wgan_demo.plots.theme import TARGET
from wgan_demo.ui import lesson
from wgan_demo.ui.images.controls import begin_anew
from wgan_demo.ui.images.rivals import DATA, RIVALS, Rival
from wgan_demo.ui.images.rivals import RATES as CHOICES
from wgan_demo.ui.images.tiles import Tile, tiles

STUDY = "digits_rates"
SEEDS = range(3)
ALL = 10  # digits
LOW = {"0 or 1": (0, 1), "2 or 3": (2, 3), "4 or 5": (4, 5)}
GUESS = lesson.Choice(
    "im_wall_guess",
    "At how many of five learning rates does the GAN still make all ten digits at its end, from each of three seeds?",
    [*LOW, lesson.SHOW],
)


def show() -> None:
    """The whole view."""
    guess = lesson.ask(GUESS)
    shown = RATES if guess else RATES[1:2]
    for rival, column in zip(RIVALS, st.columns(2, gap="large"), strict=True):
        with column:
            st.markdown(f"**{rival.name}**, seeds {', '.join(map(str, SEEDS))}")
            rows = [(f"learning rate {rate:g}", [_tile(rival, rate, seed) for seed in SEEDS]) for rate in shown]
            tiles(rows, key=rival.run.prefix)
    steps = STUDIES[STUDY].steps
    longer = seconds("live") / seconds("gan")
    lesson.note(
        f"Each run has {steps:,} iterations of its generator, for which a WGAN-GP takes {longer:.1f} times as long as "
        f"a GAN; digits and FID are of {SAMPLES} pictures, means of the last evaluations. Made by "
        f"`python -m wgan_demo.experiments {STUDY}`."
    )
    if not guess:
        return
    kept = {rival.preset: rates_that_keep_all(rival.preset) for rival in RIVALS}
    said = ""
    if guess in LOW:
        low, high = LOW[guess]
        said = "Right. " if low <= kept["gan"] <= high else "Not this time. "
    lesson.say(
        f"{said}The GAN keeps all ten from every seed at **{kept['gan']}** of {len(RATES)} rates, the WGAN-GP at "
        f"**{kept['live']}**. Look at the FID too: the rate at which the GAN is best is the last one before it breaks."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Open the run with rate", list(CHOICES), 4, key="im_wall_lr", width=190)
        st.selectbox("and seed", SEEDS, key="im_wall_seed", width=110)
        st.button("Train both here", icon=":material/open_in_new:", on_click=_open)
    digits = r"\text{digits} = \#\{k : \text{at least 1\,\% are surely } k\}"
    lesson.code_that_ran((digits, "", "wgan_demo.gan.classifier:digits_made"))
    lesson.take_away(
        "It is no miracle: at a rate that suits it the GAN makes all ten digits too. The WGAN-GP forgives more rates, "
        "which is the claim of its paper that this page can show: it needs less tuning."
    )


@cache  # shipped runs do not change
def _tile(rival: Rival, rate: float, seed: int) -> Tile:
    run = results()[name(rival.preset, rate, seed)]
    said = f"{run.numbers['digits']:.0f} digits, FID {run.numbers['fid']:.1f}"
    pictures = run.arrays["fake"] / 127.5 - 1
    return Tile(ink(pictures, TARGET, across=4), f"Generated pictures: {said}", said)


def name(preset: str, rate: float, seed: int) -> str:
    """Of a run in the study."""
    return f"{preset},lr={rate:g},seed={seed}"


@cache
def results() -> dict[str, Result]:
    """The shipped runs of the study."""
    return finished(STUDIES[STUDY], SHIPPED / STUDY)


def rates_that_keep_all(preset: str) -> int:
    """At how many rates all seeds make all digits in all of the last evaluations."""
    return sum(all(results()[name(preset, rate, seed)].numbers["digits"] == ALL for seed in SEEDS) for rate in RATES)


def seconds(preset: str) -> float:
    """Mean seconds of one core of its runs, on the machine that made them."""
    taken = [results()[name(preset, rate, seed)].seconds for rate in RATES for seed in SEEDS]
    return sum(taken) / len(taken)


def _open() -> None:
    """Begin both runs of the chosen cell anew, and look at them."""
    st.session_state["im_data"] = DATA
    st.session_state["im_lr"] = st.session_state["im_wall_lr"]
    st.session_state["im_seed"] = st.session_state["im_wall_seed"]
    st.session_state["im_view"] = "Side by side"
    begin_anew()
