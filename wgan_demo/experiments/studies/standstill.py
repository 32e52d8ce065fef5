"""Discriminator and critic against a generator that stands still: Arjovsky & Bottou 2017, figures 2 and 3."""

import json
from pathlib import Path

import numpy as np

from wgan_demo.experiments.study import Study
from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.recording import StandstillRecording

THETAS = (2.0, 4.0, 10.0)  # how far Q is from P, units of x
EPOCHS = (1, 10, 25)  # after which a generator was stopped
SEEDS = (0, 1, 2)
TRAP = StandstillConfig(theta=4.0, regularizer="gradient_penalty", gp_weight=10.0)  # two-sided
GENERATORS = json.loads((Path(__file__).parents[2] / "recordings" / "stopped_generators.json").read_text())
PLACES: dict[int, tuple[float, float]] = {int(epoch): tuple(at) for epoch, at in GENERATORS["generators"].items()}
STEPS = StandstillConfig().steps


def at_theta(theta: float, seed: int) -> str:
    """The name of the run with Q at this theta."""
    return f"theta={theta:g},seed={seed}"


def after(epoch: int, seed: int) -> str:
    """The name of the run with the generator that was stopped after so many epochs."""
    return f"epochs={epoch},seed={seed}"


def trapped(seed: int) -> str:
    """The name of the run with the two-sided penalty: it starts as at_theta(TRAP.theta, seed) does."""
    return f"two_sided,seed={seed}"


def measure(recording: StandstillRecording) -> dict[str, float]:
    """The value of D (nats), the score gap (units of x), and the mean pull of each loss, all at the end."""
    ends = {f"pull_{loss}": float(np.abs(pull[-1]).mean()) for loss, pull in recording.pulls().items()}
    return {"value": recording.value("value"), "gap": recording.value("gap")} | ends


def keep(recording: StandstillRecording) -> dict[str, np.ndarray]:
    """All of it, with the frames alone that a log axis of steps wants."""
    return recording.thinned().arrays()


STUDY = Study(
    question="What does a discriminator tell a generator that stands still, while it gets better?",
    runs={
        **{at_theta(theta, seed): StandstillConfig(theta=theta, seed=seed) for theta in THETAS for seed in SEEDS},
        **{
            after(epoch, seed): StandstillConfig(theta=PLACES[epoch][0], fake_std=PLACES[epoch][1], seed=seed)
            for epoch in EPOCHS
            for seed in SEEDS
        },
        **{
            trapped(seed): StandstillConfig(
                TRAP.theta, regularizer=TRAP.regularizer, gp_weight=TRAP.gp_weight, seed=seed
            )
            for seed in SEEDS
        },
    },
    steps=STEPS,
    measure=measure,
    keep=keep,
    every=STEPS,
)
