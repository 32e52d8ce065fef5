"""What a run is asked for with: all that travels from a page to its host."""

from dataclasses import dataclass

from wgan_demo.datasets.table import TableData
from wgan_demo.engine.jobs import AnyConfig
from wgan_demo.gan.config import Changes


@dataclass(frozen=True)
class RunSpec:
    """A config, and what it may need beside itself.

    data        the rows that a config with columns trains on
    changes     settings that are set anew at their iterations: with those of another run, this one repeats it
    checkpoint  a file that brings everything itself, in place of all the others: its run goes on where it stood
    """

    config: AnyConfig
    data: TableData | None = None
    changes: Changes = ()
    checkpoint: bytes | None = None
