"""The runs of one browser tab: how a session finds them again, and how a closed tab lets go of them."""

from __future__ import annotations

import logging
import pickle
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import streamlit as st

from wgan_demo.environment import Environment
from wgan_demo.ui.components import assets
from wgan_demo.ui.room import SEAT

if TYPE_CHECKING:
    from wgan_demo.datasets.table import TableData
    from wgan_demo.engine import JobView, Pool, RunSpec
    from wgan_demo.gan.runs.recording import Recording
    from wgan_demo.ui.looks import Look
    from wgan_demo.ui.room.seat import Seat

JOBS = "jobs"  # the session's job ids, by the prefix of their runs; they survive a dropped connection
TABS = "tabs.pickle"  # beside the saved runs
ASKED = "visit_asked"  # what the tab was called before, by its browser: the runs under that name have been taken back
LOOKS: ContextVar[bool] = ContextVar("looks", default=False)  # where a page is looked at, which may be gone already
LEFT = 200  # tabs that have been left and are remembered, in case they were only loaded anew
_visit = assets.component("visit")


@st.cache_resource(show_spinner=False)
def pool() -> Pool:
    """The app's only pool of training jobs; its worker starts in the background at the first call."""
    from wgan_demo.engine import Pool

    told = Environment.read()
    pool = Pool(told.scheduler, grace=told.grace, kept=told.kept * 2**20, **told.host)
    if told.state_folder:
        pool.load(told.state_folder, told.lease)
    pool.start()
    return pool


@dataclass
class _Tab:
    """Lives as long as the tab's connection."""

    jobs: dict[str, str] = field(default_factory=dict)
    specs: dict[str, RunSpec] = field(default_factory=dict)  # what was asked for, without what it went on from
    name: str = field(default_factory=lambda: uuid4().hex)  # who owns them
    offers: dict[str, Look] = field(default_factory=dict)  # looks at what moves, by the keys of what asks for them

    def take(self, name: str, jobs: dict[str, str]) -> None:
        """From now on it is called so, and has these jobs too."""
        _open().pop(self.name, None)
        self.name = name
        _open()[name] = self
        self.jobs.update(jobs)

    def close(self) -> None:
        _open().pop(self.name, None)
        self.offers.clear()
        for job_id in self.jobs.values():
            pool().orphan(job_id)
        if self.jobs:
            left = _left()
            left[self.name] = self
            while len(left) > LEFT:
                left.pop(next(iter(left)), None)


@st.cache_resource(scope="session", on_release=_Tab.close, show_spinner=False)
def _tab() -> _Tab:
    tab = _Tab()
    _open()[tab.name] = tab
    return tab


@st.cache_resource(show_spinner=False)
def _open() -> dict[str, _Tab]:
    """The tabs that are connected, by their names."""
    return {}


def owner() -> str:
    """Under which name this tab owns its runs."""
    return _tab().name


def offers() -> dict[str, Look]:
    """What this tab's pages offer to look at (looks.py), as long as it is open."""
    return _tab().offers


def visitors() -> int:
    """How many tabs are connected."""
    return len(_open())


@st.cache_resource(show_spinner=False)
def _left() -> dict[str, _Tab]:
    """The tabs that have been left lately, by their names; also those that the server itself has left."""
    folder = Environment.read().state_folder
    path = folder and folder / TABS
    if not path or not path.exists():
        return {}
    try:
        return {name: _Tab(jobs, specs, name) for name, jobs, specs in pickle.loads(path.read_bytes())}
    except Exception:  # of another version, perhaps: pickle raises whatever it meets
        logging.getLogger(__name__).exception("The tabs of the last start cannot be read")
        return {}
    finally:
        path.unlink(missing_ok=True)


def drain() -> None:
    """The server stops: where there is a folder for it, runs wait there until it is back, and their tabs with them."""
    from wgan_demo.engine.pool import write

    folder, tabs = Environment.read().state_folder, [*_left().values(), *_open().values()]
    if folder is None or not any(tab.jobs for tab in tabs):
        return
    saved = set(pool().save(folder))
    kept = [(tab.name, tab.jobs, tab.specs) for tab in tabs if saved & {*tab.jobs.values()}]
    try:
        write(folder / TABS, pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))
    except OSError as error:
        logging.getLogger(__name__).error("The tabs of %d runs were not saved: %s", len(saved), error.strerror)


def visit() -> None:
    """Draws nothing (static/visit.js): a tab that is loaded anew, a new session, takes back the runs that wait.

    It takes the name back with them: the page may be loaded anew once more at any moment of that.
    """

    def back() -> None:
        jobs, tab = st.session_state.setdefault(JOBS, {}), _tab()
        name = st.session_state[ASKED] = st.session_state["visit"]["before"]["name"]
        if (before := _left().pop(name, None)) is None:
            return  # it is open, and this a copy of it; or it had no runs
        wait = {prefix: job_id for prefix, job_id in before.jobs.items() if prefix not in jobs}
        taken = {prefix: job_id for prefix, job_id in wait.items() if pool().adopt(job_id, only_orphan=True)}
        tab.take(name, taken)
        jobs.update(taken)
        for prefix in taken.keys() & before.specs.keys():
            TabRun(prefix).remember(before.specs[prefix])

    data = {"name": _tab().name, "asked": st.session_state.get(ASKED)}
    _visit(key="visit", data=data, default={"before": None}, on_before_change=back, height="content")


