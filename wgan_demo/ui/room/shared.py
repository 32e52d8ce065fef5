"""The lecturer's runs, which all who follow look at: one job of the engine, however many do.

Who watches has the id of the job in the memory of the server alone, and no way to command it: what commands takes
`TabRun.job_id`, and that is always the tab's own. A page shows the lecturer's where it looks at `TabRun.shown`.
"""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from wgan_demo.classroom.errors import NoSuchRoom, NotTheLecturer, Unreachable
from wgan_demo.ui.room import seat as room
from wgan_demo.ui.runs.tab import JOBS, pool


def share(now: room.Seat) -> None:
    """The lecturer's tab has these runs now."""
    runs = dict(st.session_state.get(JOBS, {}))
    if runs != now.shares:
        with suppress(NoSuchRoom, NotTheLecturer, Unreachable):  # it is tried again with the next look
            room.watch().share(now.code, now.key, now.shares, runs)
            now.shares = runs


def watch(now: room.Seat) -> None:
    """At the beginning of a run: who follows looks at what the lecturer shares at this moment."""
    if now.follows and not now.leads:
        now.watches, now.elsewhere = _offered(now)


def news(now: room.Seat) -> bool:
    """The lecturer shares other runs than this tab's page shows. Raises NoSuchRoom and Unreachable."""
    return now.follows and not now.leads and (now.watches, now.elsewhere) != _offered(now)


def _offered(now: room.Seat) -> tuple[dict[str, str], frozenset[str]]:
    """Of those that are gone only what this tab has seen."""
    here = {
        name: job
        for name, job in room.watch().runs(now.code).items()
        if pool().view(job).state != "lost" or now.watches.get(name) == job
    }
    return here, frozenset(room.watch().elsewhere(now.look()) - set(here))


def detach(now: room.Seat) -> None:
    """Who has runs of their own looks at these; what was seen of the lecturer's others stays."""
    now.watches = {name: job for name, job in now.watches.items() if name not in st.session_state.get(JOBS, {})}
