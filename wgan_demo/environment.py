"""What the app is told from outside: every environment variable that it reads, with its type and its range.

`python -m wgan_demo.environment` prints them as the table of the README.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "WGAN_"
LEVELS = ("debug", "info", "warning", "error")


def _number(default: float, low: float, high: float, meaning: str, unit: str = "") -> Any:
    return field(default=default, metadata={"low": low, "high": high, "meaning": meaning, "unit": unit})


def _text(default: str, meaning: str, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"choices": choices, "meaning": meaning})


@dataclass(frozen=True)
class Environment:
    """The values in force. A field `grace` is the variable WGAN_GRACE; times are in seconds."""

    scheduler: str = _text("", "address of a Dask cluster that trains, tcp://host:8786; none: a worker process here")
    running: int = _number(16, 1, 256, "runs that train at once on one worker; the others queue")
    owner: int = _number(4, 1, 64, "of these, runs of one tab")
    queue: int = _number(100, 0, 1000, "runs that wait for their turn on one worker; beyond it a start is refused")
    jobs: int = _number(200, 1, 2000, "runs that one worker holds, those that stand still included")
    steps: int = _number(20_000, 100, 20_000, "iterations after which a run ends")
    seconds: float = _number(
        3600.0, 1, 86_400, "processor time after which a run ends; a study takes what it needs", "s"
    )
    lease: float = _number(30.0, 5, 3600, "how long a worker keeps a run that the app does not ask for", "s")
    grace: float = _number(20.0, 0, 3600, "how long a run trains on for a tab that went away", "s")
    kept: int = _number(
        512, 0, 65_536, "memory of the app for what runs go on from, on a new worker or when their tab is back", "MiB"
    )
    state: str = _text("", "folder for runs under way while the app is down; none: they end with it")
    studies: str = _text("~/.cache/wgan-demo/studies", "folder of the studies that are done again on a page")
    data: str = _text("~/.cache/wgan-demo/data", "folder of data sets that are not shipped: mnist/, fashion/")
    rooms: str = _text("", "address of the rooms' database, as SQLAlchemy writes it; none: ~/.cache/wgan-demo/rooms.db")
    log: str = _text("info", "the least level of a line in the log", LEVELS)

    @classmethod
    def read(cls, variables: Mapping[str, str] | None = None) -> "Environment":
        """The values of these variables, os.environ by default. Raises ValueError in one sentence for a bad one."""
        variables = os.environ if variables is None else variables
        given = {}
        for each in fields(cls):
            text = variables.get(name_of(each.name), "").strip()
            if text:
                given[each.name] = _parse(each, text)
        return cls(**given)

    @property
    def host(self) -> dict[str, float]:
        """The options of each Host."""
        return {
            "max_running": self.running,
            "max_of_owner": self.owner,
            "max_queue": self.queue,
            "max_jobs": self.jobs,
            "max_steps": self.steps,
            "max_seconds": self.seconds,
            "lease": self.lease,
        }

    @property
    def studies_folder(self) -> Path:
        """Where studies are written."""
        return Path(self.studies).expanduser()

    @property
    def state_folder(self) -> Path | None:
        """Where runs wait while the app is down, if anywhere."""
        return Path(self.state).expanduser() if self.state else None


def name_of(field_name: str) -> str:
    """The variable of a field."""
    return PREFIX + field_name.upper()


def unknown(variables: Mapping[str, str] | None = None) -> list[str]:
    """Variables that look like ours and are none: a typing error, most likely."""
    ours = {name_of(each.name) for each in fields(Environment)}
    return sorted(
        name
        for name in (os.environ if variables is None else variables)
        if name.startswith(PREFIX) and name not in ours
    )


def _parse(each, text: str) -> Any:
    """The value of a field; raises ValueError in one sentence."""
    name, kind, about = name_of(each.name), type(each.default), each.metadata
    if kind is str:
        if about["choices"] and text not in about["choices"]:
            raise ValueError(f"{name} must be one of {', '.join(about['choices'])}, not {text!r}.")
        return text
    number = "a whole number" if kind is int else "a number"
    unit = f" {about['unit']}" if about["unit"] else ""
    complaint = f"{name} must be {number} from {about['low']:,} to {about['high']:,}{unit}, not {text!r}."
    try:
        value = kind(text)
    except ValueError:
        raise ValueError(complaint) from None
    if not about["low"] <= value <= about["high"]:  # nan neither
        raise ValueError(complaint)
    return value


def rows() -> list[tuple[str, str, str, str]]:
    """Name, default, range and meaning of every variable, as they stand in the README."""
    table = []
    for each in fields(Environment):
        about, default = each.metadata, each.default
        if isinstance(default, str):
            allowed, default = ", ".join(about["choices"]), default or "none"
        else:
            unit = f" {about['unit']}" if about["unit"] else ""
            allowed, default = f"{about['low']:,} to {about['high']:,}{unit}", f"{default:,g}"
        table.append((f"`{name_of(each.name)}`", default, allowed, about["meaning"]))
    return table


if __name__ == "__main__":
    for row in [("variable", "default", "range", "what it sets"), ("---",) * 4, *rows()]:
        print(f"| {' | '.join(row)} |")
