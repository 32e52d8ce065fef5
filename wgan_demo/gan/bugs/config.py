"""What defines a run with a bug in it. Needs no torch."""

from dataclasses import dataclass

from wgan_demo.gan.bugs.bugs import BUGS
from wgan_demo.gan.config import TrainConfig


@dataclass(frozen=True)
class BuggyConfig:
    """Settings, and a name of BUGS; "" is the healthy run beside it, by the same readable Trainer.

    Raises ValueError for another name.
    """

    config: TrainConfig
    bug: str = ""

    def __post_init__(self):
        if self.bug and self.bug not in BUGS:
            raise ValueError(f"bug must be one of {', '.join(BUGS)}, not {self.bug!r}.")

    @property
    def step_flop(self) -> float:
        """Floating-point operations of one generator iteration."""
        return self.config.step_flop
