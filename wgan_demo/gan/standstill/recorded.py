"""What of "Why GANs stall" is recorded: CONFIGS, by the names of the files. Needs no torch."""

import json
from collections.abc import Callable
from functools import partial

from wgan_demo.gan.standstill.config import StandstillConfig
from wgan_demo.gan.standstill.recording import FOLDER

THETAS = (2.0, 4.0, 10.0)  # how far Q is from P, units of x
SEEDS = (0, 1, 2)
EPOCHS = (1, 10, 25)  # after which the generator was stopped
ITERATIONS = 100  # of an epoch, each with one step of the discriminator and one of the generator
START = (10.0, 0.2)  # place and width of the generator at first
TRAP = StandstillConfig(theta=4.0, regularizer="gradient_penalty", gp_weight=10.0)
EPOCHS_FILE = FOLDER / "generators.json"


def stopped_generators() -> dict[int, tuple[float, float]]:
    """Place and width of the generator after each of EPOCHS, as `record` has found them."""
    found = json.loads(EPOCHS_FILE.read_text())["generators"]
    return {int(epoch): (place, width) for epoch, (place, width) in found.items()}


def stopped(epoch: int, seed: int) -> StandstillConfig:
    """The generator that was stopped after so many epochs."""
    place, width = stopped_generators()[epoch]
    return StandstillConfig(theta=place, fake_std=width, seed=seed)


def trap(seed: int) -> StandstillConfig:
    """A critic with the two-sided penalty on the line."""
    return StandstillConfig(theta=TRAP.theta, regularizer=TRAP.regularizer, gp_weight=TRAP.gp_weight, seed=seed)


CONFIGS: dict[str, Callable[[], StandstillConfig]] = (
    {f"theta_{theta:g}_{seed}": partial(StandstillConfig, theta=theta, seed=seed) for theta in THETAS for seed in SEEDS}
    | {f"epochs_{epoch}_{seed}": partial(stopped, epoch, seed) for epoch in EPOCHS for seed in SEEDS}
    | {f"trap_{seed}": partial(trap, seed) for seed in SEEDS}
)
