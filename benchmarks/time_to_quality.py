"""Seconds of one core from a cold start to good samples, over ten seeds: the live preset on every data set, and the
others on the 8 Gaussians.

`python benchmarks/time_to_quality.py [seconds [name]]`: a run has reached the target when all modes are covered, where
there are modes, and the exact EMD, as the mean of three evaluations, is within 1.3 times its real-against-real floor;
of pictures the FID of the small classifier, within 1.5 times its own. It is looked at every 25 iterations, which is not
counted. A run gives up after so many seconds of training, 5 unless told. With a name, on that data set alone.
"autograd" trains the paper's settings with the version that the course shows, which is faster than the popular
repositories' way, the rest as the pages do.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parents[1]))
from wgan_demo.datasets import DATASETS, IMAGES, TOY
from wgan_demo.engine.kinds import evaluate
from wgan_demo.gan import classifier
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.trainer import Trainer

SEEDS = range(10)
NEAR = {"emd": 1.3, "fid": 1.5}
EVERY = 25
LAST = 3


def run(make, config: TrainConfig, seconds: float) -> tuple[bool, float, int]:
    """Whether the target was reached, the seconds of training, and the iterations."""
    trainer = make(config)
    modes, floor = Recording.of(trainer).total_modes, Recording.of(trainer).floor[0]
    distance = "fid" if config.dataset in IMAGES else "emd"
    if distance == "fid":
        floor, _ = classifier.load(config.dataset).floor
    values, trained = [], 0.0
    while True:
        begun = time.thread_time()
        for _ in trainer.run(EVERY):
            pass
        trained += time.thread_time() - begun
        measures, _ = evaluate(trainer)
        values.append(measures[distance])
        covered = not modes or measures["modes"] == modes
        good = covered and len(values) >= LAST and np.mean(values[-LAST:]) <= NEAR[distance] * floor
        if good or trained > seconds:
            return good, trained, trainer.steps_done


def main(seconds: float = 5.0, only: str = "") -> None:
    torch.set_num_threads(1)
    live = PRESETS["live"]
    kinds = [
        (f"live: {dataset.label}", trainer_for, live.config(name))
        for name, dataset in DATASETS.items()
        if name in (*TOY, "digits")
    ]
    kinds += [(p.label, trainer_for, p.config()) for p in PRESETS.values() if not p.fails and p is not live]
    kinds.append(("autograd: the paper's λ = 10", Trainer, PRESETS["wgan_gp"].config()))
    kinds = [kind for kind in kinds if only in ("", kind[2].dataset)]
    print(f"{'':36}{'reached':>9}{'seconds, median (worst)':>26}{'iterations, median':>20}")
    for label, make, config in kinds:
        results = [run(make, replace(config, seed=seed), seconds) for seed in SEEDS]
        reached = [result for result in results if result[0]]
        took = "-"
        if reached:
            took = f"{statistics.median(r[1] for r in reached):.2f} ({max(r[1] for r in reached):.2f})"
        steps = statistics.median(result[2] for result in results)
        print(f"{label:36}{f'{len(reached)} of {len(results)}':>9}{took:>26}{steps:20.0f}", flush=True)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]), *sys.argv[2:3])
