"""The cheapest plan itself: exact, with the monotone map, and entropic beside it."""

import pickle
from functools import partial

import numpy as np
import streamlit as st

from wgan_demo.distances import entropic, one_dim
from wgan_demo.distances.at_theta import THETA_MAX, AtTheta
from wgan_demo.distances.exact import cost_matrix
from wgan_demo.measures import Samples
from wgan_demo.plots.coupling import PLAN_HEIGHT, epsilon_panel, plan_panel, quantiles_panel
from wgan_demo.plots.distances import number, visible_range
from wgan_demo.plots.sweep import pack
from wgan_demo.plots.theme import AMBER, CRITIC
from wgan_demo.ui import lesson
from wgan_demo.ui.components.sweep import place, sweep

QUESTION = "Which bit of P goes where in Q?"
BINS = 64  # of each side: with these the whole path of epsilons takes a few tens of milliseconds
ITERATIONS = 500  # of Sinkhorn's algorithm for each epsilon
EPSILONS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
START = 0.1
ANSWERS = {
    "One spot": "No: all of P's mass has to arrive, each bit at a place of its own.",
    "A slanted line": "Yes: to send each x to x + θ, a line parallel to y = x, is a cheapest plan.",
    "A filled square": "Not in general: that is the plan that knows nothing of distances, P ⊗ Q. A large ε leads "
    "there. Only where Q lies wholly to one side of P it is a cheapest plan too.",
    lesson.SHOW: "Each bit keeps its rank: the lowest bit of P goes to the lowest place of Q, and so on.",
}
GUESS = lesson.Choice("d_plan_guess", "If Q is P moved by θ, what does the cheapest plan look like?", list(ANSWERS))


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={Samples: pickle.dumps})
def plans(p, q, unit: float) -> tuple:
    """P and Q in at most BINS bins, the bins' edges, and the exact and the entropic plans between them."""
    measures = [side.measure() for side in (p, q)]
    edges = [_edges(side, np.unique(measure.points)) for side, measure in zip((p, q), measures, strict=True)]
    source, target = (one_dim.binned(measure, cuts) for measure, cuts in zip(measures, edges, strict=True))
    levels, x, y = one_dim.quantile_steps(source, target)
    inside = [np.clip(places, *cuts[[0, -1]]) for places, cuts in zip((x, y), edges, strict=True)]
    exact, *_ = np.histogram2d(*inside, bins=edges, weights=np.diff(levels))
    path = entropic.entropic_path(source, target, [unit * value for value in EPSILONS], iterations=ITERATIONS)
    return source, target, edges, exact, path


def _edges(side, places: np.ndarray) -> np.ndarray:
    """Bins over all that is seen of a distribution whose measure has its points at these places, sorted."""
    low, high = visible_range(side)
    gap = np.diff(places).min(initial=high - low) or 1.0
    if 2 * len(places) < BINS and high - low <= BINS * gap:  # few atoms: a narrow bin around each
        around = np.stack([places - gap / 8, places + gap / 8], axis=1).ravel()
        return np.concatenate([[low - gap / 2], around, [high + gap / 2]])
    if not (low > places[0] and hasattr(side, "cdf_integral")):
        return np.linspace(low, high, BINS + 1)
    # A density comes as weights of a fine grid: bins of a whole number of its cells, or their bars look ragged.
    cell = places[1] - places[0]
    width = np.ceil((high - low) / BINS / cell) * cell
    start = places[np.searchsorted(places, low)] - cell / 2
    return start + width * np.arange(np.ceil((high - start) / width) + 1)


