"""A frame of a run on the line as curves: the critic, and the exact Kantorovich potential that it should be."""

import numpy as np

from wgan_demo.distances.duality import potential_on_line
from wgan_demo.gan.recording import Frame, Recording


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

    The potential is that of the points drawn in this frame, level beyond the outermost ones. A Wasserstein critic
    means the same with any constant added: it is moved, and not stretched, to mean 0 over these points, as the
    potential is. Another objective's score is left as it is.
    """
    real = recording.real_of(frame)
    grid = np.linspace(-recording.extent, recording.extent, frame.surface.shape[1])
    critic = frame.surface[0].astype(float)
    if recording.config.loss == "wasserstein":
        critic -= np.interp(np.concatenate([real, frame.fake]).ravel(), grid, critic).mean()
    return grid, critic, np.interp(grid, *potential(real, frame.fake))
