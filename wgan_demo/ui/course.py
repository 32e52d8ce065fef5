"""The lessons in their order, and the way in for a link that goes straight to one of them."""

import math

import streamlit as st

from wgan_demo.ui.runs import tab

STARTED = "course_started"
MENDED = "course_mended"  # what was dropped from the link and has not been told yet


def navigation():
    """Page settings and the course's pages; returns the page to run."""
    # Without a local icon the browser would fetch that of the first page from the internet.
    st.set_page_config(page_title="Wasserstein GANs, live", page_icon="🌍", layout="wide")
    return st.navigation(
        [
            st.Page("pages/home.py", title="Home", icon=":material/home:", default=True),
            st.Page("pages/moving_boxes.py", title="Moving boxes", icon=":material/inventory_2:"),
            st.Page("pages/distances.py", title="Distances", icon=":material/straighten:"),
            st.Page("pages/duality.py", title="Duality", icon=":material/gavel:"),
            st.Page("pages/training.py", title="Training", icon=":material/model_training:"),
        ],
        position="top",
    )


def run() -> None:
    """Run the page that was asked for: all that app.py does."""
    first = STARTED not in st.session_state
    st.session_state[STARTED] = True
    page = navigation()
    if first and _mend_link():
        st.rerun()  # widgets take their values from the link as it was when a run began
    tab.keep()  # a connection that was lost and is back keeps its runs, whichever page is open
    try:
        page.run()
    except OverflowError:  # back onto a link that was mended: what is bound to a widget by now cannot be dropped
        if not (bad := _senseless()):
            raise
        st.error(f"The link holds what makes no sense: {_told(bad)}. Go forward again, or load the page anew.")
    if mended := st.session_state.pop(MENDED, None):
        st.toast(f"Left out of the link, because it makes no sense: {mended}.", icon=":material/link_off:")
    if tab.keep():  # below the page: above it, its coming and going would mount every chart anew
        tab.stay()


def _mend_link() -> bool:
    """Drop what Streamlit would fail on: infinity for a whole number, nothing for a choice. True if there was any."""
    if bad := _senseless():
        st.session_state[MENDED] = _told(bad)
    for name in bad:
        del st.query_params[name]
    return bool(bad)


def _senseless() -> list[str]:
    """The names in the link that have a senseless value."""
    return [name for name in st.query_params if any(map(_is_senseless, st.query_params.get_all(name)))]


def _told(names: list[str]) -> str:
    """These parameters of the link as Markdown that shows them as they are."""
    from wgan_demo.ui.table_source import literal

    return ", ".join(literal(f"{name}={st.query_params[name]}"[:40]) for name in names[:5])


def _is_senseless(text: str) -> bool:
    try:
        return not text or math.isinf(float(text))
    except ValueError:
        return False


def enter() -> None:
    """To be called by a page first. Until app.py has run once since the server's start, Streamlit takes the files in
    pages/ for an older kind of app and runs the linked one without app.py; then this starts over, the right way.
    """
    if STARTED not in st.session_state:
        navigation()
        st.rerun()
