"""Make the recordings that ship with the program: `python -m wgan_demo.gan.record [data set ...]`."""

import argparse

import numpy as np
import torch

from wgan_demo.datasets import DATASETS
from wgan_demo.gan.config import TrainConfig, live_preset
from wgan_demo.gan.evaluate import begin, evaluate
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.recording import Frame, Recording
from wgan_demo.gan.trainer import Trainer
from wgan_demo.recordings import FOLDER

EVERY = 25  # generator iterations between frames


def record(trainer: Trainer, steps: int, every: int = EVERY) -> Recording:
    """Train for `steps` generator iterations and keep every number, with an evaluation and a frame every `every`."""
    recording = begin(trainer)
    evaluations: list[tuple[float, ...]] = []
    frames: list[Frame] = []

    def look() -> None:
        row, frame = evaluate(trainer)
        evaluations.append(row)
        frames.append(frame)

    look()
    rows = []
    for row in trainer.run(steps):
        rows.append(row)
        if row.step % every == 0:
            look()
    recording.records, recording.evaluations, recording.frames = np.array(rows), np.array(evaluations), frames
    return recording


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", nargs="*", default=list(DATASETS))
    torch.set_num_threads(1)
    for name in parser.parse_args().datasets:
        config = TrainConfig(**live_preset(name))
        path = FOLDER / f"{name}.npz"
        result = record(trainer_for(config), config.lr_decay_steps)
        result.save(path)
        emd = result.course("emd")[1][-1]
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, EMD {emd:.3f}, floor {result.floor[0]:.3f}")
