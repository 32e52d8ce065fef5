"""Small pictures in rows, as wide as there is room for: enlarged smoothly by the browser."""

import base64
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

import streamlit as st


class Tile(NamedTuple):
    """A picture as a PNG, what it shows, and what is written below it, if anything."""

    png: bytes
    alt: str
    words: str = ""


def tiles(rows: Sequence[tuple[str, Sequence[Tile]]], *, key: str) -> None:
    """Rows under their names, all with as many tiles. The look is course.css's."""
    with st.container(key=f"tiles_{key}"):
        for name, row in rows:
            figures = "".join(map(_figure, row))
            st.html(f'<p>{escape(name)}</p><div style="--across: {len(row)}">{figures}</div>')


def _figure(tile: Tile) -> str:
    data = base64.b64encode(tile.png).decode()
    words = f"<figcaption>{escape(tile.words)}</figcaption>" if tile.words else ""
    return f'<figure><img src="data:image/png;base64,{data}" alt="{escape(tile.alt)}">{words}</figure>'
