"""Entropic transport: Sinkhorn's algorithm in the log domain, by POT. Cuturi 2013; Peyre & Cuturi 2019, section 4."""

import warnings
from dataclasses import dataclass

import numpy as np

from wgan_demo.distances.exact import check_same_mass, cost_matrix
from wgan_demo.measures import DiscreteMeasure

TOLERANCE = 1e-6  # of a marginal, summed over its points, which weigh 1
BLOCK = 20  # iterations between two absorptions


@dataclass(frozen=True, eq=False)
class EntropicResult:
    """The blurred plan: cost = <C, coupling> (without the entropy), its marginal error, and whether it converged."""

    cost: float
    coupling: np.ndarray
    marginal_error: float
    converged: bool


def solve_entropic(
    source: DiscreteMeasure, target: DiscreteMeasure, *, epsilon: float, p: float = 1, tolerance: float = TOLERANCE
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


def entropic_path(
    source: DiscreteMeasure, target: DiscreteMeasure, epsilons: np.ndarray, *, p: float = 1, iterations: int = 500
) -> dict[float, EntropicResult]:
    """The entropic plans for several epsilons, from the largest down, each started from the potentials of the last.

    So all of them cost little more than the smallest alone. Sinkhorn's scalings u and v multiply a kernel that holds
    the potentials f and g, into which they are absorbed every BLOCK iterations, before they overflow: Peyre & Cuturi
    2019, section 4.4 (log domain); Schmitzer 2019, section 3 (absorption, epsilon scaling). At most `iterations` for
    each epsilon; `converged` says whether they were enough, as for solve_entropic.
    """
    check_same_mass(source, target)
    if not np.min(epsilons) > 0:
        raise ValueError(f"epsilon must be above 0, not {np.min(epsilons):g}.")
    everywhere = cost_matrix(source.points, target.points, p=p)
    # A point without mass takes no part: its potential is bound by nothing, and its exponentials would overflow.
    carry = np.ix_(source.weights > 0, target.weights > 0)
    a, b = source.normalized().weights[carry[0].ravel()], target.normalized().weights[carry[1].ravel()]
    cost = everywhere[carry]
    f, g = np.zeros(len(a)), np.zeros(len(b))
    results = {}
    for epsilon in sorted(map(float, epsilons), reverse=True):
        for _ in range(0, iterations, BLOCK):
            f = _soft_min(cost - g, b, epsilon)
            g = _soft_min((cost - f[:, None]).T, a, epsilon)
            kernel = a[:, None] * np.exp((f[:, None] + g - cost) / epsilon) * b
            u, v = np.ones(len(a)), np.ones(len(b))
            for _ in range(BLOCK - 1):
                u = a / (kernel @ v)
                v = b / (u @ kernel)
            f, g = f + epsilon * np.log(u), g + epsilon * np.log(v)
            plan = u[:, None] * kernel * v
            error = float(np.abs(plan.sum(axis=1) - a).sum())  # the other marginal has just been met
            if error <= TOLERANCE:
                break
        coupling = np.zeros(everywhere.shape)
        coupling[carry] = plan
        results[epsilon] = EntropicResult(float((cost * plan).sum()), coupling, error, error <= TOLERANCE)
    return results


def _soft_min(cost: np.ndarray, weights: np.ndarray, epsilon: float) -> np.ndarray:
    """-epsilon log sum_j weights_j exp(-cost_ij / epsilon): the potential (n,) that meets one marginal exactly."""
    least = cost.min(axis=1)
    return least - epsilon * np.log(np.exp((least[:, None] - cost) / epsilon) @ weights)
