"""How runs in one kind of space are looked at: View. To be filled in by each kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from wgan_demo.datasets import Dataset, Space
    from wgan_demo.gan.runs.frame import Frame
    from wgan_demo.gan.runs.recording import Recording
    from wgan_demo.gan.trainer import Trainer

Blocks = dict[str, np.ndarray]  # of uint8, uint16 or float32
Score = Callable[[np.ndarray], np.ndarray]  # a critic: samples (n, *shape) -> (n,)


class Reading(NamedTuple):
    """A number as it is shown: its name and unit, the number, and what it can be compared with."""

    label: str
    value: str
    note: str


class View(NamedTuple):
    """What is evaluated and kept of a run, and what its renderer gets.

    columns     names of what `evaluate` measures; the first says how far the generated samples are from the real ones
    distance    what that first one is called in a sentence
    modes       what is counted as "modes", where modes are counted
    evaluate    (trainer) -> these measures, and the frame of this moment; the run does not notice
    real        (data set, seed) -> the real samples that are drawn beside the generated ones
    floor       (data set) -> mean and standard deviation of the first measure between two samples of the data
    shapes      (space) -> shapes of a frame's arrays by their names; a text stands for the same length everywhere, None
                for any; an array that may be missing is not among them
    header      (recording, frames) -> what the renderer has to know of a run, as plain values
    fixed       (recording) -> blocks that are drawn with every frame
    pack        (recording, frame) -> blocks of one frame: the same names, types and shapes in all frames of a run
    words       (recording, frame) -> what the picture shows, for those who cannot see it
    caption     (recording) -> what has to be said under the picture, "" where it needs nothing
    readings    (recording) -> the numbers of its newest evaluation
    grid        (score, space) -> the critic's values at the places where they are drawn; None where there are none
    """

    columns: tuple[str, ...]
    distance: str
    evaluate: Callable[[Trainer], tuple[dict[str, float], Frame]]
    real: Callable[[Dataset, int], np.ndarray]
    floor: Callable[[Dataset], tuple[float, float]]
    shapes: Callable[[Space], dict[str, tuple]]
    header: Callable[[Recording, Sequence[Frame]], dict]
    fixed: Callable[[Recording], Blocks]
    pack: Callable[[Recording, Frame], Blocks]
    words: Callable[[Recording, Frame], str]
    caption: Callable[[Recording], str]
    readings: Callable[[Recording], list[Reading]]
    grid: Callable[[Score, Space], np.ndarray] | None = None
    modes: str = "modes"
