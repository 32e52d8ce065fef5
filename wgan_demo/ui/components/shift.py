"""P and Q under the hand (static/shift): Q is dragged, and numbers and charts follow without asking the server."""

from collections.abc import Callable, Mapping

import streamlit as st

from wgan_demo.plots.shift import pack
from wgan_demo.ui.components import assets

_shift = assets.component("shift/shift")


def shift(made: tuple, now: Mapping, *, key: str, on_theta: Callable[[float], None]) -> None:
    """Draw what plots.shift.parts `made`, as it is `now`; `on_theta` is called before the next run with a new theta.

    `now` holds theta, its `step`, the `exact` numbers and their `slopes` as text by name, `names` with the label of
    each in order, and the `charts` that follow: by their keys the names of the distances that they show.
    """

    def let_go() -> None:
        theta = st.session_state[key]["theta"]
        if theta is not None:
            on_theta(float(theta))

    data = pack(made, {"key": key, **now})
    _shift(key=key, data=data, default={"theta": None}, on_theta_change=let_go, height="content")
