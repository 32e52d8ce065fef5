"""Two samples of the same distribution are apart: the noise floor of the empirical W1, and its law."""

import pickle

import numpy as np
import streamlit as st

from wgan_demo.distances import sampling
from wgan_demo.distances.at_theta import AtTheta
from wgan_demo.measures import DiscreteMeasure, Samples
from wgan_demo.plots.distances import number, visible_range
from wgan_demo.plots.noise_floor import draw_hand, floor_panel, samples_panel
from wgan_demo.plots.sweep import pack
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.sweep import place, sweep

QUESTION = "Is the distance between two samples of the same distribution 0?"
SIZES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
DRAWS = 50  # pairs of samples for each size
GUESS_AT = 100  # points, for which the student guesses
LAST_SEED = 99
NAMES = [str(n) for n in SIZES]
START = "100"
HEIGHT = 380  # pixels of the samples, and of the question beside them


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def floor_of(p, seed: int) -> tuple[dict[int, np.ndarray], dict[int, np.ndarray], float]:
    """For each size two samples of p (2, n), and W1 between DRAWS such pairs, theirs first; and the law's constant."""
    measure = p.measure()
    samples = {n: sampling.two_samples(measure, n, seed)[0] for n in SIZES}
    floor = {n: sampling.noise_floor(measure, n, seed, draws=DRAWS) for n in SIZES}
    return samples, floor, sampling.floor_constant(measure)


def new_draw() -> None:
    st.session_state.d_seed = (st.session_state.d_seed + 1) % (LAST_SEED + 1)


def show(at: AtTheta) -> None:
    """Two samples of P, then the distance between such samples for every size, and where W1(P, Q) lies."""
    pair = at.pair
    pictures, chance = st.columns(2), st.container(horizontal=True, vertical_alignment="bottom")
    chance.button("New draw", on_click=new_draw, icon=":material/casino:", key="d_new_draw")
    seed = chance.slider("Seed", 0, LAST_SEED, 0, key="d_seed", width=320, **link.KEPT)
    samples, floor, constant = floor_of(pair.p, seed)
    chosen = place("d_n", NAMES, START)
    n = SIZES[chosen]
    guess_key = f"d_floor_{constant:.9g}"  # a distribution of its own is a question of its own
    guess = lesson.guessed(guess_key)
    shown = guess is not None or constant == 0
    w1 = [number(values[0]) for values in floor.values()]

    left, right = pictures
    with left:
        low, high = visible_range(pair.p)
        pad = 0.1 * (high - low) or 1.0
        picture = pack(
            [samples_panel(samples, at.source, area=shown, x_range=(low - pad, high + pad), x_title=pair.x_name)],
            NAMES,
            label="n: points in each sample",
            sentence=[f"The area between them is W₁ = {area} units of x." for area in w1] if shown else "",
            alt="The CDFs of two samples of P" + (", and the area between them, W₁" if shown else ""),
        )
        sweep(picture, "d_n", chosen, key="d_samples", follow=["d_floor"])
    with right:
        if constant == 0:
            st.info("P is a single point, so all its samples are the same and 0 apart. Choose another P.")
        elif guess is None:
            with st.container(height=HEIGHT, border=False, vertical_alignment="center"):
                lesson.ask(_question(guess_key, at.source, constant))
        else:
            lesson.put(_question(guess_key, at.source, constant), guess)
            lesson.say(_said(guess, floor[GUESS_AT], constant))
            picture = pack(
                [floor_panel(floor, constant, at.w1, theta=at.theta)],
                NAMES,
                hand=draw_hand(floor, at.w1),
                sentence=[_drawn(n, values) for n, values in floor.items()],
                alt=f"W₁ between two samples of P falls as {number(constant)} / √n; W₁(P, Q) = {at.w1:.4g}",
            )
            sweep(picture, "d_n", chosen, key="d_floor", follow=["d_samples"])
    with st.container():  # also when empty: what comes below keeps its place
        if guess is not None:
            lesson.say(_apart(at.w1, floor, constant))
            zeros = sum(int((values == 0).sum()) for values in floor.values())
            data = "Drawn with replacement from the rows of P. " if isinstance(pair.p, Samples) else ""
            lesson.note(
                f"{data}{DRAWS} pairs of samples for each n, seed {seed}; the bars are one standard deviation."
                + (f" {zeros} pairs are exactly 0 apart, which has no place on a logarithmic axis." if zeros else "")
            )
    law = (
        r"\mathbb{E}\,W_1(\hat P_n, \hat P'_n) \approx \frac{c}{\sqrt n},\quad"
        r" c = \frac{2}{\sqrt\pi} \int \sqrt{F (1 - F)}\,dx",
        rf"c = {number(constant)}",
        sampling.floor_constant,
    )
    lesson.code_that_ran(
        (
            r"W_1(\hat P_n, \hat P'_n) = \tfrac1n \sum_i \big|x_{(i)} - x'_{(i)}\big|",
            rf"W_1 = {w1[chosen]},\quad n = {n}" if shown else "",
            sampling.noise_floor,
        ),
        (r"x = F^{-1}(U), \quad U \sim \text{uniform on } [0, 1]", "", sampling.two_samples),
        *([law] if shown else []),
    )
    if shown:
        lesson.take_away(
            "No: even the best possible W₁ between samples is above 0 (the noise floor). On the line it falls as "
            "1/√n, in more dimensions more slowly. A W₁ between samples means something where it lies well above that "
            "of two samples of one thing."
        )


