"""Exact optimal transport between discrete measures: POT's network simplex, with its traps closed.

Peyre & Cuturi, Computational Optimal Transport (2019): the primal is (2.11), the dual (2.20), the c-transform (5.1).
"""

import os
import warnings
from dataclasses import dataclass

import numpy as np

from wgan_demo.measures import DiscreteMeasure

os.environ.setdefault("POT_BACKEND_DISABLE_PYTORCH", "1")  # must be set before POT is first imported

MAX_ITERATIONS = 10_000_000  # POT's default of 100,000 stops early and returns a wrong value
EQUAL_TOTALS = 2e-6  # of the total: 3 million float32 shares of a softmax sum to 1 up to 9e-7
SURE, ENOUGH = 1e-9, 1e-4  # of the cost: how far a plan may lie above its dual bound at once, and after all attempts
ATTEMPTS = 4
EPS = np.finfo(float).eps
LEFT_OVER = 8 * EPS  # mass that has to move only because shares, 3 times 1 / 9 and 1 / 3, are rounded
SMALLEST = np.finfo(float).tiny / EPS  # of a cost that has all its digits


@dataclass(frozen=True, eq=False)
class OTResult:
    """An optimal plan between `source` (n points) and `target` (m points), each of mass 1.

    cost = <C, coupling> in (units of x)^p; value = cost^(1/p) in units of x; coupling (n, m) sums to 1;
    potentials f (n,), g (m,) with f_i + g_j <= C_ij everywhere and equal where mass moves.
    """

    source: DiscreteMeasure
    target: DiscreteMeasure
    cost: float
    value: float
    coupling: np.ndarray
    potentials: tuple[np.ndarray, np.ndarray]
    p: float


def cost_matrix(x: np.ndarray, y: np.ndarray, *, p: float = 1) -> np.ndarray:
    """Euclidean distance to the power p between every point of x (n, d) and of y (m, d): (n, m).

    Raises ValueError for points in different spaces and where `check_power` does.
    """
    from scipy.spatial.distance import cdist  # ot.dist expands the square, which costs it 8 digits

    check_same_space(x, y)
    # A power of two changes no digit, and neither 1e200 nor 1e-200 is lost when it is squared.
    power = float(np.clip(np.frexp(max(np.abs(x).max(initial=0), np.abs(y).max(initial=0)))[1], -1000, 1000))
    with np.errstate(over="ignore"):
        distances = cdist(np.multiply(x, 2**-power), np.multiply(y, 2**-power), "euclidean")
        distances *= 2**power
        check_power(distances.max(initial=0), p)
        return distances**p


def check_power(longest: float, p: float) -> None:
    """Raise ValueError unless p is above 0 and finite, and the longest distance can be raised to it in floats."""
    if not 0 < p < np.inf:
        raise ValueError(f"The exponent p must be above 0 and finite, not {p:g}.")
    with np.errstate(over="ignore", under="ignore"):
        power = np.float64(longest) ** p
    if not power < np.inf:
        raise ValueError(f"These distances are too large to be raised to the power {p:g}.")
    if longest > 0:
        check_cost(power, p)


def check_cost(cost: float, p: float) -> None:
    """Raise ValueError if the p-th powers of distances above 0 have been lost in the smallest floats."""
    if cost < SMALLEST and (p != 1 or cost == 0):
        raise ValueError(f"These distances are too small to be raised to the power {p:g}.")


def check_same_space(x: np.ndarray, y: np.ndarray) -> None:
    """Raise ValueError unless the points x (n, d) and y (m, d) have the same number of coordinates."""
    if np.shape(x)[1] != np.shape(y)[1]:
        raise ValueError(f"Points with {np.shape(x)[1]} and {np.shape(y)[1]} coordinates cannot be compared.")


def check_same_mass(source: DiscreteMeasure, target: DiscreteMeasure) -> None:
    """Raise ValueError unless both measures weigh the same up to the rounding of float32 (EQUAL_TOTALS).

    All distances here compare shares of a total: between different ones none of them says how far they are apart.
    """
    if not np.isclose(source.mass, target.mass, rtol=EQUAL_TOTALS, atol=0):
        raise ValueError(
            f"The source weighs {source.mass:.9g} and the target {target.mass:.9g}: distances need equal totals."
        )


