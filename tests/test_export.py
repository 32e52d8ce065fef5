"""What is taken away from a run: scripts and notebooks that print its numbers, and its numbers as CSV."""

import ast
import contextlib
import csv
import io
import json
import shutil
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch

from wgan_demo.datasets import SHIPPED, Dataset
from wgan_demo.datasets.images import pixels
from wgan_demo.datasets.mnist import SMALL as MNIST14
from wgan_demo.datasets.table import TableData
from wgan_demo.engine.kinds import evaluate
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.export import notebook as book
from wgan_demo.gan.export import script as export
from wgan_demo.gan.export import tables
from wgan_demo.gan.export.shake import shake
from wgan_demo.gan.export.sources import read
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.lipschitz import REGULARIZERS
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.networks.mlp import ACTIVATIONS
from wgan_demo.gan.presets import HOME, PRESETS
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import RECORD_COLUMNS, Recording

SMALL = TrainConfig(hidden=(8, 6), batch_size=8, lr_decay_steps=20, seed=3)
CHANGES = ((2, "lr", 1e-3), (5, "n_critic", 1), (5, "gp_weight", 2.5), (9, "n_critic", 3))
POINTS = np.random.default_rng(0).normal(5, 2, (31, 2))
SHOWN = ("step", "critic_loss", "score_gap", "gradient_penalty", "gradient_norm_mean")
RUNS = {
    "by hand": (SMALL, ()),
    "autograd": (replace(SMALL, regularizer="spectral_norm", loss="hinge", dataset="swiss_roll"), ()),
    "clipping": (replace(SMALL, regularizer="clipping", optimizer="rmsprop", init="he", ema=0.0, dataset="moons"), ()),
    "changed": (replace(SMALL, dataset="twenty_five_gaussians", lr_decay_steps=0), CHANGES),
    "moving": (replace(SMALL, dataset="turning"), CHANGES),
    "table": (replace(SMALL, dataset='Iris "a"\n, b', columns=2), CHANGES[:1]),
    "line": (replace(SMALL, dataset="three_bumps"), ()),
    "line, autograd": (replace(SMALL, dataset="uneven_bumps", activation="tanh"), ()),
    "convolutions": (replace(SMALL, dataset="mnist14", network="conv", generator_norm=True), CHANGES[:1]),
    "perceptron, convolutions": (replace(SMALL, dataset="digits", network="mlp_conv"), ()),
    "convolutions of one width": (replace(SMALL, dataset="digits", network="conv_constant"), ()),
    "one column": (replace(SMALL, dataset="Iris: a", columns=1), CHANGES[:1]),
    "pictures": (replace(SMALL, dataset="Mine", columns=64), ()),
}
PRESET_RUNS = {f"{name} on {HOME}": preset.config() for name, preset in PRESETS.items()}
PRESET_RUNS |= {f"live on {name}": PRESETS["live"].config(name) for name in SHIPPED}
PRESET_RUNS |= {f"live on {d} columns": replace(PRESETS["live"].config("own"), columns=d) for d in (1, 2)}


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def rows(config: TrainConfig, points=POINTS) -> np.ndarray | None:
    """Those of the table of a run, if it has one."""
    if config.columns == 64:
        return np.random.default_rng(1).integers(-8, 9, (9, 64)) / 8
    return points[:, : config.columns] if config.columns else None


def data(config: TrainConfig, points=POINTS) -> Dataset | None:
    names = pixels(8) if config.columns == 64 else ('a"""', "b\n")[: config.columns]
    return TableData(rows(config, points), names, config.dataset).dataset if config.columns else None


def run(config: TrainConfig, changes=(), steps: int = 12, points=POINTS) -> tuple[Recording, np.ndarray]:
    """A recording of a run, without frames or evaluations, and 512 samples after it."""
    trainer = trainer_for(config, data(config, points), changes)
    records = np.array(list(trainer.run(steps)))
    of = trainer.dataset
    recording = Recording(config, of.label, of.space, of.axes, of.unit, POINTS[:0], (0, 0), changes=changes)
    recording.records = records
    return recording, trainer.sample(512)


def shown(recording: Recording, every: int) -> list[list[float]]:
    columns = [RECORD_COLUMNS.index(name) for name in SHOWN]
    steps = recording.steps
    return [row[columns].tolist() for row in recording.records if row[0] % every == 0 or row[0] in (1, steps)]


def printed(text: str) -> list[list[float]]:
    header, *lines = text.strip().splitlines()
    assert header == ",".join([*SHOWN, "emd"])
    # Nine digits say which float32 it was.
    return [[float(np.float32(cell)) for cell in line.split(",")[:-1]] for line in lines]


