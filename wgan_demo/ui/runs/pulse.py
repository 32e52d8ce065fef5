"""How often a run that moves is looked at: twice a second, and more seldom when many are looked at."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st

from wgan_demo.ui.runs.tab import TabRun, owner

STEPS = (0.5, 1.0, 2.0, 4.0)  # seconds between two looks
SHARE = 0.4  # of one core, for all looks together
FORGET = 10.0  # seconds after which a page that is not looked at any more is not counted
BESIDE = 0.0003  # seconds of processor time of a look that are not seen from inside: the server's own
DRAWN = 0.003  # likewise, where it draws a part of the page: Streamlit's own, of each message
EASE = 0.7  # a shorter interval must need less than this much of the share, or it would swing


@dataclass
class House:
    """All pages with a run that moves, in this process: when each was looked at last, and what a look costs."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    seen: dict[int, float] = field(default_factory=dict)
    cost: float = 0.005  # seconds of processor time, a running mean

    def look(self, page: int, cost: float, now: float) -> None:
        """A page was looked at, which took so long."""
        with self.lock:
            self.seen[page] = now
            self.cost += (cost - self.cost) / 20
            if len(self.seen) > 1 and min(self.seen.values()) < now - FORGET:
                self.seen = {page: last for page, last in self.seen.items() if last >= now - FORGET}

    def interval(self, present: float) -> float:
        """The shortest of STEPS at which all looks stay within SHARE; not much shorter than the `present` one."""
        needed = len(self.seen) * self.cost / SHARE
        wanted = next((step for step in STEPS if step >= needed), STEPS[-1])
        return present if wanted < present and needed > EASE * wanted else wanted


@st.cache_resource(show_spinner=False)
def _house() -> House:
    return House()


@dataclass
class Pulse:
    """The looks at one page: `seconds` from one to the next, as its timer was set when the whole page ran."""

    LEAST = STEPS[0]

    house: House
    seconds: float
    page: int

    @classmethod
    def of(cls, run: TabRun) -> Pulse:
        """That of a tab's run."""
        present = run.get("interval", cls.LEAST)
        seconds = _house().interval(present)
        run.put("interval", seconds)
        return cls(_house(), seconds, hash((run.shown_id, owner())))

    @contextmanager
    def beat(self, beside: float = BESIDE) -> Iterator[None]:
        """One look, with what it takes beside what is done in it."""
        begun = time.thread_time()
        try:
            yield
        finally:
            self.house.look(self.page, time.thread_time() - begun + beside, time.monotonic())

    @property
    def now(self) -> float:
        """The seconds that would be right at this moment."""
        return self.house.interval(self.seconds)

    @property
    def changes(self) -> bool:
        """The timer should be set anew."""
        return self.now != self.seconds

    @property
    def words(self) -> str:
        """What a visitor is told where it is slower than usual."""
        return "" if self.seconds == self.LEAST else f"Many train here now: live, every {self.seconds:g} s."
