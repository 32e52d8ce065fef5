"""A run as a file from which it goes on bit for bit: networks, averages, optimisers, randomness, settings, table.

The format is safetensors (https://huggingface.co/docs/safetensors): 8 bytes with the length of a JSON header, that
header with dtype, shape and place of every tensor, then the raw numbers. Unlike a pickle, nothing in it can run. It is
read here rather than by the package of that name because the names, types and shapes of a run follow from its settings:
a file is held against them before a single number is read, and in the app's process, where there is no torch.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgan_demo import __version__
from wgan_demo.datasets import Dataset, from_points
from wgan_demo.datasets.table import MAX_ROWS
from wgan_demo.gan.architectures import ARCHITECTURES
from wgan_demo.gan.config import CHANGEABLE, Changes, TrainConfig, settings_at

if TYPE_CHECKING:
    from wgan_demo.gan.trainer import Trainer

MAX_HEADER = 2**20  # bytes; that of the deepest networks takes 40 kB
MAX_STEPS = 10**7
MAX_CHANGES = 1000
LONGEST = 200  # characters of a complaint, which may quote the file
CHANGEABLE_TYPES = {field.name: type(field.default) for field in fields(TrainConfig) if field.name in CHANGEABLE}
DTYPES = {"F32": np.dtype("<f4"), "F64": np.dtype("<f8"), "I64": np.dtype("<i8"), "U8": np.dtype("u1")}
MOMENTS = {"adam": ("exp_avg", "exp_avg_sq"), "rmsprop": ("square_avg",)}
NOISE_RNG = 5056  # bytes of a torch.Generator's state


@dataclass(frozen=True, eq=False)
class State:
    """Where a run stands: `arrays` by their names in the file, the states of numpy's generators, the raw table if any.

    points (n, d) are the rows that the run draws from, before they are scaled, with the names of their columns.
    """

    steps: int
    arrays: dict[str, np.ndarray]
    data_rng: dict
    evaluation_rng: dict
    seconds: float
    label: str = ""
    axes: tuple[str, ...] = ()

    @property
    def points(self) -> np.ndarray | None:
        return self.arrays.get("points")

    @property
    def dataset(self) -> Dataset | None:
        """The table as a data set. Raises ValueError where it cannot be one."""
        return None if self.points is None else from_points(self.label, self.points, self.axes)


class Checkpoint(NamedTuple):
    """The settings a run began with, what was set anew on the way, and where it stands."""

    config: TrainConfig
    changes: Changes
    state: State


def settings_over(config: TrainConfig, changes: Changes) -> Iterator[TrainConfig]:
    """The settings of a run one after the other, from the first ones on."""
    yield config
    for _, name, value in sorted(changes, key=lambda change: change[0]):
        config = replace(config, **{name: value})
        yield config


def layout(config: TrainConfig, steps: int, rows: int) -> dict[str, tuple[str, tuple[int, ...]]]:
    """dtype and shape of every tensor in the file of such a run after `steps`; `rows` is the length of its table."""
    generator, critic = ARCHITECTURES[config.network].tensors(config, config.space)
    parts = {"generator": generator, "critic": critic} | ({"averaged": generator} if config.ema else {})
    tensors = {f"{part}.{name}": kind for part, network in parts.items() for name, kind in network.items()}
    for part in ("generator", "critic") if steps else ():
        trained = [shape for name, (_, shape) in parts[part].items() if name.endswith(("weight", "bias"))]
        if config.by_hand:  # one flat tensor
            trained = [(sum(math.prod(shape) for shape in trained),)]
        for i, shape in enumerate(trained):
            tensors |= {f"{part}_optimizer.{i}.{moment}": ("F32", shape) for moment in MOMENTS[config.optimizer]}
            tensors[f"{part}_optimizer.{i}.step"] = ("F32", ())
    tensors["noise_rng"] = ("U8", (NOISE_RNG,))
    return tensors | ({"points": ("F64", (rows, config.columns))} if config.columns else {})


def size(config: TrainConfig, rows: int = 0) -> int:
    """Bytes of the numbers in the file of such a run once it has begun."""
    return sum(math.prod(shape) * DTYPES[dtype].itemsize for dtype, shape in layout(config, 1, rows).values())


# Writing


def save(trainer: "Trainer") -> bytes:
    """The file of a trainer's run as it stands between two iterations."""
    state, config, dataset = trainer.state_dict(), trainer.first_config, trainer.dataset
    arrays = {}
    for part, network in zip(("generator", "critic", "averaged"), state["networks"], strict=True):
        if part != "averaged" or config.ema:
            arrays |= {f"{part}.{name}": tensor.numpy() for name, tensor in network.items()}
    for part, optimizer in zip(("generator", "critic"), state["optimizers"], strict=True):
        for i, moments in optimizer["state"].items():
            arrays |= {f"{part}_optimizer.{i}.{name}": tensor.numpy() for name, tensor in moments.items()}
    arrays["noise_rng"] = state["noise_rng"].numpy()
    run = {
        "version": __version__,
        "config": config.as_dict(),
        "changes": trainer.changes,
        "steps": trainer.steps_done,
        "seconds": trainer.seconds,
        "data_rng": state["data_rng"],
        "evaluation_rng": state["evaluation_rng"],
    }
    if config.columns:
        arrays["points"] = dataset.table
        run |= {"label": dataset.label, "axes": dataset.axes}
    return _write(arrays, run)


