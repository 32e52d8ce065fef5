"""The picture where the critic f is bent by hand (static/critic), and what is said about it."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from wgan_demo.distances import duality
from wgan_demo.distances.exact import OTResult
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, SOURCE, TARGET
from wgan_demo.ui import link
from wgan_demo.ui.components import assets

_COLORS = {"source": SOURCE, "target": TARGET, "critic": CRITIC, "amber": AMBER, "broken": ACCENT}
_critic = assets.component(
    "critic/critic", css=":host { " + " ".join(f"--{name}: {color};" for name, color in _COLORS.items()) + " }\n"
)


@dataclass(frozen=True, eq=False)
class Curve:
    """Another critic drawn beside the student's: heights f (k,) at x (k,). `name` is its class in static/critic."""

    name: str
    label: str
    x: np.ndarray
    f: np.ndarray


def critic(
    key: str,
    f: np.ndarray,
    p: np.ndarray,
    q: np.ndarray,
    *,
    w1: float,
    clamp: bool,
    plan: np.ndarray | None = None,
    best: np.ndarray | None = None,
    curves: tuple[Curve, ...] = (),
) -> np.ndarray:
    """Show f (n,) over the shares p, q (n,), let the hand bend it, and return it as it is now.

    `f` is where the knots are when the picture first appears, or its link is read anew; after that the hand moves them,
    under the clamp never steeper than slope 1. `w1` is the goal of the value bar. With a `plan` (n, n) its moves are
    drawn with their slack, with `best` (n,) an optimal f can be taken over and the stretches where no mass passes are
    marked as free.
    """
    f = duality.tame(f) if clamp else f
    moves = None if plan is None else [[int(i), int(j), float(plan[i, j])] for i, j in np.argwhere(plan > 1e-12)]
    data = {
        "p": p.tolist(),
        "q": q.tolist(),
        "f": _hundredths(f),
        "rev": link.revision(),
        "w1": w1,
        "clamp": clamp,
        "plan": moves and [move for move in moves if move[0] != move[1]],
        "best": None if best is None else _hundredths(best - best.min()),  # whole steps apart, so nothing is lost
        "free": None if best is None else free_stretches(p, q),
        "curves": [
            {"name": c.name, "label": c.label, "x": c.x.round(4).tolist(), "f": (100 * c.f).round(3).tolist()}
            for c in curves
        ],
    }
    if link.renewed(key):
        st.session_state[key] = {"f": None}
    bent = _critic(key=key, data=data, default={"f": None}, on_f_change=lambda: None).f
    if not bent:
        return f
    f = duality.parse_heights(bent)
    return duality.tame(f) if clamp else f


def _hundredths(f: np.ndarray) -> list[int]:
    return np.rint(100 * f).astype(int).tolist()


def free_stretches(p: np.ndarray, q: np.ndarray) -> list[tuple[int, int]]:
    """From where to where no mass passes, so that f may have any slope from -1 to 1 there."""
    still = np.concatenate([[False], duality.passing(p, q) == 0, [False]])
    edges = np.flatnonzero(np.diff(still))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def number(value: float) -> str:
    """Two decimals at most, as the picture writes them."""
    return "0" if abs(value) < 0.005 else f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "−")


def optimal_curves(exact: OTResult) -> tuple[Curve, Curve]:
    """An optimal f twice: POT's potential, completed between the places, and the closed form on the line."""
    p, q = exact.source.weights, exact.target.weights
    places, atoms = np.arange(len(p)), np.flatnonzero(q)
    line = np.linspace(0, places[-1], 8 * places[-1] + 1)
    potential = duality.c_transform(line, atoms, exact.potentials[1][atoms])
    return (
        Curve("potential", "best f, f*: POT’s potential, c-transformed", line, potential),
        Curve("line", "best f, f*: slope sign(F_Q − F_P)", places, duality.potential_on_line(p, q)),
    )


