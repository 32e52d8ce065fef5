"""What the file of a run must be, so that no file can do harm: each raises ValueError with a reason, or KeyError."""

import math
from dataclasses import fields

import numpy as np

from wgan_demo.datasets.table import MAX_ROWS, TableData
from wgan_demo.gan.config import Changes, TrainConfig, settings_over
from wgan_demo.gan.runs.layout import DTYPES, layout
from wgan_demo.gan.settings import CHANGEABLE

MAX_STEPS = 10**7
MAX_CHANGES = 1000
CHANGEABLE_TYPES = {field.name: type(field.default) for field in fields(TrainConfig) if field.name in CHANGEABLE}


def table(value) -> dict:
    """The value, if it is a table of names."""
    if not isinstance(value, dict):
        raise ValueError("its header holds no table of names")
    return value


def settings(run: dict) -> tuple[TrainConfig, Changes, int]:
    """The first settings of a run, its changes and how many iterations it has done."""
    values = table(run["config"])
    for field in fields(TrainConfig):
        value, kind = values.get(field.name, field.default), type(field.default)
        items = value if kind is tuple else [value]
        if not all(_is(item, type(field.default[0]) if kind is tuple else kind) for item in items):
            raise ValueError(f"its setting {field.name} is not of the type {kind.__name__}")
    config = TrainConfig.from_dict(values)
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


def arrays(tensors: dict[str, dict], config: TrainConfig, steps: int) -> dict[str, np.ndarray]:
    """The numbers of a run after `steps`, from tensors with dtype, shape and data (bytes) as safetensors reads them."""
    places = {name: (tensor["dtype"], tuple(tensor["shape"])) for name, tensor in tensors.items()}
    rows = math.prod(places["points"][1]) // config.columns if config.columns else 0
    if rows > MAX_ROWS:
        raise ValueError(f"its table has more than {MAX_ROWS:,} rows")
    expected = layout(config, steps, rows)
    if wrong := next((name for name in [*expected, *places] if places.get(name) != expected.get(name)), None):
        described = " ".join(map(str, expected[wrong])) if wrong in expected else "nothing of that name"
        raise ValueError(f"by its settings “{wrong[:60]}” should be {described}")
    found = {}
    for name, (dtype, shape) in expected.items():
        found[name] = np.frombuffer(tensors[name]["data"], DTYPES[dtype]).reshape(shape)
        if dtype.startswith("F") and not np.isfinite(found[name]).all():
            raise ValueError(f"“{name}” holds NaN or infinity")
    _check_noise(found["noise_rng"])
    return found


def _check_noise(state: np.ndarray) -> None:
    """torch believes any counters up to 624 and would then read past the end of its 624 words."""
    left, seeded = state[8:16].view("<i4")
    (following,) = state[16:24].view("<u8")
    words = state[24 : 24 + 8 * 624].view("<u8")
    if seeded != 1 or words.max() >= 2**32 or (left + following != 625 and (left, following) != (1, 0)):
        raise ValueError("the state of its noise makes no sense")


def numpy_rng(state: dict) -> dict:
    """The state of a PCG64, as numpy takes it."""
    inner = table(table(state)["state"])
    numbers = (inner["state"], inner["inc"], state["has_uint32"], state["uinteger"])
    fits = all(_is(n, int) and 0 <= n < 2**bits for n, bits in zip(numbers, (128, 128, 1, 32), strict=True))
    if state["bit_generator"] != "PCG64" or not fits or inner["inc"] % 2 == 0:
        raise ValueError("the state of its data's randomness makes no sense")
    return state


def seconds(run: dict) -> float:
    """How long the run trained."""
    value = run["seconds"]
    if not _is(value, float) or not 0 <= value < math.inf:
        raise ValueError("the seconds that it trained make no sense")
    return value


def rows(points: np.ndarray, run: dict) -> TableData:
    """Points (n, d) under the names that the run gives them: something that can be trained on."""
    label, axes = run["label"], tuple(run["axes"])
    if not all(isinstance(text, str) for text in (label, *axes)) or len(axes) != points.shape[1]:
        raise ValueError("its table has no name, or its columns have none")
    data = TableData(points, axes, label)
    _ = data.dataset  # raises where it is none
    return data
