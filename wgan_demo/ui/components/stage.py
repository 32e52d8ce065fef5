"""The stage: generated points gliding over the critic's values or below its curve, drawn on a canvas from raw bytes."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.events import find_events
from wgan_demo.gan.runs.recording import Frame, Recording
from wgan_demo.gan.spaces.line import curves, reach
from wgan_demo.plots import theme
from wgan_demo.ui.components import assets

_stage = assets.component("stage")
FINE = 2**16 - 1
LONGEST = 40  # characters of an axis: a user's columns may be called anything
MAX_FRAMES = 200  # of a film, 5.6 kB each; a longer run is thinned evenly
# The potential is drawn on the line alone, arrows in the plane alone.
LAYERS = ("real", "generated", "surface", "arrows", "interpolates", "potential")
USUAL = ("real", "generated", "surface", "potential")


class Run(NamedTuple):
    """One run on the stage: its recording, its name if there are two, and the kinds of events that are not told."""

    recording: Recording
    name: str = ""
    untold: tuple[str, ...] = ()


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
    make = _pack.__wrapped__ if live else _pack
    looks = _stage(
        key=key,
        data=make(runs, height, film, live, play, start, layers, clock),
        default={"shown": None, "layers": None},
        on_shown_change=lambda: None,
        on_layers_change=lambda: None,
        height="content",
    )
    at = looks.shown["at"] if looks.shown and looks.shown["film"] == film else start
    drawn = layers if looks.layers is None else tuple(name for name in LAYERS if name in looks.layers)
    return Look(None if live else at, drawn)


def thinned(frames: Sequence[Frame], most: int = MAX_FRAMES) -> list[Frame]:
    """At most `most` frames, evenly from the first to the last."""
    keep = np.unique(np.linspace(0, len(frames) - 1, min(len(frames), most)).round().astype(int))
    return [frames[i] for i in keep]


@lru_cache(maxsize=16)  # a rerun that changed something else sends the same film again
def _pack(
    runs: tuple[Run, ...], height: int, film: str, live: bool, play: bool, start: int | None, layers, clock: str
) -> bytes:
    films = [(run, run.recording.frames[-1:] if live else thinned(run.recording.frames)) for run in runs]
    header = {
        "film": film,
        "live": live,
        "play": play,
        "start": start,
        "height": height,
        "layers": layers,
        "events": _events(runs, clock),
        "colors": {"real": theme.SOURCE, "fake": theme.TARGET, "critic": theme.CRITIC},
    }
    return pack(header, films, clock)


def _events(runs: Sequence[Run], clock: str) -> list[tuple]:
    """(whose, tick, kind, text) by tick; whose is "" for one run, else "A", "B", or "A B" for what happened in both."""

    def found(run: Run) -> list[tuple]:
        tick = CLOCKS[clock].ticks
        told = [event for event in find_events(run.recording) if event.kind not in run.untold]
        return [(int(tick(run.recording, [step])[0]), *event) for step, *event in told]

    if len(runs) == 1:
        return [("", *event) for event in found(runs[0])]
    a, b = map(found, runs)
    told = [("A B" if event in b else "A", *event) for event in a] + [("B", *event) for event in b if event not in a]
    return sorted(told, key=lambda event: event[1])


def pack(header: dict, films: Sequence[tuple[Run, Sequence[Frame]]], clock: str = "iterations") -> bytes:
    """A little-endian message: uint32 length of the header, the JSON header, then 16-bit numbers.

    The header gets "runs", one for each (run, its frames). Points are stored as shares of the square, or of the line,
    surfaces as shares of their own range (given in the header), so a frame of 512 points, a 40 x 40 surface and 48
    x_hat takes 5.6 kB. On the line two curves stand in the surface's place, the critic and the exact potential, and the
    header says how far their axis reaches. Real points that move stand in every frame behind the generated ones, others
    once, before all frames. Last in a frame are its x_hat: the real ends of their lines, the shares u, and halves of
    the slopes there, 1 at most.
    """
    described, blocks = [], []
    time = CLOCKS[clock]
    for (recording, name, _), frames in films:
        extent, ranges = recording.space.extent, []
        moving = frames[0].arrays.get("real") is not None
        if not moving:
            blocks.append(_shares(recording.real, extent))
        for frame in frames:
            fields = [frame["surface"]] if recording.space.kind == "plane" else curves(recording, frame)[1:]
            ranges.append([[float(field.min()), float(field.max())] for field in fields])
            blocks += [_shares(frame[name], extent) for name in (("fake", "real") if moving else ("fake",))]
            blocks += [
                (field - low) / max(high - low, 1e-12) * FINE
                for field, (low, high) in zip(fields, ranges[-1], strict=True)
            ]
            ends, u = frame["interpolates"][:, :-1], frame["interpolates"][:, -1]
            blocks += [_shares(ends, extent), u * FINE, np.clip(frame["norms"][: len(u)] / 2, 0, 1) * FINE]
        objective = OBJECTIVES[recording.config.loss]
        described.append(
            {
                "name": name,
                "judge": objective.judge,
                "score": objective.score,
                "up_to_constant": objective.up_to_constant,
                "reach": reach(recording, frames) if recording.space.kind == "line" else None,
                "extent": extent,
                "axes": [axis if len(axis) <= LONGEST else f"{axis[: LONGEST - 1]}…" for axis in recording.axes],
                "units": [recording.unit, objective.unit],
                "real": 0 if moving else len(recording.real),
                "moving": len(frames[0].arrays.get("real")) if moving else 0,
                "fake": len(frames[0]["fake"]),
                "grid": frames[0]["surface"].shape[1],
                "interpolates": len(frames[0]["interpolates"]),
                "times": time.ticks(recording, np.array([frame.step for frame in frames])).tolist(),
                "ranges": ranges,
                "alt": alt(recording, frames[-1]),
            }
        )
    text = json.dumps(header | {"unit": time.unit, "scale": time.scale, "runs": described}).encode()
    text += b" " * (-len(text) % 4)
    numbers = np.concatenate([np.ravel(block) for block in blocks]).round().astype("<u2")
    return len(text).to_bytes(4, "little") + text + numbers.tobytes()


def _shares(points: np.ndarray, extent: float) -> np.ndarray:
    return np.clip((points / extent + 1) / 2 * FINE, 0, FINE)


def alt(recording: Recording, frame: Frame) -> str:
    """What the stage shows, in words."""
    spread, judge = np.ptp(frame["fake"], axis=0), OBJECTIVES[recording.config.loss].judge
    points = (
        f"{len(recording.real)} real points of {recording.label} and {len(frame['fake'])} generated points at "
        f"iteration {frame.step}, spread over {' by '.join(f'{side:.1f}' for side in spread)}"
    )
    if recording.space.kind == "line":
        return f"Histograms of {points}; above them the {judge}'s curve on the exact Kantorovich potential of W₁."
    return f"{points}, above the {judge}'s value surface."
