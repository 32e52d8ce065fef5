"""The walk through one iteration (static/walkthrough): one picture in which its pieces appear and move."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from uuid import uuid4

import streamlit as st

from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots.slow_motion.message import pack
from wgan_demo.ui.components import assets

_walkthrough = assets.component("walkthrough/walkthrough")


class At(NamedTuple):
    """Where the walk stands: the piece, the marked sample (from 0), what “update” shows of f, and the u between
    two pictures that is looked at, None for that of the step.
    """

    piece: str
    sample: int
    field: str
    u: float | None = None


def walkthrough(
    trace: StepTrace,
    at: At,
    *,
    key: str,
    revealed: bool,
    ready: bool,
    on_at: Callable[[At], None],
    on_more: Callable[[str, int], None],
) -> None:
    """Show the walk through a trace, at `at` when it appears; from there on the hand moves it.

    The picture goes on at once, and `on_at` is called before the next run. Until `revealed` the piece “norm” keeps back
    what tells the norms. Where it is `ready`, a button asks for the next iteration: `on_more` is called with a name of
    this picture in the browser, and with how often it was pressed there, so that no press is lost, however quick.
    """
    memory = st.session_state.setdefault(f"{key}_memory", {})
    if key not in st.session_state or memory.get("trace") is not trace:  # the message stays the same while one walks
        memory |= {"trace": trace, "start": at, "name": uuid4().hex}

    def moved() -> None:
        on_at(At(**st.session_state[key]["at"]))

    def asked() -> None:
        more = st.session_state[key]["more"]
        on_more(more["by"], more["count"])

    _walkthrough(
        key=key,
        data=_message(trace, memory["name"], memory["start"], revealed, ready),
        default={"at": None, "more": None},
        on_at_change=moved,
        on_more_change=asked,
        height="content",
    )


@lru_cache(maxsize=16)  # a rerun that changed something else sends the same message again
def _message(trace: StepTrace, name: str, start: At, revealed: bool, ready: bool) -> bytes:
    return pack(trace, {"trace": name, "start": start._asdict(), "revealed": revealed, "ready": ready})