def _write(arrays: dict[str, np.ndarray], run: dict) -> bytes:
    header, blocks, end = {"__metadata__": {"format": "pt", "run": json.dumps(run)}}, [], 0
    # The widest types first, so that every number lies at a multiple of its size.
    for name, array in sorted(arrays.items(), key=lambda item: (-item[1].itemsize, item[0])):
        dtype = next(key for key, known in DTYPES.items() if known == array.dtype)
        blocks.append(np.ascontiguousarray(array, DTYPES[dtype]).tobytes())
        start, end = end, end + array.nbytes
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [start, end]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, *blocks])


# Reading


def load(content: bytes) -> Checkpoint:
    """Read what `save` wrote, trusting nothing. Raises ValueError with one sentence that says what is wrong."""
    try:
        header, buffer = _header(content)
        run = _object(json.loads(header.pop("__metadata__", {})["run"]))
        config, changes, steps = _settings(run)
        return Checkpoint(config, changes, _state(run, config, steps, header, buffer))
    except KeyError as error:
        raise ValueError(f"This is not a checkpoint of this course: it has no {error}.") from error
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        reason = str(error).rstrip(".") if isinstance(error, ValueError) else "its header is not as it should be"
        reason = reason if len(reason) <= LONGEST else reason[: LONGEST - 1] + "…"
        raise ValueError(f"This is not a checkpoint of this course: {reason}.") from error


def _header(content: bytes) -> tuple[dict, memoryview]:
    """The JSON header, and the bytes after it."""
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(MAX_HEADER, len(content) - 8):
        raise ValueError("the file is cut off, or its header is too long")
    try:
        header = json.loads(content[8 : 8 + length], object_pairs_hook=_unique)
    except ValueError as error:  # also UnicodeDecodeError
        raise ValueError("its header is not JSON in which every name stands once") from error
    return _object(header), memoryview(content)[8 + length :]


def _unique(pairs: list[tuple]) -> dict:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("twice the same name")
    return dict(pairs)


def _object(value) -> dict:
    if not isinstance(value, dict):
        raise ValueError("its header holds no table of names")
    return value


def _settings(run: dict) -> tuple[TrainConfig, Changes, int]:
    values = _object(run["config"])
    for field in fields(TrainConfig):
        value, kind = values.get(field.name, field.default), type(field.default)
        items = value if kind is tuple else [value]
        if not all(_is(item, type(field.default[0]) if kind is tuple else kind) for item in items):
            raise ValueError(f"its setting {field.name} is not of the type {kind.__name__}")
    config = TrainConfig.from_dict(values)
    if config.optimizer not in MOMENTS:
        raise ValueError(f"optimizer must be one of {', '.join(MOMENTS)}, not {config.optimizer!r}")
    _ = config.space  # raises where there are no such data
    steps = run["steps"]
    if not _is(steps, int) or not 0 <= steps <= MAX_STEPS:
        raise ValueError("its number of iterations makes no sense")
    changes = tuple(map(tuple, run["changes"]))
    if len(changes) > MAX_CHANGES or not all(map(_is_change, changes)):
        raise ValueError("the changes of its settings make no sense")
    list(settings_over(config, changes))  # raises where a value makes no sense
    return config, changes, steps


def _is_change(change: tuple) -> bool:
    step, name, value = change if len(change) == 3 else (None, None, None)
    return _is(step, int) and 0 <= step <= MAX_STEPS and name in CHANGEABLE and _is(value, CHANGEABLE_TYPES[name])


def _is(value, kind: type) -> bool:
    """True for a plain value of a setting's type: an int is a float too, True is neither."""
    return isinstance(value, (int, float) if kind is float else kind) and (isinstance(value, bool) == (kind is bool))


