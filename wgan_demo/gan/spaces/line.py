"""Points on the line: the critic is a curve, and stands on the exact Kantorovich potential that it should be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wgan_demo.datasets import Space
from wgan_demo.distances.duality import potential_on_line
from wgan_demo.gan.config import settings_at
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.spaces import points
from wgan_demo.gan.spaces.floors import noise_floor
from wgan_demo.gan.spaces.view import Blocks, Score, View
from wgan_demo.gan.wording import held_by

if TYPE_CHECKING:
    from wgan_demo.gan.runs.recording import Recording

PLACES = 161  # values of the critic along the line
FLOOR_PAIRS = 400  # a second at most: on the line an EMD varies more from pair to pair, and is quick
REAL_QUALITY = math.erf(3 / math.sqrt(2))  # share of a Gaussian within 3 deviations
COVERED = 0.98  # of a critic's values where points lie


def potential(real: np.ndarray, fake: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places x (k,) of the points real (n, 1) and fake (m, 1), in order, and an optimal f (k,) there, in units of x.

    mean f(real) - mean f(fake) is W1 between the two samples. Of all f + constant this is the one whose mean over all
    the points is 0.
    """
    x, place = np.unique(np.concatenate([real, fake]).ravel(), return_inverse=True)
    sides = np.split(place.ravel(), [len(real)])
    f = potential_on_line(*(np.bincount(side, minlength=len(x)) / len(side) for side in sides), x)
    return x, f - f[place].mean()


def curves(recording: Recording, frame: Frame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """An even grid (k,) over [-extent, extent], the critic's values there (k,), and the exact potential (k,).

    The potential is that of all points of this frame, also of those beyond the extent, and level beyond the outermost
    ones. Its mean over the points within the extent is 0, so it is at most 2 extents high or deep. A Wasserstein critic
    means the same with any constant added: it is moved, and not stretched, to mean 0 over the same points. Another
    objective's score is left as it is.
    """
    grid = np.linspace(-recording.space.extent, recording.space.extent, frame["surface"].shape[1])
    critic, within = frame["surface"][0].astype(float), _within(recording, frame)
    if OBJECTIVES[recording.config.loss].up_to_constant:
        critic -= np.interp(within, grid, critic).mean()
    x, exact = potential(recording.real_of(frame), frame["fake"])
    return grid, critic, np.interp(grid, x, exact) - np.interp(within, x, exact).mean()


def reach(recording: Recording, frames: Sequence[Frame]) -> float:
    """How far the axis of the curves goes up and down in all these frames, in extents: a multiple of 1/4, at least 1.

    Every potential fits. So do 98 % of a Wasserstein critic's values where points lie, unless the potentials would
    take up less than half of the height. A single frame, of a run that goes on, has the potential alone fitted: the
    axis would change with each frame.
    """
    pictures = [(*curves(recording, frame), _within(recording, frame)) for frame in frames]
    most = max(float(np.abs(exact).max()) for *_, exact, _ in pictures)
    least = max(most, recording.space.extent)
    if len(frames) > 1 and OBJECTIVES[recording.config.loss].up_to_constant:
        f = np.concatenate([np.interp(within, grid, critic) for grid, critic, _, within in pictures])
        least = max(least, min(float(np.quantile(np.abs(f), COVERED)), 2 * most))
    return float(np.ceil(4 * least / recording.space.extent) / 4)


def _within(recording: Recording, frame: Frame) -> np.ndarray:
    """The points (k,) of a frame, real and generated, that lie within the extent; its border where none does."""
    extent = recording.space.extent
    x = np.concatenate([recording.real_of(frame), frame["fake"]]).ravel()
    x = x[np.abs(x) <= extent]
    return x if len(x) else np.array([-extent, extent])


def curve(score: Score, space: Space, k: int = PLACES) -> np.ndarray:
    """f at k even places from -extent to extent: (1, k) float32."""
    return score(np.linspace(-space.extent, space.extent, k, dtype=np.float32)[:, None])[None]


def header(recording: Recording, frames: Sequence[Frame]) -> dict:
    """What the renderer of the line has to know: also how far the axis of the curves reaches."""
    return points.header(recording) | {"reach": reach(recording, frames)}


def pack(recording: Recording, frame: Frame) -> Blocks:
    """`points.pack` with two fields: the critic's curve and the exact potential."""
    return points.pack(recording, frame, np.stack(curves(recording, frame)[1:]))


def words(recording: Recording, frame: Frame) -> str:
    """The picture in words."""
    return (
        f"Histograms of {points.words(recording, frame)}; above them the "
        f"{OBJECTIVES[recording.config.loss].judge}'s curve on the exact Kantorovich potential of W₁."
    )


def caption(recording: Recording) -> str:
    """What the grey curve beside the critic's is, and how the two can be compared."""
    config = settings_at(recording.config, recording.changes, recording.steps)
    objective = OBJECTIVES[config.loss]
    ideal, critic = (
        (
            held_by(config).ideal,
            "f counts up to a constant: it is moved, not stretched, so that both have mean 0 over the points in the "
            "picture.",
        )
        if objective.up_to_constant
        else (
            "what a perfect Wasserstein critic would be",
            f"The {objective.judge} learns something else than W₁: its {objective.score} has a scale of its own.",
        )
    )
    return (
        f"Grey: the exact potential of W₁ between the real and the generated points, {ideal}. {critic} "
        "Near the noise floor the two samples differ by little more than chance, and that is what the potential shows."
    )


VIEW = View(
    columns=points.COLUMNS,
    distance="EMD",
    evaluate=partial(points.evaluate, grid=curve),
    real=points.real_points,
    floor=partial(noise_floor, pairs=FLOOR_PAIRS),
    shapes=partial(points.shapes, surface=(1, "k")),
    grid=curve,
    header=header,
    fixed=points.fixed,
    pack=pack,
    words=words,
    caption=caption,
    readings=partial(points.readings, real_quality=REAL_QUALITY),
)