def show(at: AtTheta) -> None:
    """The exact plan and the entropic one, the area between the quantile functions, and the price of blur."""
    pair = at.pair
    # Data on another scale need other epsilons, and so a slider of their own.
    unit = 1.0 if pair.theta_max == THETA_MAX else float(10 ** np.round(np.log10(pair.theta_max / THETA_MAX)))
    key = "d_epsilon" if unit == 1 else f"d_epsilon_{unit:g}"
    names = [f"{unit * value:g}" for value in EPSILONS]
    chosen = place(key, names, f"{unit * START:g}")
    epsilon = unit * EPSILONS[chosen]
    source, target, edges, exact, path = plans(pair.p, at.q, unit)
    entropic_plan, plan_of = path[epsilon], [path[unit * value] for value in EPSILONS]
    w1 = at.length(one_dim.area_between_quantiles(source, target))
    independent = float(source.weights @ cost_matrix(source.points, target.points) @ target.weights)
    levels, x, y = one_dim.quantile_steps(at.source, at.target)

    told = lesson.answered(GUESS)
    panel = partial(plan_panel, edges=edges, margins=(source.weights, target.weights), x_title=pair.x_name)
    left, right = st.columns(2)
    with left:
        picture = pack(
            [panel([exact] if told else [], color=CRITIC, steps=(x, y) if told else None)],
            ["exact"],
            numbers=[("the exact plan costs W₁, units of x", number(w1))] if told else [],
            alt=f"The monotone plan from P to Q, of cost {number(w1)}" if told else "P below and Q at the side",
        )
        sweep(picture, "d_plan_exact", 0, key="d_plan_exact")
    with right if told is None else st.container():  # in the place of the other plan, and below both from then on
        guess = lesson.cover(GUESS, ANSWERS, height=PLAN_HEIGHT)
    if guess:
        with right:
            picture = pack(
                [panel([plan.coupling for plan in plan_of], color=AMBER)],
                names,
                label="ε: blur of the entropic plan, units of x",
                numbers=[
                    *zip(("the blurred (entropic) plan costs", "more than W₁"), _prices(at, plan_of, w1), strict=True)
                ],
                alt="The entropic plan for ε",
            )
            sweep(picture, key, chosen, key="d_plan_entropic", follow=["d_epsilon_curve"])
    with st.container():  # also when empty: what comes below keeps its place
        if guess:
            lesson.say(
                f"{_moves(at, np.diff(levels), y - x)} With the cost |x − y| the cheapest plan is **not unique** in "
                "general: where mass moves one way only, every plan that moves it so costs the same. The monotone one, "
                "which keeps the order, is always among the cheapest. As ε goes to 0 the entropic plan tends to the "
                "most spread of them, be it a line or not."
            )
        if not entropic_plan.converged:
            st.warning(
                f"Not converged: after {ITERATIONS} iterations at ε = {epsilon:g} the plan's margins still miss those "
                f"of P and Q by {entropic_plan.marginal_error:.2g} of the mass. Its cost, "
                f"{entropic_plan.cost:.6g}, may lie below W₁ and is no distance. Take a larger ε."
            )
    left, right = st.columns(2)
    quantile_area = at.length(one_dim.area_between_quantiles(at.source, at.target))
    cdf_area = at.length(one_dim.area_between_cdfs(at.source, at.target))
    with left:
        lesson.say("**W₁ once more**: the area between the quantile functions")
        seen = np.array([visible_range(pair.p), visible_range(at.q)])
        pad = 0.05 * np.ptp(seen) or 1.0
        picture = pack(
            [
                quantiles_panel(
                    levels, x, y, quantile_area, y_range=(seen.min() - pad, seen.max() + pad), x_title=pair.x_name
                )
            ],
            ["here"],
            alt=f"The quantile functions of P and Q; the area between them is W₁ = {number(quantile_area)}",
        )
        sweep(picture, "d_quantiles", 0, key="d_quantiles")
    with right:
        lesson.say("**The price of blur**: cost against ε")
        panel, hand = epsilon_panel(path, w1, independent)
        picture = pack(
            [panel],
            names,
            hand=hand,
            alt=f"As ε goes to 0 the entropic cost falls to W₁ = {number(w1)}; for large ε it is {number(independent)}",
        )
        sweep(picture, key, chosen, key="d_epsilon_curve", follow=["d_plan_entropic"])
    lesson.note(
        f"W₁ of P and Q, in units of x: {number(at.w1)} as the cheapest plan (the optimum, by POT), "
        f"{number(cdf_area)} as the area between the CDFs, {number(quantile_area)} as the area between the quantile "
        f"functions. Both plans are of P and Q in at most {BINS} bins a side, each at the mean of its mass; W₁ of "
        f"these is {number(w1)}. T is the map of all points."
    )
    lesson.code_that_ran(
        (
            r"\gamma = \text{law of } \big(F_P^{-1}(U), F_Q^{-1}(U)\big),\quad T = F_Q^{-1} \circ F_P",
            "",
            one_dim.quantile_steps,
        ),
        (
            r"W_1 = \int_0^1 \big|F_P^{-1}(u) - F_Q^{-1}(u)\big|\,du",
            rf"W_1 = {number(quantile_area)}",
            one_dim.area_between_quantiles,
        ),
        (r"W_1 = \int \big|F_P(x) - F_Q(x)\big|\,dx", rf"W_1 = {number(cdf_area)}", one_dim.area_between_cdfs),
        (
            r"\gamma_\varepsilon = \arg\min_\gamma \langle C, \gamma \rangle"
            r" + \varepsilon\, \mathrm{KL}(\gamma \,\|\, P \otimes Q)",
            rf"\langle C, \gamma_\varepsilon \rangle = {entropic_plan.cost:.6g},\quad \varepsilon = {epsilon:g}",
            entropic.entropic_path,
        ),
    )
    if guess:
        lesson.take_away(
            "On the line, to keep the order is a cheapest plan: it pairs equal quantiles. An entropic plan spreads the "
            "mass and never costs less; its cost falls to W₁ as ε goes to 0, if the algorithm is given the time to "
            "converge."
        )


def _moves(at: AtTheta, mass: np.ndarray, moves: np.ndarray) -> str:
    """How far the mass goes, in a sentence; tails of 1 % on each side are left out."""
    signed = lambda move: f"{at.length(move):.4g}".replace("-", "−")  # noqa: E731
    order = np.argsort(moves)
    low, high = moves[order][np.searchsorted(np.cumsum(mass[order]), (0.01, 0.99))]
    if at.length(high - low) <= 1e-6 * max(abs(low), abs(high)):
        return f"Here every bit of P moves by {signed(low)}."
    return f"Here the moves go from {signed(low)} to {signed(high)} (all but 2 % of the mass)."


def _prices(at: AtTheta, plans: list[entropic.EntropicResult], w1: float) -> tuple[list[str], list[str]]:
    """What each plan costs, and how much more than W1 that is; nothing where the cost is not to be trusted."""
    costs = [at.length(plan.cost) for plan in plans]
    # Below W1 by no more than the tolerance of the margins.
    more = [f"{cost - w1:.2g}" if cost - w1 > 5e-5 * abs(w1) else "next to nothing" for cost in costs]
    said = [(number(cost), excess) for cost, excess in zip(costs, more, strict=True)]
    trusted = [
        text if plan.converged else ("not converged", "no cost to trust")
        for text, plan in zip(said, plans, strict=True)
    ]
    return tuple(map(list, zip(*trusted, strict=True)))
