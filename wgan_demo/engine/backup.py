"""Where a run stands: what the app keeps of it, so that another worker can go on when its own has died.

Needs no torch.
"""

from dataclasses import dataclass, field

from wgan_demo.engine.jobs import AnyRecording
from wgan_demo.gan.config import Changes
from wgan_demo.gan.runs.frame import Frame


@dataclass(frozen=True, eq=False)
class Backup:
    """A run at one of its steps.

    state        of its trainer, from `save`
    records      rows of its recording at that moment, evaluations likewise
    stride       frames are kept at multiples of it
    age          seconds since it was made
    frames       those that whoever asks has not got yet
    """

    state: bytes
    records: int
    evaluations: int
    stride: int
    age: float
    frames: list[Frame] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a job is taken up again, and what it was doing.

    state, recording   both as they were then; None: it begins anew
    stride, changes    of its frames; of its settings, on the whole way
    looks              steps at which it was evaluated later than that
    target, then, pace it runs until this iteration and is "finished" or "paused" there
    """

    state: bytes | None
    recording: AnyRecording | None
    stride: int
    changes: Changes
    looks: tuple[int, ...]
    target: int
    then: str
    pace: float | None
