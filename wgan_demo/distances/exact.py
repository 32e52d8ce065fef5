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
    import ot

    if not p > 0:
        raise ValueError(f"The exponent p must be above 0, not {p:g}.")
    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.shape[1] == 1:  # |x - y| without the square and root that cost it 8 digits
        return np.abs(x - y.T) ** p
    return ot.dist(x, y, metric="euclidean") ** p


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
    if source.points.shape[1] != target.points.shape[1]:
        raise ValueError("Source and target must have the same number of coordinates.")
    a, b = source.normalized().weights, target.normalized().weights
    cost = cost_matrix(source.points, target.points, p=p)
    rows, cols = np.flatnonzero(a), np.flatnonzero(b)  # POT's potentials are garbage at empty bins
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the same text is in log["warning"], checked below
        plan, log = ot.emd(a[rows], b[cols], cost[np.ix_(rows, cols)], numItermax=MAX_ITERATIONS, log=True)
    if log["warning"] is not None:
        raise RuntimeError(f"The exact solver stopped before the optimum: {log['warning']}")
    coupling = np.zeros_like(cost)
    coupling[np.ix_(rows, cols)] = plan
    f, g = complete_potentials(cost, log["v"], cols)
    total = float((cost * coupling).sum())
    return OTResult(source, target, total, total ** (1 / p), coupling, (f, g), p)


def complete_potentials(cost: np.ndarray, v: np.ndarray, cols: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From a dual solution v on the target points `cols` that carry mass to potentials on all points.

    f = v^c and g = f^c: f_i = min_j (C_ij - v_j), g_j = min_i (C_ij - f_i). They satisfy every constraint, and stay
    tight where mass moves. For p = 1 the c-transform makes f 1-Lipschitz.
    """
    f = (cost[:, cols] - v).min(axis=1)
    return f, (cost - f[:, None]).min(axis=0)
