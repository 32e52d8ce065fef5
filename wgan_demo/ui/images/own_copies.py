"""Is it only copying? What a run makes, beside the pictures of one's own that it learns."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets.spaces import SIDE
from wgan_demo.datasets.table import TableData
from wgan_demo.distances.nearest import COPY, Nearest, copied, to_others
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.images import PICTURES
from wgan_demo.gan.spaces.view import Reading
from wgan_demo.plots.images import ink
from wgan_demo.plots.theme import SOURCE, TARGET
from wgan_demo.ui import lesson
from wgan_demo.ui.images.tiles import Tile, tiles

SHOWN = 8  # generated pictures that are shown with the nearest original
SOME = 1 / 8  # of all pictures: so many copies at the end, and it does copy
ANSWERS = {"more and more copies": True, "more and more new ones": False, lesson.SHOW: None}  # whether it says copies
GUESS = lesson.Choice(
    "my_guess", "It learns from these pictures alone. What will it make, the longer it trains?", list(ANSWERS)
)


class Originals(NamedTuple):
    """The pictures (m, d) that a run learns; those of them that differ; the mean way from each to the nearest other."""

    rows: np.ndarray
    distinct: np.ndarray
    apart: float

    @classmethod
    def of(cls, data: TableData) -> "Originals":
        """Those of these data."""
        return _originals(data.points.tobytes(), len(data.axes))

    def near(self, frame: Frame) -> Nearest:
        """Which of those that differ is nearest to each picture of a frame."""
        return copied(frame["fake"].reshape(len(frame["fake"]), -1).astype(float), self.distinct)


@lru_cache(maxsize=16)  # a look at a run that moves asks again
def _originals(content: bytes, d: int) -> Originals:
    rows = np.frombuffer(content).reshape(-1, d)
    return Originals(rows, np.unique(rows, axis=0), float(to_others(rows).mean()))


def readings(frame: Frame, originals: Originals) -> list[Reading]:
    """How near the pictures of a frame come to the originals, in the mean, and how many are copies."""
    near = originals.near(frame)
    return [
        Reading(
            "To the nearest original", f"{near.distance.mean():.2f}", f"these from each other {originals.apart:.2f}"
        ),
        Reading("Copies", f"{near.copied.sum()} of {PICTURES}", "of an original"),
    ]


def pairs(frame: Frame, originals: Originals) -> None:
    """Some pictures of a frame, each above the nearest original."""
    near = originals.near(frame)
    words = ["copy" if copy else "" for copy in near.copied[:SHOWN]]
    made = [
        Tile(ink(picture, TARGET), f"generated picture {i}, {word or 'no copy'}", word)
        for i, (picture, word) in enumerate(zip(frame["fake"], words, strict=False), 1)
    ]
    real = originals.distinct[near.index[:SHOWN]].reshape(-1, 1, SIDE, SIDE)
    nearest = [Tile(ink(picture, SOURCE), f"the original nearest to {i}") for i, picture in enumerate(real, 1)]
    tiles(
        [("generated: the first row of the square", made), ("of the originals, the nearest to each", nearest)],
        key="own_near",
    )


def verdict(recording: Recording, originals: Originals, guess: str, length: int) -> None:
    """What the newest pictures say of the guess, once the run has come to its whole `length`."""
    near, said = originals.near(recording.frames[-1]), ANSWERS[guess]
    copies = int(near.copied.sum())
    judged = "So far: " if recording.steps < length else ""
    if not judged and said is not None:
        judged = "Yes. " if said == (copies >= SOME * PICTURES) else "Not with these. "
    lesson.say(
        f"{judged}At iteration {recording.steps:,} **{copies} of {PICTURES}** are copies: three times as near to "
        f"one original as to any other. In the mean a generated picture lies {near.distance.mean():.2f} pixel units "
        f"from the nearest original, and these lie {originals.apart:.2f} from each other."
    )


def end(recording: Recording, originals: Originals) -> None:
    """The code that ran, and what to take away."""
    near = originals.near(recording.frames[-1])
    lesson.code_that_ran(
        (
            rf"d_1 = \min_x \lVert G(z) - x \rVert_2 < \tfrac{{1}}{{{round(1 / COPY)}}}\, d_2",
            rf"\text{{in the mean }} d_1 = {near.distance.mean():.3f}:\ {near.copied.sum()}\ \text{{copies}}",
            copied,
        ),
        (r"(\lVert \nabla f(\hat x) \rVert_2 - 1)^2", "", "wgan_demo.gan.lipschitz:penalty"),
    )
    lesson.take_away(
        "From a handful of pictures it makes copies, the more the longer it trains, while its EMD still falls; from "
        "hundreds it makes new ones. Only pictures that it has not seen would tell learning from copying."
    )
