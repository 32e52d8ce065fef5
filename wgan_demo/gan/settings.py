"""All that is known of a run's settings beside their defaults: SETTINGS, a row for every field of TrainConfig.

A new setting is a field there and a row here: what is checked, what a page lets one choose, what a script explains and
what is called by name are all made from this table. Needs no torch.
"""

from typing import NamedTuple

from wgan_demo.datasets.spaces import COLUMNS
from wgan_demo.gan.architectures import ARCHITECTURES
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES


class Setting(NamedTuple):
    """What is known of a field; its type is that of its default.

    label    what a page calls it; up to the first comma or bracket, in short
    meaning  what it is, in a comment of a script
    low      the least number, of each where there are several
    high     the greatest
    choices  the values that there are, and what each is called; none for a number, or a name that is free
    live     can be set anew while a run goes on
    word     what sentences call one that is live
    key      its name in the link of a page, where that is not the field's
    count    how few and how many numbers it may have, where it has several
    help     more on a page for who asks
    """

    label: str
    meaning: str
    low: float = 0
    high: float = 0
    choices: dict[str, str] | dict[bool, str] = {}  # noqa: RUF012 (nobody writes into it)
    live: bool = False
    word: str = ""
    key: str = ""
    count: tuple[int, int] = (1, 1)
    help: str = ""

    @property
    def short(self) -> str:
        """The label without what explains it."""
        return self.label.partition(",")[0].partition(" (")[0]


SETTINGS: dict[str, Setting] = {
    "lr": Setting("Learning rate", "learning rate of both networks", 1e-8, 1, live=True, word="learning rate"),
    "gp_weight": Setting(
        "λ, weight of the penalty", "lambda, the weight of the penalty", 0, 1e6, live=True, word="λ", key="lambda"
    ),
    "n_critic": Setting(
        "Critic steps per iteration", "critic steps for each step of the generator", 1, 100,
        live=True, word="n_critic", key="ncritic",
    ),
    "loss": Setting(
        "Objective", "what critic and generator minimise",
        choices={name: objective.label for name, objective in OBJECTIVES.items()}, key="objective",
    ),
    "regularizer": Setting(
        "Constraint on the critic", "what holds the slope of the critic",
        choices={name: constraint.label for name, constraint in CONSTRAINTS.items()}, key="hold",
    ),
    "clip": Setting(
        "c, clipping of the weights", "c: every weight of the critic stays in [-c, c]", 1e-6, 1e3,
        help="Every weight stays within ±c",
    ),
    "optimizer": Setting(
        "Optimiser", "how gradients move the weights", choices={"adam": "Adam", "rmsprop": "RMSProp"}, key="opt"
    ),
    "betas": Setting("Adam’s β₁ and β₂", "Adam's averages: of the gradient, of its square", 0, 0.999999, count=(2, 2)),
    "lr_decay_steps": Setting(
        "The rate falls over (0: never)", "iterations over which the learning rate falls", 0, 10**7, key="decay",
        help="Linearly: to 5 % of what it was at first, on MNIST at 28 × 28 to 2 %",
    ),
    "lr_final": Setting("Share of the rate in the end", "the share of it that is left then", 0, 1),
    "ema": Setting(
        "Average of G’s weights (0: off)", "average of the generator's weights, for samples", 0, 0.99999,
        help="Samples then come from a running average of the generator’s weights. It evens out the wobble of a fast "
        "learning rate and brings the samples to the noise floor; the training itself does not notice.",
    ),
    "batch_size": Setting("Batch size", "real points, and as many fakes, in each step", 2, 4096, key="batch"),
    "latent_dim": Setting("Latent dimensions", "dimensions of the latent z ~ N(0, I)", 1, 512, key="z"),
    "network": Setting(
        "Networks", "the kind of both networks",
        choices={name: architecture.label for name, architecture in ARCHITECTURES.items()},
    ),
    "hidden": Setting("Hidden layers", "widths of the hidden layers of both networks", 1, 1024, count=(1, 16)),
    "activation": Setting(
        "Activation", "what stands between the layers", key="act",
        choices={"relu": "ReLU", "leaky_relu": "Leaky ReLU", "tanh": "tanh", "softplus": "Softplus"},
    ),
    "init": Setting(
        "Initial weights", "where the weights begin", choices={"torch": "PyTorch’s default", "he": "He et al."}
    ),
    "generator_norm": Setting(
        "Batch norm in the generator", "batch normalisation in the generator", choices={False: "no", True: "yes"},
        key="gnorm",
    ),
    "batch_norm": Setting(
        "Batch norm in the critic", "batch normalisation in the critic", choices={False: "no", True: "yes"}, key="norm"
    ),
    "seed": Setting("Seed", "of weights, data, noise and evaluation", 0, 2**32 - 1),
    "dataset": Setting("Data", "what the generator learns", key="data"),
    "columns": Setting(
        "Columns", "how many columns of a table are the data, one for each pixel of pictures; 0: it is none",
        choices={0: "none"} | {n: f"{n}" for n in COLUMNS},
    ),
}  # fmt: skip

CHANGEABLE = tuple(name for name, setting in SETTINGS.items() if setting.live)


def checked(name: str, value, default):
    """The value of a field, in the type of its default.

    Raises ValueError in one clear sentence where it makes no sense, TypeError where it is of another kind altogether,
    LookupError for a field without a row.
    """
    if name not in SETTINGS:
        raise LookupError(f"{name} is a field of TrainConfig without a row in SETTINGS.")
    setting = SETTINGS[name]
    if setting.choices and value not in setting.choices:
        raise ValueError(f"{name} must be one of {', '.join(map(str, setting.choices))}, not {value!r}.")
    if setting.choices or isinstance(default, str):
        return type(default)(value)
    if not isinstance(default, tuple):
        return _number(name, value, type(default))
    fewest, most = setting.count
    if not fewest <= len(value) <= most:
        count = f"{fewest} to {most}" if fewest < most else fewest
        raise ValueError(f"{name} must be {count} numbers, not {len(value)}.")
    return tuple(_number(name, number, type(default[0])) for number in value)


def _number(name: str, value, kind: type) -> float:
    low, high = SETTINGS[name].low, SETTINGS[name].high
    if not low <= value <= high:  # also catches NaN
        raise ValueError(f"{name} must lie between {low:g} and {high:g}, not {value}.")
    if kind is int and value != int(value):
        raise ValueError(f"{name} must be a whole number, not {value}.")
    return kind(value)
