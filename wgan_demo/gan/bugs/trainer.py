"""A Trainer with a bug in it: the readable one, with one of its functions compiled anew around the bug's lines."""

from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from types import FunctionType
from typing import Any

from wgan_demo.datasets import Dataset
from wgan_demo.gan import trainer
from wgan_demo.gan.bugs.bugs import BUGS, Bug
from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.config import Changes


def buggy_trainer(config: BuggyConfig, dataset: Dataset | None = None, changes: Changes = ()) -> trainer.Trainer:
    """A trainer of config.config with config.bug in it, for "" the healthy Trainer itself. Errors: see `Trainer`."""
    make = infected(BUGS[config.bug]) if config.bug else trainer.Trainer
    return make(config.config, dataset, changes)


def infected(bug: Bug) -> type[trainer.Trainer]:
    """Trainer, but that all its methods meet the buggy function where they would meet the healthy one.

    Nothing else in the process sees it: a healthy run may train beside it.
    """
    healthy, name = _find(bug)
    buggy = _rewritten(healthy, bug)
    world = dict(vars(trainer))
    if name not in vars(trainer.Trainer):
        reach = ("LOSSES", "REGULARIZERS", "NETWORKS", name)
        world |= {key: _replaced(world[key], healthy, buggy) for key in reach if key in world}
    own = [method for method in vars(trainer.Trainer).values() if isinstance(method, FunctionType)]
    methods = {method.__name__: method for method in own if method.__globals__ is vars(trainer)}
    if name in methods:
        methods[name] = buggy
    return type("BuggyTrainer", (trainer.Trainer,), {key: _moved(method, world) for key, method in methods.items()})


def _find(bug: Bug) -> tuple[FunctionType, str]:
    """The healthy function, and its name."""
    module, _, path = bug.place.partition(":")
    found = import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    return found, name


def _rewritten(function: FunctionType, bug: Bug) -> FunctionType:
    """The function with the bug's lines in place of the healthy ones, in the same world."""
    world = dict(function.__globals__)
    exec(compile(bug.infected, f"<{bug.place}: {bug.name}>", "exec"), world)  # our own lines, from BUGS
    return _moved(world[function.__name__], function.__globals__)


def _moved(function: FunctionType, world: dict[str, Any]) -> FunctionType:
    """The same function, with its globals looked up in `world`."""
    moved = FunctionType(function.__code__, world, function.__name__, function.__defaults__, function.__closure__)
    moved.__kwdefaults__ = function.__kwdefaults__
    return moved


def _replaced(value: Any, old: FunctionType, new: FunctionType) -> Any:
    """A function, or a registry of functions, with `new` in place of `old`."""
    if value is old:
        return new
    if isinstance(value, dict):
        return {key: _replaced(each, old, new) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _replaced(getattr(value, each.name), old, new) for each in fields(value)})
    return value
