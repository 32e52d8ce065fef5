"""The stage (static/stage): points that glide over the critic's values or below its curve, scrubbed as a film."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.stage import Run, events, pack, thinned
from wgan_demo.ui import link
from wgan_demo.ui.components import assets
from wgan_demo.ui.components.news import News

_stage = assets.component("stage/stage")
Films = Sequence[tuple[Recording, Sequence[Frame]]]  # of each run the frames that are shown
# The potential is drawn on the line alone, arrows in the plane, and on pictures as ink; there real ones are drawn
# where generated ones are not.
LAYERS = ("real", "generated", "surface", "arrows", "interpolates", "potential", "pixels")
USUAL = ("real", "generated", "surface", "potential")


class Look(NamedTuple):
    """What the viewer looks at: the tick where the film stands, None for a playing or live one; layers drawn."""

    at: int | None
    layers: tuple[str, ...]


class Film(NamedTuple):
    """How runs are shown on a stage of this key, in pictures of at most `height` pixels.

    A film has all frames, a bar to play and scrub it, and pills that jump to its events; `play` starts it at once.
    `live` shows the newest frame instead. `name` tells it from others: under a new name it begins anew. Its time is
    that of one of CLOCKS, counted in ticks: iterations, or small parts of a second or of a TFLOP.
    `beside` says what pieces of the page show at each frame, by the ends of their keys, where the stage's ends in
    "stage": (films, clock) -> for each run and each of its frames the news of each piece.
    """

    name: str
    key: str
    height: int
    live: bool = False
    play: bool = False
    clock: str = "iterations"
    beside: Callable[[Films, str], list[list[dict]]] | None = None


def stage(film: Film, *runs: Run, start: int | None = None, layers: tuple[str, ...] = USUAL) -> Look:
    """Show one run, or two beside each other on one time; returns what the viewer looks at.

    The film stands at tick `start`, or plays, or stands at its newest frame; the bar moves it from there. A picture is
    a square as wide as there is room; only what changed is redrawn, and scrubbing asks the server for nothing.
    `layers` are those drawn when the stage first appears.
    """
    make = _newest if film.live else _message
    if link.renewed(film.key):
        st.session_state[film.key] = {"shown": None, "layers": None}
    looks = _stage(
        key=film.key,
        data=make(film, runs, start, layers, 0 if film.live else link.revision()),
        default={"shown": None, "layers": None},
        on_shown_change=lambda: None,
        on_layers_change=lambda: None,
        height="content",
    )
    at = looks.shown["at"] if looks.shown and looks.shown["film"] == film.name else start
    drawn = layers if looks.layers is None else tuple(name for name in LAYERS if name in looks.layers)
    return Look(None if film.live else at, drawn)


def news(film: Film, *runs: Run) -> News:
    """The newest frames for a live stage, which has no time that a link could be read anew for."""
    message = _newest(film, runs, None, USUAL, 0)
    return News({}, {"message": np.frombuffer(message, np.uint8)})


def _packed(film: Film, runs: tuple[Run, ...], start: int | None, layers: tuple[str, ...], revision: int) -> bytes:
    header = {
        "film": film.name,
        "key": film.key,
        "height": film.height,
        "live": film.live,
        "play": film.play,
        "start": start,
        "revision": revision,
        "layers": layers,
        "events": events(runs, film.clock),
    }
    films = [(run, run.recording.frames[-1:] if film.live else thinned(run.recording.frames)) for run in runs]
    if film.beside and not film.live:
        header["beside"] = film.beside([(run.recording, frames) for run, frames in films], film.clock)
    return pack(header, films, film.clock)


_message = lru_cache(maxsize=16)(_packed)  # a rerun that changed something else sends the same film again
_newest = lru_cache(maxsize=16)(_packed)  # a class that looks at one run is sent the same frames
