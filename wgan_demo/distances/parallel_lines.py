"""Two parallel segments in the plane: example 1 of Arjovsky, Chintala & Bottou, Wasserstein GAN (2017)."""

import numpy as np

from wgan_demo.distances import DISTANCES
from wgan_demo.distances.one_dim import ShiftCurves
from wgan_demo.measures import DiscreteMeasure

POINTS = 20  # for each segment; all distances here are the same for any number
STEP = 1e-6  # units of x, of the difference for the slopes; the segments are 1 long whatever happens
KEYS = {"w1": "emd", "kl": "kl", "js": "js", "tv": "tv"}  # by their names in ShiftCurves and in DISTANCES


def segments(theta: float, *, points: int = POINTS) -> tuple[DiscreteMeasure, DiscreteMeasure]:
    """P uniform on {0} x [0, 1] and Q on {theta} x [0, 1]: the middles of equal pieces, (points, 2) each."""
    heights = (np.arange(points) + 0.5) / points
    p, q = (DiscreteMeasure.uniform(np.column_stack([np.full(points, place), heights])) for place in (0.0, theta))
    return p, q


def segment_curves(theta: np.ndarray) -> ShiftCurves:
    """W1, KL(P|Q), JS and TV between the segments at each theta (k,), each solved anew, and their slopes.

    As always the slope is the one to the right, and NaN where the distance is infinite or, at theta = 0, jumps.
    """
    theta = np.asarray(theta, float)
    here, ahead = (
        {key: np.array([DISTANCES[name].compute(*segments(t)) for t in places]) for key, name in KEYS.items()}
        for places in (theta, theta + STEP)
    )
    slopes = {}
    for key in KEYS:
        with np.errstate(invalid="ignore"):  # inf - inf: no slope where the distance is infinite
            slope = (ahead[key] - here[key]) / STEP
        jumps = (theta == 0) & (key != "w1")
        slopes[key] = np.where(np.isfinite(slope) & ~jumps, slope, np.nan)
    return ShiftCurves(theta, here, slopes)
