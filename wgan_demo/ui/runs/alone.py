"""What a page trains beside its picture, with one button: the tab's run, if it has the config of the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from wgan_demo.ui.components.beat import beat
from wgan_demo.ui.runs.pulse import DRAWN, Pulse
from wgan_demo.ui.runs.tab import TabRun, pool

if TYPE_CHECKING:
    from wgan_demo.engine import JobView

STATES = {
    "starting": ":orange-badge[:material/hourglass: Starting] The worker begins in a few seconds. {message}",
    "queued": ":orange-badge[:material/hourglass: Queued] Others train now; your place in the queue: {rank}, {turn}.",
    "running": ":green-badge[:material/play_arrow: Training] {running}",
    "finished": ":blue-badge[:material/check: Trained] {finished}",
}
STOPPED = ":red-badge[:material/error: Stopped] {message}"


def standing(view: JobView, running: str = "", finished: str = "") -> str:
    """How a run stands, in Markdown, with what is to be said of it while it trains and once it has."""
    told = vars(view) | {"running": running, "finished": finished, "turn": view.turn}
    return STATES.get(view.state, STOPPED).format_map(told).rstrip()


@dataclass
class Alone:
    """The run of `tab`, or the lecturer's, as the page was when its whole script ran; the page asks for `config`."""

    tab: TabRun
    config: Any
    job_id: str | None
    view: JobView | None
    pulse: Pulse

    @classmethod
    def of(cls, tab: TabRun, config: Any) -> Alone:
        """That of this tab."""
        return cls(tab, config, tab.shown_id, tab.shown, Pulse.of(tab))

    @property
    def busy(self) -> bool:
        """More will come by itself."""
        return self.view is not None and self.view.busy

    @contextmanager
    def look(self) -> Iterator[None]:
        """One look; as long as more comes its cost counts among all of them, and the fragment around it looks again."""
        with self.pulse.beat(DRAWN) if self.busy else nullcontext():
            yield
        if self.busy:
            beat(self.tab.key("look"), self.pulse.seconds)

    def now(self) -> JobView | None:
        """The run at this moment."""
        return self.tab.shown if self.job_id else None

    def changed(self) -> bool:
        """The run has begun or ended to move since the page's script ran, or it should be looked at less often."""
        now = self.now()
        return now is not None and (now.busy != self.view.busy or (self.busy and self.pulse.changes))

    def buttons(self, label: str) -> bool:
        """Train it, or take it away. True when it was begun: the whole page has to run again, whose the timer is."""
        from wgan_demo.engine.spec import RunSpec

        guest = self.tab.guest  # nobody commands the lecturer's
        row = {"key": self.tab.key("train"), "disabled": (self.busy and not guest) or self.config is None}
        begun = st.button(label, icon=":material/model_training:", **row)
        if begun:
            self.tab.take_over()
            pool().start(self.tab.begin(RunSpec(self.config)), self.config.steps)
        if self.job_id and not guest and st.button("Remove it", icon=":material/close:", key=self.tab.key("remove")):
            self.tab.end()
            st.rerun()
        return begun