def keep() -> bool:
    """Take the tab's runs back if its connection had been lost for a while; True if there are any."""
    jobs, tab = st.session_state.setdefault(JOBS, {}), _tab()
    for prefix, job_id in list(jobs.items()):
        if tab.jobs.get(prefix) != job_id:
            if pool().adopt(job_id):
                tab.jobs[prefix] = job_id
                if spec := TabRun(prefix).get("spec"):
                    tab.specs[prefix] = spec
            else:
                del jobs[prefix]
    return bool(jobs)


@st.fragment(run_every=60)
def stay() -> None:
    """Draws nothing: only a page with a timer runs again by itself when its lost connection is back, and a run that
    stands still, or trains behind another page, needs that to be taken back in time.
    """


class TabRun(NamedTuple):
    """One run of this tab, on one page: `prefix` begins the keys of all that belongs to it.

    What is remembered of it beside its widgets, by name: target, the iteration that it was sent to; rows, the data of
    one's own that it learns; spec, what was asked for.
    """

    prefix: str

    def key(self, name: str) -> str:
        """The key of a widget or of what the session remembers; also the name in the link of what is bound to it."""
        return f"{self.prefix}_{name}"

    def get(self, name: str, otherwise: Any = None) -> Any:
        """What stands under a key in the session."""
        return st.session_state.get(self.key(name), otherwise)

    def put(self, name: str, value: Any) -> None:
        """Remember it under a key in the session."""
        st.session_state[self.key(name)] = value

    @property
    def second(self) -> TabRun:
        """The run that is compared with this one."""
        return TabRun(self.key("b"))

    @property
    def example(self) -> TabRun:
        """A run that is begun for a picture alone, where this one does not exist."""
        return TabRun(self.key("slow"))

    @property
    def job_id(self) -> str | None:
        """Its job, None if it has not begun or is gone."""
        if not LOOKS.get():
            keep()
        return st.session_state.get(JOBS, {}).get(self.prefix)

    @property
    def view(self) -> JobView | None:
        """How it stands at this moment."""
        job_id = self.job_id
        return pool().view(job_id) if job_id else None

    @property
    def _seat(self) -> Seat | None:
        return st.session_state.get(SEAT)

    @property
    def guest(self) -> bool:
        """What is looked at is the run of a lecturer, in whose room this tab is: nothing here can command it."""
        return self._seat is not None and self.prefix in self._seat.watches

    @property
    def whose(self) -> str:
        """In words, whose run that is."""
        return "the lecturer’s run" if self.guest else "your run"

    @property
    def elsewhere(self) -> bool:
        """The lecturer has such a run, which cannot be looked at from here."""
        return self._seat is not None and self.prefix in self._seat.elsewhere

    @property
    def shown_id(self) -> str | None:
        """The job that is looked at: the lecturer's, or its own."""
        return self._seat.watches.get(self.prefix) if self.guest else self.job_id

    @property
    def shown(self) -> JobView | None:
        """How that stands at this moment; how it stood last, if the lecturer has left."""
        if not self.guest:
            return self.view
        return self._seat.kept(self.prefix, pool().view(self.shown_id))

    @property
    def asked(self) -> RunSpec | None:
        """What that was begun with."""
        return pool().spec(self.shown_id) if self.guest else self.get("spec")

    def begin(self, spec: RunSpec) -> str:
        """Create its job in place of the one it had; returns the job's id."""
        self.end()
        tab = _tab()
        job_id = tab.jobs[self.prefix] = st.session_state[JOBS][self.prefix] = pool().create(spec, owner=tab.name)
        self.remember(spec)
        return job_id

    def take_over(self) -> None:
        """From now on its own job is looked at, and no lecturer is followed: the visitor wants a run of their own."""
        if self._seat and not self._seat.leads:
            self._seat.alone(self.prefix)

    def remember(self, spec: RunSpec) -> None:
        """What was asked for, which a tab that is loaded anew finds with its run."""
        _tab().specs[self.prefix] = replace(spec, checkpoint=None)
        self.put("spec", _tab().specs[self.prefix])
        self.put("rows", spec.data)

    def rows(self, recording: Recording) -> TableData | None:
        """The rows that a recording on data of one's own, or the lecturer's, draws from, if they are at hand."""
        data = self.asked and self.asked.data if self.guest else self.get("rows")
        return data if recording.config.columns and data is not None and data.label == recording.label else None

    def end(self) -> None:
        """Drop its job, if there is one."""
        if job_id := self.job_id:
            pool().drop(job_id)
            del _tab().jobs[self.prefix], st.session_state[JOBS][self.prefix]
