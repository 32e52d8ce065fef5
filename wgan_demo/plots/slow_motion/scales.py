"""How long arrows and moves are drawn, and the change of f that is drawn."""

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.trace import StepTrace, lengths

ARROW = 0.22  # length of an arrow of norm 1, as a share of the extent, unless the longest would be too long
LONGEST = 0.5


def arrow_unit(norms: np.ndarray, extent: float) -> float:
    """How long an arrow of norm 1 is drawn so that the longest still fits, in units of x."""
    longest = float(np.max(norms, initial=0.0))
    return extent * min(ARROW, LONGEST / longest) if longest > 0 else extent * ARROW


def magnification(trace: StepTrace) -> int:
    """How many times its length a move is drawn (1, 2, 5, 10, ...), so that the median one can be seen."""
    median = float(np.median(lengths(trace.moves[: trace.show])))
    steps = [factor * 10**power for power in range(4) for factor in (1, 2, 5)]
    return next((step for step in steps if step * median >= 0.03 * trace.space.extent), steps[-1])


def relative_change(trace: StepTrace) -> np.ndarray:
    """f after - f before, shaped as a surface; under a loss that sees differences of f alone, less its mean."""
    change = trace.surface_after - trace.surface_before
    return change - change.mean() if OBJECTIVES[trace.config.loss].up_to_constant else change
