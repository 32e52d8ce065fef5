"""What defines a run: plain values that hash, compare, print and go into a link. Needs no torch."""

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace

import numpy as np

from wgan_demo.datasets import DATASETS, Space
from wgan_demo.datasets.spaces import COLUMNS
from wgan_demo.gan.architectures import ARCHITECTURES
from wgan_demo.gan.objectives import CONSTRAINTS
from wgan_demo.gan.settings import CHANGEABLE, checked


@dataclass(frozen=True)
class TrainConfig:
    """Settings of one run; the defaults are the live preset on a table. Raises ValueError in one clear sentence.

    Every field has a row in settings.SETTINGS, which says what may stand there.

    The learning rate falls linearly from lr to lr_final * lr over lr_decay_steps generator iterations (0: constant).
    `clip` is c of weight clipping; `batch_norm` puts batch normalisation into the critic, where it does not belong,
    `generator_norm` into the generator. `hidden` are the widths of an mlp's layers, or the channels of convolutions.
    `ema` averages the generator's weights for sampling (0: off). `columns` is how many columns the table has that
    travels beside the config, as many as a picture has pixels if its rows are pictures, and `dataset` is then only its
    name; 0: the data are those of DATASETS.
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
    columns: int = 0
    network: str = "mlp"
    generator_norm: bool = False

    def __post_init__(self):
        for field in fields(self):
            value = checked(field.name, getattr(self, field.name), field.default)
            object.__setattr__(self, field.name, value)

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
        """True where the hand-derived steps of FastTrainer apply: piecewise linear networks, unmixed samples."""
        return not self.needs_autograd

    @property
    def needs_autograd(self) -> str:
        """Why the hand-derived steps do not apply, in words that follow "because"; "" where they do."""
        if not ARCHITECTURES[self.network].by_hand:
            return "nobody has derived those of this network"
        if self.activation not in ("relu", "leaky_relu"):
            return f"{self.activation} is not piecewise linear"
        if self.batch_norm or self.generator_norm:
            return "batch normalisation mixes the samples of a batch"
        return "spectral normalisation divides by a number that moves with the weights" * (
            self.regularizer == "spectral_norm"
        )

    @property
    def changeable(self) -> tuple[str, ...]:
        """What can be set anew while a run goes on."""
        return CHANGEABLE

    @property
    def space(self) -> Space:
        """Where the data lie. Raises ValueError for the name of data that do not exist."""
        if not self.columns and self.dataset not in DATASETS:
            raise ValueError(f"dataset must be one of {', '.join(DATASETS)}, not {self.dataset!r}.")
        return COLUMNS[self.columns](math.nan) if self.columns else DATASETS[self.dataset].space

    @property
    def step_flop(self) -> float:
        """Floating-point operations of one generator iteration, those of its matrix products."""
        return ARCHITECTURES[self.network].flop(self, self.space)

    def reads(self, name: str) -> bool:
        """False for a setting that means nothing beside the others: it may have any value."""
        match name:
            case "gp_weight":
                return CONSTRAINTS[self.regularizer].weighs
            case "clip":
                return self.regularizer == "clipping"
            case "betas":
                return self.optimizer == "adam"
        of_networks = {setting for architecture in ARCHITECTURES.values() for setting in architecture.settings}
        return name in ARCHITECTURES[self.network].settings or name not in of_networks

    def seeds(self) -> list[np.random.SeedSequence]:
        """Independent seeds for weights, data, noise and evaluation: looking at a run never changes it."""
        return np.random.SeedSequence(self.seed).spawn(4)


Changes = tuple[tuple[int, str, float], ...]  # (after how many iterations, which of CHANGEABLE, its new value)


def settings_at(config: TrainConfig, changes: Changes, iteration: float = math.inf) -> TrainConfig:
    """The settings of an iteration, counted from 1, of a run that began with `config`; by default those of the next."""
    return replace(config, **{name: value for step, name, value in sorted(changes, key=_when) if step < iteration})


def settings_over(config: TrainConfig, changes: Changes) -> Iterator[TrainConfig]:
    """The settings of a run one after the other, from the first ones on."""
    yield config
    for _, name, value in sorted(changes, key=_when):
        config = replace(config, **{name: value})
        yield config


def branch(config: TrainConfig, changes: Changes, step: int, values: dict[str, float]) -> Changes:
    """The changes of a run that repeats another up to iteration `step` and goes on with `values` of CHANGEABLE.

    What the other run itself changed by then stays; a value that it has there already is no change.
    """
    now = settings_at(config, changes, step + 1)
    kept = tuple(change for change in changes if change[0] <= step)
    return kept + tuple((step, name, value) for name, value in values.items() if getattr(now, name) != value)


def _when(change: tuple[int, str, float]) -> int:
    return change[0]
