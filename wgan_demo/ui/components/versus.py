"""Two runs in a table, column by column (static/versus.js)."""

from collections.abc import Sequence

from wgan_demo.ui.components import assets
from wgan_demo.ui.components.news import News

_versus = assets.component("versus")


def versus(heads: Sequence[str], groups: Sequence[tuple[str, Sequence[Sequence[str]]]], *, key: str) -> None:
    """Show groups of rows under their titles; a row is its name and a text for each of the `heads`."""
    _versus(key=key, data={"key": key, "heads": heads, "groups": groups}, height="content")


def news(*columns: Sequence[tuple[str, str]]) -> News:
    """What the columns of a `versus` should show now: of each (name, text) of rows that it has."""
    return News({"columns": dict(enumerate(columns))})
