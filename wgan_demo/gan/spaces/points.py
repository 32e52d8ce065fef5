"""Points with coordinates, on the line or in the plane: what both kinds of space measure, keep and draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgan_demo.datasets import Dataset, Space
from wgan_demo.gan.config import settings_at
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.spaces.compared import FRESH, SAMPLES, compared, stream
from wgan_demo.gan.spaces.floors import emd
from wgan_demo.gan.spaces.view import Blocks, Reading, Score
from wgan_demo.gan.wording import held_by, slope_note

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgan_demo.gan.runs.recording import Recording
    from wgan_demo.gan.trainer import Trainer

COLUMNS = ("emd", "sample_gap", "modes", "high_quality")
MODE_SAMPLES = 2500
INTERPOLATES = 48  # on the stage
STAGE = 4  # a stream of randomness, beside the trainer's four (TrainConfig.seeds) and those of what is compared
FINE = 2**16 - 1
LONGEST = 44  # characters of an axis: a user's columns may be called anything


def real_points(dataset: Dataset, seed: int) -> np.ndarray:
    """The real points of the stage (n, d) float32, the same ones throughout a run."""
    return dataset.sample(SAMPLES, stream(seed, STAGE)).astype(np.float32)


def mode_coverage(samples: np.ndarray, modes: np.ndarray, mode_std: float) -> tuple[int, float]:
    """Modes that are nearest to at least one high-quality sample, and the share of high-quality samples.

    High quality: within 3 standard deviations of the nearest mode. Real data score REAL_QUALITY of their space.
    """
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= 3 * mode_std
    return len(np.unique(distances.argmin(axis=1)[good])), float(good.mean())


def evaluate(trainer: Trainer, grid: Callable[[Score, Space], np.ndarray]) -> tuple[dict[str, float], Frame]:
    """The measures of COLUMNS and the frame of this moment; the run does not notice.

    The EMD is between 512 fresh real points and the fake ones of 512 latents that stay the same through a run, so that
    a point can be followed from frame to frame. Modes are counted in 2,500 fresh samples, and NaN where the data have
    none; sample_gap is the score gap on the very samples of the EMD.

    The frame holds fake (n, d); surface, the critic's values on the `grid`; norms (m,), ||grad f|| at x_hat;
    interpolates (j, d + 1), the real point x, drawn anew for this and none of the real points shown, and the share u of
    the first j of these x_hat = u x + (1 - u) fake; and where the real points move, real (n, d).
    """
    dataset, config = trainer.dataset.at(trainer.steps_done), trainer.first_config
    rng = stream(config.seed, FRESH, trainer.steps_done)
    real, fake = compared(trainer, rng)
    measures = dict.fromkeys(COLUMNS, np.nan)
    measures["sample_gap"] = float(trainer.score(real).mean(dtype=float) - trainer.score(fake).mean(dtype=float))
    if dataset.modes is not None:
        fresh = trainer.generate(rng.standard_normal((MODE_SAMPLES, config.latent_dim)))
        measures["modes"], measures["high_quality"] = mode_coverage(fresh, dataset.modes, dataset.mode_std)
    measures["emd"] = emd(real, fake)
    u = rng.random((SAMPLES, 1)).astype(np.float32)
    arrays = {
        "fake": fake,
        "surface": grid(trainer.score, dataset.space),
        "norms": trainer.slopes(u * real + (1 - u) * fake),
        "interpolates": np.concatenate([real, u], axis=1)[:INTERPOLATES],
    }
    if trainer.dataset.period:
        arrays["real"] = real_points(dataset, config.seed)
    return measures, Frame(trainer.steps_done, arrays)


def shapes(space: Space, surface: tuple) -> dict[str, tuple]:
    """Those of `evaluate`."""
    d = space.size
    return {"fake": ("n", d), "surface": surface, "norms": (None,), "interpolates": (None, d + 1)}


# What the stage gets: coordinates as shares of [-extent, extent] in 16 bits.


def shares(points: np.ndarray, extent: float) -> np.ndarray:
    """Coordinates in [-extent, extent] as uint16 from 0 to FINE; what lies beyond is put on the border."""
    return np.clip((points / extent + 1) / 2 * FINE, 0, FINE).round().astype(np.uint16)


def header(recording: Recording) -> dict:
    """What both renderers have to know of a run."""
    objective = OBJECTIVES[recording.config.loss]
    return {
        "judge": objective.judge,
        "score": objective.score,
        "up_to_constant": objective.up_to_constant,
        "extent": recording.space.extent,
        "axes": [_axis(name, recording.unit) for name in recording.axes],
        "units": [recording.unit, objective.unit],
    }


def _axis(name: str, unit: str) -> str:
    """An axis with its unit, unless that is its own."""
    of = "" if unit == "units of x" else f", in {unit}"
    most = LONGEST - len(of)
    return f"{name if len(name) <= most else f'{name[: most - 1]}…'}{of}"


def fixed(recording: Recording) -> Blocks:
    """real (n, d), unless the real points move: then they are in the frames."""
    moving = recording.frames and "real" in recording.frames[0].arrays
    return {} if moving else {"real": shares(recording.real, recording.space.extent)}


def pack(recording: Recording, frame: Frame, fields: np.ndarray) -> Blocks:
    """One frame of 512 points and 48 x_hat takes 2.5 kB and its fields (k, ...), shares of their own `range` (k, 2).

    ends (j, d), u (j,) and norms (j,) are of its x_hat: the real ends of their lines, the shares u, and halves of the
    slopes there, 1 at most.
    """
    extent, interpolates = recording.space.extent, frame["interpolates"]
    flat = fields.reshape(len(fields), -1).astype(float)
    low, high = flat.min(axis=1, keepdims=True), flat.max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1)
    blocks = {
        "fake": shares(frame["fake"], extent),
        "fields": ((flat - low) / span * FINE).round().astype(np.uint16).reshape(fields.shape),
        "range": np.hstack([low, high]).astype(np.float32),
        "ends": shares(interpolates[:, :-1], extent),
        "u": (interpolates[:, -1] * FINE).round().astype(np.uint16),
        "norms": (np.clip(frame["norms"][: len(interpolates)] / 2, 0, 1) * FINE).round().astype(np.uint16),
    }
    if "real" in frame.arrays:
        blocks["real"] = shares(frame["real"], extent)
    return blocks


def words(recording: Recording, frame: Frame) -> str:
    """How many points there are, and how far they spread."""
    sides = " by ".join(f"{side:.1f}" for side in np.ptp(frame["fake"], axis=0))
    return (
        f"{len(recording.real)} real points of {recording.label} and {len(frame['fake'])} generated points at "
        f"iteration {frame.step}, spread over {sides}"
    )


# What is read of a run.


def readings(recording: Recording, real_quality: float) -> list[Reading]:
    """Distance, score gap, slope and modes at the newest evaluation; `real_quality` is what real data score."""
    gap, modes, quality = map(recording.value, ("sample_gap", "modes", "high_quality"))
    floor, spread = recording.floor
    config = settings_at(recording.config, recording.changes, recording.steps)
    objective, mean = OBJECTIVES[config.loss], recording.frames[-1]["norms"].mean()
    slope = _short(mean, 2)
    held = "is not quite 1-Lipschitz" if held_by(config).weighs and 0.8 < mean < 1.2 else f"has slope {slope}"
    compared = f"no distance: f {held}" if objective.up_to_constant else "no distance: mean of real minus fake"
    found = [
        Reading(f"Exact EMD, {recording.unit}", _short(recording.value("emd"), 3), f"floor {floor:.3f} ± {spread:.3f}"),
        Reading(f"Score gap, {objective.unit}", _short(gap, 3), compared),
        Reading(f"Mean ‖∇{objective.score}(x̂)‖", slope, slope_note(config)),
    ]
    if recording.total_modes:
        note = f"{quality:.0%} within 3σ, real {real_quality:.1%}"
        found.append(Reading("Modes covered", f"{modes:.0f} of {recording.total_modes}", note))
    return found


def _short(value: float, digits: int) -> str:
    """So many digits after the point, and three that count; a power of ten where there are too many before it."""
    if value == 0 or 10.0 ** (2 - digits) <= abs(value) < 1e5:
        return f"{value:.{digits}f}"
    return f"{value:.3g}" if abs(value) < 1 else f"{value:.1e}"
