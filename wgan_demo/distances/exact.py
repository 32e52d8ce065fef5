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
    """Euclidean distance to the power p between every point of x (n, d) and of y (m, d): (n, m)."""
    from scipy.spatial.distance import cdist  # ot.dist expands the square, which costs it 8 digits

    if not 0 < p < np.inf:
        raise ValueError(f"The exponent p must be above 0 and finite, not {p:g}.")
    check_same_space(x, y)
    with np.errstate(over="ignore"):
        cost = cdist(x, y, "euclidean") ** p
    if not np.isfinite(cost).all():
        raise ValueError(f"These distances are too large to be raised to the power {p:g}.")
    return cost


def check_same_space(x: np.ndarray, y: np.ndarray) -> None:
    """Raise ValueError unless the points x (n, d) and y (m, d) have the same number of coordinates."""
    if np.shape(x)[1] != np.shape(y)[1]:
        raise ValueError(f"Points with {np.shape(x)[1]} and {np.shape(y)[1]} coordinates cannot be compared.")


def check_same_mass(source: DiscreteMeasure, target: DiscreteMeasure) -> None:
    """Raise ValueError unless both measures weigh the same: exact transport moves all of one onto all of the other."""
    if not np.isclose(source.mass, target.mass, rtol=1e-9, atol=0):
        raise ValueError(
            f"The source weighs {source.mass:g} and the target {target.mass:g}: exact transport needs equal totals."
        )


def solve_exact(source: DiscreteMeasure, target: DiscreteMeasure, *, p: float = 1) -> OTResult:
    """The cheapest plan that carries source onto target when moving mass m over distance r costs m r^p.

    Weights are normalised, so cost is per unit of mass. Raises ValueError for unequal totals or dimensions and
    RuntimeError if the solver stops before the optimum.
    """
    import ot

    check_same_mass(source, target)
    source, target = source.normalized(), target.normalized()
    a, b = source.weights, target.weights
    cost = cost_matrix(source.points, target.points, p=p)
    scale = cost.max() or 1.0  # POT's tolerance is absolute: unscaled, costs below 1e-12 come out wrong
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same text is in log["warning"], checked below
        coupling, log = ot.emd(a, b, cost / scale, numItermax=MAX_ITERATIONS, log=True)
    if log["warning"] is not None:
        raise RuntimeError(f"The exact solver stopped before the optimum: {log['warning']}")
    cols = np.flatnonzero(b)  # POT's potentials are garbage at empty bins
    f, g = complete_potentials(cost, scale * log["v"][cols], cols)
    total = float((cost * coupling).sum())
    return OTResult(source, target, total, total ** (1 / p), coupling, (f, g), p)


def complete_potentials(cost: np.ndarray, v: np.ndarray, cols: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From a dual solution v on the target points `cols` that carry mass to potentials on all points.

    f = v^c and g = f^c: f_i = min_j (C_ij - v_j), g_j = min_i (C_ij - f_i). They satisfy every constraint, and stay
    tight where mass moves. For p = 1 the c-transform makes f 1-Lipschitz.
    """
    f = (cost[:, cols] - v).min(axis=1)
    return f, (cost - f[:, None]).min(axis=0)
