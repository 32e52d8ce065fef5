"""What is mended in Streamlit 1.67, whose inside is touched here alone. Each can go when its test in
tests/test_mends.py, which shows the fault, fails.

Lost answers: what a run of a page draws goes to the browser through the server's event loop. When a part of the page
was asked for just as that run had ended, Streamlit started the next one at once and dropped all that was still on its
way: the page stayed as it was before the click. It tells of that in `AppSession.request_rerun`. Here the next run waits
until the last one has said everything.

Costly components: at each run of a part of a page, Streamlit made a class for every component on the page, to show its
state together with its triggers: a quarter of the time of a server with a hundred visitors. Ours have state alone,
which is shown as it is.
"""

from functools import wraps

from streamlit.components.v2.bidi_component import main as components
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import RerunData

SOON = 0.005  # seconds until it is looked again whether a run that has ended has said everything


def mend() -> None:
    """To be called once, before the server starts."""
    _lose_no_answer()
    components.make_bidi_component_presenter = lambda *_, **__: None


def _lose_no_answer() -> None:
    create = AppSession._create_scriptrunner

    @wraps(create)
    def create_in_turn(session: AppSession, wanted: RerunData) -> None:
        last = session._scriptrunner  # None as soon as its last word has been heard
        if session._state == AppSessionState.SHUTDOWN_REQUESTED:
            return
        if last is None:
            create(session, wanted)
        elif not last.request_rerun(wanted):  # it has ended; a newer one takes it up
            session._event_loop.call_later(SOON, create_in_turn, session, wanted)

    AppSession._create_scriptrunner = create_in_turn
