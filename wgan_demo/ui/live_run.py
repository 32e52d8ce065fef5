"""One training run per browser tab: how a session finds its run again, and how a closed tab lets go of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from wgan_demo.engine import Pool
    from wgan_demo.gan.config import TrainConfig

JOB = "tr_job"  # the session's job id; survives a dropped connection, unlike the session's caches


@st.cache_resource(show_spinner=False)
def pool() -> Pool:
    """The app's only pool of training jobs; its worker starts in the background at the first call."""
    from wgan_demo.engine import Pool

    pool = Pool(os.environ.get("WGAN_SCHEDULER"))
    pool.start()
    return pool


@dataclass
class _Tab:
    """Lives as long as the tab's connection."""

    job_id: str | None = None

    def close(self) -> None:
        if self.job_id:
            pool().orphan(self.job_id)


@st.cache_resource(scope="session", on_release=_Tab.close, show_spinner=False)
def _tab() -> _Tab:
    return _Tab()


def current() -> str | None:
    """The job of this tab, taken back if the connection had been lost for a while; None if there is none."""
    job_id, tab = st.session_state.get(JOB), _tab()
    if job_id != tab.job_id:
        tab.job_id = job_id if job_id and pool().adopt(job_id) else None
        st.session_state[JOB] = tab.job_id
    return tab.job_id


@st.fragment(run_every=60)
def stay() -> None:
    """Draws nothing: only a page with a timer runs again by itself when its lost connection is back, and a run that
    stands still, or trains behind another page, needs that to be taken back in time.
    """


def begin(config: TrainConfig, **table) -> str:
    """Create a run for this tab in place of the one it had; returns its job id. A table brings points, axes, label."""
    end()
    _tab().job_id = st.session_state[JOB] = pool().create(config, **table)
    return st.session_state[JOB]


def end() -> None:
    """Drop the tab's run, if it has one."""
    if job_id := current():
        pool().drop(job_id)
    _tab().job_id = st.session_state[JOB] = None
