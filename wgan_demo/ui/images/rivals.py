"""The two that learn the same digits: a standard GAN and a WGAN-GP, each a run of the tab with a recording for it."""

from dataclasses import replace
from typing import NamedTuple

from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.presets import PRESETS, recording_name
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.ui.runs.tab import TabRun

DATA = "digits"
RATES = {"0.0001": 1e-4, "0.0002": 2e-4, "0.0005": 5e-4, "0.001": 1e-3, "0.002": 2e-3}
USUAL = "0.001"  # that of the recordings
RUN = TabRun("im")  # of what both share; it has no job


class Rival(NamedTuple):
    """One of the two: its run, what it is called, and the preset that it is trained with."""

    run: TabRun
    name: str
    preset: str

    @property
    def stand_in(self) -> Recording:
        """The recording that is shown until a run of one's own has begun."""
        return shipped.load(recording_name(self.preset, DATA))

    def spec(self, rate: float, seed: int) -> RunSpec:
        """What Start trains."""
        return RunSpec(replace(PRESETS[self.preset].config(DATA), lr=rate, seed=seed))


RIVALS = (Rival(TabRun("im_a"), "A: standard GAN", "gan"), Rival(TabRun("im_b"), "B: WGAN-GP", "live"))
