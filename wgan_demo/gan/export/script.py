"""A run to take away: the script that repeats it, the same as a notebook, its numbers as CSV."""

import ast
import csv
import io
import json
import re
import textwrap
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.export import source
from wgan_demo.gan.export.cut import cut, period_of
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.runs.recording import EVERY, RECORD_COLUMNS, Recording

MEANING = {
    "gp_weight": "lambda, the weight of the penalty",
    "clip": "c: every weight of the critic stays in [-c, c]",
    "n_critic": "critic steps for each step of the generator",
    "batch_size": "real points, and as many fakes, in each step",
    "latent_dim": "dimensions of the latent z ~ N(0, I)",
    "hidden": "widths of the hidden layers of both networks",
    "batch_norm": "batch normalisation in the critic",
    "lr": "learning rate of both networks",
    "lr_decay_steps": "iterations over which the learning rate falls",
    "lr_final": "the share of it that is left then",
    "betas": "Adam's averages: of the gradient, of its square",
    "ema": "average of the generator's weights, for samples",
    "seed": "of weights, data, noise and evaluation",
}


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
    d = config.space.size  # raises where there are no such data
    code = cut(config, recording.changes, points, points_name(recording))
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    hidden = " → ".join(map(str, config.hidden))
    engine = "gradients are derived by hand" if config.by_hand else f"autograd is used because {config.needs_autograd}"
    by_hand = ast.get_docstring(source.tree("gan/fast"))
    toy, period = code["datasets/toy"], period_of(config)
    turn = f", which turn once in {period:,} iterations" if period else ""
    found = [
        Part(
            "Settings", f"Data: {recording.label!r}, distances in {recording.unit!r}.", (), _settings(recording, code)
        ),
        Part("Real points", f"sample_data draws from the distribution of the real points{turn}.", (), toy),
        Part(
            "Networks",
            f"Generator {config.latent_dim} → {hidden} → {d}, {objective.judge} {d} → {hidden} → 1: "
            f"{config.activation} between the layers, linear at the end.",
            (),
            code["gan/networks/mlp"],
        ),
        Part(
            f"Loss: {objective.label}",
            f"What {objective.judge} and generator minimise, from scores alone; {objective.reference}.",
            (f"L = {objective.critic}", f"L_G = {objective.generator}"),
            code["gan/losses"],
        ),
        Part(
            f"Constraint: {constraint.label}",
            f"What becomes of the slope of the {objective.judge}: {constraint.note}; {constraint.reference}.",
            (constraint.formula,) if constraint.formula else (),
            code["gan/lipschitz"],
        ),
        Part("Gradients by hand", by_hand.partition("\n\n")[2], (), code["gan/fast"]),
        Part(
            "Training",
            f"{config.n_critic} steps of the {objective.judge}, then one of the generator; {engine}.",
            (),
            code["gan/trainer"],
        ),
        Part("Run", "The numbers are those of the last critic step of an iteration.", (), RUN.format(d=d)),
    ]
    found = [part for part in found if part.code]
    found[0] = found[0]._replace(code=_needed_imports(found) + "\n\n\n" + found[0].code)
    return found


RUN = """torch.set_num_threads(1)  # as in the run: several threads would add in another order
trainer = Trainer(Settings())
print("step,critic_loss,score_gap,gradient_penalty,gradient_norm_mean")
for _ in range(ITERATIONS):
    record = trainer.step()
    if record.step % EVERY == 0 or record.step in (1, ITERATIONS):
        numbers = (record.critic_loss, record.score_gap, record.gradient_penalty, record.gradient_norm_mean)
        print(record.step, *(f"{{number:.9g}}" for number in numbers), sep=",")
samples = trainer.sample(512)  # generated points (512, {d})"""


def _settings(recording: Recording, code: dict[str, str]) -> str:
    """The settings that the code reads, and what was changed on the way."""
    config, used = recording.config, "\n".join(code.values())
    names = [name for name in MEANING if re.search(rf"\bconfig\.{name}\b", used)]
    values = [(name, getattr(config, name)) for name in names]
    lines = ["@dataclass(frozen=True)", "class Settings:"]
    lines += [f"    {name}: {type(value).__name__} = {value!r}  # {MEANING[name]}" for name, value in values]
    lines += ["", ""]
    if recording.changes:
        lines.append("# What was set anew while the run went on: (after how many iterations, what, its new value)")
        lines += ["CHANGES = (", *(f"    {change!r}," for change in recording.changes), ")"]
    lines.append(f"ITERATIONS = {recording.steps or config.lr_decay_steps or 1000}  # of the generator")
    lines.append(f"EVERY = {EVERY}  # iterations between two lines of numbers")
    return "\n".join(lines)


def _needed_imports(parts: list[Part]) -> str:
    """The import statements for these parts: the standard library's, then the others."""
    read = source.loaded(ast.parse(part.code) for part in parts)
    lines: dict[str, list[str]] = {}
    for name, (module, original) in sorted((source.imports() | {"dataclass": ("dataclasses", "dataclass")}).items()):
        if name in read:
            plain = f"import {module}" + f" as {name}" * (name != module)
            lines.setdefault(f"from {module} import " if original else plain, []).append(name * bool(original))
    order = lambda line: (line.split()[1].startswith(("numpy", "torch")), line.startswith("from"), line)  # noqa: E731
    text = [start + ", ".join(names) for start, names in sorted(lines.items(), key=lambda item: order(item[0]))]
    at = next(i for i, line in enumerate(text) if order(line)[0])
    return "\n".join([*text[:at], "", *text[at:]])


