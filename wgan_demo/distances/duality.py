"""Kantorovich-Rubinstein duality on a row of whole places: W1 is the highest value a 1-Lipschitz critic can reach.

P and Q are shares p, q (n,) at the places 0 .. n - 1, and a critic f is a height at each place, linear in between.
Villani, Topics in Optimal Transportation (2003), theorem 1.14; Peyre & Cuturi, Computational Optimal Transport (2019),
equation 5.1 (c-transform) and section 6.1 (W1 on the line and as a supremum).
"""

import re

import numpy as np

from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure

PLACES = 9  # a phone has room for nine knots that a thumb can tell apart
WINDOW = 6  # heights run from -WINDOW to WINDOW under the clamp; a 1-Lipschitz f spans at most PLACES - 1
TOP = 30  # of a bar drawn by hand
LIMIT = 1000  # heights without the clamp: the supremum has none, the screen has

Heights = tuple[int, ...]
PRESETS: dict[str, tuple[Heights, Heights]] = {  # heights of the bars of P and of Q; shares are heights / total
    "Side by side": ((2, 3, 1, 0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 1, 2, 2, 1)),
    "Both sides": ((0, 0, 0, 1, 2, 1, 0, 0, 0), (1, 1, 0, 0, 0, 0, 0, 1, 1)),
    "One grain": ((10, 29, 10, 0, 0, 0, 0, 0, 1), (10, 30, 10, 0, 0, 0, 0, 0, 0)),
    "A gap": ((1, 0, 0, 0, 0, 0, 0, 0, 1), (0, 1, 0, 0, 0, 0, 0, 1, 0)),
    "Zigzag": ((1, 0, 1, 0, 1, 0, 1, 0, 1), (0, 1, 0, 1, 0, 1, 0, 1, 0)),
    "The same": ((0, 1, 2, 3, 2, 1, 0, 1, 0), (0, 1, 2, 3, 2, 1, 0, 1, 0)),
}


def value(f: np.ndarray, p: np.ndarray, q: np.ndarray) -> float:
    """E_P f - E_Q f for heights f (n,) and shares p, q (n,); in units of f."""
    return float(np.dot(f, np.subtract(p, q)))


def greatest_slope(f: np.ndarray) -> float:
    """The greatest |slope| of the polyline through the heights f (n,): its Lipschitz constant."""
    return float(np.abs(np.diff(f)).max(initial=0))


def pull(f: np.ndarray, k: int, height: float) -> np.ndarray:
    """Move knot k of f (n,) to `height`; the others follow like a chain whose links have slope 1 at most.

    f_i becomes min(max(f_i, v - |x_i - x_k|), v + |x_i - x_k|). Both cones are 1-Lipschitz, and so are the maximum and
    the minimum of 1-Lipschitz functions: where f was 1-Lipschitz it stays so. At x_k the cones meet in v. No knot moves
    unless it has to, none moves past v.
    """
    distance = np.abs(np.arange(len(f)) - k)
    return np.clip(f, height - distance, height + distance)


def tame(f: np.ndarray) -> np.ndarray:
    """Put any f (n,) back under the clamp: divided by its greatest slope, and moved as a whole into the window.

    Heights are kept to hundredths. Rounding is monotone and commutes with adding whole numbers, so it keeps slope 1.
    """
    cents = np.rint(100 * np.asarray(f)).astype(int)
    steepest = np.abs(np.diff(cents)).max(initial=0)
    if steepest > 100:
        cents = (200 * cents + steepest) // (2 * steepest)
    if np.abs(cents).max(initial=0) > 100 * WINDOW:
        cents = cents - (cents.max() + cents.min()) // 2
    return cents / 100


def potential_on_line(p: np.ndarray, q: np.ndarray, x: np.ndarray | None = None) -> np.ndarray:
    """An optimal f (n,) in closed form: from place to place its slope is sign(F_Q - F_P), and 0 where they are equal.

    The places are 0 .. n - 1, or x (n,), rising. For E_P f - E_Q f is the integral of f' (F_Q - F_P), and |f'| <= 1.
    Where F_Q = F_P no mass passes and any slope from -1 to 1 would do as well.
    """
    rise = np.sign(passing(p, q)) * (1 if x is None else np.diff(x))
    return np.concatenate([[0.0], np.cumsum(rise)])


def passing(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """F_Q - F_P between place i and i + 1 (n - 1,): the mass that has to pass there, negative to the right.

    The sum of their sizes is W1. What is 0 but for rounding is 0: these are shares of a mass of 1, without unit.
    """
    between = np.cumsum(np.subtract(q, p))[:-1]
    return np.where(np.abs(between) < 1e-12, 0.0, between)


def c_transform(x: np.ndarray, y: np.ndarray, g: np.ndarray) -> np.ndarray:
    """min_j |x_i - y_j| - g_j at the points x (k,) for a potential g (m,) on y (m,): 1-Lipschitz in x for any g."""
    return (np.abs(np.subtract.outer(x, y)) - g).min(axis=1)


def slack(f: np.ndarray) -> np.ndarray:
    """|x - y| - (f(x) - f(y)) for every two places (n, n): none is below 0 if and only if f is 1-Lipschitz.

    Complementary slackness: an optimal f has slack 0 wherever an optimal plan moves mass. For any f and any optimal
    plan gamma, W1 - (E_P f - E_Q f) = sum gamma(x, y) slack(x, y).
    """
    x = np.arange(len(f))
    return np.abs(np.subtract.outer(x, x)) - np.subtract.outer(f, f)


def plan_that_keeps(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """An optimal plan gamma (n, n) in which the mass that P and Q have in common stays where it is.

    For the cost |x - y| there always is one: by the triangle inequality x -> y -> z is no cheaper than x -> z, with y's
    own mass left alone. POT solves the rest.
    """
    x, stays = np.arange(len(p)), np.minimum(p, q)
    rest = float(np.sum(p - stays))
    if rest < 1e-12:  # of a mass of 1
        return np.diag(stays)
    source, target = (DiscreteMeasure(x, (share - stays) / rest) for share in (p, q))
    return np.diag(stays) + rest * solve_exact(source, target).coupling


def heights_text(f: np.ndarray) -> str:
    """Heights as they stand in a link, to hundredths: "0 -1 2.5"."""
    return " ".join(f"{height:.2f}".rstrip("0").rstrip(".") for height in np.round(f, 2) + 0.0)  # + 0: no "-0"


def parse_heights(text: str, n: int = PLACES) -> np.ndarray:
    """The n heights that `heights_text` wrote; raises ValueError, in one sentence, for anything else."""
    tokens = text.split()
    if len(tokens) != n:
        raise ValueError(f"f needs {n} heights and the link has {len(tokens)}: f starts flat.")
    for token in tokens:
        if not re.fullmatch(r"-?[0-9]{1,4}(\.[0-9]{1,2})?", token) or abs(float(token)) > LIMIT:
            shown = re.sub(r"[^A-Za-z0-9.+-]", "?", token[:12])  # no markup gets into the page
            raise ValueError(
                f"“{shown}” in the link is no height of f (a number from -{LIMIT} to {LIMIT}, two decimals at most): "
                "f starts flat."
            )
    return np.array(tokens, float)
