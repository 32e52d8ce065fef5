"""Checkpoints: a run goes on bit for bit, other programs can read the file, and no file can do harm."""

import contextlib
import json
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import numpy as package

from wgan_demo.datasets import from_points
from wgan_demo.datasets.table import TableData
from wgan_demo.engine import jobs
from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs import checkpoint
from wgan_demo.plots.training import loss_figure, norm_course_figure

SMALL = TrainConfig(hidden=(8, 6), batch_size=8, lr_decay_steps=10, seed=3)
CHANGES = ((1, "lr", 1e-3), (3, "n_critic", 1), (6, "gp_weight", 2))
CONFIGS = {
    "by hand": SMALL,
    "no average": replace(SMALL, ema=0.0),
    "clipping": replace(SMALL, regularizer="clipping", optimizer="rmsprop", activation="leaky_relu"),
    "spectral": replace(SMALL, regularizer="spectral_norm", loss="hinge"),
    "batch norm": replace(SMALL, batch_norm=True, latent_dim=5),
    "tanh": replace(SMALL, activation="tanh", optimizer="rmsprop"),
    "table": replace(SMALL, dataset="Iris: a, b", columns=2),
    "line": replace(SMALL, dataset="uneven_bumps"),
    "one column": replace(SMALL, dataset="Iris: a", columns=1),
    "data that move": replace(SMALL, dataset="turning"),
}
OLD = Path(__file__).parent / "data" / "run.safetensors"
POINTS = np.random.default_rng(0).normal(5, 2, (30, 2))


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def trained(config: TrainConfig = SMALL, steps: int = 4, changes=()):
    d = config.columns
    dataset = from_points("Iris: a, b", POINTS[:, :d], ("a", "b")[:d]) if d else None
    trainer = trainer_for(config, dataset, changes)
    list(trainer.run(steps))
    return trainer


def resumed(content: bytes):
    config, changes, state = checkpoint.load(content)
    trainer = trainer_for(config, state.data and state.data.dataset, changes)
    checkpoint.restore(trainer, state)
    return trainer


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("steps", [0, 4])
def test_a_run_goes_on_bit_for_bit(config, steps):
    first = trained(config, steps, CHANGES)
    second = resumed(checkpoint.save(first))
    assert (second.config, second.first_config, second.changes) == (first.config, config, CHANGES)
    assert list(second.run(4)) == list(first.run(4))
    assert np.array_equal(second.sample(9), first.sample(9))
    assert checkpoint.save(second) == checkpoint.save(first)


def test_the_safetensors_package_reads_the_same_numbers():
    content = checkpoint.save(trained(CONFIGS["table"]))
    theirs, state = package.load(content), checkpoint.load(content).state
    ours = state.arrays | {"points": state.data.points}
    assert theirs.keys() == ours.keys()
    for name, array in ours.items():
        assert theirs[name].dtype == array.dtype
        np.testing.assert_array_equal(theirs[name], array)
    np.testing.assert_array_equal(ours["points"], POINTS)
    # What another program has written again, in its own order, is read as well.
    header, _ = parts(content)
    end, buffer, again = 0, b"", {"__metadata__": header["__metadata__"]}
    for name in sorted(ours, reverse=True):
        again[name] = header[name] | {"data_offsets": [end, end := end + ours[name].nbytes]}
        buffer += ours[name].tobytes()
    again = checkpoint.load(joined(again, buffer)).state.arrays
    assert all(np.array_equal(again[name], array) for name, array in ours.items() if name != "points")


def test_a_file_of_an_older_program_goes_on():
    """Written after 4 iterations when the program still wrote the format itself."""
    content = OLD.read_bytes()
    config, changes, state = checkpoint.load(content)
    assert config == replace(SMALL, dataset="Iris: a, b", columns=2, hidden=(4, 3))
    assert changes == ((1, "lr", 1e-3), (5, "n_critic", 1))
    assert (state.steps, state.data) == (4, TableData(POINTS[:12], ("a", "b"), "Iris: a, b"))
    theirs = package.load(content)
    assert all(np.array_equal(theirs[name], array) for name, array in state.arrays.items())
    # Only nearly equal: it was written on another machine.
    never_stopped = trainer_for(config, state.data.dataset, changes)
    expected = np.array(list(never_stopped.run(7)))[4:]
    np.testing.assert_allclose(np.array(list(resumed(content).run(3))), expected, rtol=1e-3, atol=1e-5)


