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
    cost = cost_matrix(source.points, target.points, p=p)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not converging is reported in the result, and log 0 is meant
        plan = ot.sinkhorn(a, b, cost, epsilon, method="sinkhorn_log", numItermax=5000, stopThr=tolerance / 10)
    error = float(max(np.abs(plan.sum(1) - a).sum(), np.abs(plan.sum(0) - b).sum()))
    return EntropicResult(float((cost * plan).sum()), plan, error, error <= tolerance)
