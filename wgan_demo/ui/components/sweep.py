"""Pictures of all places of a grid (static/sweep): a slider or a hand goes through them without asking the server."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from wgan_demo.plots.sweep import message
from wgan_demo.ui import link
from wgan_demo.ui.components import assets
from wgan_demo.ui.components.hand import told
from wgan_demo.ui.glossary import written

_sweep = assets.component("sweep/sweep")


def place(name: str, places: Sequence[str], start: str) -> int:
    """Which of the places is shown, kept for the visit; where it is not the `start` it stands in the link as `name`."""
    kept = _kept(name)
    if link.renewed(kept) or kept not in st.session_state:
        linked = link.text(name, start)
        st.session_state[kept] = places.index(linked if linked in places else start)
    at = st.session_state[kept]
    link.put(name, None if places[at] == start else places[at])
    return at


def sweep(made: tuple, name: str, at: int, *, key: str, follow: Sequence[str] = ()) -> None:
    """Draw what plots.sweep.pack `made`, at this place of `name`; where the hand lets go is the place from then on.

    The sweeps of the keys `follow` go with the hand.
    """
    panels = made[0]["panels"]
    texts = [text for panel in panels for text in (*(line["name"] for line in panel["lines"]), panel["title"])]
    words = written(*texts, *(panel["x"]["title"] for panel in panels))
    last = told(key, "at")
    data = message(made, {"key": key, "at": at, "heard": last and last[1], "follow": list(follow), "words": words})
    _sweep(key=key, data=data, default={"at": None}, on_at_change=partial(_let_go, name, key), height="content")


def _let_go(name: str, key: str) -> None:
    if last := told(key, "at"):
        st.session_state[_kept(name)] = int(last[0])


def _kept(name: str) -> str:
    return f"{name}_place"