# Files that others made


def parts(content: bytes) -> tuple[dict, bytes]:
    length = int.from_bytes(content[:8], "little")
    return json.loads(content[8 : 8 + length]), content[8 + length :]


def joined(header, buffer: bytes) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + buffer


@pytest.fixture(scope="module")
def good() -> bytes:
    torch.set_num_threads(1)
    return checkpoint.save(trained(replace(SMALL, columns=2, dataset="t"), 2, CHANGES))


def with_run(good: bytes, **values) -> bytes:
    header, buffer = parts(good)
    run = json.loads(header["__metadata__"]["run"])
    run["config"] |= values.pop("config", {})
    header["__metadata__"]["run"] = json.dumps(run | values)
    return joined(header, buffer)


def with_entry(good: bytes, name: str, **values) -> bytes:
    header, buffer = parts(good)
    header[name] |= values
    return joined(header, buffer)


def with_bytes(good: bytes, name: str, at: int, new: bytes) -> bytes:
    header, buffer = parts(good)
    start = header[name]["data_offsets"][0] + at
    return joined(header, buffer[:start] + new + buffer[start + len(new) :])


def with_names(good: bytes, text: str) -> bytes:
    """With more text at the beginning of its header."""
    header, buffer = parts(good)
    return joined(("{" + text + ", " + json.dumps(header)[1:]).encode(), buffer)


def with_tensor(good: bytes, name: str, array: np.ndarray) -> bytes:
    """As the package itself writes it: all is well with the file, but not with what is in it."""
    run = parts(good)[0]["__metadata__"]["run"]
    return package.save(package.load(good) | {name: array}, {"run": run})


