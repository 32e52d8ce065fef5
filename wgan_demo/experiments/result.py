"""A finished run of a study as it is kept: one small file, written whole or not at all."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import uuid4

import numpy as np

from wgan_demo import __version__
from wgan_demo.engine.jobs import AnyConfig
from wgan_demo.experiments.study import Study

SHIPPED = Path(__file__).parents[1] / "recordings/studies"
MAX_BYTES = 8 * 2**20  # of all arrays in a file: a small archive can hold gigabytes


def plain(config: AnyConfig) -> dict:
    """A config as JSON has it."""
    return json.loads(json.dumps(asdict(config)))


@dataclass(frozen=True, eq=False)
class Result:
    """What a run came to.

    config   its settings, the seed among them, as JSON has them
    steps    that were asked for
    seconds  of one core that its training took on the machine that ran it
    numbers  what Study.measure says, in the units that it says
    arrays   what Study.keep says
    message  why it ended before all steps were done, "" if it did not: its numbers may be missing then
    version  of this program
    """

    config: dict
    steps: int
    seconds: float
    numbers: dict[str, float]
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    message: str = ""
    version: str = __version__

    def save(self, path: Path) -> None:
        """Write a compressed .npz beside `path`, then put it there in one move. Raises OSError, e.g. when the disk is
        full; what stood there before stays.
        """
        header = {name: value for name, value in vars(self).items() if name != "arrays"}
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{uuid4().hex}")
        try:
            with draft.open("wb") as file:
                np.savez_compressed(file, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **self.arrays)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    @classmethod
    def load(cls, path: Path) -> "Result":
        """Read what `save` wrote. Raises ValueError when the file is none, FileNotFoundError when there is no file."""
        try:
            with np.load(path, allow_pickle=False) as archive:
                if sum(info.file_size for info in archive.zip.infolist()) > MAX_BYTES:
                    raise ValueError("it is too large")
                arrays = {name: archive[name] for name in archive.files}
            return cls(arrays=arrays, **json.loads(arrays.pop("header").tobytes()))
        except FileNotFoundError:
            raise
        except Exception as error:  # zipfile, zlib, numpy and json each have their own for a bad file
            raise ValueError(f"{path.name} is not a result of a study: {error}.") from error


def place(folder: Path, run: str) -> Path:
    """The file of a run."""
    return folder / f"{run}.npz"


def finished(study: Study, folder: Path, steps: int | None = None) -> dict[str, Result]:
    """The results in `folder` of those runs that are as the study describes them now: the same settings and steps.

    Any other file counts for nothing, and its run will be done again.
    """
    found = {}
    for run, config in study.runs.items():
        try:
            result = Result.load(place(folder, run))
        except (ValueError, OSError):
            continue
        known = plain(type(config)()) | result.config  # a setting newer than the file has its default
        if known == plain(config) and result.steps == (steps or study.steps):
            found[run] = result
    return found
