"""What a hand draws in a square (static/square.js), as the session keeps it: text."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def square(component: Any, key: str, start: str, check: Callable[[str], Any], **data) -> str:
    """Show a component that is drawn on, with what else its `data` are; returns what stands on it as text.

    `start` stands there until the hand draws or another start is passed. `check` raises ValueError for what no hand
    can have drawn.
    """
    memory = st.session_state.setdefault(f"{key}_memory", {"rev": 0, "given": None, "now": ""})
    if start not in (memory["given"], memory["now"]):
        memory |= {"rev": memory["rev"] + 1, "now": start}
    memory["given"] = start
    data |= {"key": key, "rev": memory["rev"], "text": memory["now"]}
    drawn = component(key=key, data=data, default={"drawn": None}, on_drawn_change=lambda: None, height="content").drawn
    if drawn and drawn["rev"] == memory["rev"]:  # else the last word on another drawing
        check(drawn["text"])
        memory["now"] = drawn["text"]
    return memory["now"]
