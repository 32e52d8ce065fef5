"""Entropic transport: Sinkhorn's algorithm in the log domain, by POT. Cuturi 2013; Peyre & Cuturi 2019, section 4."""

import warnings
from dataclasses import dataclass

import numpy as np

from wgan_demo.distances.exact import check_same_mass, cost_matrix
from wgan_demo.measures import DiscreteMeasure


@dataclass(frozen=True, eq=False)
class EntropicResult:
    """The blurred plan: cost = <C, coupling> (without the entropy), its marginal error, and whether it converged."""

    cost: float
    coupling: np.ndarray
    marginal_error: float
    converged: bool


def solve_entropic(
    source: DiscreteMeasure, target: DiscreteMeasure, *, epsilon: float, p: float = 1, tolerance: float = 1e-6
) -> EntropicResult:
    """The plan that minimises <C, P> + epsilon KL(P | a b^T); as epsilon -> 0 its cost falls to the exact one.

    epsilon is in units of the cost. `converged` is False when a marginal is off by more than `tolerance` in total:
    then the cost may lie below the exact one and must not be read as a distance. Raises ValueError as solve_exact.
    """
    import ot

    check_same_mass(source, target)
    if not epsilon > 0:
        raise ValueError(f"epsilon must be above 0, not {epsilon:g}.")
    a, b = source.normalized().weights, target.normalized().weights
    rows, cols = np.flatnonzero(a), np.flatnonzero(b)
    cost = cost_matrix(source.points[rows], target.points[cols], p=p)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converging is reported in the result
        plan = ot.sinkhorn(
            a[rows], b[cols], cost, epsilon, method="sinkhorn_log", numItermax=5000, stopThr=tolerance / 10
        )
    error = float(max(np.abs(plan.sum(1) - a[rows]).sum(), np.abs(plan.sum(0) - b[cols]).sum()))
    coupling = np.zeros((len(a), len(b)))
    coupling[np.ix_(rows, cols)] = plan
    return EntropicResult(float((cost * plan).sum()), coupling, error, error <= tolerance)
