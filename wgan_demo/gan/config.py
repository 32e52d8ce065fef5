"""What defines a run: plain values that hash, compare, print and go into a link. Needs no torch."""

from dataclasses import asdict, dataclass, fields
from itertools import pairwise

import numpy as np

ACTIVATIONS = ("relu", "leaky_relu", "tanh", "softplus")


@dataclass(frozen=True)
class TrainConfig:
    """Settings of one run; the defaults are the live preset. Raises ValueError in one clear sentence.

    The learning rate falls linearly from lr to lr_final * lr over lr_decay_steps generator iterations (0: constant).
    `clip` is c of weight clipping; `batch_norm` puts batch normalisation into the critic, where it does not belong.
    `ema` averages the generator's weights for sampling (0: off). `table` is True when the data are two columns that
    travel beside the config, and `dataset` is then only their name.
    """

    dataset: str = "eight_gaussians"
    loss: str = "wasserstein"
    regularizer: str = "gradient_penalty"
    gp_weight: float = 0.1
    clip: float = 0.01
    n_critic: int = 2
    batch_size: int = 64
    latent_dim: int = 2
    hidden: tuple[int, ...] = (128, 128, 128)
    activation: str = "relu"
    batch_norm: bool = False
    init: str = "torch"
    optimizer: str = "adam"
    lr: float = 2e-3
    lr_decay_steps: int = 1500
    lr_final: float = 0.05
    betas: tuple[float, float] = (0.5, 0.9)
    ema: float = 0.99
    seed: int = 0
    table: bool = False

    def __post_init__(self):
        object.__setattr__(self, "hidden", tuple(int(width) for width in self.hidden))
        object.__setattr__(self, "betas", tuple(float(beta) for beta in self.betas))
        for name, low, high in (
            ("gp_weight", 0, 1e6),
            ("clip", 1e-6, 1e3),
            ("n_critic", 1, 100),
            ("batch_size", 2, 4096),
            ("latent_dim", 1, 512),
            ("lr", 1e-8, 1),
            ("lr_decay_steps", 0, 10**7),
            ("lr_final", 0, 1),
            ("ema", 0, 0.99999),
            ("seed", 0, 2**32 - 1),
        ):
            value = getattr(self, name)
            if not low <= value <= high:  # also catches NaN
                raise ValueError(f"{name} must lie between {low:g} and {high:g}, not {value}.")
        if not all(0 <= beta < 1 for beta in self.betas) or len(self.betas) != 2:
            raise ValueError(f"betas must be two numbers in [0, 1), not {self.betas}.")
        if not 1 <= len(self.hidden) <= 16 or not all(1 <= width <= 1024 for width in self.hidden):
            raise ValueError(f"hidden must be 1 to 16 widths between 1 and 1024, not {self.hidden}.")
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, not {self.activation!r}.")
        if self.init not in ("torch", "he"):
            raise ValueError(f"init must be one of torch, he, not {self.init!r}.")

    def as_dict(self) -> dict:
        """Plain values under the fields' names; `TrainConfig.from_dict` is its inverse."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict) -> "TrainConfig":
        """Ignores names it does not know, so that older recordings still load."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    @property
    def by_hand(self) -> bool:
        """True where the hand-derived steps apply (fast.py): piecewise linear networks, samples that do not mix."""
        return self.activation in ("relu", "leaky_relu") and not self.batch_norm and self.regularizer != "spectral_norm"

    @property
    def step_flop(self) -> float:
        """Estimated floating-point operations of one generator iteration: 24 for each weight, sample, critic step."""
        weights = sum(fan_in * fan_out for fan_in, fan_out in pairwise((2, *self.hidden, 1)))
        return 24.0 * weights * self.batch_size * self.n_critic

    def seeds(self) -> list[np.random.SeedSequence]:
        """Independent seeds for weights, data, noise and evaluation: looking at a run never changes it."""
        return np.random.SeedSequence(self.seed).spawn(4)


CHANGEABLE = ("lr", "gp_weight", "n_critic")  # while a run goes on

Changes = tuple[tuple[int, str, float], ...]  # (after how many iterations, which of CHANGEABLE, its new value)


PAPER = {
    "gp_weight": 10.0,
    "n_critic": 5,
    "batch_size": 256,
    "hidden": (512, 512, 512),
    "init": "he",
    "lr": 1e-4,
    "lr_decay_steps": 0,
    "ema": 0.0,
}
"""Gulrajani et al. 2017: algorithm 1 with the widths, batch and betas of the paper's toy code. Minutes, not seconds."""

DECAY_STEPS = {"twenty_five_gaussians": 3000, "swiss_roll": 2000}


def live_preset(dataset: str) -> dict:
    """The fields of a config that learns a toy set in seconds on one core; lambda 0.1 is for toy data only."""
    return {"dataset": dataset, "lr_decay_steps": DECAY_STEPS.get(dataset, 1500)}
