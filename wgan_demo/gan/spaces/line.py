"""A frame of a run on the line as curves: the critic, and the exact Kantorovich potential that it should be."""

from collections.abc import Sequence

import numpy as np

from wgan_demo.distances.duality import potential_on_line
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.recording import Frame, Recording

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
    grid = np.linspace(-recording.extent, recording.extent, frame.surface.shape[1])
    critic, points = frame.surface[0].astype(float), _within(recording, frame)
    if OBJECTIVES[recording.config.loss].up_to_constant:
        critic -= np.interp(points, grid, critic).mean()
    x, exact = potential(recording.real_of(frame), frame.fake)
    return grid, critic, np.interp(grid, x, exact) - np.interp(points, x, exact).mean()


def reach(recording: Recording, frames: Sequence[Frame]) -> float:
    """How far the axis of the curves goes up and down in all these frames, in extents: a multiple of 1/4, at least 1.

    Every potential fits. So do 98 % of a Wasserstein critic's values where points lie, unless the potentials would
    take up less than half of the height. A single frame, of a run that goes on, has the potential alone fitted: the
    axis would change with each frame.
    """
    shown = [(*curves(recording, frame), _within(recording, frame)) for frame in frames]
    most = max(float(np.abs(exact).max()) for *_, exact, _ in shown)
    least = max(most, recording.extent)
    if len(frames) > 1 and OBJECTIVES[recording.config.loss].up_to_constant:
        f = np.concatenate([np.interp(points, grid, critic) for grid, critic, _, points in shown])
        least = max(least, min(float(np.quantile(np.abs(f), COVERED)), 2 * most))
    return float(np.ceil(4 * least / recording.extent) / 4)


def _within(recording: Recording, frame: Frame) -> np.ndarray:
    """The points (k,) of a frame, real and generated, that lie within the extent; its border where none does."""
    points = np.concatenate([recording.real_of(frame), frame.fake]).ravel()
    points = points[np.abs(points) <= recording.extent]
    return points if len(points) else np.array([-recording.extent, recording.extent])
