"""A run as it is kept and shown: the same type for a live run, a replay and a file. Needs no torch."""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from wgan_demo import __version__
from wgan_demo.gan.config import Changes, TrainConfig

RECORD_FIELDS = (
    "step", "critic_loss", "generator_loss", "gradient_penalty", "gradient_norm_mean", "gradient_norm_std", "score_gap",
)  # fmt: skip
EVALUATION_FIELDS = ("step", "emd", "sample_gap", "modes", "high_quality", "seconds")
REAL_QUALITY = {1: math.erf(3 / math.sqrt(2)), 2: 1 - math.exp(-4.5)}  # of a round Gaussian: within 3 deviations
EVERY = 25  # generator iterations between two evaluations
MAX_BYTES = 64 * 2**20  # of all arrays in a file: a small archive can hold gigabytes
SHAPES = {
    "header": (None,),
    "real": (None, "d"),
    "records": (None, len(RECORD_FIELDS)),
    "evaluations": (None, len(EVALUATION_FIELDS)),
    "frame_steps": (None,),
    "fake": (None, None, "d"),
    "surface": (None, "rows", "k"),
    "norms": (None, None),
    "interpolates": (None, None, "d + 1"),
    "frame_real": (None, None, "d"),
}  # of the arrays in a file; None: any length, d: the number of axes, k: any, rows: 1 on the line, k in the plane
MAY_LACK = ("frame_real",)  # where the real points are at rest


@dataclass(frozen=True, eq=False)
class Frame:
    """What the stage shows at one step.

    fake (n, d); surface, the critic's values: in the plane (k, k) on the square, row i at x2 = -extent + 2 extent i /
    (k - 1), on the line (1, k) from -extent to extent; norms (m,), ||grad f|| at x_hat; interpolates (j, d + 1), the
    real point x, drawn anew for this and none of the real points shown, and the share u of the first j of these
    x_hat = u x + (1 - u) fake; real (n, d), the real points where they move, None where they are those of the run.
    """

    step: int
    fake: np.ndarray
    surface: np.ndarray
    norms: np.ndarray
    interpolates: np.ndarray
    real: np.ndarray | None = None


@dataclass(eq=False)
class Recording:
    """A run: its settings, its data, a row of numbers per step, a row per evaluation, and frames.

    records (s, 7) float64 in the order of RECORD_FIELDS; evaluations (e, 6) float64 in the order of EVALUATION_FIELDS:
    sample_gap is the score gap on the very samples of the EMD, modes are NaN where the data have none, seconds are
    those of one core that training took on its machine, the only number that no two runs share. real (n, d) are the
    real points of the stage, as they were at first (`real_of` where they move); floor (mean, standard deviation) is of
    the exact EMD between two samples of the real data, of the same size as those compared; changes is what was set
    anew while the run went on.
    """

    config: TrainConfig
    label: str
    axes: tuple[str, ...]
    unit: str
    extent: float
    real: np.ndarray
    floor: tuple[float, float]
    total_modes: int = 0
    changes: Changes = ()
    records: np.ndarray = field(default_factory=lambda: np.empty((0, len(RECORD_FIELDS))))
    evaluations: np.ndarray = field(default_factory=lambda: np.empty((0, len(EVALUATION_FIELDS))))
    frames: list[Frame] = field(default_factory=list)
    version: str = __version__

    @property
    def steps(self) -> int:
        """Generator iterations done; a run that goes on from a checkpoint has an evaluation before its first record."""
        newest = self.records if len(self.records) else self.evaluations
        return int(newest[-1, 0]) if len(newest) else 0

    @property
    def dimension(self) -> int:
        """Coordinates of a point: 1 or 2."""
        return len(self.axes)

    def course(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values of one named quantity, of every step or of every evaluation."""
        table, names = (self.records, RECORD_FIELDS) if name in RECORD_FIELDS else (self.evaluations, EVALUATION_FIELDS)
        return table[:, 0], table[:, names.index(name)]

    def real_of(self, frame: Frame) -> np.ndarray:
        """The real points (n, d) at the moment of a frame."""
        return self.real if frame.real is None else frame.real

    def save(self, path: Path) -> None:
        """Write a compressed .npz; frames are kept to half precision (3 digits)."""
        header = {
            "config": self.config.as_dict(),
            "label": self.label,
            "axes": self.axes,
            "unit": self.unit,
            "extent": self.extent,
            "floor": self.floor,
            "total_modes": self.total_modes,
            "changes": self.changes,
            "version": self.version,
        }
        moved = [frame.real for frame in self.frames if frame.real is not None]
        np.savez_compressed(
            path,
            header=np.frombuffer(json.dumps(header).encode(), np.uint8),
            real=self.real.astype(np.float32),
            records=self.records.astype(np.float32),
            evaluations=self.evaluations.astype(np.float32),
            frame_steps=np.array([frame.step for frame in self.frames]),
            fake=np.array([frame.fake for frame in self.frames], np.float16),
            surface=np.array([frame.surface for frame in self.frames], np.float16),
            norms=np.array([frame.norms for frame in self.frames], np.float16),
            interpolates=np.array([frame.interpolates for frame in self.frames], np.float16),
            **({"frame_real": np.array(moved, np.float16)} if moved else {}),
        )

    @classmethod
    def load(cls, path: Path) -> "Recording":
        """Read what `save` wrote. Raises ValueError when the file is not such a recording."""
        try:
            with np.load(path, allow_pickle=False) as archive:
                if sum(info.file_size for info in archive.zip.infolist()) > MAX_BYTES:
                    raise ValueError("it is too large")
                data = {name: archive[name] for name in SHAPES if name in archive or name not in MAY_LACK}
            header = json.loads(data["header"].tobytes())
            d = len(header["axes"])
            if d not in (1, 2):
                raise ValueError(f"it has {d} axes, not 1 or 2")
            k = data["surface"].shape[-1]
            lengths = {"d": d, "d + 1": d + 1, "k": k, "rows": 1 if d == 1 else k}
            for name, array in data.items():
                found, shape = array.shape, [lengths.get(length, length) for length in SHAPES[name]]
                fits = len(found) == len(shape) and all(a in (b, None) for a, b in zip(shape, found, strict=True))
                if array.dtype.kind not in "iuf" or (array.size and not fits):
                    raise ValueError(f"“{name}” holds {array.dtype} of shape {found}")
            names = [name for name in ("fake", "surface", "norms", "interpolates", "frame_real") if name in data]
            frames = [
                Frame(int(step), *(array.astype(np.float32) for array in arrays))
                for step, *arrays in zip(data["frame_steps"], *(data[name] for name in names), strict=True)
            ]
            return cls(
                config=TrainConfig.from_dict(header["config"]),
                label=header["label"],
                axes=tuple(header["axes"]),
                unit=header["unit"],
                extent=header["extent"],
                real=data["real"],
                floor=tuple(header["floor"]),
                total_modes=header["total_modes"],
                changes=tuple((int(step), str(name), float(value)) for step, name, value in header.get("changes", ())),
                records=data["records"].astype(float).reshape(-1, len(RECORD_FIELDS)),
                evaluations=data["evaluations"].astype(float).reshape(-1, len(EVALUATION_FIELDS)),
                frames=frames,
                version=header["version"],
            )
        except Exception as error:  # zipfile, zlib, numpy and json each have their own for a bad file
            raise ValueError(f"{Path(path).name} is not a recording of this course: {error}.") from error
