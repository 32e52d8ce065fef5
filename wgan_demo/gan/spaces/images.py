"""Pictures: what is measured, kept and drawn of a run that learns to make them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from wgan_demo.datasets import Dataset, Space
from wgan_demo.datasets.images import CLASSES
from wgan_demo.gan import classifier
from wgan_demo.gan.config import settings_at
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.spaces.compared import FRESH, SAMPLES, compared, stream
from wgan_demo.gan.spaces.floors import emd, noise_floor
from wgan_demo.gan.spaces.view import Blocks, Reading, View
from wgan_demo.gan.wording import slope_note

if TYPE_CHECKING:
    from wgan_demo.gan.runs.recording import Recording
    from wgan_demo.gan.trainer import Trainer

COLUMNS = ("emd", "sample_gap", "fid", "modes", "sure")
PICTURES = 64  # on the stage
STAGE = 4  # a stream of randomness, beside the trainer's four (TrainConfig.seeds) and those of what is compared
FLOOR_PAIRS = 16
GREYS, SHADES = 31, 7  # steps on each side of 0 to which a frame keeps pictures and gradients: they pack well


def evaluate(trainer: Trainer) -> tuple[dict[str, float], Frame]:
    """How far 512 generated pictures are from the real ones, and the frame of this moment; the run does not notice.

    emd is exact, between 512 fresh real pictures and the fake ones of 512 latents that stay the same through a run, in
    units of a pixel's value (black -1, white 1); sample_gap is the score gap on the same; fid is the Fréchet distance
    of the features of the fake ones to those of all of the data; modes is how many digits are among them, each at least
    SEEN of them and sure (classifier.SURE), and sure the share of sure ones.

    The frame holds fake (PICTURES, *shape), the first ones; ink (PICTURES, *shape), grad f there, as shares of the
    greatest; norms (m,), ||grad f|| at x_hat; digits (CLASSES,), how many of the 512 are surely of each.

    Where no classifier is shipped, as for pictures of one's own, fid, modes and sure are NaN, and digits is empty.
    """
    name = trainer.dataset.name
    rng = stream(trainer.first_config.seed, FRESH, trainer.steps_done)
    real, fake = compared(trainer, rng)
    measures = dict.fromkeys(COLUMNS, np.nan)
    measures["emd"] = emd(real, fake)
    measures["sample_gap"] = float(trainer.score(real).mean(dtype=float) - trainer.score(fake).mean(dtype=float))
    made = np.empty(0)
    if classifier.shipped(name):
        judge = classifier.load(name)
        features = judge.features(fake)
        made = classifier.digits_made(judge.probabilities(features))
        measures["fid"] = judge.fid(features)
        measures["modes"] = float((made >= classifier.SEEN * SAMPLES).sum())
        measures["sure"] = float(made.sum() / SAMPLES)
    u = rng.random((SAMPLES, *[1] * (real.ndim - 1))).astype(np.float32)
    shown = fake[:PICTURES]
    gradients = trainer.gradients(shown)
    arrays = {
        "fake": _rounded(shown, GREYS),
        "ink": _rounded(gradients / (np.abs(gradients).max() or 1.0), SHADES),
        "norms": trainer.slopes(u * real + (1 - u) * fake),
        "digits": made,
    }
    return measures, Frame(trainer.steps_done, arrays)


def _rounded(x: np.ndarray, steps: int) -> np.ndarray:
    return np.round(x * steps) / np.float32(steps)


def real_pictures(dataset: Dataset, seed: int) -> np.ndarray:
    """The real pictures of the stage (PICTURES, *shape) float32, the same ones throughout a run."""
    return dataset.sample(PICTURES, stream(seed, STAGE)).astype(np.float32)


def shapes(space: Space) -> dict[str, tuple]:
    """Those of `evaluate`."""
    return {"fake": ("n", *space.shape), "ink": ("n", *space.shape), "norms": (None,), "digits": (None,)}


def greys(pictures: np.ndarray) -> np.ndarray:
    """Values in [-1, 1] as uint8 from 0 to 255; what lies beyond is black or white."""
    return np.clip((pictures + 1) * 127.5, 0, 255).round().astype(np.uint8)


def header(recording: Recording, frames: Sequence[Frame]) -> dict:
    """What the renderer has to know of a run."""
    objective = OBJECTIVES[recording.config.loss]
    return {"judge": objective.judge, "score": objective.score, "sides": recording.space.shape[1:]}


def fixed(recording: Recording) -> Blocks:
    """The real pictures."""
    return {"real": greys(recording.real)}


def pack(recording: Recording, frame: Frame) -> Blocks:
    """The generated pictures and where the critic would have more ink in them (above 127.5) or less."""
    return {"fake": greys(frame["fake"]), "ink": greys(frame["ink"])}


def words(recording: Recording, frame: Frame) -> str:
    """The picture in words."""
    return (
        f"{len(frame['fake'])} generated pictures, which shall look like {recording.label}, at iteration {frame.step}."
    )


def caption(recording: Recording) -> str:
    """What the numbers stand on."""
    if recording.config.columns:
        return (
            "Exact EMD between 512 generated pictures and 512 drawn from yours. There is no classifier for them, so "
            "there is no FID: nobody has said what kinds there are."
        )
    if not classifier.shipped(recording.config.dataset):
        return (
            "Exact EMD between 512 generated pictures and 512 real ones, pixel by pixel. No classifier is shipped for "
            "these pictures, and one of digits would see digits in them: so there is no FID, and no count of kinds."
        )
    judge = classifier.load(recording.config.dataset)
    return (
        f"FID and digits by a small classifier, right on {judge.accuracy:.1%} of {judge.unseen:,} unseen digits, from "
        f"{SAMPLES} generated pictures: it is not the FID of papers, which looks through a far larger network."
    )


def readings(recording: Recording) -> list[Reading]:
    """Distances, slope and, where there is a classifier, digits at the newest evaluation."""
    config = settings_at(recording.config, recording.changes, recording.steps)
    objective, (floor, spread) = OBJECTIVES[config.loss], recording.floor
    gap = recording.value("sample_gap")
    return [
        *(_judged(recording) if not config.columns and classifier.shipped(config.dataset) else []),
        Reading(f"Exact EMD, {recording.unit}", f"{recording.value('emd'):.2f}", f"floor {floor:.2f} ± {spread:.2f}"),
        Reading(f"Score gap, {objective.unit}", f"{gap:.3g}", "no distance: mean of real minus fake"),
        Reading(
            f"Mean ‖∇{objective.score}(x̂)‖", f"{recording.frames[-1]['norms'].mean():.2f}", slope_note(config)
        ),
    ]  # fmt: skip


def _judged(recording: Recording) -> list[Reading]:
    """What the classifier of the digits says."""
    best, off = classifier.load(recording.config.dataset).floor
    fid, sure = map(recording.value, ("fid", "sure"))
    return [
        Reading("Digits made", f"{recording.value('modes'):.0f} of {CLASSES}", f"{sure:.0%} are surely a digit"),
        Reading("FID, small classifier", f"{fid:.1f}" if fid < 1e4 else f"{fid:.1e}", f"real {best:.2f} ± {off:.2f}"),
    ]


VIEW = View(
    columns=COLUMNS,
    distance="EMD",
    evaluate=evaluate,
    real=real_pictures,
    floor=partial(noise_floor, pairs=FLOOR_PAIRS),
    shapes=shapes,
    header=header,
    fixed=fixed,
    pack=pack,
    words=words,
    caption=caption,
    readings=readings,
    modes="digits",
)
