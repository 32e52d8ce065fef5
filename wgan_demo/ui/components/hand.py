"""What a hand on a piece of the page has told last (static/hand.js)."""

import streamlit as st


def told(key: str, name: str) -> tuple[float, float] | None:
    """Where the hand on the piece of this key has let go, in the piece's own units or steps, and the moment in ms since
    1970, which goes back to it as what was heard. None before the first time.
    """
    return st.session_state[key][name] if key in st.session_state else None
