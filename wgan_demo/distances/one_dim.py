"""On the line: exact transport by sorting (POT), and how every distance changes as one side is moved by theta."""

from dataclasses import dataclass

import numpy as np

from wgan_demo.distances.divergences import js, kl, tv
from wgan_demo.distances.exact import SMALLEST, check_cost, check_power, check_same_mass
from wgan_demo.measures import SAME_PLACE, DiscreteMeasure, Distribution, PointMasses, grouped

NODES, WEIGHTS = np.polynomial.legendre.leggauss(4)  # per panel: smooth densities to 1e-10; TV, with its kinks, to 2e-5
STEP = 5e-8  # of the difference for the divergences' derivatives, in widths (of a Gaussian: 20 std) of the narrower
LEVEL = 1e-12  # shares of the mass closer than this are the same; the mass is 1, so this has no unit
NO_WAY = 1e-11  # of the largest number: a W2 below this is rounding


def wasserstein(source: DiscreteMeasure, target: DiscreteMeasure, *, p: float = 1) -> float:
    """W_p on the line, p >= 1, in units of x: POT's exact sort-and-match, with the metric named.

    Raises ValueError for p < 1 (sorting is not optimal there: use solve_exact), unequal totals, points not on a line,
    and as `solve_exact` where a distance to the power p is beyond a float.
    """
    import ot

    if p < 1:
        raise ValueError(f"On the line sorting is optimal for p >= 1 only, not for p = {p:g}.")
    check_same_mass(source, target)
    x, y, a, b = _line(source), _line(target), source.normalized().weights, target.normalized().weights
    with np.errstate(over="ignore"):
        check_power(max(y.max() - x.min(), x.max() - y.min()), p)
    cost = float(ot.emd2_1d(x, y, a, b, metric="minkowski", p=p))
    if cost < SMALLEST and ot.emd2_1d(x, y, a, b, metric="minkowski", p=1) > 0:
        check_cost(cost, p)
    return cost ** (1 / p)


def quantile(measure: DiscreteMeasure, u: np.ndarray) -> np.ndarray:
    """F^-1(u) = min {x : F(x) >= u} of a measure on the line for u in [0, 1], any shape; in units of x.

    Where u is one of the levels of F but for rounding (1e-12) it counts as that level. Raises ValueError for other u.
    """
    if not ((np.asarray(u) >= 0) & (np.asarray(u) <= 1)).all():
        raise ValueError("A quantile exists for shares between 0 and 1 only.")
    x, cdf = cdf_steps(measure)
    return x[np.minimum(np.searchsorted(cdf, np.asarray(u) - LEVEL), len(x) - 1)]


