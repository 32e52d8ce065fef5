"""The two that learn the same pictures: a standard GAN and a WGAN-GP, each a run of the tab with a recording for it."""

from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.duels import DUELS, Duel
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.ui import link
from wgan_demo.ui.runs.tab import TabRun

DATA = "digits"  # unless others are chosen
RATES = {"0.0001": 1e-4, "0.0002": 2e-4, "0.0005": 5e-4, "0.001": 1e-3, "0.002": 2e-3}
USUAL = "0.001"  # that of the recordings of DATA
OWN = "each its own"  # the rates of other recordings, which are not the same for both
RUN = TabRun("im")  # of what both share; it has no job


def offered() -> dict[str, str]:
    """What the two can be set on, and what each is called."""
    return {name: duel.label for name, duel in DUELS.items()}


def duel() -> Duel:
    """The one that is chosen; until its widget has been drawn, by the link."""
    labels = {label: name for name, label in offered().items()}
    return DUELS[st.session_state.get("im_data") or labels.get(link.text("im_data"), DATA)]


class Rival(NamedTuple):
    """One of the two: its run, what it is called, and the preset that it is trained with."""

    run: TabRun
    name: str
    preset: str

    @property
    def recorded(self) -> str:
        """The name of its recording."""
        return duel().recording(self.preset)

    @property
    def stand_in(self) -> Recording:
        """The recording that is shown until a run of one's own has begun."""
        return shipped.load(self.recorded)

    def spec(self, rate: float | None, seed: int) -> RunSpec:
        """What Start trains; None for the rate of its recording."""
        config = duel().config(self.preset)
        return RunSpec(replace(config, lr=config.lr if rate is None else rate, seed=seed))


RIVALS = (Rival(TabRun("im_a"), "A: standard GAN", "gan"), Rival(TabRun("im_b"), "B: WGAN-GP", "live"))
