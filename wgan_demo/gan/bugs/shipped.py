"""The clinic's finished runs, made by `python -m wgan_demo.engine.cases`. Needs no torch."""

from pathlib import Path

from wgan_demo.gan.bugs.bugs import BUGS
from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.shipped import FOLDER, load


def path(config: BuggyConfig) -> Path:
    """The file of a run among the recordings: the bug's name, or that of its healthy settings."""
    return FOLDER / f"{_name(config)}.npz"


def case(bug: str) -> tuple[Recording, Recording]:
    """The run with this bug of BUGS, and the healthy one beside it. Raises ValueError when there is none."""
    config = BUGS[bug].config()
    return load(_name(BuggyConfig(config, bug))), load(_name(BuggyConfig(config)))


def _name(config: BuggyConfig) -> str:
    if config.bug:
        return f"bugs/{config.bug}"
    bug = next(name for name, bug in BUGS.items() if bug.config() == config.config)  # the first of those settings
    return f"bugs/healthy_{bug}" if BUGS[bug].fields else "bugs/healthy"
