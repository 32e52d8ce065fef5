"""The script that repeats a run: its settings, what it needs of our sources as they are written, and a loop."""

import textwrap
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets import DATASETS
from wgan_demo.gan.architectures import conv_widths, mixed_sizes
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.export.shake import shake
from wgan_demo.gan.export.sources import read
from wgan_demo.gan.export.tables import points_name
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.runs.recording import EVERY, Recording
from wgan_demo.gan.settings import SETTINGS

EMBEDDED = 2000  # rows of a table that are written into a script
MEANINGS = {name: setting.meaning for name, setting in SETTINGS.items()}


class Part(NamedTuple):
    """A piece of the script: what it is, in the field's words and formulas (LaTeX), and its code."""

    title: str
    words: str
    formulas: tuple[str, ...] = ()
    code: str = ""


def parts(recording: Recording, points: np.ndarray | None = None) -> list[Part]:
    """The script that repeats a recording's run, piece by piece. A run on a table needs its rows (n, d) as they were.

    Raises ValueError where they are missing, or the data are none of ours.
    """
    config = recording.config
    if config.columns and points is None:
        raise ValueError("To repeat a run on a table its rows are needed.")
    table = _table(points, points_name(recording)) if config.columns else ""
    length, run = _length(recording), _run(recording)
    imports, code = shake("\n".join([IMPORTS, table, length, run]), config, MEANINGS)
    settings, *others = [_part(module, config)._replace(code=text) for module, text in code.items()]
    words = f"Data: {recording.label!r}, distances in {recording.unit!r}."
    found = [settings._replace(words=words, code="\n\n\n".join([imports, settings.code, length]))]
    if table:
        found.append(Part("Table", "The rows that the real samples are drawn from.", code=table))
    for part in others:
        if part.title == found[-1].title:
            part = part._replace(code=f"{found.pop().code}\n\n\n{part.code}")
        found.append(part)
    words = "The numbers are those of the last critic step of an iteration, and the exact EMD after it."
    return [*found, Part("Run", words, code=run)]


def _part(module: str, config: TrainConfig) -> Part:
    """Where the definitions of one of our modules belong."""
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    match module.split(".")[1:]:
        case ["gan", "config"]:
            return Part("Settings", "")
        case ["datasets", *_]:
            period = 0 if config.columns else DATASETS[config.dataset].period
            turn = f", which turn once in {period:,} iterations" if period else ""
            return Part("Real samples", f"Dataset.sample draws from the distribution of the real samples{turn}.")
        case ["gan", "networks", *_]:
            hidden, d = " → ".join(map(str, config.hidden)), config.space.size
            if config.network != "mlp":
                made = (
                    f"perceptrons as generator {' → '.join(map(str, mixed_sizes(config, config.space)))}"
                    if config.network == "mlp_conv"
                    else f"of the generator {' → '.join(map(str, conv_widths(config)))} → 1"
                )
                return Part(
                    "Networks",
                    f"Convolutions; channels of the {objective.judge} 1 → {hidden}, {made}: "
                    f"{config.activation} between the layers, tanh at the generator's end.",
                )
            return Part(
                "Networks",
                f"Generator {config.latent_dim} → {hidden} → {d}, {objective.judge} {d} → {hidden} → 1: "
                f"{config.activation} between the layers, linear at the end.",
            )
        case ["gan", "losses"]:
            words = f"What {objective.judge} and generator minimise, from scores alone; {objective.reference}."
            formulas = (f"L = {objective.critic}", f"L_G = {objective.generator}")
            return Part(f"Loss: {objective.label}", words, formulas)
        case ["gan", "lipschitz"]:
            what = f"What becomes of the slope of the {objective.judge}"
            words = f"{what}: {constraint.note}; {constraint.reference}."
            return Part(f"Constraint: {constraint.label}", words, (constraint.formula,) * bool(constraint.formula))
        case ["gan", "trainer"]:
            why = config.needs_autograd
            engine = f"autograd is used because {why}" if why else "gradients are derived by hand"
            steps = f"{config.n_critic} steps of the {objective.judge}, then one of the generator"
            return Part("Training", f"{steps}; {engine}.")
        case ["gan", "spaces", "compared"]:
            return Part("What the exact EMD compares", read(module).docstring)
        case ["gan", "fast"]:
            return Part("Gradients by hand", read(module).docstring.partition("\n\n")[2])
    return Part(module.rpartition(".")[2].replace("_", " ").capitalize(), read(module).docstring.partition("\n")[0])


