"""The samples whose exact EMD is told: fresh real points, and the fake ones of latents that stay the same in a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wgan_demo.gan.trainer import Trainer

SAMPLES = 512  # a side
LATENTS = 5  # streams of randomness of their own, beside those of the training (TrainConfig.seeds) and of the stage
FRESH = 6


def stream(seed: int, *key: int) -> np.random.Generator:
    """Randomness of a run's seed that its training does not use."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))


def compared(trainer: Trainer, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Real and fake samples (n, d) float32 of this moment; the run does not notice.

    `rng` is stream(seed, FRESH, steps done): a step's numbers do not depend on which others were seen.
    """
    config = trainer.first_config
    fake = trainer.generate(stream(config.seed, LATENTS).standard_normal((SAMPLES, config.latent_dim)))
    return trainer.dataset.at(trainer.steps_done).sample(SAMPLES, rng).astype(np.float32), fake
