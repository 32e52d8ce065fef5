"""The stage: generated points gliding over the critic's value surface, drawn on a canvas from raw bytes."""

import json
from collections.abc import Sequence

import numpy as np

from wgan_demo.gan.recording import Frame, Recording
from wgan_demo.plots import theme
from wgan_demo.ui import assets

_stage = assets.component("stage")
FINE = 2**16 - 1


def stage(recording: Recording, frames: Sequence[Frame], *, key: str, height: int) -> None:
    """Show frames of a recording over its real points: one frame is glided to, several are played as a film.

    The canvas is a square as wide as its container and at most `height` pixels; only what changed is redrawn.
    """
    _stage(key=key, data=pack(recording, frames, height), height="content")


def pack(recording: Recording, frames: Sequence[Frame], height: int) -> bytes:
    """A little-endian message: uint32 length of the header, the JSON header, then 16-bit numbers.

    Points are stored as shares of the square, surfaces as shares of their own range (given in the header), so a frame
    of 512 points and a 40 x 40 surface takes 5 kB.
    """
    extent = recording.extent
    points = lambda x: np.clip((x / extent + 1) / 2 * FINE, 0, FINE)  # noqa: E731
    blocks, ranges = [points(recording.real)], []
    for frame in frames:
        low, high = float(frame.surface.min()), float(frame.surface.max())
        ranges.append([low, high])
        blocks += [points(frame.fake), (frame.surface - low) / max(high - low, 1e-12) * FINE]
    header = json.dumps(
        {
            "extent": extent,
            "axes": recording.axes,
            "height": height,
            "real": len(recording.real),
            "fake": len(frames[0].fake),
            "grid": len(frames[0].surface),
            "steps": [frame.step for frame in frames],
            "ranges": ranges,
            "colors": {"real": theme.SOURCE, "fake": theme.TARGET, "critic": theme.CRITIC},
            "alt": alt(recording, frames[-1]),
        }
    ).encode()
    header += b" " * (-len(header) % 4)
    numbers = np.concatenate([np.ravel(block) for block in blocks]).round().astype("<u2")
    return len(header).to_bytes(4, "little") + header + numbers.tobytes()


def alt(recording: Recording, frame: Frame) -> str:
    """What the stage shows, in words."""
    spread = np.ptp(frame.fake, axis=0)
    return (
        f"{len(recording.real)} real points of {recording.label} and {len(frame.fake)} generated points at iteration "
        f"{frame.step}, spread over {spread[0]:.1f} by {spread[1]:.1f}, above the critic's value surface."
    )