# Of the program that the script is made of; it uses some of them. Their order is that of the parts.
IMPORTS = """import sys
import numpy as np
import torch
from wgan_demo.gan.config import TrainConfig
from wgan_demo.datasets import from_pictures, from_points
from wgan_demo.gan.fast import FastTrainer
from wgan_demo.gan.trainer import Trainer
from wgan_demo.gan.spaces.compared import FRESH, compared, stream"""
RUN = """try:
    import ot
    from scipy.spatial.distance import cdist
except ImportError:
    ot = None
    print("POT is not installed, so there is no exact EMD: pip install pot", file=sys.stderr)


def exact_emd(trainer):
    \"\"\"Exact earth mover's distance of this moment, in the units of the data; NaN without POT.\"\"\"
    if ot is None:
        return np.nan
    real, fake = compared(trainer, stream(trainer.first_config.seed, FRESH, trainer.steps_done))
    cost = cdist(*(x.reshape(len(x), -1) for x in (real, fake)))
    return ot.emd2([], [], cost, numItermax=10_000_000)


torch.set_num_threads(1)  # as in the run: several threads would add in another order
trainer = {trainer}
print("step,critic_loss,score_gap,gradient_penalty,gradient_norm_mean,emd")
for record in trainer.run(ITERATIONS):
    if record.step % EVERY == 0 or record.step in (1, ITERATIONS):
        numbers = (record.critic_loss, record.score_gap, record.gradient_penalty, record.gradient_norm_mean)
        print(record.step, *(f"{{number:.9g}}" for number in (*numbers, exact_emd(trainer))), sep=",")
samples = trainer.sample(512)  # generated samples {shape}"""


def _run(recording: Recording) -> str:
    config = recording.config
    arguments = ["TrainConfig()"]
    if config.columns:
        make = "from_pictures" if recording.space.kind == "images" else "from_points"
        arguments.append(f"{make}({recording.label!r}, POINTS, {recording.axes!r})")
    if recording.changes:
        arguments.append("changes=CHANGES")
    trainer = f"{'FastTrainer' if config.by_hand else 'Trainer'}({', '.join(arguments)})"
    return RUN.format(trainer=trainer, shape=(512, *config.space.shape))  # raises where there are no such data


def _length(recording: Recording) -> str:
    """How far the run goes, and what was changed on the way."""
    lines = []
    if recording.changes:
        lines.append("# What was set anew while the run went on: (after how many iterations, what, its new value)")
        lines += ["CHANGES = (", *(f"    {change!r}," for change in recording.changes), ")"]
    lines.append(f"ITERATIONS = {recording.steps or recording.config.lr_decay_steps or 1000}  # of the generator")
    lines.append(f"EVERY = {EVERY}  # iterations between two lines of numbers")
    return "\n".join(lines)


def _table(points: np.ndarray, file: str) -> str:
    """The rows (n, d) that a run draws from: written out or, if there are too many, read from a file."""
    if len(points) > EMBEDDED:
        read_it = f"np.loadtxt({file!r}, delimiter=',', skiprows=1, ndmin=2)"
        return f"POINTS = {read_it}  # the table, which this script needs"
    rows = [str(row) for row in np.asarray(points, float).tolist()]
    together = max(1, 6 // points.shape[1])
    rows = [", ".join(rows[i : i + together]) for i in range(0, len(rows), together)]
    return "\n".join(["POINTS = np.array([", *(f"    {row}," for row in rows), "])"])


def title_of(recording: Recording) -> str:
    """The run in a few words."""
    config = recording.config
    return f"{OBJECTIVES[config.loss].label}, {CONSTRAINTS[config.regularizer].label.lower()}, seed {config.seed}"


HEAD = (
    "One run of “Wasserstein GANs, live”, number for number: the same seed and the same arithmetic in the same order. "
    "On the machine of the run, with its versions, the numbers agree in every bit; elsewhere they agree at first, and "
    "rounding grows from there. It needs PyTorch and NumPy, and POT for the exact EMD."
)


def script(recording: Recording, points: np.ndarray | None = None) -> str:
    """The Python script that repeats a recording's run. Points and errors: see `parts`."""
    text = [f'"""{title_of(recording)}.', "", *textwrap.wrap(HEAD, 110), '"""']
    for part in parts(recording, points):
        words = part.words.splitlines() if "\n" in part.words else textwrap.wrap(part.words, 110)
        text += ["", "", f"# --- {part.title} ---", *(f"# {line}".rstrip() for line in words), "", part.code]
    return "\n".join(text) + "\n"
