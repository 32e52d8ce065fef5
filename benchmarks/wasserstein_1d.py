"""W1 on the line by POT, by scipy, by the area between the CDFs, and by the function the pages use.

Prints milliseconds (best of several runs) for n points a side with unequal weights, and how far each value is from
POT's. The pages call `one_dim.wasserstein`: POT's sort-and-match with checked input. The area between the CDFs, a few
lines of numpy, is what any of them computes in the end.
"""

import sys
import timeit
from collections.abc import Callable
from pathlib import Path

import numpy as np
import ot
from scipy.stats import wasserstein_distance

sys.path.insert(0, str(Path(__file__).parents[1]))
from wgan_demo.distances import one_dim
from wgan_demo.measures import DiscreteMeasure

SIZES = (1_000, 10_000, 100_000, 1_000_000)


def area_between_cdfs(x: np.ndarray, y: np.ndarray, a: np.ndarray, b: np.ndarray) -> float:
    """The integral of |F - G|: one sort of all points, one sum."""
    points = np.concatenate([x, y])
    order = np.argsort(points, kind="stable")
    difference = np.cumsum(np.concatenate([a, -b])[order])[:-1]
    return float(np.abs(difference) @ np.diff(points[order]))


def methods(x: np.ndarray, y: np.ndarray, a: np.ndarray, b: np.ndarray) -> dict[str, Callable[[], float]]:
    source, target = DiscreteMeasure(x, a), DiscreteMeasure(y, b)
    return {
        "POT emd2_1d": lambda: ot.emd2_1d(x, y, a, b, metric="euclidean"),
        "POT wasserstein_1d": lambda: ot.wasserstein_1d(x, y, a, b, p=1),
        "scipy wasserstein_distance": lambda: wasserstein_distance(x, y, a, b),
        "area between CDFs": lambda: area_between_cdfs(x, y, a, b),
        "ours (one_dim.wasserstein)": lambda: one_dim.wasserstein(source, target),
    }


def main() -> None:
    rng = np.random.default_rng(0)
    print(f"{'':28}" + "".join(f"{f'n = {n:,}':>16}" for n in SIZES) + f"{'off POT by':>14}")
    rows: dict[str, list[float]] = {}
    errors: dict[str, float] = {}
    for n in SIZES:
        x, y = rng.normal(size=n), rng.normal(1, 2, size=n)
        a, b = rng.dirichlet(np.ones(n), 2)
        calls = methods(x, y, a, b)
        exact = calls["POT emd2_1d"]()
        for name, call in calls.items():
            errors[name] = max(errors.get(name, 0), abs(float(call()) - exact))
            repeats = max(3, 200_000 // n)
            rows.setdefault(name, []).append(1000 * min(timeit.repeat(call, number=1, repeat=repeats)))
    for name, row in rows.items():
        print(f"{name:28}" + "".join(f"{ms:13.3f} ms" for ms in row) + f"{errors[name]:14.1e}")
    pot, ours, scipy = rows["POT emd2_1d"], rows["ours (one_dim.wasserstein)"], rows["scipy wasserstein_distance"]
    print("ours / POT:  ", "  ".join(f"{a / b:.2f}" for a, b in zip(ours, pot, strict=True)))
    print("scipy / ours:", "  ".join(f"{a / b:.2f}" for a, b in zip(scipy, ours, strict=True)))


if __name__ == "__main__":
    main()
