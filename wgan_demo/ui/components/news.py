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


def renew(news: Mapping[str, News], *, key: str) -> None:
    """Bring each its news, by the key under which it was drawn; what is not on the page is left out.

    One message costs a tenth of drawing the pieces anew (benchmarks/load.py: CPU a tick).
    """
    _news(
        key=key,
        data=encode({"news": {name: each.values for name, each in news.items()}}, [e.arrays for e in news.values()]),
        height=1,
    )
