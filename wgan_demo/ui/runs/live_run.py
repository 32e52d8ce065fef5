"""One training run per lesson and browser tab: how a session finds it again, and how a closed tab lets go of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

import streamlit as st

if TYPE_CHECKING:
    from wgan_demo.engine import Pool
    from wgan_demo.engine.spec import RunSpec

JOBS = "live_jobs"  # the session's job ids, by lesson; they survive a dropped connection, unlike the session's caches


@st.cache_resource(show_spinner=False)
def pool() -> Pool:
    """The app's only pool of training jobs; its worker starts in the background at the first call.

    WGAN_SCHEDULER is the address of a Dask cluster to train on, WGAN_GRACE the seconds that a run waits for its tab.
    """
    from wgan_demo.engine import Pool
    from wgan_demo.engine.pool import GRACE

    pool = Pool(os.environ.get("WGAN_SCHEDULER"), grace=float(os.environ.get("WGAN_GRACE", GRACE)))
    pool.start()
    return pool


@dataclass
class _Tab:
    """Lives as long as the tab's connection."""

    jobs: dict[str, str] = field(default_factory=dict)
    name: str = field(default_factory=lambda: uuid4().hex)  # who owns them

    def close(self) -> None:
        for job_id in self.jobs.values():
            pool().orphan(job_id)


@st.cache_resource(scope="session", on_release=_Tab.close, show_spinner=False)
def _tab() -> _Tab:
    return _Tab()


def keep() -> bool:
    """Take the tab's runs back if its connection had been lost for a while; True if there are any."""
    jobs, tab = st.session_state.setdefault(JOBS, {}), _tab()
    for lesson, job_id in list(jobs.items()):
        if tab.jobs.get(lesson) != job_id:
            if pool().adopt(job_id):
                tab.jobs[lesson] = job_id
            else:
                del jobs[lesson]
    return bool(jobs)


def current(lesson: str) -> str | None:
    """The job id of a lesson's run in this tab; None if there is none."""
    keep()
    return st.session_state[JOBS].get(lesson)


@st.fragment(run_every=60)
def stay() -> None:
    """Draws nothing: only a page with a timer runs again by itself when its lost connection is back, and a run that
    stands still, or trains behind another page, needs that to be taken back in time.
    """


def begin(lesson: str, spec: RunSpec) -> str:
    """Create a run for a lesson in place of the one it had; returns its job id."""
    end(lesson)
    tab = _tab()
    job_id = tab.jobs[lesson] = st.session_state[JOBS][lesson] = pool().create(spec, owner=tab.name)
    return job_id


def end(lesson: str) -> None:
    """Drop a lesson's run in this tab, if there is one."""
    if job_id := current(lesson):
        pool().drop(job_id)
        del _tab().jobs[lesson], st.session_state[JOBS][lesson]
