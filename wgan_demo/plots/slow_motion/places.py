"""Where the samples of each kind of space lie in the picture, which is a plane: PLACES.

Points of the line are drawn in the plane too, each sample at a height of its own: its real point above the middle, its
fake as far below, and what lies between them between.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets.spaces import plane
from wgan_demo.gan.slow_motion.trace import StepTrace

GOLDEN = 0.618034  # spreads heights evenly, however many there are


class Place(NamedTuple):
    """`lifted` makes of a trace one of points in the plane, and `heights` says if these have a height of their own."""

    lifted: Callable[[StepTrace], StepTrace]
    heights: bool


def lifted_line(trace: StepTrace) -> StepTrace:
    """A trace of points on the line (n, 1) as one of points in the plane (n, 2). Its surfaces stay (1, k).

    Whole extents up are the real points, down the fakes; x_hat is as far between the two as it is on the line.
    """
    height = trace.space.extent * (0.25 + 0.6 * (np.arange(len(trace.real)) * GOLDEN % 1))
    middle = np.zeros_like(height) if trace.u is None else (2 * trace.u - 1) * height
    level = dict.fromkeys(("gradient", "slope", "push"), np.zeros_like(height))
    heights = {"real": height, "fake": -height, "x_hat": middle, "generator_fake": -height} | level
    heights["generator_fake_after"] = -height
    points = {name: np.column_stack([getattr(trace, name), up]) for name, up in heights.items()}
    axes = (*trace.axes, "fake below, real above")
    return replace(trace, space=plane(trace.space.extent), axes=axes, **points)


PLACES: dict[str, Place] = {
    "line": Place(lifted_line, heights=False),  # the heights are the picture's alone
    "plane": Place(lambda trace: trace, heights=True),
}
