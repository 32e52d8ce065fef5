"""Settings worth starting from, each with the sentence it teaches: PRESETS. Needs no torch.

To add one is an entry; `python -m wgan_demo.gan.runs.record NAME` makes its recording, which its tests then judge.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from wgan_demo.datasets import IMAGES
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.runs.recording import Recording

HOME = "eight_gaussians"  # where every preset has a recording
LAST = 5  # evaluations whose mean EMD says where a run ends: one alone moves with its samples
MEASURED = "measured for this course"


@dataclass(frozen=True, eq=False)
class Preset:
    """`fields` differ from the defaults of TrainConfig, `tuned` also on some data sets.

    `steps` is the length of a run in generator iterations, 0: until the learning rate has fallen. `lesson` is what it
    shows, in one sentence; `fails` marks a run that is meant to go wrong. `lengths` and `lessons` are those on data
    sets where they are others. `published` is how many generator iterations the source itself trains, 0 where it does
    not say.
    """

    label: str
    lesson: str
    source: str
    fields: dict = field(default_factory=dict)
    steps: int = 0
    fails: bool = False
    published: int = 0
    tuned: dict[str, dict] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    lessons: dict[str, str] = field(default_factory=dict)

    @property
    def of_paper(self) -> bool:
        """True for settings that somebody else has published."""
        return MEASURED not in self.source

    def config(self, dataset: str = HOME) -> TrainConfig:
        """The settings on a data set, which need not be in DATASETS."""
        return TrainConfig(**{"dataset": dataset} | self.fields | self.tuned.get(dataset, {}))

    def length(self, dataset: str = HOME) -> int:
        """Generator iterations of a run."""
        return self.lengths.get(dataset) or self.steps or self.config(dataset).lr_decay_steps

    def teaches(self, dataset: str = HOME) -> str:
        """What a run on a data set shows, in one sentence."""
        return self.lessons.get(dataset, self.lesson)


PLAIN = {"lr_decay_steps": 0, "ema": 0.0}  # as in the papers: a constant learning rate, and the weights as they are
DCGAN = PLAIN | {
    "regularizer": "none", "n_critic": 1, "batch_size": 128, "activation": "leaky_relu", "lr": 2e-4,
    "betas": (0.5, 0.999),
}  # fmt: skip
PAPER = PLAIN | {"n_critic": 5, "batch_size": 256, "hidden": (512, 512, 512), "init": "he", "lr": 1e-4}
CLIPPED = PLAIN | {"regularizer": "clipping", "clip": 0.01, "n_critic": 5, "optimizer": "rmsprop", "lr": 5e-5}

# Without momentum and with a long memory for the size of the gradients: also where there are many or uneven modes.
QUICK = {"hidden": (64, 64, 64), "init": "he", "batch_size": 128, "lr": 3e-3, "betas": (0.0, 0.99)}

# Pictures, the same networks for every objective.
PICTURES = {"latent_dim": 32, "hidden": (128, 128), "activation": "leaky_relu", "lr_decay_steps": 0, "ema": 0.995}

MNIST14 = PICTURES | {"hidden": (256, 256), "batch_size": 64}
MNIST = PICTURES | {"network": "conv", "hidden": (8, 16, 32), "generator_norm": True}
LARGE = {"hidden": (16, 32, 64)}  # of the same kind on MNIST: twice the channels in every layer
FALLING = {"batch_size": 32, "n_critic": 2, "lr": 4e-3, "lr_decay_steps": 8000, "lr_final": 0.02, "betas": (0.0, 0.9)}

PRESETS: dict[str, Preset] = {
    "live": Preset(
        "Live: WGAN-GP in seconds",
        "A fast, falling learning rate, a weak penalty and averaged weights bring the samples to the noise floor.",
        f"{MEASURED}; λ = 0.1 is for toy data only",
        tuned={
            HOME: {"hidden": (64, 64, 64), "lr": 4e-3},
            "twenty_five_gaussians": QUICK | {"lr_decay_steps": 3500},
            "swiss_roll": QUICK | {"lr_decay_steps": 2000},
            "three_bumps": QUICK | {"lr_decay_steps": 2000, "n_critic": 4, "lr": 2e-3},
            "uneven_bumps": QUICK | {"lr_decay_steps": 2500, "n_critic": 4, "lr": 2e-3},
            "turning": {"lr_decay_steps": 0, "lr": 1e-3, "n_critic": 3, "batch_size": 128, "ema": 0.8},
            "digits": PICTURES | {"gp_weight": 10.0, "n_critic": 3, "lr": 1e-3, "betas": (0.0, 0.9)},
            "mnist14": MNIST14 | {"gp_weight": 10.0, "n_critic": 3, "lr": 5e-4, "betas": (0.5, 0.9)},
            "mnist": MNIST | FALLING | {"gp_weight": 10.0},
            "fashion": MNIST | FALLING | {"gp_weight": 10.0},
        },
        lengths={"turning": 2000, "digits": 8000, "mnist14": 6000},
        lessons={
            "turning": "These data turn, once in 4,000 iterations. A rate that does not fall lets the samples follow; "
            "with a falling one, or a long average of the weights, they stay behind."
        },
    ),
    "toy_code": Preset(
        "WGAN-GP, the paper’s toy code",
        "Five critic steps, a small constant learning rate and λ = 0.1: steady, and slow.",
        "code of Gulrajani et al. 2017, but for its last layers: there they start 2.4 times wider",
        PAPER | {"gp_weight": 0.1},
        steps=1000,
        published=100_000,
    ),
    "wgan_gp": Preset(
        "WGAN-GP, the paper’s λ = 10",
        "λ = 10 is the paper’s value throughout; its toy code has 0.1. On these points the slopes are near 1 and yet "
        "the samples swing to and fro; with λ = 0.1, and nothing else changed, they settle.",
        "Gulrajani et al. 2017, algorithm 1; widths, batch and betas of its toy code",
        PAPER | {"gp_weight": 10.0},
        steps=1500,
        fails=True,
    ),
    "wgan_clipping": Preset(
        "WGAN with clipping",
        "It learns, but clipped weights make the critic almost flat: the score gap has no unit, and follows the "
        "distance only up to a factor that nobody knows.",
        "Arjovsky et al. 2017, algorithm 1",
        CLIPPED,
        steps=3000,
    ),
    "gan": Preset(
        "GAN, as DCGAN trains it",
        "Nothing holds the discriminator’s slope: points get sharp, the shares of the modes stay wrong.",
        "Goodfellow et al. 2014, section 3; batch, rate and Adam of Radford et al. 2016, not its batch norm",
        DCGAN | {"loss": "non_saturating"},
        steps=3000,
        tuned={
            "digits": PICTURES | {"batch_size": 64, "lr": 1e-3},
            "mnist14": MNIST14 | {"lr": 5e-4},
            "mnist": MNIST | {"batch_size": 64},
            "fashion": MNIST | {"batch_size": 64},
        },
        lengths={"digits": 18_000, "mnist14": 18_000, "mnist": 9000, "fashion": 9000},
    ),
    "least_squares": Preset(
        "Least squares GAN",
        "A parabola in place of the logarithm: it pulls on sure samples too, and still misplaces the shares.",
        "Mao et al. 2017, eq. 9; Adam of Radford et al. 2016",
        DCGAN | {"loss": "least_squares"},
        steps=3000,
    ),
    "spectral": Preset(
        "Hinge with spectral norm",
        "Every layer is divided by its greatest singular value: a critic with a slope of at most 1, without a penalty.",
        "Miyato et al. 2018, eq. 8 and 16; Adam of its ResNet",
        PLAIN | {"loss": "hinge", "regularizer": "spectral_norm", "n_critic": 5, "lr": 2e-4, "betas": (0.0, 0.9)},
        steps=2000,
    ),
    "collapse": Preset(
        "Mode collapse",
        "A standard GAN with a fast learning rate: its points crowd into a few modes, the others stay empty, and its "
        "loss does not say so.",
        f"{MEASURED}; on 8 Gaussians also Metz et al. 2017, figure 2",
        DCGAN | {"loss": "non_saturating", "lr": 4e-3, "seed": 1},
        steps=1500,
        fails=True,
    ),
    "tight_clipping": Preset(
        "Clipping too tight",
        "With c = 0.001 four layers shrink every slope to almost nothing: the generator gets no gradient.",
        "Gulrajani et al. 2017, section 3",
        CLIPPED | {"clip": 0.001},
        steps=1500,
        fails=True,
    ),
    "no_penalty": Preset(
        "λ = 0: nothing holds the slope",
        "A steeper critic always scores better, so its slope runs away: the samples are thrown out of the picture.",
        "Gulrajani et al. 2017, eq. 3 with λ = 0",
        {"gp_weight": 0.0},
        steps=1000,
        fails=True,
    ),
    "hasty": Preset(
        "One critic step, huge learning rate",
        "The critic never catches up with the generator: the points chase a slope that is already out of date.",
        MEASURED,
        PLAIN | {"n_critic": 1, "lr": 0.02},
        steps=1000,
        fails=True,
    ),
}


def recording_name(preset: str, dataset: str) -> str:
    """The file of a preset's run among the recordings: the data set's for the live preset, else the preset's own.

    On pictures that has the data set's before it.
    """
    if preset == "live":
        return dataset
    return f"{dataset}_{preset}" if dataset in IMAGES else preset


def match(config: TrainConfig) -> str | None:
    """The preset whose settings these are, on whatever data and with whatever seed; None for own settings."""
    for name, preset in PRESETS.items():
        other = preset.config(config.dataset)
        if replace(other, seed=config.seed, columns=config.columns) == config:
            return name
    return None


def outcome(recording: Recording) -> tuple[float, int]:
    """Where a run ends: its EMD, mean of the last evaluations, over the noise floor; and the modes it covers then."""
    emd, modes = recording.course("emd")[1], recording.course("modes")[1]
    covered = 0 if np.isnan(modes[-1]) else int(modes[-1])
    return float(emd[-LAST:].mean()) / recording.floor[0], covered
