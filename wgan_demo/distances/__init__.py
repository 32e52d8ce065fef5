"""Every distance of the course under its name: DISTANCES. To add one is one function and one entry."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wgan_demo.distances import divergences, entropic, exact, one_dim
from wgan_demo.measures import DiscreteMeasure, place_of

SINKHORN_EPSILON = 0.05  # in units of x, whatever they are: the one distance here that depends on more than P and Q
SINKHORN_ITERATIONS = 20_000  # enough for 100 points a side within 10 units of x, in half a second


@dataclass(frozen=True)
class Distance:
    """`compute(source, target)` is the number, `unit` its unit; `is_metric`: the laws of a metric hold.

    Once P and Q no longer overlap: does the number still change with how far they are apart (`sees_geometry`, None
    where nobody has said), and what is left of its derivative when Q moves (`gradient`: constant, fading, zero, none)?
    """

    label: str
    formula: str
    compute: Callable[[DiscreteMeasure, DiscreteMeasure], float]
    is_metric: bool
    reference: str
    unit: str = "no unit"
    sees_geometry: bool | None = None
    gradient: str = ""


def wasserstein(source: DiscreteMeasure, target: DiscreteMeasure, p: float) -> float:
    """W_p in any dimension: by sorting on the line, by the network simplex elsewhere. In units of x."""
    if source.points.shape[1] == target.points.shape[1] == 1:
        return one_dim.wasserstein(source, target, p=p)
    return exact.solve_exact(source, target, p=p).value


def on_common_points(source: DiscreteMeasure, target: DiscreteMeasure) -> tuple[np.ndarray, np.ndarray]:
    """Log probabilities (k,), (k,) of both measures on the union of their places (`place_of`).

    Raises ValueError for unequal totals or dimensions.
    """
    exact.check_same_space(source.points, target.points)
    exact.check_same_mass(source, target)
    index = place_of(np.concatenate([source.points, target.points]))
    n = len(source.points)
    p, q = (
        np.bincount(part, measure.normalized().weights, minlength=index.max() + 1)
        for part, measure in ((index[:n], source), (index[n:], target))
    )
    with np.errstate(divide="ignore"):
        return np.log(p), np.log(q)


def energy(source: DiscreteMeasure, target: DiscreteMeasure) -> float:
    """Energy distance sqrt(2 E|X - Y| - E|X - X'| - E|Y - Y'|), in sqrt(units of x). Szekely & Rizzo 2013.

    On the line it is sqrt(2 integral (F_P - F_Q)^2), where nothing cancels; elsewhere what both have in one place
    cancels before it is rounded. Raises ValueError for unequal totals or dimensions.
    """
    exact.check_same_space(source.points, target.points)
    exact.check_same_mass(source, target)
    if source.points.shape[1] == 1:
        x, apart = one_dim.cdfs_apart(source, target)
        return float(np.sqrt(2 * (apart[:-1] ** 2 @ np.diff(x))))
    points = np.concatenate([source.points, target.points])
    _, first, index = np.unique(place_of(points), return_index=True, return_inverse=True)
    surplus = np.bincount(index, np.concatenate([source.normalized().weights, -target.normalized().weights]))
    return float(np.sqrt(max(-surplus @ exact.cost_matrix(points[first], points[first]) @ surplus, 0)))


def sinkhorn(source: DiscreteMeasure, target: DiscreteMeasure) -> float:
    """Cost of the entropic plan at epsilon = 0.05 units of x; NaN when it has not converged."""
    epsilons = SINKHORN_EPSILON * np.array([100.0, 10.0, 1.0])  # from blurred to sharp: 20 times sooner there
    result = entropic.entropic_path(source, target, epsilons, iterations=SINKHORN_ITERATIONS)[SINKHORN_EPSILON]
    return result.cost if result.converged else float("nan")


def thinned(measure: DiscreteMeasure, points: int) -> DiscreteMeasure:
    """The same on the line with at most `points` points: the means of slices that weigh about the same."""
    if len(measure.points) <= points:
        return measure
    return one_dim.binned(measure, one_dim.quantile(measure, np.linspace(0, 1, points + 1)))


def _divergence(function: Callable) -> Callable[[DiscreteMeasure, DiscreteMeasure], float]:
    return lambda source, target: float(function(*on_common_points(source, target)))


DISTANCES: dict[str, Distance] = {
    "emd": Distance(
        "Earth mover's distance, W₁",
        r"W_1(P, Q) = \min_{\gamma \in \Pi(P, Q)} \mathbb{E}_{(x, y) \sim \gamma}\,\|x - y\|",
        lambda source, target: wasserstein(source, target, 1),
        True,
        "Peyré & Cuturi 2019, eq. 2.11",
        "units of x",
        True,
        "constant: 1, however far Q has gone",
    ),
    "w2": Distance(
        "W₂",
        r"W_2(P, Q) = \Big(\min_{\gamma \in \Pi(P, Q)} \mathbb{E}_{(x, y) \sim \gamma}\,\|x - y\|^2\Big)^{1/2}",
        lambda source, target: wasserstein(source, target, 2),
        True,
        "Peyré & Cuturi 2019, prop. 2.2",
        "units of x",
        True,
        "constant: 1 between equal shapes; between others it rises to 1",
    ),
    "kl": Distance(
        "KL(P ∥ Q)",
        r"\mathrm{KL}(P \,\|\, Q) = \int p \,\log \frac{p}{q}",
        _divergence(divergences.kl),
        False,
        "Kullback & Leibler 1951",
        "nats",
        False,
        "none: infinite where Q has no mass under P",
    ),
    "reverse_kl": Distance(
        "KL(Q ∥ P)",
        r"\mathrm{KL}(Q \,\|\, P) = \int q \,\log \frac{q}{p}",
        _divergence(lambda log_p, log_q: divergences.kl(log_q, log_p)),
        False,
        "Kullback & Leibler 1951",
        "nats",
        False,
        "none: infinite where P has no mass under Q",
    ),
    "js": Distance(
        "Jensen-Shannon divergence",
        r"\mathrm{JS}(P, Q) = \tfrac12 \mathrm{KL}\big(P \,\|\, \tfrac{P+Q}{2}\big)"
        r" + \tfrac12 \mathrm{KL}\big(Q \,\|\, \tfrac{P+Q}{2}\big)",
        _divergence(divergences.js),
        False,
        "Lin 1991, eq. 4.1",
        "nats",
        False,
        "zero: stuck at ln 2",
    ),
    "js_distance": Distance(
        "Jensen-Shannon distance",
        r"\sqrt{\mathrm{JS}(P, Q)}",
        _divergence(lambda log_p, log_q: np.sqrt(divergences.js(log_p, log_q))),
        True,
        "Endres & Schindelin 2003",
        "√nats",
        False,
        "zero: stuck at √ln 2",
    ),
    "tv": Distance(
        "Total variation",
        r"\mathrm{TV}(P, Q) = \tfrac12 \int |p - q|",
        _divergence(divergences.tv),
        True,
        "Levin, Peres & Wilmer 2009, prop. 4.2",
        "no unit (0 to 1)",
        False,
        "zero: stuck at 1",
    ),
    "energy": Distance(
        "Energy distance",
        r"\sqrt{2\,\mathbb{E}|X - Y| - \mathbb{E}|X - X'| - \mathbb{E}|Y - Y'|}",
        energy,
        True,
        "Székely & Rizzo 2013",
        "√(units of x)",
        True,
        "fading: about 1/√(2θ), but it points the way",
    ),
    "sinkhorn": Distance(
        "Entropic transport cost, ε = 0.05",
        r"\langle C, \gamma_\varepsilon \rangle,\quad \gamma_\varepsilon ="
        r" \arg\min_\gamma \langle C, \gamma \rangle + \varepsilon\, \mathrm{KL}(\gamma \,\|\, P \otimes Q)",
        sinkhorn,
        False,
        "Cuturi 2013",
        "units of x",
        True,
        "constant: 1 but for the blur, however far Q has gone",
    ),
}
