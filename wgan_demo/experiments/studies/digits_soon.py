"""How soon do a GAN and a WGAN-GP make digits, by epochs, by seconds, by gradients: the course of FID over five seeds.

The GAN twice: at the learning rate of the WGAN-GP, and at the one at which it ends best of those in digits_rates.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from wgan_demo.experiments.result import Result
from wgan_demo.experiments.study import Study, grid
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import LAST, PRESETS
from wgan_demo.gan.runs.recording import Recording

SEEDS = range(5)
BEST_OF_GAN = 5e-4
KINDS: dict[str, TrainConfig] = {
    "gan": PRESETS["gan"].config("digits"),
    "gan_best": replace(PRESETS["gan"].config("digits"), lr=BEST_OF_GAN),
    "wgan_gp": PRESETS["live"].config("digits"),
}


def measure(recording: Recording) -> dict[str, float]:
    """fid (mean of the last evaluations), and the least fid of the run."""
    fid = recording.course("fid")[1]
    return {"fid": float(fid[-LAST:].mean()), "least_fid": float(fid.min())}


def keep(recording: Recording) -> dict[str, np.ndarray]:
    """Of every evaluation (e,): the generator iterations done, the seconds of one core, FID and digits made."""
    steps, fid = recording.course("fid")
    return {
        "steps": steps.astype(np.int32),
        "seconds": recording.course("seconds")[1].astype(np.float32),
        "fid": fid.astype(np.float32),
        "digits": recording.course("modes")[1].astype(np.int8),
    }


STUDY = Study(
    question="How soon do a GAN and a WGAN-GP make digits?",
    runs={f"{kind},{name}": config for kind, base in KINDS.items() for name, config in grid(base, seed=SEEDS).items()},
    steps=4000,
    measure=measure,
    keep=keep,
    every=50,
)

PICTURES = 1797  # of the data
WORK = {
    "epochs": "epochs: pictures shown to the judge / 1,797",
    "updates": "updates of the generator",
    "seconds": "seconds of one core",
    "gradients": "gradients: backward passes",
}


def work(result: Result) -> dict[str, np.ndarray]:
    """What was done by each evaluation (e,), by the counts of WORK."""
    return counted(result.config, result.arrays["steps"], result.arrays["seconds"], PICTURES)


def counted(config: Mapping, steps: np.ndarray, seconds: np.ndarray, pictures: int) -> dict[str, np.ndarray]:
    """Generator iterations (e,) and seconds (e,) of a run on so many pictures, by the counts of WORK, (e,) each.

    A gradient penalty takes a second backward pass, that by its x̂, in every step of the critic.
    """
    steps, per_judge = steps.astype(float), 2 if config["regularizer"] == "gradient_penalty" else 1
    return {
        "epochs": steps * config["n_critic"] * config["batch_size"] / pictures,
        "updates": steps,
        "seconds": seconds.astype(float),
        "gradients": steps * (config["n_critic"] * per_judge + 1),
    }


def first_within(result: Result, level: float) -> dict[str, float] | None:
    """The work done when FID was first at most `level`, by the counts of WORK; None if it never was."""
    there = np.flatnonzero(result.arrays["fid"] <= level)
    return {name: float(done[there[0]]) for name, done in work(result).items()} if len(there) else None
