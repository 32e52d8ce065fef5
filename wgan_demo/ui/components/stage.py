"""The stage (static/stage): points that glide over the critic's values or below its curve, scrubbed as a film."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wgan_demo.plots.stage import Run, events, pack, thinned
from wgan_demo.ui.components import assets
from wgan_demo.ui.components.news import News

_stage = assets.component("stage/stage")
# The potential is drawn on the line alone, arrows in the plane alone.
LAYERS = ("real", "generated", "surface", "arrows", "interpolates", "potential")
USUAL = ("real", "generated", "surface", "potential")


class Look(NamedTuple):
    """What the viewer looks at: the tick where the film stands, None for a playing or live one; layers drawn."""

    at: int | None
    layers: tuple[str, ...]


def stage(
    *runs: Run,
    key: str,
    height: int,
    film: str = "",
    live: bool = False,
    play: bool = False,
    start: int | None = None,
    layers: tuple[str, ...] = USUAL,
    clock: str = "iterations",
) -> Look:
    """Show one run, or two beside each other on one time; returns what the viewer looks at.

    A film has all frames, a bar to play and scrub it, and pills that jump to its events. Its time is that of one of
    CLOCKS, counted in ticks: iterations, or small parts of a second or of a TFLOP. It stands at tick `start`, or plays
    at once if `play` is set, or stands at its newest frame; the bar moves it from there. `film` names it: under a new
    name it begins anew. `live` shows the newest frame instead.

    A picture is a square as wide as there is room and at most `height` pixels; only what changed is redrawn, and
    scrubbing asks the server for nothing. `layers` are those drawn when the stage first appears.
    """
    make = _message.__wrapped__ if live else _message
    looks = _stage(
        key=key,
        data=make(runs, key, height, film, live, play, start, layers, clock),
        default={"shown": None, "layers": None},
        on_shown_change=lambda: None,
        on_layers_change=lambda: None,
        height="content",
    )
    at = looks.shown["at"] if looks.shown and looks.shown["film"] == film else start
    drawn = layers if looks.layers is None else tuple(name for name in LAYERS if name in looks.layers)
    return Look(None if live else at, drawn)


def news(*runs: Run, key: str, height: int, film: str) -> News:
    """The newest frames for a live stage under the same key."""
    message = _message.__wrapped__(runs, key, height, film, True, False, None, USUAL, "iterations")
    return News({}, {"message": np.frombuffer(message, np.uint8)})


@lru_cache(maxsize=16)  # a rerun that changed something else sends the same film again
def _message(
    runs: tuple[Run, ...],
    key: str,
    height: int,
    film: str,
    live: bool,
    play: bool,
    start: int | None,
    layers,
    clock: str,
) -> bytes:
    header = {
        "key": key,
        "film": film,
        "live": live,
        "play": play,
        "start": start,
        "height": height,
        "layers": layers,
        "events": events(runs, clock),
    }
    films = [(run, run.recording.frames[-1:] if live else thinned(run.recording.frames)) for run in runs]
    return pack(header, films, clock)
