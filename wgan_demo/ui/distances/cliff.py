"""An infinite KL is infinite: what adding epsilon makes of it, and what rounding makes of a finite one."""

import pickle

import numpy as np
import streamlit as st

from wgan_demo.distances import DISTANCES, divergences, smoothing
from wgan_demo.distances.at_theta import AtTheta
from wgan_demo.measures import Gaussian, Laplace, Mixture, Samples
from wgan_demo.plots.distances import number, visible_range
from wgan_demo.plots.smoothing import bins_panel, cliff_panels, floor_hand, short
from wgan_demo.plots.sweep import pack
from wgan_demo.ui import lesson
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.distances.against_theta import curves_to
from wgan_demo.ui.distances.pair import latex

QUESTION = "Is KL infinite, or just large?"
EPSILONS = tuple(float(f"1e-{k}") for k in range(12, 0, -1))
ALWAYS = (1e-12, 1e-8, 1e-4)  # drawn beside the chosen one
START = "1e-8"
HEIGHT = 380  # pixels of the bins, and of the question beside them
ANSWERS = {
    "About the right distance": "No: where P and Q do not meet, it stays the same however far apart they are.",
    "A number that ε decides": "Yes: where P and Q do not meet, every bin of P is compared with ε. The number is about "
    "ln(1/ε) less the entropy of P's bins, whatever θ is, and its derivative is 0.",
    "Still infinity": "No: after adding ε no bin is empty, so every ratio is finite, and so is the sum.",
    lesson.SHOW: "Where P and Q do not meet, every bin of P is compared with ε, and ε decides the number.",
}
GUESS = lesson.Choice(
    "d_cliff_guess", "Code adds ε to every bin, lest it divide by 0. What becomes of an infinite KL?", list(ANSWERS)
)
Tailed = Gaussian | Laplace | Mixture  # density above 0 everywhere: KL between them is finite


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def bins_to(p, q, theta_max: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Bin edges, the masses of P in them (k,), thetas (t,), and the masses of Q moved by each (t, k)."""
    seen = np.array([visible_range(p), visible_range(q)], float)
    seen += np.maximum(np.diff(seen) / 2, theta_max / 100) * [-1, 1]  # and as much again, for the tails
    edges = smoothing.common_edges(p, q, seen[:, 0].min(), max(seen[0, 1], seen[1, 1] + theta_max))
    theta = np.linspace(0, theta_max, 176)
    of_q = smoothing.bin_masses(q, edges - theta[:, None])
    return edges, smoothing.bin_masses(p, edges), theta, of_q


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def invented(p, q, theta_max: float) -> dict[float, np.ndarray]:
    """For every epsilon the smoothed KL against theta (t,), in nats."""
    _, of_p, _, of_q = bins_to(p, q, theta_max)
    return {epsilon: smoothing.smoothed_kl(of_p, of_q, epsilon) for epsilon in EPSILONS}


def show(at: AtTheta) -> None:
    """The bins with their floor, and the KL that it invents against theta, beside the true one."""
    pair = at.pair
    to = (pair.p, pair.q, pair.theta_max)
    names = [short(epsilon) for epsilon in EPSILONS]
    chosen = place("d_smoothing", names, START)
    edges, of_p, theta, _ = bins_to(*to)
    of_q = smoothing.bin_masses(at.q, edges)
    here = np.array([float(smoothing.smoothed_kl(of_p, of_q, epsilon)) for epsilon in EPSILONS])
    here[here < 1e-12] = 0  # rounding
    left, right = st.columns(2)
    with right:
        guess = lesson.cover(GUESS, ANSWERS, height=HEIGHT)
        if guess:
            sweep(_invented(at, theta, here, names), "d_smoothing", chosen, key="d_cliff")
    with left:
        bins = pack(
            [bins_panel(edges, of_p, of_q, EPSILONS, x_title=pair.x_name)],
            names,
            label=f"ε added to each of {len(of_p)} bins, no unit",
            hand=floor_hand(edges, EPSILONS),
            sentence=_sentences(at, theta, of_p, here, names) if guess else "",
            alt="The bins of P and Q on a log scale; none is below the floor that ε has added",
        )
        sweep(bins, "d_smoothing", chosen, key="d_smoothed_bins", follow=["d_cliff"])
    with st.container():  # also when empty: what comes below keeps its place
        if isinstance(pair.p, Tailed) and isinstance(at.q, Tailed):
            naive, lost = smoothing.naive_kl(pair.p, at.q)
            why = f": q has underflowed to 0 at {lost:.0%} of the points" if lost else ": p / q has overflowed"
            lesson.say(
                f"**No false infinity either.** From log densities KL(P‖Q) = {number(at.values['kl'])} nats; from "
                f"densities in plain floats, p · log(p / q), it comes out as **{number(naive)}**"
                f"{why if np.isinf(naive) else ' (move Q far to break it)'}."
            )
        lesson.say(
            f"**Two numbers are called JS**: the divergence, {number(at.values['js'])} nats, and the distance, its "
            f"root, {number(at.values['js_distance'])} √nats, which scipy's `jensenshannon` returns. Say which."
        )
    lesson.code_that_ran(
        (DISTANCES["kl"].formula, rf"\mathrm{{KL}}(P\|Q) = {latex(at, 'kl')}", divergences.kl),
        (
            r"\mathrm{KL}_\varepsilon = \sum_i \tilde p_i \log \frac{\tilde p_i}{\tilde q_i},\quad"
            r" \tilde p_i = \frac{p_i + \varepsilon}{\sum_j (p_j + \varepsilon)}",
            rf"\mathrm{{KL}}_\varepsilon = {number(here[chosen])}" if guess else "",
            smoothing.smoothed_kl,
        ),
        (r"\int p \log \frac{p}{q} \text{ from densities in floats}", "", smoothing.naive_kl),
    )
    if guess:
        lesson.take_away(
            "Where Q has no mass under P, KL is infinite, and that is the right answer. Adding ε hides it behind a "
            "number that depends on ε, not on the distance, and that gives no gradient."
        )


def _invented(at: AtTheta, theta: np.ndarray, here: np.ndarray, names: list[str]) -> tuple:
    """The true KL and the smoothed ones against theta (t,), and the numbers for every epsilon."""
    to = (at.pair.p, at.pair.q, at.pair.theta_max)
    true = curves_to(*to)
    return pack(
        cliff_panels(theta, (true.theta, true.values["kl"]), invented(*to), ALWAYS, (at.theta, here)),
        names,
        numbers=[
            ("true KL(P‖Q), nats", number(at.values["kl"])),
            ("with ε added, nats", [number(smoothed) for smoothed in here]),
        ],
        alt="KL against θ: the true one, and those that ε invents, with the derivative below",
    )


def _sentences(at: AtTheta, theta: np.ndarray, of_p: np.ndarray, here: np.ndarray, names: list[str]) -> list[str]:
    """What each epsilon makes of KL, here and far away."""
    to = (at.pair.p, at.pair.q, at.pair.theta_max)
    true = curves_to(*to).values["kl"][-1]
    far = [_far(true, curve, theta, of_p, epsilon) for epsilon, curve in invented(*to).items()]
    return [f"{_here(at, *said)} {end}" for *said, end in zip(here, names, far, strict=True)]


def _here(at: AtTheta, smoothed: float, chosen: str) -> str:
    """What epsilon has done at this theta, from the numbers."""
    true = at.values["kl"]
    if np.isinf(true):
        return f"Here KL(P‖Q) is infinite, and ε = {chosen} makes {number(smoothed)} nats of it."
    told = f"Here the true KL(P‖Q) is {number(true)} nats, finite; in bins and with ε it is {number(smoothed)}"
    if abs(smoothed - true) <= 0.02 * true + 1e-6:
        return f"{told}: no harm done yet."
    return f"{told}, {100 * smoothed / true:.3g} % of it." if true > 1e-6 else f"{told}: made of nothing."


def _far(true: float, curve: np.ndarray, theta: np.ndarray, of_p: np.ndarray, epsilon: float) -> str:
    """What epsilon has done at the far end of the slider, from the numbers."""
    end = f"At θ = {theta[-1]:g} the true one is {number(true)}{'' if np.isinf(true) else ' nats'}, the smoothed one "
    late = curve[theta >= 0.8 * theta[-1]]
    if np.ptp(late) > 0.02 * curve[-1]:
        return f"{end}{number(curve[-1])} nats and still changing."
    entropy = smoothing.entropy(of_p)
    sum_ = np.log(1 / epsilon) - entropy
    why = f": ln(1/ε) = {np.log(1 / epsilon):.2f} less the entropy of P's bins, {entropy:.2f}"
    return f"{end}{number(curve[-1])} nats and flat{why if abs(sum_ - curve[-1]) < 0.02 * curve[-1] else ''}."
