"""Make the recordings that ship with the program: `python -m wgan_demo.gan.runs.record [data set or preset ...]`.

`python -m wgan_demo.gan.runs.record floors` measures the noise floors of the data sets anew, and writes them into the
recordings too, which stay as they are otherwise.
"""

import argparse
import json
import time
from dataclasses import replace

import numpy as np
import torch

from wgan_demo.datasets import DATASETS, IMAGES
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import HOME, PRESETS, outcome, recording_name
from wgan_demo.gan.runs import checkpoint
from wgan_demo.gan.runs.recording import EVERY, Recording
from wgan_demo.gan.shipped import FOLDER
from wgan_demo.gan.spaces.floors import FILE, measured_floor
from wgan_demo.gan.trainer import Trainer

FRAMES = 80  # at most, of 4 to 6 KB each
FLOORS = "floors"
FLOOR_PAIRS = 1000


def record(trainer: Trainer, steps: int, every: int = EVERY) -> Recording:
    """Train for `steps` generator iterations and keep every number, with an evaluation and a frame every `every`."""
    recording = Recording.of(trainer)
    evaluations: list[tuple[float, ...]] = []

    def look() -> None:
        measures, frame = recording.view.evaluate(trainer)
        evaluations.append(recording.row(trainer, measures))
        recording.frames.append(frame)

    look()
    rows = []
    for _ in range(steps):
        begun = time.thread_time()
        rows.append(row := trainer.step())
        trainer.seconds += time.thread_time() - begun
        if row.step % every == 0:
            look()
    recording.records, recording.evaluations = np.array(rows), np.array(evaluations)
    return recording


def runs() -> dict[str, tuple[str, str]]:
    """(preset, data set) of every recording by its file's name: the live preset everywhere, the others at HOME, and on
    pictures the standard GAN too.
    """
    kinds = [("live", dataset) for dataset in DATASETS] + [(name, HOME) for name in PRESETS if name != "live"]
    return {recording_name(*kind): kind for kind in kinds + [("gan", dataset) for dataset in IMAGES]}


def measure_floors() -> None:
    """Write floors.json, and the floors in the recordings that are there."""
    floors = {name: measured_floor(dataset, FLOOR_PAIRS) for name, dataset in DATASETS.items()}
    FILE.write_text(json.dumps(floors, indent=1) + "\n")
    for name, (_, dataset) in runs().items():
        if (path := FOLDER / f"{name}.npz").exists():
            replace(Recording.load(path), floor=floors[dataset]).save(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(runs()), metavar="name", help=", ".join((FLOORS, *runs())))
    torch.set_num_threads(1)
    for name in parser.parse_args().names:
        if name == FLOORS:
            measure_floors()
            continue
        preset, dataset = runs()[name]
        steps = PRESETS[preset].length(dataset)
        every = EVERY * max(1, round(steps / FRAMES / EVERY))
        path = FOLDER / f"{name}.npz"
        trainer = trainer_for(PRESETS[preset].config(dataset))
        result = record(trainer, steps, every)
        result.save(path)
        if dataset in IMAGES:  # whose latents can be walked through
            path.with_suffix(".safetensors").write_bytes(checkpoint.save(trainer))
        ratio, modes = outcome(result)
        end = f"EMD {ratio:.2f} times its floor, {modes} of {result.total_modes} modes"
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, {end}", flush=True)
