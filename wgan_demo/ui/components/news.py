"""What is new of a run that goes on, in one message for all that is on the page already (static/news.js)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from wgan_demo.plots.message import encode
from wgan_demo.ui.components import assets

_news = assets.component("news")


class News(NamedTuple):
    """For one piece of the page: plain values, and arrays by name of the types of plots/message.py."""

    values: Any
    arrays: Mapping[str, np.ndarray] = {}


def message(news: Mapping[str, News], every: float) -> bytes:
    """Each its news, by the key under which it was drawn; what is not on the page is left out. After `every` seconds
    the browser asks again.
    """
    header = {"every": every, "news": {name: each.values for name, each in news.items()}}
    return encode(header, [each.arrays for each in news.values()])


def ask(look: str, every: float, *, key: str) -> None:
    """Draws nothing: the browser asks for news every so many seconds, where a `look` of this name is offered.

    When there is more to tell than that, the whole page runs again.
    """
    _news(
        key=key, data={"look": look, "every": every}, default={"changed": None}, on_changed_change=lambda: None,
        height=1,
    )  # fmt: skip
