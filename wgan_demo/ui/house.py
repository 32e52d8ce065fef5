"""How the server stands, for who runs it: counts and times of all visitors together, nothing of any one of them."""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from importlib.metadata import version

import streamlit as st

from wgan_demo import __version__
from wgan_demo.classroom.errors import Unreachable
from wgan_demo.engine.vitals import Vitals, vitals
from wgan_demo.environment import Environment
from wgan_demo.logs import RECENT
from wgan_demo.ui.components.beat import beat
from wgan_demo.ui.room import seat
from wgan_demo.ui.runs import tab

LOOK = 2.0  # seconds between two looks
BEFORE = "house_before"  # processor times at the last look
PACKAGES = ("streamlit", "torch", "numpy", "pot", "plotly", "distributed")


def numbers() -> None:
    """Visitors, rooms, runs by state, the queue, what the processes take; anew every LOOK seconds."""

    @st.fragment
    def look() -> None:
        beat("house", LOOK)
        told, pool, runs = Environment.read(), tab.pool(), tab.pool().status()
        with st.container(horizontal=True):
            st.metric("Visitors, open tabs", tab.visitors())
            rooms, inside = _rooms()
            st.metric("Rooms", rooms)
            st.metric("Visitors in rooms", inside)
            st.metric("Runs that train", f"{runs.get('running', 0)} of {told.running * pool.hosts}")
            st.metric("Runs in the queue", f"{runs.get('queued', 0)} of {told.queue * pool.hosts}")
            st.metric("Workers", f"{pool.hosts if pool.ready else 0}")
            st.metric("Workers that were replaced", pool.replaced)
            st.metric("Kept to go on from", f"{pool.kept_bytes / 2**20:.1f} of {told.kept:,} MiB")
        with st.container(horizontal=True):
            for name, cpu, memory in _processes(pool.pids):
                st.metric(f"Processor, {name}", cpu)
                st.metric(f"Memory, {name}", memory)
        states = ", ".join(f"{count} {state}" for state, count in sorted(runs.items()))
        st.write(f"Runs by state: {states or 'there are none'}.")

    look()


def _rooms() -> tuple[int | str, int | str]:
    """Rooms and who is in them, of all processes that share the database."""
    try:
        return seat.watch().rooms.count()
    except (Unreachable, OSError):
        return "no database", "–"


def _processes(workers: list[int]) -> list[tuple[str, str, str]]:
    """Name, share of a core since the last look, and memory, of the app and of each worker process on this machine."""
    now = time.monotonic()
    found = {"app": vitals(os.getpid())}
    found |= {f"worker {i}" if len(workers) > 1 else "worker": vitals(pid) for i, pid in enumerate(workers, 1)}
    before, since = st.session_state.get(BEFORE, ({}, now))
    st.session_state[BEFORE] = ({name: each for name, each in found.items() if each}, now)
    return [(name, _share(before.get(name), each, now - since), _memory(each)) for name, each in found.items()]


def _share(before: Vitals | None, now: Vitals | None, seconds: float) -> str:
    if before is None or now is None or seconds <= 0 or now.seconds < before.seconds:
        return "–"
    return f"{(now.seconds - before.seconds) / seconds:.0%} of a core"


def _memory(now: Vitals | None) -> str:
    return "–" if now is None else f"{now.memory / 2**20:,.0f} MiB"


def faults() -> None:
    """Errors of the last hour, by place and kind: what they say may be about a visitor's data, and is in the log."""
    found = RECENT.faults()
    st.subheader("Errors of the last hour", anchor=False)
    if not found:
        st.write("None.")
        return
    newest = {(fault.logger, fault.kind): fault.when for fault in reversed(found)}
    st.table(
        [
            {
                "where": where,
                "kind": kind,
                "how often": count,
                "the last one": time.strftime("%H:%M:%S UTC", time.gmtime(newest[where, kind])),
            }
            for (where, kind), count in Counter((fault.logger, fault.kind) for fault in found).most_common()
        ]
    )


def versions() -> None:
    """Of the course and of what it stands on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    st.caption(f"Course {__version__}, Python {platform.python_version()}, {packages}.")
