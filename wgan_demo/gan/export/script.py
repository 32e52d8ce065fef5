"""The script that repeats a run: what it needs of our sources as they are written, its settings, and a loop."""

import ast
import re
import textwrap
from dataclasses import fields
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.export.shake import Shaken, methods, module_of, shake
from wgan_demo.gan.export.tables import points_name
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.runs.recording import EVERY, Recording
from wgan_demo.gan.settings import CHANGEABLE, SETTINGS

PROPERTIES = {"by_hand": "True: gradients are derived by hand"}  # of TrainConfig: plain values in a script
EMBEDDED = 2000  # rows of a table that are written into a script


class Part(NamedTuple):
    """A piece of the script: what it is, in the field's words and formulas (LaTeX), and its code."""

    title: str
    words: str
    formulas: tuple[str, ...]
    code: str


def parts(recording: Recording, points: np.ndarray | None = None) -> list[Part]:
    """The script that repeats a recording's run, piece by piece. A run on a table needs its rows (n, d) as they were.

    Raises ValueError where they are missing, or the data are none of ours.
    """
    config = recording.config
    if config.columns and points is None:
        raise ValueError("To repeat a run on a table its rows are needed.")
    main = _main(recording)
    entries = {
        "DATASETS": None if config.columns else config.dataset,
        "NETWORKS": config.network,
        "ACTIVATIONS": config.activation,
        "PIECEWISE": config.activation,
        "INITS": config.init,
        "NORMS": config.batch_norm,
        "LOSSES": config.loss,
        "REGULARIZERS": config.regularizer,
        "OPTIMIZERS": config.optimizer,
    }
    shaken = shake(main, entries, given=("TrainConfig", "CHANGEABLE"))
    settings = _settings(recording, shaken)
    code = lambda *modules: "\n\n\n".join(filter(None, map(shaken.code.get, modules)))  # noqa: E731
    table = [_table(points, points_name(recording))] if config.columns else []
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    engine = "the gradients are derived by hand" if config.by_hand else f"autograd, because {config.needs_autograd}"
    by_hand = ast.get_docstring(ast.parse("\n".join(module_of("gan/fast").lines))).partition("\n\n")[2]
    found = [
        Part("Settings", f"Data: {recording.label!r}, distances in {recording.unit!r}.", (), settings),
        Part(
            "Real samples", "What the generator never sees.", (),
            "\n\n\n".join([code("datasets/spaces", "datasets/toy", "datasets/__init__"), *table]),
        ),
        Part("Networks", "Linear at the end.", (), code("gan/networks/mlp", "gan/networks/__init__")),
        Part(
            f"Loss: {objective.label}",
            f"What {objective.judge} and generator minimise, from scores alone; {objective.reference}.",
            (f"L = {objective.critic}", f"L_G = {objective.generator}"),
            code("gan/losses"),
        ),
        Part(
            f"Constraint: {constraint.label}",
            f"What becomes of the slope of the {objective.judge}: {constraint.note}; {constraint.reference}.",
            (constraint.formula,) if constraint.formula else (),
            code("gan/lipschitz"),
        ),
        Part(
            "Training",
            f"{config.n_critic} steps of the {objective.judge}, then one of the generator; {engine}.",
            (),
            code("gan/config", "gan/trainer"),
        ),
        Part("Gradients by hand", by_hand, (), code("gan/fast")),
        Part("Run", "The numbers are those of the last critic step of an iteration.", (), main),
    ]  # fmt: skip
    return [part for part in found if part.code]


def _main(recording: Recording) -> str:
    config = recording.config
    kind = "FastTrainer" if config.by_hand else "Trainer"
    axes = tuple(f"x{i + 1}" for i in range(config.columns))
    data = f', from_points("table", POINTS, {axes})' if axes else ""
    changes = ", changes=CHANGES" if recording.changes else ""
    return RUN.format(trainer=f"{kind}(TrainConfig(){data}{changes})")


RUN = """torch.set_num_threads(1)  # as in the run: several threads would add in another order
trainer = {trainer}
print("step,critic_loss,score_gap,gradient_penalty,gradient_norm_mean")
for _ in range(ITERATIONS):
    record = trainer.step()
    if record.step % EVERY == 0 or record.step in (1, ITERATIONS):
        numbers = (record.critic_loss, record.score_gap, record.gradient_penalty, record.gradient_norm_mean)
        print(record.step, *(f"{{number:.9g}}" for number in numbers), sep=",")
samples = trainer.sample(512)  # of the generator"""


def _settings(recording: Recording, shaken: Shaken) -> str:
    """The imports, the settings that the code reads as a plain dataclass, and what was changed on the way."""
    config, code = recording.config, "\n".join(shaken.code.values())
    read = set(re.findall(r"\bconfig\.(\w+)", code))
    copied = methods("gan/config", "TrainConfig", [name for name in read if callable(getattr(config, name))])
    read |= set(re.findall(r"\bself\.(\w+)", copied))
    lines = ["@dataclass(frozen=True)", "class TrainConfig:", '    """The settings of this run."""', ""]
    meanings = {field.name: SETTINGS[field.name].meaning for field in fields(config)} | PROPERTIES
    for name, meaning in meanings.items():
        if name in read:
            value = getattr(config, name)
            lines.append(f"    {name}: {type(value).__name__} = {value!r}  # {meaning}")
    lines += ["", copied, "", ""]
    if recording.changes:
        lines.append("# What was set anew while the run went on: (after how many iterations, what, its new value)")
        lines += ["CHANGES = (", *(f"    {change!r}," for change in recording.changes), ")"]
    if "CHANGEABLE" in code:
        lines.append(f"CHANGEABLE = {CHANGEABLE!r}  # while a run goes on")
    lines.append(f"ITERATIONS = {recording.steps or config.lr_decay_steps or 1000}  # of the generator")
    lines.append(f"EVERY = {EVERY}  # iterations between two lines of numbers")
    return "\n".join([shaken.imports, "", "", *lines])


def _table(points: np.ndarray, file: str) -> str:
    """The rows (n, d) that a run draws from: written out or, if there are too many, read from a file."""
    if len(points) > EMBEDDED:
        return (
            f"POINTS = np.loadtxt({file!r}, delimiter=',', skiprows=1, ndmin=2)  # the table, which this script needs"
        )
    rows = [str(row) for row in np.asarray(points, float).tolist()]
    rows = [", ".join(rows[i : i + 3]) for i in range(0, len(rows), 3)]
    return "\n".join(["POINTS = np.array([", *(f"    {row}," for row in rows), "])"])


def title_of(recording: Recording) -> str:
    """The run in a few words."""
    config = recording.config
    return f"{OBJECTIVES[config.loss].label}, {CONSTRAINTS[config.regularizer].label.lower()}, seed {config.seed}"


HEAD = (
    "One run of “Wasserstein GANs, live”, number for number: the same seed and the same arithmetic in the same order. "
    "On the machine of the run, with its versions, the numbers agree in every bit; elsewhere they agree at first, and "
    "rounding grows from there. PyTorch and NumPy are all it needs."
)


def script(recording: Recording, points: np.ndarray | None = None) -> str:
    """The Python script that repeats a recording's run. Points and errors: see `parts`."""
    text = [f'"""{title_of(recording)}.', "", *textwrap.wrap(HEAD, 110), '"""']
    for part in parts(recording, points):
        words = part.words.splitlines() if "\n" in part.words else textwrap.wrap(part.words, 110)
        text += ["", "", f"# --- {part.title} ---", *(f"# {line}".rstrip() for line in words), "", part.code]
    return "\n".join(text) + "\n"
