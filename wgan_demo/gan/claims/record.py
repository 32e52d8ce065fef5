"""Make the recordings that two of the claims need: `python -m wgan_demo.gan.claims.record`; those that exist stay."""

from dataclasses import replace

import torch

from wgan_demo.gan.bugs.bugs import BUGS, STEPS
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs.record import record
from wgan_demo.gan.shipped import FOLDER

BASE = replace(BUGS["wrong_axis"].config(), n_critic=5, lr_decay_steps=0, betas=(0.0, 0.9))  # as both papers have it
RUNS: dict[str, TrainConfig] = {
    "adam": replace(BASE, optimizer="adam", lr=1e-4),
    "rmsprop": replace(BASE, optimizer="rmsprop", lr=5e-5),
    "wgan_1": replace(BASE, lr=1e-3, n_critic=1),
    "wgan_25": replace(BASE, lr=1e-3, n_critic=25),
    "gan_1": replace(BASE, lr=1e-3, n_critic=1, loss="saturating", regularizer="none"),
    "gan_25": replace(BASE, lr=1e-3, n_critic=25, loss="saturating", regularizer="none"),
}
LENGTHS = {"adam": 3 * STEPS, "rmsprop": 3 * STEPS}

if __name__ == "__main__":
    torch.set_num_threads(1)
    (FOLDER / "claims").mkdir(exist_ok=True)
    for name, config in RUNS.items():
        path = FOLDER / "claims" / f"{name}.npz"
        if path.exists():
            continue
        result = record(trainer_for(config), LENGTHS.get(name, STEPS), 100)
        result.save(path)
        print(
            f"{path.name}: {path.stat().st_size / 1e3:.0f} kB, EMD {result.value('emd') / result.floor[0]:.2f} floors"
        )