def _title(recording: Recording) -> str:
    config = recording.config
    return f"{OBJECTIVES[config.loss].label}, {CONSTRAINTS[config.regularizer].label.lower()}, seed {config.seed}"


HEAD = (
    "One run of “Wasserstein GANs, live”, number for number: the same seed and the same arithmetic in the same order. "
    "On the machine of the run, with its versions, the numbers agree in every bit; elsewhere they agree at first, and "
    "rounding grows from there. PyTorch and NumPy are all it needs."
)


def script(recording: Recording, points: np.ndarray | None = None) -> str:
    """The Python script that repeats a recording's run. Points and errors: see `parts`."""
    text = [f'"""{_title(recording)}.', "", *textwrap.wrap(HEAD, 110), '"""']
    for part in parts(recording, points):
        words = part.words.splitlines() if "\n" in part.words else textwrap.wrap(part.words, 110)
        text += ["", "", f"# --- {part.title} ---", *(f"# {line}".rstrip() for line in words), "", part.code]
    return "\n".join(text) + "\n"


PLOT = """try:
    import matplotlib.pyplot as plt
except ImportError:
    print("matplotlib is not installed: no picture, but `samples` are there.")
else:
    {draw}
    plt.legend()
    plt.show()"""
DRAW = {
    "line": """plt.hist([trainer.real(512).numpy()[:, 0], samples[:, 0]], 40, label=["real", "generated"])""",
    "plane": """plt.scatter(*trainer.real(512).numpy().T, 8, label="real")
    plt.scatter(*samples.T, 8, marker="^", label="generated")
    plt.axis("equal")""",
}


def notebook(recording: Recording, points: np.ndarray | None = None) -> str:
    """The script as a Jupyter notebook (nbformat 4), with a picture of the samples at its end."""
    cells = [("markdown", f"# {_title(recording)}\n\n{HEAD}")]
    for part in parts(recording, points):
        # Only the first part quotes what a user called the data: as code, where Markdown and HTML mean nothing.
        words = part.words if part.title != "Settings" else ""
        if "\n" in words:  # typed, with formulas in it
            words = textwrap.indent(words, "    ")
        cells.append(
            ("markdown", "\n\n".join([f"## {part.title}", words, *(f"$${x}$$" for x in part.formulas)]).strip())
        )
        cells.append(("code", part.code if words else f"# {part.words}\n{part.code}"))
    cells += [("markdown", "## Samples"), ("code", PLOT.format(draw=DRAW[recording.space.kind]))]
    document = {
        "cells": [
            {"cell_type": kind, "id": f"cell-{i}", "metadata": {}, "source": text.splitlines(keepends=True)}
            | ({"execution_count": None, "outputs": []} if kind == "code" else {})
            for i, (kind, text) in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


# Numbers


def _table(header: Iterable[str], rows: Iterable[Iterable[float]], digits: str = ".9g") -> str:
    """CSV; nine digits are all that float32 has, and what is not a number stays empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([format(x, digits) if np.isfinite(x) else "" for x in map(float, row)] for row in rows)
    return text.getvalue()


def _units(recording: Recording) -> dict[str, str]:
    objective, x = OBJECTIVES[recording.config.loss], recording.unit
    slope = f"{objective.unit} per {x.removeprefix('units of ')}"
    loss = "nats" if objective.unit == "logits" else objective.unit
    return {
        "step": "generator iterations", "critic_loss": f"{loss}, penalty included", "generator_loss": loss,
        "gradient_penalty": "before lambda", "gradient_norm_mean": slope, "gradient_norm_std": slope,
        "score_gap": objective.unit, "emd": x, "sample_gap": objective.unit, "modes": f"of {recording.total_modes}",
        "high_quality": "share", "seconds": "s of one core",
    }  # fmt: skip


def records_csv(recording: Recording) -> str:
    """Every generator iteration: RECORD_COLUMNS with their units."""
    units = _units(recording)
    return _table([f"{name} [{units[name]}]" for name in RECORD_COLUMNS], recording.records)


def evaluations_csv(recording: Recording) -> str:
    """Every evaluation: its columns with their units."""
    units = _units(recording)
    return _table([f"{name} [{units[name]}]" for name in recording.columns], recording.evaluations)


def samples_csv(recording: Recording) -> str:
    """The generated points (n, d) of the newest frame."""
    header = [f"generated {axis} [{recording.unit}]" for axis in recording.axes]
    return _table(header, recording.frames[-1]["fake"])


def points_csv(points: np.ndarray, axes: tuple[str, ...]) -> str:
    """The rows (n, d) of a table, with all their digits: what the script of a run on many rows reads."""
    return _table([f"column {axis}" for axis in axes], points, ".17g")


def points_name(recording: Recording) -> str:
    """What `points_csv` should be called, so that the script finds it."""
    return f"{file_name(recording)}_points.csv"


def file_name(recording: Recording) -> str:
    """How the names of a run's files begin: lower-case letters, digits and underscores."""
    data = re.sub(r"[^a-z0-9]+", "_", recording.config.dataset.lower())[:40].strip("_")
    return f"wgan_{data or 'table'}_seed{recording.config.seed}"