def _mean(measure: DiscreteMeasure) -> float:
    return float(measure.weights @ measure.points[:, 0])


def _drawn(n: int, values: np.ndarray) -> str:
    """The two samples that are drawn among all pairs of their size, in a sentence."""
    return (
        f"With n = {n:,} this pair is {number(values[0])} units of x apart; {DRAWS} pairs are {values.mean():.3g} "
        f"± {values.std(ddof=1):.2g} apart, the best possible of P against itself."
    )


def _question(key: str, source: DiscreteMeasure, constant: float) -> lesson.Number:
    width = float(f"{np.sqrt(source.weights @ (source.points[:, 0] - _mean(source)) ** 2):.1g}")
    prompt = f"Two samples of {GUESS_AT} points each, both of P: how large is W₁ between them on average?"
    law = constant / np.sqrt(GUESS_AT)
    return lesson.Number(key, prompt, 0.0, width, width / 100, "units of x", truth=float(law))


def _said(guess: float | str, values: np.ndarray, constant: float) -> str:
    law = constant / np.sqrt(GUESS_AT)
    guessed = f"For {GUESS_AT} points" if guess == lesson.SHOW else f"You guessed {guess:.3g} for {GUESS_AT} points;"
    return (
        f"{guessed} the mean is **{values.mean():.3g}** ± {values.std(ddof=1):.2g}, and the law says c / √n = "
        f"{constant:.4g} / {np.sqrt(GUESS_AT):g} = {law:.3g} units of x."
    )


def _apart(w1: float, floor: dict[int, np.ndarray], constant: float) -> str:
    """From which n on W1(P, Q) stands out of the noise, in a sentence."""
    if w1 < 1e-9 * constant:
        return "P and Q are the same here, W₁(P, Q) = 0: no number of points tells them apart."
    above = np.array([w1 > values.max() for values in floor.values()])
    if not above[-1]:
        needed = (constant / w1) ** 2
        return (
            f"W₁(P, Q) = {w1:.3g} drowns in the noise even with {SIZES[-1]:,} points: the floor's mean is that high at "
            f"n ≈ {needed:,.0f}."
        )
    if above.all():
        return f"W₁(P, Q) = {w1:.4g} is above all {DRAWS} draws already with n = {SIZES[0]}."
    first = SIZES[len(above) - int(np.argmin(above[::-1]))]
    return f"W₁(P, Q) = {w1:.4g} is above all {DRAWS} draws from n = {first:,} on."
