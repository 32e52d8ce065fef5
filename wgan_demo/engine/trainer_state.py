"""The state of a trainer of any kind as bytes, from which another one made in the same way goes on bit for bit.

A checkpoint (gan/runs/checkpoint.py) is a file for people, of two networks. This never leaves the program, so it may be
a pickle, which takes a fraction of a millisecond.
"""

import pickle
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import nn

PLAIN = ("config", "changes", "steps_done", "seconds")  # of a trainer, whichever of them it has


def save(trainer) -> bytes:
    """All of a trainer that its steps change: networks, slopes, optimisers, randomness, counts. Between two steps."""
    state = {name: _of(part) for name, part in _parts(trainer)}
    state |= {name: getattr(trainer, name) for name in PLAIN if hasattr(trainer, name)}
    return pickle.dumps(state, pickle.HIGHEST_PROTOCOL)


def restore(trainer, content: bytes) -> None:
    """Put a trainer that was made in the same way where the saved one stood."""
    state = pickle.loads(content)
    for name, part in _parts(trainer):
        _put(part, state.pop(name))
    for name, value in state.items():
        setattr(trainer, name, value)


def _parts(trainer) -> Iterator[tuple[str, Any]]:
    """What it holds that has a state of its own, by name; of lists, each."""
    for name, value in vars(trainer).items():
        for i, part in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(part, nn.Module | torch.optim.Optimizer | torch.Generator | np.random.Generator):
                yield f"{name}.{i}", part


def _of(part) -> Any:
    if isinstance(part, nn.Module):
        slopes = {name: _plain(p.grad) for name, p in part.named_parameters() if p.grad is not None}
        return _plain(part.state_dict()), slopes  # slopes: a bug of the clinic lets them pile up
    if isinstance(part, torch.optim.Optimizer):
        return _plain(part.state_dict())
    return part.bit_generator.state if isinstance(part, np.random.Generator) else _plain(part.get_state())


def _put(part, state: Any) -> None:
    if isinstance(part, nn.Module):
        tensors, slopes = map(_tensors, state)
        part.load_state_dict(tensors)
        for name, parameter in part.named_parameters():
            parameter.grad = slopes.get(name)
    elif isinstance(part, torch.optim.Optimizer):
        part.load_state_dict(_tensors(state))
    elif isinstance(part, np.random.Generator):
        part.bit_generator.state = state
    else:
        part.set_state(_tensors(state))


def _plain(tree: Any) -> Any:
    """Tensors as arrays, which are pickled at once and not one file each."""
    if isinstance(tree, torch.Tensor):
        return tree.numpy()
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    return [_plain(value) for value in tree] if isinstance(tree, list) else tree


def _tensors(tree: Any) -> Any:
    """Arrays as tensors again."""
    if isinstance(tree, np.ndarray):
        return torch.from_numpy(tree)
    if isinstance(tree, dict):
        return {key: _tensors(value) for key, value in tree.items()}
    return [_tensors(value) for value in tree] if isinstance(tree, list) else tree
