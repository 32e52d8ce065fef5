"""What is new of runs that move, brought in one message; the whole page runs again when more than that has changed."""

from collections.abc import Callable, Mapping

from wgan_demo.engine.jobs import JobView
from wgan_demo.ui.components.news import News, ask, message
from wgan_demo.ui.looks import offer
from wgan_demo.ui.runs.film import has_begun
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.tab import TabRun

Views = Mapping[TabRun, JobView | None]  # runs as the page knows them


def live(run: TabRun, known: Views, pulse: Pulse, news: Callable[[], dict[str, News]]) -> None:
    """Look again and again, as long as one of the `known` runs moves, for all that the page has drawn of them."""

    def newest() -> bytes | None:
        with pulse.beat():
            says = pulse.changes and not run.guest  # a whole class would draw its pages anew, all at once
            if says or any(_stands(one.shown) != _stands(view) for one, view in known.items()):
                return None
            return message(news(), pulse.now)

    if any(view and view.busy for view in known.values()):
        ask(offer(run.key("news"), newest), pulse.seconds, key=run.key("news"))


def _stands(view: JobView | None) -> tuple | None:
    """All that is told of a run outside of its pictures and numbers."""
    if view is None:
        return None
    recording = view.recording
    return view.state, view.busy, view.message, view.rank, view.turn, recording and recording.changes, has_begun(view)
