"""What is kept of both networks while they learn against a generator that stands still. Needs no torch."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np

from wgan_demo import __version__
from wgan_demo.gan.runs.courses import Courses
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.standstill import pulls
from wgan_demo.gan.standstill.config import GRID, POINTS, StandstillConfig

FOLDER = Path(__file__).parents[2] / "recordings" / "standstill"
KEPT = 40  # frames, about evenly spaced on a log axis of steps
RECORD_COLUMNS = ("step", "discriminator_loss", "critic_loss", "gradient_penalty", "gradient_norm_mean", "score_gap")
COLUMNS = ("step", "value", "gap", "greatest_slope", "seconds")
SHAPES = {
    "logit": (GRID,),
    "f": (GRID,),
    "logit_at": (POINTS,),
    "logit_slope": (POINTS,),
    "f_slope": (POINTS,),
}
MAX_BYTES = 8 * 2**20  # of all arrays in a file


@dataclass(eq=False)
class StandstillRecording(Courses):
    """A discriminator and a critic that learn beside each other: records (s, 6) in the order of RECORD_COLUMNS, a row
    per step; evaluations (e, 5) in the order of COLUMNS, and a frame for each.

    value is E_P ln D + E_Q ln(1 - D) in nats and gap E_P f - E_Q f in units of f, both sums over the densities;
    greatest_slope is the largest |f'| between neighbours of the grid. A frame has the discriminator's logit and f on
    the config's `grid` (GRID,), and at its `points` the logit, its slope and f's slope (POINTS,).
    """

    config: StandstillConfig
    records: np.ndarray = field(default_factory=lambda: np.empty((0, len(RECORD_COLUMNS))))
    evaluations: np.ndarray = field(default_factory=lambda: np.empty((0, len(COLUMNS))))
    frames: list[Frame] = field(default_factory=list)
    version: str = __version__

    record_columns = RECORD_COLUMNS
    columns = COLUMNS

    def pulls(self) -> dict[str, np.ndarray]:
        """Of each loss the pulls (frames, POINTS) at the generated points, in every frame."""
        at = [pulls.of_all(frame["logit_at"], frame["logit_slope"], frame["f_slope"]) for frame in self.frames]
        return {name: np.array([here[name] for here in at]) for name in pulls.LOSSES}

    @property
    def steps_kept(self) -> np.ndarray:
        """The steps (frames,) of the frames."""
        return np.array([frame.step for frame in self.frames])

    def thinned(self) -> "StandstillRecording":
        """The same with the frames alone that lie about evenly on a log axis, and the newest."""
        wanted = kept_steps(self.steps) - 0.5
        steps = self.steps_kept
        keep = np.unique(np.append(np.searchsorted(steps, wanted).clip(max=len(steps) - 1), len(steps) - 1))
        rows = [self.evaluations[:, 0].tolist().index(steps[i]) for i in keep]
        return replace(self, frames=[self.frames[i] for i in keep], evaluations=self.evaluations[rows])

    def save(self, path: Path) -> None:
        """Write a compressed .npz, without the numbers of every step."""
        header = {"config": asdict(self.config), "version": self.version}
        np.savez_compressed(
            path,
            header=np.frombuffer(json.dumps(header).encode(), np.uint8),
            evaluations=self.evaluations,
            frame_steps=self.steps_kept,
            **{name: np.array([frame[name] for frame in self.frames], np.float32) for name in SHAPES},
        )

    @classmethod
    def load(cls, path: Path) -> "StandstillRecording":
        """Read what `save` wrote. Raises ValueError when the file is not such a recording."""
        try:
            with np.load(path, allow_pickle=False) as archive:
                if sum(info.file_size for info in archive.zip.infolist()) > MAX_BYTES:
                    raise ValueError("it is too large")
                data = {name: archive[name] for name in archive.files}
            header = json.loads(data["header"].tobytes())
            settings = header["config"] | {"hidden": tuple(header["config"]["hidden"])}
            steps = data["frame_steps"]
            for name, shape in SHAPES.items():
                if data[name].shape != (len(steps), *shape):
                    raise ValueError(f"“{name}” has shape {data[name].shape}")
            if data["evaluations"].shape != (len(steps), len(COLUMNS)):
                raise ValueError(f"the evaluations have shape {data['evaluations'].shape}")
            frames = [
                Frame(int(step), {name: data[name][i].astype(float) for name in SHAPES}) for i, step in enumerate(steps)
            ]
            config = StandstillConfig(**settings)
            return cls(config, evaluations=data["evaluations"], frames=frames, version=header["version"])
        except Exception as error:  # zipfile, zlib, numpy and json each have their own for a bad file
            raise ValueError(f"{Path(path).name} is not a recording of this lesson: {error}.") from error


def kept_steps(steps: int) -> np.ndarray:
    """At which of so many steps a frame is kept: 0, and up to KEPT - 1 evenly spaced ones on a log axis."""
    return np.unique(np.append(0, np.rint(np.geomspace(1, max(steps, 1), KEPT)).astype(int)))


@cache
def shipped(name: str) -> StandstillRecording:
    """A recording that ships with the program, made by `python -m wgan_demo.gan.standstill.record`. Raises ValueError
    when there is none. Shared, so not to be changed.
    """
    return StandstillRecording.load(FOLDER / f"{name}.npz")


def all_shipped(names: Iterable[str]) -> list[StandstillRecording]:
    """The recordings of these names."""
    return [shipped(name) for name in names]
