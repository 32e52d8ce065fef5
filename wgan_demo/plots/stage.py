"""What the stage draws, packed: runs in one kind of space or in two, frame by frame, and what happened in them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.events import find_events
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots import theme
from wgan_demo.plots.message import encode

COLORS = {"real": theme.SOURCE, "fake": theme.TARGET, "critic": theme.CRITIC}
MAX_FRAMES = 200  # of a film, 5.6 kB each; a longer run is thinned evenly


class Run(NamedTuple):
    """One run on the stage: its recording, its name if there are two, the kinds of events that are kept back, and what
    is said over the picture.
    """

    recording: Recording
    name: str = ""
    untold: tuple[str, ...] = ()
    note: str = ""


def thinned(frames: Sequence[Frame], most: int = MAX_FRAMES) -> list[Frame]:
    """At most `most` frames, evenly from the first to the last."""
    keep = np.unique(np.linspace(0, len(frames) - 1, min(len(frames), most)).round().astype(int))
    return [frames[i] for i in keep]


def events(runs: Sequence[Run], clock: str) -> list[tuple]:
    """(whose, tick, kind, text) by tick; whose is "" for one run, else the letters with which the names of the
    two begin, as "A", "B", or "A B" for what happened in both.
    """

    def found(run: Run) -> list[tuple]:
        tick = CLOCKS[clock].ticks
        told = [event for event in find_events(run.recording) if event.kind not in run.untold]
        return [(int(tick(run.recording, [step])[0]), *event) for step, *event in told]

    if len(runs) == 1:
        return [("", *event) for event in found(runs[0])]
    (a, b), (first, second) = map(found, runs), (run.name[:1] for run in runs)
    both = [(f"{first} {second}" if event in b else first, *event) for event in a]
    both += [(second, *event) for event in b if event not in a]
    return sorted(both, key=lambda event: event[1])


def pack(header: Mapping, films: Sequence[tuple[Run, Sequence[Frame]]], clock: str = "iterations") -> bytes:
    """A message (plots/message.py) with a group for each (run, its frames): what its kind of space makes of them.

    The view of the kind packs blocks that stay and blocks of each frame; those of all frames are stacked along a first
    axis. A frame of 512 points in the plane, a 40 x 40 surface and 48 x_hat takes 5.6 kB. The header gets the unit and
    the scale of the clock, the colours, and "runs": of each the kind, its name, the times of its frames in ticks of the
    clock, the names of its `fixed` blocks, the picture in words, and what its renderer has to know.
    """
    time, described, groups = CLOCKS[clock], [], []
    for (recording, name, _, note), frames in films:
        view = recording.view
        fixed, moving = view.fixed(recording), [view.pack(recording, frame) for frame in frames]
        groups.append(fixed | {block: np.stack([blocks[block] for blocks in moving]) for block in moving[0]})
        described.append(
            view.header(recording, frames)
            | {
                "kind": recording.space.kind,
                "name": name,
                "note": note,
                "times": time.ticks(recording, np.array([frame.step for frame in frames])).tolist(),
                "fixed": list(fixed),
                "alt": view.words(recording, frames[-1]),
            }
        )
    return encode({**header, "colors": COLORS, "unit": time.unit, "scale": time.scale, "runs": described}, groups)