def verdict(f: np.ndarray, p: np.ndarray, q: np.ndarray, w1: float) -> str:
    """How high f lifts P above Q, and whether that says anything about W1."""
    value, slope = duality.value(f, p, q), duality.greatest_slope(f)
    lifts = f"Your f lifts P above Q by **{number(value)}**"
    goal = f"{number(w1)} {'step' if number(w1) == '1' else 'steps'}"  # as slopes have no unit, f has this one too
    if w1 < 1e-12:
        return ":gray-badge[P = Q] Whatever f is, its means over P and over Q are the same: W₁ = 0."
    if slope > 1 + 1e-9:
        bound = (
            f"divided by its greatest slope {number(slope)} it gives {number(value / slope)}, and **that** is at most"
        )
        return f":red-badge[Too steep] {lifts}, which says nothing about W₁; {bound} W₁ = {goal}."
    if value > w1 - 1e-9:
        return f":green-badge[W₁ reached] {lifts}. No f under the clamp lifts it higher: W₁ = {goal}."
    return f":orange-badge[{100 * value / w1:.0f} % of W₁] {lifts}, {number(w1 - value)} below W₁ = {goal}."


def why(p: np.ndarray, q: np.ndarray, w1: float) -> str:
    """What is worth seeing about the best f for these two, from the mass that passes between the places."""
    passing = duality.passing(p, q)
    used = np.flatnonzero(passing)
    if len(used) == 0:
        return "No mass has to move anywhere, so every f is as good as any other, with the clamp or without."
    turns = int((np.diff(np.sign(passing[used])) != 0).sum())
    most = np.abs(p - q).sum() / 2  # the mass that has to leave its place
    line = abs(duality.value(np.arange(len(p)), p, q))
    inside = [f"from {i} to {j}" for i, j in free_stretches(p, q) if used[0] < i and j <= used[-1]]
    if inside:
        return (
            f"No mass passes {' and '.join(inside)}: there f is **free**, any slope from −1 to 1 gives the same value. "
            "Only where mass passes must f be taut."
        )
    if turns == 0 and most < 0.1:
        return (
            f"Only {100 * most:.2g} % of the mass moves, yet the best f has slope 1 **all the way** from {used[0]} to "
            f"{used[-1] + 1}: the critic's slope says which way mass has to move, not how much."
        )
    if turns == 0:
        return (
            f"All mass moves the same way, so the best f is one **straight line** of slope 1 from {used[0]} to "
            f"{used[-1] + 1}, through empty places too; how the mass is spread makes no difference, W₁ is the "
            f"difference of the means, {number(w1)}."
        )
    flat = "nothing at all" if line < 1e-9 else f"only {number(line)}"
    shape = f"a zigzag that turns {turns} times" if turns > 1 else "a tent" if passing[used[0]] > 0 else "a valley"
    return f"A straight line lifts {flat}; the best f is **{shape}**: it turns where the mass begins to move back."


def value_formula(f: np.ndarray, p: np.ndarray, q: np.ndarray) -> str:
    """E_P f - E_Q f with its numbers put in, as latex, over the places where P and Q differ."""
    at = np.flatnonzero(np.abs(p - q) > 1e-12)
    terms = [rf"{_plain(f[i])} \cdot ({p[i]:.3g} - {q[i]:.3g})" for i in at]
    return " + ".join(terms or ["0"]) + f" = {duality.value(f, p, q):.4g}"


def gap_formula(f: np.ndarray, plan: np.ndarray, gap: float) -> str:
    """W1 - (E_P f - E_Q f) as the sum of gamma * slack over the pairs that move, with numbers, as latex."""
    slack = duality.slack(f)
    pairs = [(i, j) for i, j in np.argwhere(plan > 1e-12) if i != j]
    terms = [rf"{plan[i, j]:.3g} \cdot ({abs(i - j)} - {_plain(f[i] - f[j])})" for i, j in pairs]
    total = sum(plan[i, j] * slack[i, j] for i, j in pairs)
    return rf"{_small(gap)} = {' + '.join(terms or ['0'])} = {_small(total)}"


def _plain(value: float) -> str:
    """As in the picture, in brackets where a minus sign would stand beside another sign."""
    text = number(value).replace("−", "-")
    return f"({text})" if value < 0 else text


def _small(value: float) -> str:
    return f"{value + 0.0 if abs(value) > 1e-12 else 0.0:.4g}"