WEIGHT = "generator.0.weight"
BIAS = '"critic.0.bias": {"dtype": "F32", "shape": [8], "data_offsets": [0, 32]}'
HOSTILE = {
    "nothing": (lambda good: b"", "cut off"),
    "half a length": (lambda good: good[:7], "cut off"),
    "random bytes": (lambda good: bytes(range(256)) * 8, "too long"),
    "a header of exabytes": (lambda good: b"\xff" * 8 + good[8:], "too long"),
    "a header of 2 MB": (lambda good: joined(b" " * 2**21, b""), "too long"),
    "no JSON": (lambda good: joined(b"{" * 100, b""), "invalid JSON"),
    "deep JSON": (lambda good: joined(b"[" * 200_000, b""), "header"),
    "a list": (lambda good: joined([1], b""), "invalid type: sequence"),
    "no UTF-8": (lambda good: joined(b'{"\xff": 1}', b""), "invalid UTF-8"),
    "a name twice": (lambda good: with_names(good, BIAS), "stands twice"),
    "two metadata": (lambda good: with_names(good, '"__metadata__": {"run": "{}"}'), "duplicate field"),
    "a run twice": (
        lambda good: joined(b'{"__metadata__": {"run": "{}", "run": "{}"}}', b""),
        "stands twice",
    ),
    "metadata of nothing": (lambda good: joined({"__metadata__": None}, b""), "has no 'run'"),
    "a run that is a list": (lambda good: joined({"__metadata__": {"run": "[]"}}, b""), "no table of names"),
    "a run that is deep": (lambda good: joined({"__metadata__": {"run": "[" * 200_000}}, b""), "not as it should be"),
    "a run that is no JSON": (lambda good: joined({"__metadata__": {"run": "x"}}, b""), "Expecting value"),
    "weights of another program": (
        lambda good: joined({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}, b"1234"),
        "has no 'run'",
    ),
    "2e9 elements in 1.6 kB": (lambda good: with_entry(good, WEIGHT, shape=[2 * 10**9, 1]), "invalid shape"),
    "2e9 elements, rows of the table": (lambda good: with_entry(good, "points", shape=[2 * 10**9, 2]), "invalid shape"),
    "2e20 elements": (lambda good: with_entry(good, WEIGHT, shape=[2 * 10**9, 10**11]), "overflow"),
    "10,001 rows": (lambda good: with_tensor(good, "points", np.zeros((10_001, 2))), "10,000 rows"),
    "no rows": (lambda good: with_tensor(good, "points", np.zeros((0, 2))), "not a checkpoint"),
    "a point of no shape": (lambda good: with_tensor(good, "points", np.zeros(())), "“points” should be F64"),
    "rows of three": (lambda good: with_tensor(good, "points", np.zeros((30, 3))), "“points” should be F64"),
    "another shape of as many": (lambda good: with_entry(good, WEIGHT, shape=[2, 8]), r"should be F32 \(8, 2\)"),
    "negative shape": (lambda good: with_entry(good, WEIGHT, shape=[-8, -2]), "expected usize"),
    "another dtype": (lambda good: with_entry(good, WEIGHT, dtype="I32"), "should be F32"),
    "dtype of no NumPy": (lambda good: with_entry(good, "noise_rng", dtype="F8_E4M3"), "should be U8"),
    "dtype of no kind": (lambda good: with_entry(good, WEIGHT, dtype=["F32"]), "invalid JSON"),
    "overlap": (lambda good: with_entry(good, "critic.0.bias", data_offsets=[0, 32]), "invalid offset"),
    "a hole": (
        lambda good: joined({"a": {"dtype": "U8", "shape": [1], "data_offsets": [1, 2]}}, b"12"),
        "invalid offset",
    ),
    "beyond the end": (lambda good: with_entry(good, WEIGHT, data_offsets=[10**12, 10**12 + 64]), "invalid offset"),
    "offsets of text": (lambda good: with_entry(good, WEIGHT, data_offsets=["0", "64"]), "expected usize"),
    "one tensor too many": (
        lambda good: with_tensor(good, "extra", np.zeros(1, np.float32)),
        "“extra” should be nothing",
    ),
    "an entry that is none": (lambda good: joined(parts(good)[0] | {"extra": 5}, parts(good)[1]), "invalid JSON"),
    "a name of two lines": (lambda good: with_names(good, '"a\\nb": {}'), "invalid JSON"),
    "cut off": (lambda good: good[:-1], "cut off"),
    "longer": (lambda good: good + b"0", "not fully covered"),
    "NaN": (lambda good: with_bytes(good, WEIGHT, 4, b"\x00\x00\xc0\x7f"), "NaN or infinity"),
    "infinite points": (lambda good: with_bytes(good, "points", 0, b"\0\0\0\0\0\0\xf0\x7f"), "NaN or infinity"),
    "constant points": (lambda good: with_bytes(good, "points", 0, bytes(480)), "constant"),
    "noise that reads past its end": (
        lambda good: with_bytes(good, "noise_rng", 8, b"\x70\x02\0\0\1\0\0\0\x70\x02\0\0\0\0\0\0"),
        "state of its noise",
    ),
    "absurd widths": (lambda good: with_run(good, config={"hidden": [10**6] * 3}), "hidden must lie between 1 and"),
    "10,000 layers": (lambda good: with_run(good, config={"hidden": [1] * 10_000}), "hidden must be 1 to 16 numbers"),
    "half a critic step": (lambda good: with_run(good, config={"n_critic": 1.5}), "n_critic is not of the type int"),
    "text for a rate": (lambda good: with_run(good, config={"lr": "fast"}), "lr is not of the type float"),
    "a rate of NaN": (lambda good: with_run(good, config={"lr": float("nan")}), "lr must lie between"),
    "an unknown optimizer": (lambda good: with_run(good, config={"optimizer": "__class__"}), "optimizer must be"),
    "data nobody has": (lambda good: with_run(good, config={"columns": 0, "dataset": "x"}), "dataset must be"),
    "other settings": (lambda good: with_run(good, config={"hidden": [7, 7]}), "should be F32"),
    "a config that is none": (lambda good: with_run(good, config={"hidden": 5}), "not as it should be"),
    "steps below 0": (lambda good: with_run(good, steps=-1), "number of iterations"),
    "steps that are true": (lambda good: with_run(good, steps=True), "number of iterations"),
    "a change of the seed": (lambda good: with_run(good, changes=[[1, "seed", 2]]), "changes of its settings"),
    "a change to text": (lambda good: with_run(good, changes=[[1, "lr", "x"]]), "changes of its settings"),
    "a change of two": (lambda good: with_run(good, changes=[[1, "lr"]]), "changes of its settings"),
    "a change out of range": (lambda good: with_run(good, changes=[[1, "lr", 50]]), "lr must lie between"),
    "100,000 changes": (lambda good: with_run(good, changes=[[1, "lr", 0.1]] * 30_000), "changes of its settings"),
    "another generator": (lambda good: with_run(good, data_rng={"bit_generator": "MT19937"}), "has no 'state'"),
    "numbers of 200 bits": (
        lambda good: with_run(
            good,
            data_rng={
                "bit_generator": "PCG64",
                "state": {"state": 2**200, "inc": 1},
                "has_uint32": 0,
                "uinteger": 0,
            },
        ),
        "randomness",
    ),
    "axes without names": (lambda good: with_run(good, axes=[1, 2]), "no name"),
    "a pickle": (
        lambda good: pickle.dumps(good),
        "too long",
    ),
}


