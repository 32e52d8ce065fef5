"""A presenter's remote control (static/remote.js): Page Down and Page Up; a full stop plays and pauses by itself."""

import streamlit as st

from wgan_demo.ui.components import assets

_remote = assets.component("remote")
WAY = "remote_way"


def remote(page: str) -> int:
    """Listen on the page of this name: returns 1 to go on, -1 to go back, 0 as long as no key is pressed."""
    key = f"remote_{page}"

    def pressed() -> None:
        st.session_state[WAY], _ = st.session_state[key]["way"]

    _remote(key=key, data={}, default={"way": [0, 0]}, on_way_change=pressed, height="content")
    return st.session_state.pop(WAY, 0)