def executed(code: str) -> tuple[str, dict]:
    out, names = io.StringIO(), {"__name__": "__main__", "__file__": str(MNIST14)}
    with contextlib.redirect_stdout(out):
        exec(compile(code, "script", "exec"), names)
    return out.getvalue(), names


# Runs every script of a folder as a program of its own, in one process: importing torch takes longer than they do.
DRIVER = """
import contextlib, io, json, pathlib, runpy, traceback
printed = {}
for path in sorted(pathlib.Path(".").glob("*.py")):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            runpy.run_path(str(path), run_name="__main__")
        except Exception:
            traceback.print_exc(file=out)
    printed[path.stem] = out.getvalue()
print(json.dumps(printed))
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> dict[str, tuple[str, list[list[float]]]]:
    """What scripts print, alone in a directory and without our sources, and what they should print, by run."""
    torch.set_num_threads(1)
    folder, expected = tmp_path_factory.mktemp("scripts"), {}
    runs = {name: (*run, 5, 12) for name, run in RUNS.items()}
    runs |= {name: (config, (), 1, 3) for name, config in PRESET_RUNS.items()}
    with pytest.MonkeyPatch.context() as patch:
        for i, (name, (config, changes, every, steps)) in enumerate(runs.items()):
            patch.setattr(export, "EVERY", every)
            recording, _ = run(config, changes, steps)
            (folder / f"{i:02d}.py").write_text(export.script(recording, rows(config)))
            expected[name] = shown(recording, every)
    shutil.copy(MNIST14, folder)
    command = [sys.executable, "-I", "-c", DRIVER]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outputs = json.loads(done.stdout)
    return {name: (outputs[f"{i:02d}"], expected[name]) for i, name in enumerate(runs)}


@pytest.mark.parametrize("name", [*RUNS, *PRESET_RUNS])
def test_the_script_prints_the_numbers_of_the_run_alone_in_a_directory(name, alone):
    out, expected = alone[name]
    assert printed(out) == expected, out
    assert len(expected) == (4 if name in RUNS else 3)


@pytest.mark.parametrize("name", ["by hand", "moving", "table", "line", "pictures"])
def test_the_script_s_exact_emd_is_the_one_that_the_run_recorded(name, monkeypatch):
    monkeypatch.setattr(export, "EVERY", 5)
    config, changes = RUNS[name]
    recording, _ = run(config, changes)
    trainer, recorded = trainer_for(config, data(config), changes), {}
    for record in trainer.run(12):
        recorded[record.step] = evaluate(trainer)[0]["emd"]
    out, _ = executed(export.script(recording, rows(config)))
    lines = [line.split(",") for line in out.splitlines()[1:]]
    for step, *_, emd in lines:
        assert float(emd) == pytest.approx(recorded[int(step)], rel=1e-8)


def test_without_pot_the_script_says_so_and_prints_the_rest(monkeypatch, capsys):
    recording, _ = run(SMALL, steps=3)
    monkeypatch.setitem(sys.modules, "ot", None)
    out, _ = executed(export.script(recording))
    assert [line.rpartition(",")[2] for line in out.splitlines()[1:]] == ["nan"] * 2
    assert printed(out) == shown(recording, 25)
    assert capsys.readouterr().err == "POT is not installed, so there is no exact EMD: pip install pot\n"


EVERYTHING = [
    *(
        replace(SMALL, loss=loss, regularizer=regularizer, activation=activation)
        for loss in LOSSES
        for regularizer in REGULARIZERS
        for activation in ACTIVATIONS
    ),
    *(replace(SMALL, activation=name, optimizer="rmsprop") for name in ("tanh", "softplus")),
    replace(SMALL, generator_norm=True),
    *(replace(SMALL, batch_norm=True, init=name, latent_dim=5) for name in ("he", "torch")),
    *(replace(SMALL, dataset=name) for name in SHIPPED),
]


@pytest.mark.parametrize("config", EVERYTHING, ids=lambda c: f"{c.loss}-{c.regularizer}-{c.activation}-{c.dataset}")
def test_every_setting_gives_a_script_with_the_same_numbers_and_samples(config, monkeypatch):
    monkeypatch.setattr(export, "EVERY", 1)
    recording, samples = run(config, steps=3)
    code = export.script(recording)
    out, names = executed(code)
    assert printed(out) == shown(recording, 1)
    np.testing.assert_array_equal(names["samples"], samples)
    chosen = {
        "DATASETS": config.dataset,
        "NETWORKS": config.network,
        "LOSSES": config.loss,
        "REGULARIZERS": config.regularizer,
        "OPTIMIZERS": config.optimizer,
        "ACTIVATIONS": config.activation,
        "INITS": config.init,
        "NORMS": config.batch_norm,
        "GENERATOR_NORMS": config.generator_norm,
    }
    for registry, key in chosen.items():
        assert list(names[registry]) == [key]
    assert list(names.get("PIECEWISE", ())) == [config.activation] * config.by_hand
    assert "wgan_demo" not in code


def test_only_what_the_run_uses_is_in_the_script():
    recording, _ = run(SMALL)
    code = export.script(recording)
    tree = ast.parse(code)
    defined = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert [name for name in defined if name not in used and not name.startswith("__")] == []
    others = ("RMSprop", "hinge", "softplus", "Softplus", "clamp_", "def clip", "Spectral", "leaky", "moons")
    for other in (*others, "BatchNorm", "state_dict", "autograd.grad", "CHANGES"):
        assert other not in code
    assert len(code.splitlines()) < 690
    assert max(map(len, code.splitlines())) <= 125
    assert "# sqrt has no gradient at 0" in code  # comments come along


def test_what_is_in_the_script_stands_in_the_sources_word_for_word():
    recording, _ = run(replace(SMALL, dataset="turning", regularizer="clipping"), CHANGES)
    code = export.script(recording)
    modules = ("datasets.spaces", "datasets.toy", "datasets", "gan.networks", "gan.networks.mlp", "gan.losses")
    modules += ("gan.lipschitz", "gan.trainer", "gan.fast", "gan.spaces.compared")
    sources = {line for module in modules for line in read(f"wgan_demo.{module}").lines}
    begin, end = code.index("# --- Real samples"), code.index("# --- Run")
    lines = [line for line in code[begin:end].splitlines() if not line.startswith("#")]
    assert len(lines) > 400
    assert [line for line in lines if line not in sources] == []


PLAIN = dict.fromkeys(TrainConfig().as_dict(), "")  # no words about the settings


def shaken(program: str, config: TrainConfig = SMALL) -> tuple[str, dict[str, str]]:
    imports, code = shake(program, config, PLAIN)
    return imports, {module.removeprefix("wgan_demo."): text for module, text in code.items()}


def test_a_definition_brings_what_it_names_and_a_class_the_methods_that_are_called():
    make = "from wgan_demo.datasets import Dataset\nfrom wgan_demo.gan.lipschitz import interpolate\n"
    imports, code = shaken(f"{make}interpolate(a, b); Dataset('', '', f, s).at(3)")
    assert list(code) == ["datasets.spaces", "datasets.toy", "gan.lipschitz"]
    assert code["gan.lipschitz"].startswith("def interpolate")
    assert "TINY" not in code["gan.lipschitz"]
    assert "def at(" in code["datasets.toy"]
    assert "def turned" in code["datasets.toy"]
    assert "import torch\nfrom torch import Tensor" in imports
    assert "def at(" not in shaken(f"{make}Dataset('', '', f, s)")[1]["datasets.toy"]


@pytest.mark.parametrize(("module", "name", "hidden"), [("fast", "FastTrainer", True), ("trainer", "Trainer", False)])
def test_a_method_that_every_heir_replaces_is_left_out(module, name, hidden):
    _, code = shaken(f"from wgan_demo.gan.{module} import {name}\n{name}(c).step()")
    assert ("def critic_step(" not in code["gan.trainer"]) == hidden
    assert ("def squared_norms(" not in code["gan.lipschitz"]) == hidden
    assert "def __init__(self, config" in code["gan.trainer"]


def test_settings_are_plain_values_with_the_methods_that_are_called():
    _, code = shaken(
        "from wgan_demo.gan.config import TrainConfig\nconfig = TrainConfig()\nconfig.seeds(), config.by_hand"
    )
    names = executed(f"from dataclasses import dataclass\nimport numpy as np\n{code['gan.config']}")[1]
    settings = names["TrainConfig"]()
    assert [seed.generate_state(1) for seed in settings.seeds()] == [seed.generate_state(1) for seed in SMALL.seeds()]
    assert vars(settings) == {"seed": SMALL.seed, "by_hand": SMALL.by_hand}


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("from wgan_demo.gan import losses\nlosses.LOSSES", "cannot be copied"),
        ("from wgan_demo.gan.losses import LOSSES as L\nL", "cannot be copied"),
        (
            "from wgan_demo.gan.lipschitz import penalty\nfrom wgan_demo.gan.trainer import Trainer\n"
            "from torch import penalty as copy\npenalty, copy, Trainer",
            "two meanings",
        ),
    ],
    ids=["a module", "another name", "two of a name"],
)
def test_what_cannot_stand_in_one_file_is_refused(program, message):
    with pytest.raises(ValueError, match=message):
        shaken(program)


def test_a_large_table_stays_in_a_file_of_its_own(tmp_path, monkeypatch):
    points = np.random.default_rng(1).normal(size=(export.EMBEDDED + 1, 2))
    config = replace(SMALL, dataset="Größe, €/m²", columns=2)
    recording, samples = run(config, steps=3, points=points)
    code = export.script(recording, points)
    assert tables.points_name(recording) == "wgan_gr_e_m_seed3_points.csv"
    assert tables.points_name(recording) in code
    (tmp_path / tables.points_name(recording)).write_text(tables.points_csv(points, ("x", "y, z")))
    monkeypatch.chdir(tmp_path)
    np.testing.assert_array_equal(executed(code)[1]["samples"], samples)
    with pytest.raises(ValueError, match="rows are needed"):
        export.script(recording)


@pytest.mark.parametrize("name", ["autograd", "table"])
def test_the_notebook_has_the_script_s_cells_and_prints_its_numbers(name, monkeypatch):
    monkeypatch.setattr(export, "EVERY", 5)
    config, changes = RUNS[name]
    recording, samples = run(config, changes)
    document = json.loads(book.notebook(recording, rows(config)))
    assert (document["nbformat"], document["nbformat_minor"]) == (4, 5)
    assert document["metadata"]["kernelspec"]["language"] == "python"
    cells = document["cells"]
    assert len({cell["id"] for cell in cells}) == len(cells)
    for cell in cells:
        assert {"cell_type", "id", "metadata", "source"} <= cell.keys()
        assert cell["cell_type"] in ("markdown", "code")
        assert all(isinstance(line, str) for line in cell["source"])
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    out, names = executed("\n".join(code[:-1]))
    assert printed(out) == shown(recording, 5)
    np.testing.assert_array_equal(names["samples"], samples)
    assert "matplotlib" in code[-1]
    prose = "".join(line for cell in cells if cell["cell_type"] == "markdown" for line in cell["source"])
    assert "$$L = " in prose
    assert "Iris" not in prose  # a user's words are no Markdown


@pytest.mark.parametrize("kind", book.DRAW)
def test_the_last_cell_of_the_notebook_does_without_matplotlib(kind):
    cell = book.PLOT.format(draw=book.DRAW[kind])
    out, _ = executed("samples = trainer = None\n" + cell.replace("matplotlib", "not_installed"))
    assert "is not installed" in out


def test_a_slope_on_a_table_is_per_standard_deviation():
    recording = replace(shipped.load("moons"), unit="standard deviations")
    head = tables.records_csv(recording).partition("\n")[0]
    assert "gradient_norm_mean [units of f per standard deviation]" in head


def test_numbers_as_csv_say_their_units_and_lose_nothing():
    recording = shipped.load("moons")
    for text, names, table in (
        (tables.records_csv(recording), RECORD_COLUMNS, recording.records),
        (tables.evaluations_csv(recording), recording.columns, recording.evaluations),
    ):
        header, *rows = csv.reader(io.StringIO(text))
        assert [cell.partition(" [")[0] for cell in header] == list(names)
        assert all(cell.endswith("]") for cell in header)
        values = np.array([[float(cell or "nan") for cell in row] for row in rows])
        np.testing.assert_array_equal(values.astype(np.float32), table.astype(np.float32))
    header, *rows = csv.reader(io.StringIO(tables.samples_csv(recording)))
    assert header == ["generated x₁ [units of x]", "generated x₂ [units of x]"]
    np.testing.assert_array_equal(np.array(rows, np.float32), recording.frames[-1]["fake"])


def test_names_of_files_are_harmless():
    recording = replace(shipped.load("moons"))  # a copy: the other is shared
    assert tables.file_name(recording) == "wgan_moons_seed0"
    for name in ("../../etc/passwd", "", "…", "a" * 500, "x\n\0y"):
        recording.config = TrainConfig(dataset=name, columns=2)
        assert tables.file_name(recording).replace("_", "").isalnum()
        assert len(tables.file_name(recording)) < 60


def test_a_table_s_names_cannot_become_code():
    recording, _ = run(replace(SMALL, dataset="'''\"\"\"\nraise SystemExit('oh')\r\u2028raise", columns=2), steps=1)
    recording.frames = [Frame(1, {"fake": POINTS})]
    executed(export.script(recording, POINTS))
    header = next(csv.reader(io.StringIO(tables.samples_csv(recording))))
    assert header[0].startswith("generated ")  # nor a spreadsheet's formula