def quantile_steps(source: DiscreteMeasure, target: DiscreteMeasure) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both quantile functions: levels (k + 1,) from 0 to 1, and their values x (k,), y (k,) between two levels.

    This is also the monotone plan: it carries the mass levels[i + 1] - levels[i] from x[i] to y[i], so that the
    completed graph of T = F_Q^-1 o F_P runs through the pairs. Peyre & Cuturi 2019, remark 2.30.
    """
    check_same_mass(source, target)
    levels = np.unique(np.concatenate([[0.0], cdf_steps(source)[1], cdf_steps(target)[1]]))
    levels = np.append(levels[:-1][np.diff(levels) > LEVEL], 1.0)  # levels that are the same but for rounding
    middle = (levels[:-1] + levels[1:]) / 2
    return levels, quantile(source, middle), quantile(target, middle)


def area_between_quantiles(source: DiscreteMeasure, target: DiscreteMeasure) -> float:
    """W1 = integral over u of |F_P^-1(u) - F_Q^-1(u)|, in units of x. Peyre & Cuturi 2019, eq. 2.36."""
    levels, x, y = quantile_steps(source, target)
    return float(np.diff(levels) @ np.abs(x - y))


def area_between_cdfs(source: DiscreteMeasure, target: DiscreteMeasure) -> float:
    """W1 = integral over x of |F_P(x) - F_Q(x)|, in units of x. Peyre & Cuturi 2019, eq. 2.37."""
    x, apart = cdfs_apart(source, target)
    return float(np.abs(apart)[:-1] @ np.diff(x))


def cdfs_apart(source: DiscreteMeasure, target: DiscreteMeasure) -> tuple[np.ndarray, np.ndarray]:
    """The places x (k,) of both, sorted, and F_P - F_Q (k,) from each to the next, which ends at 0."""
    check_same_mass(source, target)
    x = np.unique(np.concatenate([_line(source), _line(target)]))
    apart = np.zeros(len(x))
    for sign, (places, cdf) in zip((1, -1), map(cdf_steps, (source, target)), strict=True):
        apart += sign * np.append(0, cdf)[np.searchsorted(places, x, side="right")]
    return x, apart


def binned(measure: DiscreteMeasure, edges: np.ndarray) -> DiscreteMeasure:
    """One point for each bin of edges (k + 1,): the mean of the mass in it, or its middle where it has none.

    The outer bins take what lies beyond them. Means are kept, so W1 stays what it was where all mass moves one way.
    """
    x, mass = _line(measure), measure.normalized().weights
    index = np.searchsorted(edges[1:-1], x, side="right")
    weights, moments = (np.bincount(index, w, minlength=len(edges) - 1) for w in (mass, mass * x))
    middle = (edges[:-1] + edges[1:]) / 2
    return DiscreteMeasure(np.where(weights > 0, moments / np.where(weights > 0, weights, 1), middle), weights)


def cdf_steps(measure: DiscreteMeasure) -> tuple[np.ndarray, np.ndarray]:
    """Places (k,) that carry mass, sorted, and the CDF at each (k,), which ends at 1."""
    x, weights = _line(measure)[measure.weights > 0], measure.weights[measure.weights > 0]
    order = np.argsort(x, kind="stable")
    cdf = np.cumsum(weights[order])
    return x[order], cdf / cdf[-1]


def _line(measure: DiscreteMeasure) -> np.ndarray:
    if measure.points.shape[1] != 1:
        raise ValueError(f"These points have {measure.points.shape[1]} coordinates; on the line they have one.")
    return measure.points[:, 0]


@dataclass(frozen=True, eq=False)
class ShiftCurves:
    """Distances of P from Q moved by each theta (k,), and their derivatives in theta: what a generator would get.

    values and slopes map "w1", "w2" (units of x), "kl", "reverse_kl", "js" (nats), "tv" (no unit) to (k,) arrays.
    A slope is the one to the right (at a kink they differ), and NaN where the distance is infinite or jumps.
    """

    theta: np.ndarray
    values: dict[str, np.ndarray]
    slopes: dict[str, np.ndarray]


def shift_curves(p: Distribution, q: Distribution, theta: np.ndarray, *, panels: int = 64) -> ShiftCurves:
    """Every distance between p and q moved by theta (k,), with derivatives.

    The optimal plan on the line pairs equal quantiles, so it does not change when q moves: one call of POT's emd_1d
    gives all of W1(theta) = sum m |d + theta| and W2(theta), with exact slopes, from the moves d and their masses m.
    With 64 panels TV is right to 3e-4 and its slope to 1e-2, the other divergences to 1e-9.
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
        w2_slope = (mean + theta) / values["w2"]
    size = max(np.abs(x).max(), np.abs(y).max(), np.abs(theta).max(initial=0))
    # W2 has a kink where P = Q.
    slopes = {"w1": 1 - 2 * mass_below, "w2": np.where(values["w2"] > NO_WAY * size, w2_slope, 1.0)}

    widths = [width for width in (np.ptp(p.edges()), np.ptp(q.edges())) if width > 0]
    step = STEP * min(widths, default=size or 1.0)  # two atoms, both at 0: then any step will do
    here, ahead = (divergence_curves(p, q, t, panels=panels) for t in (theta, theta + step))
    meet, near = meetings(p, q), SAME_PLACE * size
    jumps = np.searchsorted(meet, theta - near) < np.searchsorted(meet, theta + step + near, side="right")
    for key in here:
        values[key] = here[key]
        with np.errstate(invalid="ignore"):  # inf - inf: no slope where the distance is infinite
            slope = (ahead[key] - here[key]) / step
        slopes[key] = np.where(np.isfinite(slope) & ~jumps, slope, np.nan)
    return ShiftCurves(theta, values, slopes)


