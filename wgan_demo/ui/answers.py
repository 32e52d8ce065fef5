"""No answer of the server is lost. What a run of a page draws goes to the browser through the server's event loop. When
a part of the page was asked for just as that run had ended, Streamlit started the next one at once and dropped all that
was still on its way: the page stayed as it was before the click. Here the next run waits until the last one has said
everything.

Streamlit 1.67 tells of it in `AppSession.request_rerun`; this can go when tests/test_answers.py passes without it.
"""

from functools import wraps

from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import RerunData

SOON = 0.005  # seconds until it is looked again whether a run that has ended has said everything


def keep() -> None:
    """To be called once, before the server starts."""
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
