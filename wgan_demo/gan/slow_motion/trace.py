"""One iteration in all its pieces, as it is kept and shown. Needs no torch."""

from dataclasses import dataclass, fields

import numpy as np

from wgan_demo.datasets import Space
from wgan_demo.gan.config import TrainConfig

WAY = np.linspace(0, 1, 21, dtype=np.float32)  # u on the way from a fake to its real sample


def lengths(x: np.ndarray) -> np.ndarray:
    """Euclidean, over all axes of each sample: (n, *shape) -> (n,)."""
    return np.linalg.norm(x.reshape(len(x), -1), axis=1)


@dataclass(frozen=True, eq=False)
class StepTrace:
    """One critic step of an iteration and its generator step; n samples a batch.

    Both steps see whole batches; `show` says how many of the first samples are worth drawing. Samples are (n, *shape)
    in `unit`, and surfaces lie as in the frames of their space: (k, k), on the line (1, k). Of pictures there is none:
    a surface is then f on the way from each fake (u = 0) to its real one, (show, len(WAY)). Everything is before the
    update unless it says after. A push is -n times the gradient of the generator's loss by each sample: for a
    Wasserstein loss the slope of f itself.
    """

    iteration: int  # counted from 1; n_critic critic steps belong to it
    critic_step: int  # which of them, from 1
    config: TrainConfig  # of this very iteration
    lr: float  # as it has fallen by now
    show: int
    space: Space
    axes: tuple[str, ...]
    unit: str

    # The critic's step
    real: np.ndarray
    z: np.ndarray  # (n, latent_dim)
    fake: np.ndarray
    real_scores: np.ndarray  # (n,) f(x), without a sigmoid
    fake_scores: np.ndarray  # (n,) f(G(z))
    real_costs: np.ndarray  # (n,) what each real score costs the critic: their mean and that of fake_costs is its loss
    fake_costs: np.ndarray  # (n,)
    real_probabilities: np.ndarray | None  # (n,) of being real; None where a score stands for no probability
    fake_probabilities: np.ndarray | None  # (n,)
    u: np.ndarray | None  # (n,) one per sample; None where the norms are not measured between real and fake
    x_hat: np.ndarray
    gradient: np.ndarray  # grad f(x_hat)
    norms: np.ndarray  # (n,)
    penalties: np.ndarray | None  # (n,) what each norm costs, before lambda; None where nothing is penalised
    penalty: float  # their mean, 0 where nothing is penalised
    score_gap: float
    loss: float
    loss_after: float  # of the same batch with the same u
    parameters: int  # of the critic
    update_norm: float  # Euclidean, of the whole vector of weights
    update_max: float
    surface_before: np.ndarray
    surface_after: np.ndarray
    way_norms: np.ndarray | None  # (show, len(WAY)) ||grad f|| on the ways, where f is looked at there
    weights: np.ndarray | None  # (3, parameters): before, after the optimiser, after the constraint; may be left out
    clipped: int  # weights that a constraint has changed
    weight_edges: np.ndarray  # (b + 1,)
    weight_counts: np.ndarray  # (3, b), of the same three moments
    stretches: np.ndarray  # (layers, 2) greatest singular value after the step: as estimated, and exactly; else (0, 2)

    # The generator's step, under the critic after the last of its own
    generator_surface: np.ndarray | None  # of that critic; None where it is looked at on ways
    generator_z: np.ndarray  # (n, latent_dim)
    generator_fake: np.ndarray
    generator_scores: np.ndarray  # (n,)
    slope: np.ndarray  # (n, *shape) grad f at the fakes
    push_factors: np.ndarray  # (n,) -n times the derivative of the generator's loss by each score
    push: np.ndarray  # (n, *shape) these times the slope, where samples do not mix in the critic
    generator_fake_after: np.ndarray  # of the same z
    generator_loss: float
    generator_loss_after: float  # of the same z
    generator_update_norm: float

    @property
    def finite(self) -> bool:
        """False where a run has blown up."""
        values = (getattr(self, field.name) for field in fields(self))
        return all(np.isfinite(value).all() for value in values if isinstance(value, float | np.ndarray))

    @property
    def moves(self) -> np.ndarray:
        """How far and where each generated sample moves: (n, *shape)."""
        return self.generator_fake_after - self.generator_fake

    @property
    def alignment(self) -> float:
        """Mean cosine between a sample's push and its move: 1 if all went where they were pushed, NaN at rest."""
        both = lengths(self.push) * lengths(self.moves)
        moved = both > 0
        products = (self.push * self.moves).reshape(len(both), -1).sum(axis=1)
        return float((products[moved] / both[moved]).mean()) if moved.any() else np.nan
