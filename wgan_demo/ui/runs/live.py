"""What is new of runs that move, brought in one message; the whole page runs again when more than that has changed."""

from collections.abc import Callable, Mapping

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.ui.components.news import News, renew
from wgan_demo.ui.runs.film import has_begun
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.tab import TabRun

Views = Mapping[TabRun, JobView | None]  # runs as the page knows them


def live(run: TabRun, known: Views, pulse: Pulse, news: Callable[[], dict[str, News]]) -> None:
    """Look again and again, as long as one of the `known` runs moves, for all that the page has drawn of them."""
    busy = any(view and view.busy for view in known.values())

    # Also where nothing moves: a browser may still ask for what stood there, and waits for an answer.
    @st.fragment(run_every=pulse.seconds if busy else None, key=run.key("live"))
    def tick() -> None:
        if not busy:
            return
        with pulse.beat():
            slower = pulse.changes() and not run.guest  # a whole class would draw its pages anew, all at once
            if slower or any(_stands(one.shown) != _stands(view) for one, view in known.items()):
                st.rerun()  # the buttons and the timer belong to the whole page
            renew(news(), key=run.key("news"))

    tick()


def _stands(view: JobView | None) -> tuple | None:
    """All that is told of a run outside of its pictures and numbers."""
    if view is None:
        return None
    recording = view.recording
    return view.state, view.busy, view.message, view.rank, view.turn, recording and recording.changes, has_begun(view)
