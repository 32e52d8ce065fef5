"""On the line: exact transport by sorting (POT), and how every distance changes as one side is moved by theta."""

from dataclasses import dataclass

import numpy as np

from wgan_demo.distances.divergences import js, kl, tv
from wgan_demo.distances.exact import check_same_mass
from wgan_demo.measures import DiscreteMeasure, Distribution, PointMasses

NODES, WEIGHTS = np.polynomial.legendre.leggauss(4)  # per panel: smooth densities to 1e-10, kinks to 1e-5
STEP = 1e-4  # of the central difference that gives the divergences' derivatives


def wasserstein(source: DiscreteMeasure, target: DiscreteMeasure, *, p: float = 1) -> float:
    """W_p on the line, p >= 1, in units of x: POT's exact sort-and-match, with the metric named.

    Raises ValueError for p < 1 (sorting is not optimal there: use solve_exact), unequal totals, or points not on a line.
    """
    import ot

    if p < 1:
        raise ValueError(f"On the line sorting is optimal for p >= 1 only, not for p = {p:g}.")
    check_same_mass(source, target)
    x, y = _line(source), _line(target)
    cost = ot.emd2_1d(x, y, source.normalized().weights, target.normalized().weights, metric="minkowski", p=p)
    return float(cost) ** (1 / p)


def _line(measure: DiscreteMeasure) -> np.ndarray:
    if measure.points.shape[1] != 1:
        raise ValueError(f"These points have {measure.points.shape[1]} coordinates; on the line they have one.")
    return measure.points[:, 0]


@dataclass(frozen=True, eq=False)
class ShiftCurves:
    """Distances of P from Q moved by each theta (k,), and their derivatives in theta: what a generator would get.

    values and slopes map "w1", "w2" (units of x), "kl", "reverse_kl", "js" (nats), "tv" (no unit) to (k,) arrays.
    A slope is NaN where the distance is infinite or jumps.
    """

    theta: np.ndarray
    values: dict[str, np.ndarray]
    slopes: dict[str, np.ndarray]


def shift_curves(p: Distribution, q: Distribution, theta: np.ndarray, *, panels: int = 64) -> ShiftCurves:
    """Every distance between p and q moved by theta (k,), with derivatives.

    The optimal plan on the line pairs equal quantiles, so it does not change when q moves: one call of POT's emd_1d
    gives all of W1(theta) = sum m |d + theta| and W2(theta), with exact slopes, from the moves d and their masses m.
    """
    import ot

    theta = np.asarray(theta, float)
    source, target = p.measure(), q.measure()
    x, y = _line(source), _line(target)
    plan = ot.emd_1d(x, y, source.weights, target.weights, metric="minkowski", p=1, dense=False).tocoo()
    order = np.argsort(y[plan.col] - x[plan.row], kind="stable")
    moves, mass = (y[plan.col] - x[plan.row])[order], plan.data[order]
    # sum m |d + t| by cumulative sums: the moves with d < -t change sign
    split = np.searchsorted(moves, -theta, side="left")
    mass_below = np.concatenate([[0.0], np.cumsum(mass)])[split]
    work_below = np.concatenate([[0.0], np.cumsum(mass * moves)])[split]
    mean = (mass * moves).sum()
    values = {
        "w1": (mean - 2 * work_below) + theta * (1 - 2 * mass_below),
        "w2": np.hypot(np.sqrt((mass * (moves - mean) ** 2).sum()), mean + theta),
    }
    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = {"w1": 1 - 2 * mass_below, "w2": (mean + theta) / values["w2"]}

    here, above, below = (
        divergence_curves(p, q, t, panels=panels) for t in (theta, theta + STEP, theta - STEP)
    )
    for key in here:
        values[key] = here[key]
        with np.errstate(invalid="ignore"):  # inf - inf: no slope where the distance is infinite
            slope = (above[key] - below[key]) / (2 * STEP)
            bend = np.abs(above[key] + below[key] - 2 * here[key])
        # Atoms that meet make the divergence jump there: a jump has no slope, however small the step.
        slopes[key] = np.where(bend < 100 * STEP, slope, np.nan)
    return ShiftCurves(theta, values, slopes)


def divergence_curves(p: Distribution, q: Distribution, theta: np.ndarray, *, panels: int = 256) -> dict[str, np.ndarray]:
    """KL(P|Q), KL(Q|P), JS and TV of p against q moved by each theta: a dict of (k,) arrays, in nats (TV: no unit)."""
    rows = [_on_nodes(p, q.shifted(t), panels) for t in np.atleast_1d(theta)]
    width = max(len(mu) for _, _, mu in rows)
    log_p, log_q = np.full((2, len(rows), width), -np.inf)
    mu = np.zeros((len(rows), width))
    for i, (row_p, row_q, row_mu) in enumerate(rows):
        log_p[i, : len(row_mu)], log_q[i, : len(row_mu)], mu[i, : len(row_mu)] = row_p, row_q, row_mu
    return {"kl": kl(log_p, log_q, mu), "reverse_kl": kl(log_q, log_p, mu), "js": js(log_p, log_q, mu), "tv": tv(log_p, log_q, mu)}


def _on_nodes(p: Distribution, q: Distribution, panels: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """log p, log q and mu on the Gauss-Legendre nodes of both families' panels, with the atoms as nodes of mass 1."""
    edges = np.unique(np.concatenate([p.edges(panels), q.edges(panels)]))
    reach = edges[-1] - edges[0]  # one more panel on each side: a tail beyond the other's support makes KL infinite
    edges = np.concatenate([edges[:1] - reach, edges, edges[-1:] + reach])
    half = np.diff(edges) / 2
    x = ((edges[:-1] + half)[:, None] + half[:, None] * NODES).ravel()
    mu = (half[:, None] * WEIGHTS).ravel()
    log_p, log_q = p.log_density(x), q.log_density(x)
    if isinstance(p, PointMasses) or isinstance(q, PointMasses):
        places = np.unique(np.concatenate([d.atoms()[0] for d in (p, q) if isinstance(d, PointMasses)]))
        log_p = np.concatenate([log_p, _log_atoms(p, places)])
        log_q = np.concatenate([log_q, _log_atoms(q, places)])
        mu = np.concatenate([mu, np.ones(len(places))])
    return log_p, log_q, mu


def _log_atoms(distribution: Distribution, places: np.ndarray) -> np.ndarray:
    """Log of the mass that a distribution puts on each single place."""
    mass = np.zeros(len(places))
    if isinstance(distribution, PointMasses):
        points, weights = distribution.atoms()
        np.add.at(mass, np.searchsorted(places, points), weights)
    with np.errstate(divide="ignore"):
        return np.log(mass)
