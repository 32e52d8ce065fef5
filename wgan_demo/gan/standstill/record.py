"""Make the recordings of "Why GANs stall": `python -m wgan_demo.gan.standstill.record [name ...]`.

Without names those that are missing are made, so that an interrupted command goes on where it stood.
"""

import argparse
import json
import time
from dataclasses import asdict

import numpy as np
import torch

from wgan_demo import __version__
from wgan_demo.gan.standstill import epochs
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.recorded import CONFIGS, EPOCHS, EPOCHS_FILE, stopped_generators
from wgan_demo.gan.standstill.recording import FOLDER, StandstillRecording, kept_steps
from wgan_demo.gan.standstill.trainer import StandstillTrainer, evaluate


def record(config: StandstillConfig) -> StandstillRecording:
    """Train for all of the config's steps, with an evaluation and a frame at each of `kept_steps`."""
    trainer, recording = StandstillTrainer(config), StandstillRecording(config)
    rows, evaluations, kept = [], [], set(kept_steps(config.steps).tolist())
    for step in range(config.steps + 1):
        if step:
            begun = time.thread_time()
            rows.append(trainer.step())
            trainer.seconds += time.thread_time() - begun
        if step in kept:
            measures, frame = evaluate(trainer)
            evaluations.append(recording.row(trainer, measures))
            recording.frames.append(frame)
    recording.records, recording.evaluations = np.array(rows), np.array(evaluations)
    return recording


def record_generators(config: StandstillConfig) -> None:
    """Write place and width of the generator after 1, 10 and 25 epochs, with all that is needed to repeat them."""
    begun = time.thread_time()
    found = epochs.train(config, EPOCHS)
    told = {"generators": found, "config": asdict(config), "seconds": round(time.thread_time() - begun, 1)}
    EPOCHS_FILE.write_text(json.dumps(told | {"version": __version__}, indent=1) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(("generators", *CONFIGS)))
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = parser.parse_args().names
    if "generators" in names or not EPOCHS_FILE.exists():
        record_generators(StandstillConfig())
        print(stopped_generators(), flush=True)
    for name, config in CONFIGS.items():
        path = FOLDER / f"{name}.npz"
        if name not in names and (names or path.exists()):
            continue
        made = record(config())
        made.save(path)
        sizes = ", ".join(f"{loss} {abs(pull[-1]).mean():.2g}" for loss, pull in made.pulls().items())
        print(
            f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, V = {made.value('value'):.4f}, pulls {sizes}", flush=True
        )
