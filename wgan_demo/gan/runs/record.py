"""Make the recordings that ship with the program: `python -m wgan_demo.gan.runs.record [data set or preset ...]`.

A long one, stopped, goes on where it stood: what is done lies in UNFINISHED until then.

`python -m wgan_demo.gan.runs.record floors` measures the noise floors of the data sets anew, and writes them into the
recordings too, which stay as they are otherwise.
"""

import argparse
import gzip
import json
import platform
import re
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from wgan_demo.datasets import DATASETS, IMAGES, SHIPPED
from wgan_demo.datasets.mnist import at_hand
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.duels import DUELS, SIDES
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import HOME, PRESETS, outcome, recording_name
from wgan_demo.gan.runs import checkpoint
from wgan_demo.gan.runs.recording import EVERY, Recording
from wgan_demo.gan.shipped import FOLDER
from wgan_demo.gan.spaces.floors import FILE, measured_floor, shipped_floors
from wgan_demo.gan.trainer import Trainer

FRAMES = 80  # at most, of 4 to 6 KB each
FEW = 16  # of pictures larger than 8 x 8, which take more
UNFINISHED = Path("~/.cache/wgan-demo/recordings").expanduser()
OFTEN = 30  # seconds between two times that a run is put there
FLOORS = "floors"
FLOOR_PAIRS = 1000
FEW_PAIRS = 100  # of pictures larger than 8 x 8
SMALL = 64  # numbers in a sample of 8 x 8


def record(
    trainer: Trainer,
    steps: int,
    every: int = EVERY,
    recording: Recording | None = None,
    keep: Callable[[Recording], None] = lambda recording: None,
) -> Recording:
    """Train up to `steps` generator iterations and keep every number, with an evaluation and a frame every `every` and
    at the end.

    `recording` is what there is of the trainer's run so far. `keep` is called with it after each evaluation.
    """
    recording = recording or Recording.of(trainer)
    rows, evaluations = list(recording.records), list(recording.evaluations)

    def look() -> None:
        measures, frame = recording.view.evaluate(trainer)
        evaluations.append(recording.row(trainer, measures))
        recording.frames.append(frame)
        recording.records = np.array(rows).reshape(len(rows), -1) if rows else recording.records
        recording.evaluations = np.array(evaluations)
        keep(recording)

    if not evaluations:
        look()
    while trainer.steps_done < steps:
        begun = time.thread_time()
        rows.append(row := trainer.step())
        trainer.seconds += time.thread_time() - begun
        if row.step % every == 0 or row.step == steps:
            look()
    recording.records = np.array(rows)
    return recording


def resumed(name: str, config: TrainConfig, steps: int, every: int) -> tuple[Trainer, Recording]:
    """`record` of the run of these settings, which goes on from UNFINISHED where something of it lies there."""
    film, state = (UNFINISHED / f"{name}.{ending}" for ending in ("npz", "safetensors"))
    trainer, recording, last = trainer_for(config), None, time.monotonic()
    if state.exists():
        stood = checkpoint.load(state.read_bytes())
        if stood.config == config and stood.state.steps < steps:
            checkpoint.restore(trainer, stood.state)
            recording = Recording.load(film).until(stood.state.steps)

    def keep(recording: Recording) -> None:
        nonlocal last
        if time.monotonic() - last > OFTEN:
            UNFINISHED.mkdir(parents=True, exist_ok=True)
            recording.save(film)  # first: a state never comes without what led to it
            state.write_bytes(checkpoint.save(trainer))
            last = time.monotonic()

    recording = record(trainer, steps, every, recording, keep)
    for path in (film, state):
        path.unlink(missing_ok=True)
    return trainer, replace(recording, machine=machine())


def machine() -> str:
    """What a recording says of the machine that made it."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", info.read_text()) if info.exists() else []
    return f"one core of a shared {names[0] if names else platform.machine()}"


def thinned(recording: Recording, count: int) -> Recording:
    """The recording with at most so many of its frames, closer together where it begins."""
    last = len(recording.frames) - 1
    chosen = (
        sorted({round(last * (i / (count - 1)) ** 1.5) for i in range(count)}) if last >= count else range(last + 1)
    )
    return replace(recording, frames=[recording.frames[i] for i in chosen])


def runs() -> dict[str, tuple[str, str]]:
    """(preset, data set) of the recordings of presets, by their files' names: the live preset on every data set that
    needs no files, the others at HOME, and on pictures the standard GAN too.
    """
    kinds = [("live", dataset) for dataset in SHIPPED] + [(name, HOME) for name in PRESETS if name != "live"]
    kinds += [("gan", dataset) for dataset in SHIPPED if dataset in IMAGES]
    return {recording_name(*kind): kind for kind in kinds}


def names() -> list[str]:
    """Of all recordings."""
    of_duels = [duel.recording(side) for duel in DUELS.values() for side in SIDES]
    return list(dict.fromkeys([*runs(), *of_duels]))


def asked(name: str) -> tuple[TrainConfig, int]:
    """The settings of a recording and its generator iterations."""
    for duel in DUELS.values():
        for side in SIDES:
            if duel.recording(side) == name:
                return duel.config(side), duel.length(side)
    preset, dataset = runs()[name]
    return PRESETS[preset].config(dataset), PRESETS[preset].length(dataset)


def measure_floors() -> None:
    """Write floors.json, and the floors in the recordings that are there; only of data that are at hand."""
    floors = shipped_floors()
    for name, dataset in DATASETS.items():
        if at_hand(name):
            floors[name] = measured_floor(dataset, FLOOR_PAIRS if dataset.space.size <= SMALL else FEW_PAIRS)
    FILE.write_text(json.dumps(floors, indent=1) + "\n")
    for name in names():
        if (path := FOLDER / f"{name}.npz").exists():
            replace(Recording.load(path), floor=floors[asked(name)[0].dataset]).save(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=names(), metavar="name", help=", ".join((FLOORS, *names())))
    torch.set_num_threads(1)
    for name in parser.parse_args().names:
        if name == FLOORS:
            measure_floors()
            continue
        config, steps = asked(name)
        every = EVERY * max(1, round(steps / FRAMES / EVERY))
        path = FOLDER / f"{name}.npz"
        trainer, result = resumed(name, config, steps, every)
        if config.dataset in IMAGES:  # whose latents can be walked through
            content = gzip.compress(checkpoint.save(trainer, short=True), mtime=0)
            path.with_suffix(".safetensors.gz").write_bytes(content)
            if config.space.size > SMALL:
                result = thinned(result, FEW)
        result.save(path)
        ratio, modes = outcome(result)
        end = f"EMD {ratio:.2f} times its floor, {modes} of {result.total_modes} modes"
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, {end}, {trainer.seconds:.0f} s", flush=True)
