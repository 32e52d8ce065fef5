"""A run as a file from which it goes on bit for bit: networks, averages, optimisers, randomness, settings, table.

The format is safetensors (https://huggingface.co/docs/safetensors): a JSON header with dtype, shape and place of every
tensor, then the raw numbers. Unlike a pickle, nothing in it can run. The package of that name writes it, and reads only
files whose tensors lie one after the other to the last byte. What it cannot know is held against the run's settings
before a number is used (checks.py), in the app's process too, where there is no torch.
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from safetensors import SafetensorError, deserialize
from safetensors import numpy as safetensors

from wgan_demo import __version__
from wgan_demo.datasets.table import TableData
from wgan_demo.gan.config import Changes, TrainConfig, settings_at
from wgan_demo.gan.runs import checks

if TYPE_CHECKING:
    from wgan_demo.gan.trainer import Trainer

MAX_HEADER = 2**20  # bytes; that of the deepest networks takes 40 kB
LONGEST = 200  # characters of a complaint, which may quote the file


@dataclass(frozen=True, eq=False)
class State:
    """Where a run stands: `arrays` by their names in the file, the states of numpy's generators, its table if any."""

    steps: int
    arrays: dict[str, np.ndarray]
    data_rng: dict
    evaluation_rng: dict
    seconds: float
    data: TableData | None = None


class Checkpoint(NamedTuple):
    """The settings a run began with, what was set anew on the way, and where it stands."""

    config: TrainConfig
    changes: Changes
    state: State


def save(trainer: "Trainer", *, short: bool = False) -> bytes:
    """The file of a trainer's run as it stands between two iterations.

    A `short` one packs well: weights to 3 digits, the optimisers' squares to 1, no momentum. Its run goes on, but not
    to the same numbers.
    """
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
    # The package takes the bytes as they lie in memory, and writes entries of the metadata in an order that changes.
    ordered = {name: np.asarray(array, order="C") for name, array in arrays.items()}
    if short:
        ordered = {name: _shortened(name, array) for name, array in ordered.items()}
    return safetensors.save(ordered, {"run": json.dumps(run)})


def _shortened(name: str, array: np.ndarray) -> np.ndarray:
    """Rounded to 10 bits behind the leading one, or to 4: the others become 0."""
    if array.dtype != np.float32 or name.endswith(".step"):
        return array
    if name.endswith(".exp_avg"):
        return np.zeros_like(array)
    lost = 23 - (4 if "_optimizer." in name else 10)
    bits = array.view(np.uint32).astype(np.uint64) + (1 << (lost - 1))
    return (bits >> lost << lost).astype(np.uint32).view(np.float32)


def load(content: bytes) -> Checkpoint:
    """Read what `save` wrote, trusting nothing. Raises ValueError with one sentence that says what is wrong."""
    try:
        length = int.from_bytes(content[:8], "little")
        if length > MAX_HEADER:
            raise ValueError("its header is too long")
        tensors = dict(deserialize(content))
        header = json.loads(content[8 : 8 + length], object_pairs_hook=_unique)
        run = checks.table(json.loads((header.get("__metadata__") or {})["run"]))
        config, changes, steps = checks.settings(run)
        arrays = checks.arrays(tensors, config, steps)
        data = checks.rows(arrays.pop("points"), run) if config.columns else None
        rngs = (checks.numpy_rng(run[name]) for name in ("data_rng", "evaluation_rng"))
        return Checkpoint(config, changes, State(steps, arrays, *rngs, checks.seconds(run), data))
    except KeyError as error:
        raise ValueError(f"This is not a checkpoint of this course: it has no {error}.") from error
    except SafetensorError as error:
        reason = str(error).rpartition("deserializing: ")[2]
        raise _complaint(f"it is cut off or no safetensors file ({reason})") from error
    except ValueError as error:
        raise _complaint(str(error)) from error
    except (TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise _complaint("its header is not as it should be") from error


def _complaint(reason: str) -> ValueError:
    reason = " ".join(reason.split()).rstrip(".")
    reason = reason if len(reason) <= LONGEST else reason[: LONGEST - 1] + "…"
    return ValueError(f"This is not a checkpoint of this course: {reason}.")


def _unique(pairs: list[tuple]) -> dict:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice in its header")
    return dict(pairs)


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