def solve_exact(source: DiscreteMeasure, target: DiscreteMeasure, *, p: float = 1) -> OTResult:
    """The cheapest plan that carries source onto target when moving mass m over distance r costs m r^p.

    Weights are normalised, so cost is per unit of mass. Raises ValueError for unequal totals or dimensions, where
    distances to the power p or differences between them are beyond a float, and RuntimeError if the solver stops
    before the optimum.
    """
    check_same_mass(source, target)
    source, target = source.normalized(), target.normalized()
    cost = cost_matrix(source.points, target.points, p=p)
    total, coupling, potentials = cheapest_plan(source.weights, target.weights, cost)
    if total < SMALLEST:
        i, j = coupling.nonzero()
        if (source.points[i] != target.points[j]).any():
            check_cost(total, p)
    return OTResult(source, target, total, total ** (1 / p), coupling, potentials, p)


def cheapest_plan(
    a: np.ndarray, b: np.ndarray, cost: np.ndarray
) -> tuple[float, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """The least <cost, P> over the plans P (n, m) between shares a (n,) and b (m,), such a P, and the potentials.

    The potentials bound every plan's cost from below, so they show how far this one is from the optimum. POT cannot
    tell costs apart that differ by less than 1e-16 of the largest: beside a point 1e9 away (p = 2) all near ones look
    the same. Then it is asked again with costs cut off not far above those that mass really pays, where it can. This
    asks for less, so if the plan reaches its bound, it is the cheapest for the whole cost too. Raises ValueError where
    neither four digits are sure nor all but what the last bits of the shares are worth.
    """
    cut, least = cost, np.inf
    cols = np.flatnonzero(b)  # POT's potentials are garbage at empty bins
    for _ in range(ATTEMPTS):
        coupling, v = _simplex(a, b, cut)
        if cut is not cost:
            coupling[coupling < LEFT_OVER] = 0
        f, g = complete_potentials(cost, v[cols], cols)
        total = float((cost * coupling).sum())
        # How far the plan may be from the optimum: from its bound, which is itself rounded.
        apart = abs(total - f @ a - g @ b) + EPS * (np.abs(f) @ a + np.abs(g) @ b)
        if total == 0 or apart <= SURE * total:
            return total, coupling, (f, g)
        paid = cost[coupling >= LEFT_OVER].max(initial=0)
        if apart < least:
            least, allowed, best = apart, max(ENOUGH * total, 10 * LEFT_OVER * paid), (total, coupling, (f, g))
        ceiling = max(1e3 * paid, cost[cost > 0].min())
        if ceiling >= cut.max():
            break
        cut = np.minimum(cost, ceiling)
    if not least < np.inf or least > allowed:
        raise ValueError("These distances differ so much in size that the cheapest plan is lost in rounding.")
    return best


def _simplex(a: np.ndarray, b: np.ndarray, cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """POT's plan (n, m) and its potential on the target (m,)."""
    import ot

    scale = cost.max() or 1.0  # POT's tolerance is absolute: unscaled, costs below 1e-12 come out wrong
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same text is in log["warning"], checked below
        coupling, log = ot.emd(a, b, cost / scale, numItermax=MAX_ITERATIONS, log=True)
    if log["warning"] is not None:
        raise RuntimeError(f"The exact solver stopped before the optimum: {log['warning']}")
    return coupling, scale * log["v"]


def complete_potentials(cost: np.ndarray, v: np.ndarray, cols: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From a dual solution v on the target points `cols` that carry mass to potentials on all points.

    f = v^c and g = f^c: f_i = min_j (C_ij - v_j), g_j = min_i (C_ij - f_i). They satisfy every constraint, and stay
    tight where mass moves. For p = 1 the c-transform makes f 1-Lipschitz.
    """
    f = (cost[:, cols] - v).min(axis=1)
    return f, (cost - f[:, None]).min(axis=0)