def _state(run: dict, config: TrainConfig, steps: int, header: dict, buffer: memoryview) -> State:
    places = {name: (_object(entry)["dtype"], tuple(entry["shape"])) for name, entry in header.items()}
    if not all(_is(place, int) for entry in header.values() for place in entry["data_offsets"]):
        raise ValueError("its header gives places that are no whole numbers")
    rows = places["points"][1][0] if config.columns else 0
    if not _is(rows, int) or rows > MAX_ROWS:
        raise ValueError(f"its table has more than {MAX_ROWS:,} rows")
    expected = layout(config, steps, rows)
    if wrong := next((name for name in [*expected, *places] if places.get(name) != expected.get(name)), None):
        described = " ".join(map(str, expected[wrong])) if wrong in expected else "nothing of that name"
        raise ValueError(f"by its settings “{wrong[:60]}” should be {described}")
    end = 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        dtype, shape = expected[name]
        size = math.prod(shape) * DTYPES[dtype].itemsize
        if entry["data_offsets"] != [end, end + size]:
            raise ValueError(f"the place of “{name}” is wrong")
        end += size
    if end != len(buffer):
        raise ValueError("the file is cut off, or longer than its header says")
    arrays = {}
    for name, (dtype, shape) in expected.items():
        array = np.frombuffer(buffer, DTYPES[dtype], math.prod(shape), header[name]["data_offsets"][0])
        arrays[name] = array.reshape(shape).copy()
        if dtype.startswith("F") and not np.isfinite(array).all():
            raise ValueError(f"“{name}” holds NaN or infinity")
    _check_noise(arrays["noise_rng"])
    seconds = run["seconds"]
    if not _is(seconds, float) or not 0 <= seconds < math.inf:
        raise ValueError("the seconds that it trained make no sense")
    state = State(steps, arrays, _numpy_rng(run["data_rng"]), _numpy_rng(run["evaluation_rng"]), seconds)
    if config.columns:
        label, axes = run["label"], tuple(run["axes"])
        if not all(isinstance(text, str) for text in (label, *axes)) or len(axes) != config.columns:
            raise ValueError("its table has no name, or its columns have none")
        state = replace(state, label=label, axes=axes)
        _ = state.dataset  # raises where it is none
    return state


def _check_noise(state: np.ndarray) -> None:
    """torch believes any counters up to 624 and would then read past the end of its 624 words."""
    left, seeded = state[8:16].view("<i4")
    (following,) = state[16:24].view("<u8")
    words = state[24 : 24 + 8 * 624].view("<u8")
    if seeded != 1 or words.max() >= 2**32 or (left + following != 625 and (left, following) != (1, 0)):
        raise ValueError("the state of its noise makes no sense")


def _numpy_rng(state: dict) -> dict:
    """The state of a PCG64, as numpy takes it."""
    inner = _object(_object(state)["state"])
    numbers = (inner["state"], inner["inc"], state["has_uint32"], state["uinteger"])
    fits = all(_is(n, int) and 0 <= n < 2**bits for n, bits in zip(numbers, (128, 128, 1, 32), strict=True))
    if state["bit_generator"] != "PCG64" or not fits or inner["inc"] % 2 == 0:
        raise ValueError("the state of its data's randomness makes no sense")
    return state


def restore(trainer: "Trainer", state: State) -> None:
    """Put a fresh trainer of the checkpoint's config, data and changes where the run stood."""
    import torch  # here, where a trainer is; the app's own process only reads files

    new = trainer.state_dict()
    tensors: dict[str, dict[str, torch.Tensor]] = {}
    for name, array in state.arrays.items():
        part, _, rest = name.partition(".")
        tensors.setdefault(part, {})[rest] = torch.from_numpy(array)
    new["networks"] = [tensors["generator"], tensors["critic"], tensors.get("averaged", tensors["generator"])]
    for part, optimizer in zip(("generator", "critic"), new["optimizers"], strict=True):
        moments: dict[int, dict[str, torch.Tensor]] = {}
        for name, tensor in tensors.get(f"{part}_optimizer", {}).items():
            i, _, moment = name.partition(".")
            moments.setdefault(int(i), {})[moment] = tensor
        optimizer["state"] = moments
    new |= {
        "noise_rng": torch.from_numpy(state.arrays["noise_rng"]),
        "data_rng": state.data_rng,
        "evaluation_rng": state.evaluation_rng,
        "steps_done": state.steps,
        "config": settings_at(trainer.first_config, trainer.changes, state.steps),
    }
    trainer.load_state_dict(new)
    trainer.seconds = state.seconds
