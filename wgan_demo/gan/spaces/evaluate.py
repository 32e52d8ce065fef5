"""How good a run is at one moment: exact EMD against its noise floor, modes covered, and what the stage shows."""

from functools import lru_cache

import numpy as np
import torch

from wgan_demo.datasets import DATASETS, Dataset
from wgan_demo.distances import wasserstein
from wgan_demo.gan import shipped
from wgan_demo.gan.lipschitz import gradient_norms
from wgan_demo.gan.runs.recording import Frame, Recording
from wgan_demo.gan.trainer import Trainer
from wgan_demo.measures import DiscreteMeasure

SAMPLES = 512  # a side, for the EMD and on the stage
GRID = {1: 161, 2: 40}  # values of the critic along the line, along each side of the square
FLOOR_PAIRS = {1: 400, 2: 32}  # a second at most: on the line an EMD varies more from pair to pair, and is quick
MODE_SAMPLES = 2500
INTERPOLATES = 48  # on the stage
# Streams of randomness of their own, beside the trainer's four (TrainConfig.seeds).
STAGE, LATENTS, FRESH = range(4, 7)


def _rng(trainer: Trainer, *stream) -> np.random.Generator:
    return np.random.default_rng(np.random.SeedSequence(trainer.config.seed, spawn_key=stream))


def emd(x: np.ndarray, y: np.ndarray) -> float:
    """Exact earth mover's distance between two samples (n, d) and (m, d), in units of x."""
    return wasserstein(DiscreteMeasure.uniform(x), DiscreteMeasure.uniform(y), 1)


def noise_floor(dataset: Dataset) -> tuple[float, float]:
    """Mean and standard deviation of the EMD between two independent real samples of SAMPLES points: 0 is out of reach.

    Those of DATASETS are as `measured_floor` found them once, from many pairs (recordings/floors.json).
    """
    name = next((name for name, known in DATASETS.items() if known is dataset), None)
    return shipped.floors().get(name) or measured_floor(dataset, FLOOR_PAIRS[dataset.dimension])


@lru_cache(maxsize=8)
def measured_floor(dataset: Dataset, pairs: int, n: int = SAMPLES, seed: int = 0) -> tuple[float, float]:
    """Mean and standard deviation of the EMD between two independent real samples of n points, from so many pairs."""
    rng = np.random.default_rng(seed)
    values = [emd(dataset.sample(n, rng), dataset.sample(n, rng)) for _ in range(pairs)]
    return float(np.mean(values)), float(np.std(values, ddof=1))


def mode_coverage(samples: np.ndarray, modes: np.ndarray, mode_std: float) -> tuple[int, float]:
    """Modes that are nearest to at least one high-quality sample, and the share of high-quality samples.

    High quality: within 3 standard deviations of the nearest mode. Real data score REAL_QUALITY.
    """
    distances = np.linalg.norm(samples[:, None] - modes, axis=2)
    good = distances.min(axis=1) <= 3 * mode_std
    return len(np.unique(distances.argmin(axis=1)[good])), float(good.mean())


def begin(trainer: Trainer) -> Recording:
    """An empty recording of a trainer's run, with its real points and its noise floor."""
    dataset = trainer.dataset
    return Recording(
        config=trainer.first_config,
        label=dataset.label,
        axes=dataset.axes,
        unit=dataset.unit,
        extent=dataset.extent,
        real=_stage_points(dataset, trainer),
        floor=noise_floor(dataset),
        total_modes=0 if dataset.modes is None else len(dataset.modes),
        changes=trainer.changes,
    )


def _stage_points(dataset: Dataset, trainer: Trainer) -> np.ndarray:
    """The real points of the stage (n, d), the same ones throughout a run."""
    return dataset.sample(SAMPLES, _rng(trainer, STAGE)).astype(np.float32)


def evaluate(trainer: Trainer) -> tuple[tuple[float, ...], Frame]:
    """The evaluation row (EVALUATION_FIELDS) and the frame of this moment; the run does not notice.

    The EMD is between 512 fresh real points and the fake ones of 512 latents that stay the same through a run, so that
    a point can be followed from frame to frame. Modes are counted in 2,500 fresh samples.
    """
    dataset, latent_dim = trainer.dataset.at(trainer.steps_done), trainer.config.latent_dim
    trainer.critic.eval()  # batch normalisation must not learn from being looked at
    latents = _rng(trainer, LATENTS).standard_normal((SAMPLES, latent_dim))
    rng = _rng(trainer, FRESH, trainer.steps_done)  # a step's numbers do not depend on which others were seen
    fake = trainer.generate(latents)
    real = dataset.sample(SAMPLES, rng).astype(np.float32)
    with torch.no_grad():
        gap = trainer.critic(torch.from_numpy(real)).mean() - trainer.critic(torch.from_numpy(fake)).mean()
    modes = quality = np.nan
    if dataset.modes is not None:
        fresh = trainer.generate(rng.standard_normal((MODE_SAMPLES, latent_dim)))
        modes, quality = mode_coverage(fresh, dataset.modes, dataset.mode_std)
    u = rng.random((SAMPLES, 1)).astype(np.float32)
    norms = gradient_norms(trainer.critic, torch.from_numpy(u * real + (1 - u) * fake)).numpy()
    surface = critic_surface(trainer.critic, dataset.extent, dataset.dimension)
    trainer.critic.train()
    shown = _stage_points(dataset, trainer) if trainer.dataset.period else None
    interpolates = np.concatenate([real, u], axis=1)[:INTERPOLATES]
    frame = Frame(trainer.steps_done, fake, surface, norms, interpolates, shown)
    return (trainer.steps_done, emd(real, fake), gap.item(), modes, quality, trainer.seconds), frame


@torch.no_grad()
def critic_surface(critic: torch.nn.Module, extent: float, dimension: int = 2, k: int = 0) -> np.ndarray:
    """f on an even grid over [-extent, extent]^d with k places a side, row by row in x2: (k, k) or (1, k) float32."""
    side = torch.linspace(-extent, extent, k or GRID[dimension])
    if dimension == 1:
        return critic(side[:, None]).T.numpy()
    x2, x1 = torch.meshgrid(side, side, indexing="ij")
    return critic(torch.stack([x1.ravel(), x2.ravel()], 1)).reshape(x1.shape).numpy()
