"""What half a minute of training can reach on this server and what it cannot, measured there and in the recordings."""

import numpy as np

from wgan_demo.engine.jobs import MAX_STEPS, Speed
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import PRESETS, match
from wgan_demo.gan.runs.recording import Recording

PATIENCE = 30  # seconds


def reach(config: TrainConfig, recording: Recording, length: int, revealed: bool, speed: Speed) -> str:
    """One or two sentences on what PATIENCE seconds reach; "" where they are enough and no paper's settings are judged.

    `recording` is the shipped run of these settings or of the nearest ones, `length` the iterations that a run of them
    wants. What the recording had reached by then is left out unless `revealed`.
    """
    preset, seconds = PRESETS.get(match(config)), speed.seconds(config)
    done = PATIENCE / seconds
    if not (preset and preset.of_paper) and done >= length:
        return ""
    told = f"{PATIENCE} s at full speed, if nothing else runs, are about {_round(done)} iterations here"
    if preset is None:
        return f"{told}."
    end, whole = f"{recording.steps:,} of its recording", duration(recording.steps * seconds)
    if done >= recording.steps:
        told = f"{told}, more than the {end}, which take about {whole}"
    else:
        there = f": {_state(recording, done)}" if revealed else ""
        told = f"{told}{there}. The {end} take about {whole}"
    if preset.published:
        limit = f"; a run ends at {MAX_STEPS:,} here" if preset.published > MAX_STEPS else ""
        told = f"{told}, the {preset.published:,} of its source about {duration(preset.published * seconds)}{limit}"
    return f"{told}."


def _state(recording: Recording, step: float) -> str:
    """What a recording had reached after `step` iterations, at the evaluation before."""
    steps, emd = recording.distance
    at = int(np.flatnonzero(steps <= step)[-1])
    ratio, total = emd[at] / recording.floor[0], recording.total_modes
    modes = f"{recording.course('modes')[1][at]:.0f} of {total} modes and " if total else ""
    return f"by then its recording on {recording.label} had {modes}an EMD {ratio:.1f} times the noise floor"


def _round(value: float) -> str:
    """To two digits: it is an estimate."""
    return f"{float(f'{value:.2g}'):,.9g}"


def duration(seconds: float) -> str:
    """Seconds in words, to two digits, in the largest unit of which there are two at least."""
    units = {"days": 86_400, "hours": 3600, "minutes": 60, "s": 1}
    unit = next((unit for unit, size in units.items() if seconds >= 2 * size), "s")
    return f"{_round(seconds / units[unit])} {unit}"
