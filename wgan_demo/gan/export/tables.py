"""A run's numbers as CSV, each column with its unit, and what its files are called."""

import csv
import io
import re
from collections.abc import Iterable

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.recording import Recording


def _table(header: Iterable[str], rows: Iterable[Iterable[float]], digits: str = ".9g") -> str:
    """CSV; nine digits are all that float32 has, and what is not a number stays empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([format(x, digits) if np.isfinite(x) else "" for x in map(float, row)] for row in rows)
    return text.getvalue()


def _units(recording: Recording) -> dict[str, str]:
    objective, x = OBJECTIVES[recording.config.loss], recording.unit
    slope = f"{objective.unit} per {x.removeprefix('units of ').removesuffix('s')}"  # per standard deviation
    loss = "nats" if objective.unit == "logits" else objective.unit
    return {
        "step": "generator iterations", "critic_loss": f"{loss}, penalty included", "generator_loss": loss,
        "gradient_penalty": "before lambda", "gradient_norm_mean": slope, "gradient_norm_std": slope,
        "score_gap": objective.unit, "emd": x, "sample_gap": objective.unit, "modes": f"of {recording.total_modes}",
        "high_quality": "share", "sure": "share", "fid": "of a small classifier", "seconds": "s of one core",
    }  # fmt: skip


def _headed(recording: Recording, names: Iterable[str]) -> list[str]:
    units = _units(recording)
    return [f"{name} [{units[name]}]" if name in units else name for name in names]


def records_csv(recording: Recording) -> str:
    """Every generator iteration: its columns with their units."""
    return _table(_headed(recording, recording.record_columns), recording.records)


def evaluations_csv(recording: Recording) -> str:
    """Every evaluation: its columns with their units."""
    return _table(_headed(recording, recording.columns), recording.evaluations)


def samples_csv(recording: Recording) -> str:
    """The generated samples (n, d) of the newest frame."""
    header = [f"generated {axis} [{recording.unit}]" for axis in recording.axes]
    fake = recording.frames[-1]["fake"]
    return _table(header, fake.reshape(len(fake), -1))


def points_csv(points: np.ndarray, axes: tuple[str, ...]) -> str:
    """The rows (n, d) of a table, with all their digits: what the script of a run on many rows reads."""
    return _table([f"column {axis}" for axis in axes], points, ".17g")


def points_name(recording: Recording) -> str:
    """What `points_csv` should be called, so that the script finds it."""
    return f"{file_name(recording)}_points.csv"


def file_name(recording: Recording) -> str:
    """How the names of a run's files begin: lower-case letters, digits and underscores."""
    data = re.sub(r"[^a-z0-9]+", "_", recording.config.dataset.lower())[:40].strip("_")
    return f"wgan_{data or 'table'}_seed{recording.config.seed}"
