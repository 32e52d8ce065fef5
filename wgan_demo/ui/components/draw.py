"""Points in the plane that a hand draws (static/draw.js), and their text in a link: two letters a point."""

from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np
import streamlit as st

from wgan_demo.ui.components import assets

CODE = ascii_uppercase + ascii_lowercase + digits + "-_"  # a coordinate from 0 to 63
MOST = 300  # points: 600 letters in a link

_draw = assets.component("draw")


def draw(key: str, start: np.ndarray, *, color: str, label: str) -> np.ndarray:
    """Show the square [-1, 1]^2 and return the points (n, 2) drawn on it.

    `start` (n, 2) stands there until the hand draws or other points are passed. Places are those of a 64 x 64 grid, and
    there are at most MOST of them.
    """
    memory = st.session_state.setdefault(f"{key}_memory", {"rev": 0, "given": None, "now": ""})
    given = points_text(start)
    if given not in (memory["given"], memory["now"]):
        memory |= {"rev": memory["rev"] + 1, "now": given}
    memory["given"] = given
    data = {"key": key, "rev": memory["rev"], "points": memory["now"], "color": color, "label": label, "most": MOST}
    drawn = _draw(key=key, data=data, default={"drawn": None}, on_drawn_change=lambda: None).drawn
    if drawn and drawn["rev"] == memory["rev"]:  # else the last word on another drawing
        memory["now"] = points_text(parse_points(drawn["points"]))
    return parse_points(memory["now"])


def points_text(points: np.ndarray) -> str:
    """Points (n, 2) of [-1, 1]^2 as they stand in a link."""
    cells = np.clip(np.floor((np.asarray(points, float).reshape(-1, 2) + 1) * 32), 0, 63).astype(int)
    return "".join(CODE[cell] for cell in cells.ravel())


def parse_points(text: str) -> np.ndarray:
    """The points (n, 2) that `points_text` wrote. Raises ValueError, in one sentence, for any other text."""
    if len(text) % 2 or not set(text) <= set(CODE):
        raise ValueError("The drawing in the link is damaged (two letters or digits make a point): draw it anew.")
    if len(text) > 2 * MOST:
        raise ValueError(f"The drawing in the link has more than {MOST} points: draw it anew with fewer.")
    cells = np.array([CODE.index(letter) for letter in text], float).reshape(-1, 2)
    return (cells + 0.5) / 32 - 1
