"""What the picture of an iteration is in each kind of space: PLACES.

Points lie in it, which is a plane. Points of the line are drawn in the plane too, each sample at a height of its own:
its real point above the middle, its fake as far below, and what lies between them between. Pictures are drawn as they
are.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets.spaces import plane
from wgan_demo.gan.slow_motion.trace import WAY, StepTrace, lengths
from wgan_demo.plots.slow_motion.scales import arrow_unit, magnification

GOLDEN = 0.618034  # spreads heights evenly, however many there are


class Place(NamedTuple):
    """`lifted` makes of a trace the one that is drawn, and `header` is what its scene (static/walkthrough/scenes.js)
    has to know, as plain values.
    """

    lifted: Callable[[StepTrace], StepTrace]
    header: Callable[[StepTrace], dict]


def scales(trace: StepTrace, heights: bool) -> dict:
    """Of points, which have heights of their own or not: where they lie, and how long arrows and moves are drawn."""
    extent, shown = trace.space.extent, slice(trace.show)
    return {
        "extent": extent,
        "axes": trace.axes,
        "heights": heights,
        "arrow": arrow_unit(trace.norms[shown], extent),
        "push": arrow_unit(lengths(trace.push[shown]), extent),
        "times": magnification(trace),
    }


def pictures(trace: StepTrace) -> dict:
    """Their sides, the u of the ways between them, and what the whole batch pays."""
    return {"sides": trace.space.shape[1:], "way": WAY.tolist(), "penalty": trace.penalty, "n": len(trace.real)}


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
    "line": Place(lifted_line, partial(scales, heights=False)),  # the heights are the picture's alone
    "plane": Place(lambda trace: trace, partial(scales, heights=True)),
    "images": Place(lambda trace: trace, pictures),
}
