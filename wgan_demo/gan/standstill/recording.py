"""What is kept of both networks while they learn against a generator that stands still. Needs no torch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from wgan_demo.gan.runs.courses import Courses
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.standstill import pulls
from wgan_demo.gan.standstill.config import GRID, POINTS, StandstillConfig

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

    def arrays(self) -> dict[str, np.ndarray]:
        """All of it but the config and the numbers of every step, to seven digits: what `of` makes one from again."""
        frames = {name: np.array([frame[name] for frame in self.frames], np.float32) for name in SHAPES}
        return {"step": self.steps_kept, "evaluations": self.evaluations, **frames}

    @classmethod
    def of(cls, config: StandstillConfig, arrays: Mapping[str, np.ndarray]) -> "StandstillRecording":
        """The recording that `arrays` were taken from. Raises ValueError for shapes that are none of its own."""
        n = len(arrays["step"])
        for name, shape in {**SHAPES, "evaluations": (len(COLUMNS),)}.items():
            if arrays[name].shape != (n, *shape):
                raise ValueError(f"“{name}” has shape {arrays[name].shape} and not {(n, *shape)}.")
        frames = [
            Frame(int(step), {name: arrays[name][i].astype(float) for name in SHAPES})
            for i, step in enumerate(arrays["step"])
        ]
        return cls(config, evaluations=arrays["evaluations"], frames=frames)


def kept_steps(steps: int) -> np.ndarray:
    """At which of so many steps a frame is kept: 0, and up to KEPT - 1 evenly spaced ones on a log axis."""
    return np.unique(np.append(0, np.rint(np.geomspace(1, max(steps, 1), KEPT)).astype(int)))