def meetings(p: Distribution, q: Distribution) -> np.ndarray:
    """The thetas (k,), sorted, at which an atom of q moved by theta meets one of p: only there the divergences jump."""
    (p_places, _), (q_places, _) = _atoms(p), _atoms(q)
    theta = np.sort((p_places[:, None] - q_places).ravel())
    size = max(np.abs(p_places).max(initial=0), np.abs(q_places).max(initial=0))
    return theta[np.unique(grouped(theta, SAME_PLACE * size), return_index=True)[1]]


def divergence_curves(
    p: Distribution, q: Distribution, theta: np.ndarray, *, panels: int = 256
) -> dict[str, np.ndarray]:
    """KL(P|Q), KL(Q|P), JS and TV of p against q moved by each theta: a dict of (k,) arrays, in nats (TV: no unit)."""
    log_p, log_q, mu = _on_nodes(p, q, np.atleast_1d(np.asarray(theta, float))[:, None], panels)
    one_way, other_way = kl(log_p, log_q, mu), kl(log_q, log_p, mu)
    return {"kl": one_way, "reverse_kl": other_way, "js": js(log_p, log_q, mu), "tv": tv(log_p, log_q, mu)}


def _on_nodes(
    p: Distribution, q: Distribution, theta: np.ndarray, panels: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """log p, log q and mu, each (k, nodes), for theta (k, 1): Gauss-Legendre on the panels of both, then the atoms."""
    edges = np.sort(np.concatenate([p.edges(panels) + 0 * theta, q.edges(panels) + theta], axis=1), axis=1)
    # One more panel on each side: a tail beyond the other's support makes KL infinite.
    reach = edges[:, -1:] - edges[:, :1]
    edges = np.concatenate([edges[:, :1] - reach, edges, edges[:, -1:] + reach], axis=1)
    half = np.diff(edges) / 2
    half[half <= SAME_PLACE * np.abs(edges).max() / 2] = 0  # edges that are the same number but for rounding
    x = ((edges[:, :-1] + half)[..., None] + half[..., None] * NODES).reshape(len(theta), -1)
    mu = (half[..., None] * WEIGHTS).reshape(len(theta), -1)

    (p_places, p_mass), (q_places, q_mass) = _atoms(p), _atoms(q)
    size = max(np.abs(p_places).max(initial=0), np.abs(q_places).max(initial=0))
    near = SAME_PLACE * np.maximum(np.abs(theta[..., None]), size)
    meet = np.abs(p_places[:, None] - q_places - theta[..., None]) <= near  # (k, atoms of p, atoms of q)
    nowhere = np.zeros((len(theta), len(q_places)))
    with np.errstate(divide="ignore"):
        p_atoms = np.log(np.concatenate([p_mass + 0 * theta, nowhere], axis=1))
        q_atoms = np.log(np.concatenate([meet @ q_mass, q_mass * ~meet.any(axis=1)], axis=1))
    return (
        np.concatenate([p.log_density(x), p_atoms], axis=1),
        np.concatenate([q.log_density(x - theta), q_atoms], axis=1),
        np.concatenate([mu, np.ones_like(p_atoms)], axis=1),
    )


def _atoms(distribution: Distribution) -> tuple[np.ndarray, np.ndarray]:
    """Places (n,), all different, and masses (n,) of the atoms; none where there is a density."""
    if not isinstance(distribution, PointMasses):
        return np.empty(0), np.empty(0)
    return distribution.atoms()
