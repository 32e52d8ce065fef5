"""A run as it is kept and shown: the same type for a live run, a replay and a file. Needs no torch."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wgan_demo import __version__
from wgan_demo.datasets import Space
from wgan_demo.gan.config import Changes, TrainConfig
from wgan_demo.gan.runs.courses import Courses
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.spaces import VIEWS
from wgan_demo.gan.spaces.view import View

if TYPE_CHECKING:
    from wgan_demo.gan.trainer import Trainer

RECORD_COLUMNS = (
    "step", "critic_loss", "generator_loss", "gradient_penalty", "gradient_norm_mean", "gradient_norm_std", "score_gap",
)  # fmt: skip
EVERY = 25  # generator iterations between two evaluations
MAX_BYTES = 64 * 2**20  # of all arrays in a file: a small archive can hold gigabytes


@dataclass(eq=False)
class Recording(Courses):
    """A run: its settings, its data, a row of numbers per step, a row per evaluation, and frames.

    records (s, 7) float64 in the order of RECORD_COLUMNS; evaluations (e, c) float64 in the order of `columns`: the
    step, what the space measures, and the seconds of one core that training took on its machine, the only number that
    no two runs share; `machine` says which that was, where it is known. real (n, *shape) are the real samples of the
    stage, as they were at first (`real_of` where they move); floor (mean, standard deviation) is of the first measure
    between two samples of the real data, of the same size as those compared; changes is what was set anew while the run
    went on.
    """

    config: TrainConfig
    label: str
    space: Space
    axes: tuple[str, ...]
    unit: str
    real: np.ndarray
    floor: tuple[float, float]
    total_modes: int = 0
    changes: Changes = ()
    records: np.ndarray = field(default_factory=lambda: np.empty((0, len(RECORD_COLUMNS))))
    evaluations: np.ndarray = None  # (0, c) until there are some
    frames: list[Frame] = field(default_factory=list)
    version: str = __version__
    machine: str = ""

    record_columns = RECORD_COLUMNS

    def __post_init__(self):
        if self.evaluations is None:
            self.evaluations = np.empty((0, len(self.columns)))

    @classmethod
    def of(cls, trainer: "Trainer") -> "Recording":
        """An empty one of a trainer's run, with its real samples and its noise floor."""
        dataset, config = trainer.dataset, trainer.first_config
        view = VIEWS[dataset.space.kind]
        return cls(
            config=config,
            label=dataset.label,
            space=dataset.space,
            axes=dataset.axes,
            unit=dataset.unit,
            real=view.real(dataset, config.seed),
            floor=view.floor(dataset),
            total_modes=dataset.total_modes,
            changes=trainer.changes,
        )

    @property
    def view(self) -> View:
        """How runs in this kind of space are looked at."""
        return VIEWS[self.space.kind]

    @property
    def columns(self) -> tuple[str, ...]:
        """What stands in a row of the evaluations."""
        return ("step", *self.view.columns, "seconds")

    @property
    def distance(self) -> tuple[np.ndarray, np.ndarray]:
        """Steps (e,) and values (e,) of the first measure: how far the generated samples are from the real ones."""
        return self.course(self.columns[1])

    def real_of(self, frame: Frame) -> np.ndarray:
        """The real samples (n, *shape) at the moment of a frame."""
        return frame.arrays.get("real", self.real)

    def until(self, step: int | None) -> "Recording":
        """The recording as it was when iteration `step` was done; the whole of it for None."""
        if step is None:
            return self
        return replace(
            self,
            records=self.records[self.records[:, 0] <= step],
            evaluations=self.evaluations[self.evaluations[:, 0] <= step],
            frames=[frame for frame in self.frames if frame.step <= step] or self.frames[:1],
            changes=tuple(change for change in self.changes if change[0] <= step),
        )

    def save(self, path: Path) -> None:
        """Write a compressed .npz; frames are kept to half precision (3 digits)."""
        header = {
            "config": self.config.as_dict(),
            "label": self.label,
            "space": (self.space.kind, self.space.shape, self.space.extent),
            "axes": self.axes,
            "unit": self.unit,
            "floor": self.floor,
            "total_modes": self.total_modes,
            "changes": self.changes,
            "version": self.version,
            "machine": self.machine,
        }
        names = self.frames[0].arrays if self.frames else ()
        np.savez_compressed(
            path,
            header=np.frombuffer(json.dumps(header).encode(), np.uint8),
            real=self.real.astype(np.float32),
            records=self.records.astype(np.float32),
            evaluations=self.evaluations.astype(np.float32),
            frame_steps=np.array([frame.step for frame in self.frames]),
            **{f"frame_{name}": np.array([frame[name] for frame in self.frames], np.float16) for name in names},
        )

    @classmethod
    def load(cls, path: Path) -> "Recording":
        """Read what `save` wrote. Raises ValueError when the file is not such a recording."""
        try:
            with np.load(path, allow_pickle=False) as archive:
                if sum(info.file_size for info in archive.zip.infolist()) > MAX_BYTES:
                    raise ValueError("it is too large")
                data = {name: archive[name] for name in archive.files}
            header = json.loads(data.pop("header").tobytes())
            kind, shape, extent = header["space"]
            space = Space(kind, tuple(map(int, shape)), float(extent))
            tables = {name: data.pop(name) for name in ("real", "records", "evaluations", "frame_steps")}
            _check(space, tables, data)
            frames = [
                Frame(int(step), {name.removeprefix("frame_"): data[name][i].astype(np.float32) for name in data})
                for i, step in enumerate(tables["frame_steps"])
            ]
            return cls(
                config=TrainConfig.from_dict(header["config"]),
                label=header["label"],
                space=space,
                axes=tuple(header["axes"]),
                unit=header["unit"],
                real=tables["real"],
                floor=tuple(header["floor"]),
                total_modes=header["total_modes"],
                changes=tuple((int(step), str(name), float(value)) for step, name, value in header["changes"]),
                records=tables["records"].astype(float),
                evaluations=tables["evaluations"].astype(float),
                frames=frames,
                version=header["version"],
                machine=header.get("machine", ""),
            )
        except Exception as error:  # zipfile, zlib, numpy and json each have their own for a bad file
            raise ValueError(f"{Path(path).name} is not a recording of this course: {error}.") from error


def _check(space: Space, tables: dict[str, np.ndarray], frames: dict[str, np.ndarray]) -> None:
    """Raises ValueError where an array does not have the shape that its name wants, or holds no numbers."""
    view = VIEWS[space.kind]
    n = len(tables["frame_steps"])
    wanted: dict[str, tuple] = {
        "real": (None, *space.shape),
        "records": (None, len(RECORD_COLUMNS)),
        "evaluations": (None, 2 + len(view.columns)),
        "frame_steps": (n,),
        "frame_real": (n, None, *space.shape),
    }
    if n:
        wanted |= {f"frame_{name}": (n, *shape) for name, shape in view.shapes(space).items()}
    arrays, lengths = tables | frames, {}
    for name in {**arrays, **{name: None for name in wanted if name != "frame_real"}}:
        array = arrays.get(name)
        if array is None or name not in wanted:
            raise ValueError(f"“{name}” is {'missing' if array is None else 'none of its arrays'}")
        fits = array.dtype.kind in "iuf" and len(array.shape) == len(wanted[name])
        for found, length in zip(array.shape, wanted[name], strict=False):
            same = lengths.setdefault(length, found) if isinstance(length, str) else length
            fits &= length is None or found == same
        if not fits:
            raise ValueError(f"“{name}” holds {array.dtype} of shape {array.shape}")