@pytest.mark.parametrize(("damage", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_bad_file_ends_in_one_clear_sentence(good, damage, message):
    with pytest.raises(ValueError, match=message) as error:
        checkpoint.load(damage(good))
    assert str(error.value).startswith("This is not a checkpoint of this course: ")
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_every_single_byte_may_be_wrong(good):
    rng = np.random.default_rng(0)
    for at in [*range(0, 1200, 7), *rng.integers(len(good), size=300)]:
        damaged = bytearray(good)
        damaged[at] ^= int(rng.integers(1, 256))
        with contextlib.suppress(ValueError):  # and nothing else
            assert isinstance(checkpoint.load(bytes(damaged)).config, TrainConfig)


# In the host


def settle(host: Host) -> None:
    while host.tick() == 0:
        pass


def test_a_host_goes_on_as_if_it_had_never_stopped():
    host = Host(every=5)
    config = CONFIGS["table"]
    host.create("a", RunSpec(config, TableData(POINTS, ("a", "b"), "Iris: a, b")))
    host.start("a", 7)
    settle(host)
    host.change("a", "lr", 5e-4)
    content = host.checkpoint("a")
    host.start("a", 12)
    settle(host)
    host.create("b", RunSpec(TrainConfig(), checkpoint=content))
    settle(host)
    loaded = host.recording("b")
    assert (loaded.steps, len(loaded.records), loaded.evaluations[:, 0].tolist()) == (7, 0, [7])
    assert (loaded.config, loaded.label, loaded.axes) == (config, "Iris: a, b", ("a", "b"))
    for figure in (loss_figure, norm_course_figure):
        figure(loaded)
    host.start("b", 12)
    settle(host)
    never_stopped, loaded = host.recording("a"), host.recording("b")
    assert loaded.changes == never_stopped.changes == ((7, "lr", 5e-4),)
    np.testing.assert_array_equal(loaded.records, never_stopped.records[7:])
    np.testing.assert_array_equal(loaded.evaluations[:, :-1], never_stopped.evaluations[2:, :-1])  # all but the seconds
    np.testing.assert_array_equal(loaded.frames[-1]["fake"], never_stopped.frames[-1]["fake"])
    assert loaded.course("seconds")[1][0] == json.loads(parts(content)[0]["__metadata__"]["run"])["seconds"] > 0
    files = [with_run(host.checkpoint(name), seconds=0) for name in "ab"]  # no two runs share these
    assert files[0] == files[1]
    figure(loaded)


def test_what_a_file_asks_for_has_the_limits_of_everybody(good, monkeypatch):
    host = Host()
    with pytest.raises(ValueError, match="not a checkpoint"):
        host.create("a", RunSpec(SMALL, checkpoint=good[:-1]))
    for wrong in ({"loss": "x"}, {"regularizer": "x"}):
        with pytest.raises(ValueError, match="must be one of"):
            host.create("a", RunSpec(SMALL, checkpoint=with_run(good, config=wrong)))
    # A critic that works harder later on counts as well.
    monkeypatch.setattr(jobs, "MAX_STEP_FLOP", 2 * SMALL.step_flop)
    host.create("a", RunSpec(SMALL, checkpoint=good))
    with pytest.raises(ValueError, match="hold up everybody"):
        host.create("b", RunSpec(SMALL, checkpoint=with_run(good, changes=[[9, "n_critic", 100]])))


def test_there_is_no_checkpoint_of_what_cannot_go_on():
    host = Host()
    assert host.checkpoint("nobody") is None
    host.create("a", RunSpec(SMALL))
    assert host.checkpoint("a") is not None  # even before its first frame
    host._jobs["a"].state = "failed"
    assert host.checkpoint("a") is None
