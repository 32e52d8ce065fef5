"""Every Plotly figure of the course: one component that updates the chart in place, in the page's colours."""

import math
from typing import Any, Protocol

import numpy as np
import pandas  # noqa: F401  (plotly looks into it, also while another thread is still loading it: so all of it first)

from wgan_demo.plots.update import Update
from wgan_demo.ui.components import assets
from wgan_demo.ui.components.news import News
from wgan_demo.ui.glossary import written

PLOTLY = assets.static_url("plotly/plotly-cartesian.min.js")  # flat axes only: lines, bars, heat maps
_figure = assets.component("figure", isolate_styles=False)  # plotly puts its styles into the document's head


class Figure(Protocol):
    """What is drawn: a plotly go.Figure, or anything that can write itself as one."""

    def to_plotly_json(self) -> dict[str, Any]: ...


def figure(fig: Figure | dict, *, key: str, alt: str, height: int = 360) -> None:
    """Draw `fig`, `height` pixels high and as wide as its container; under the same key the same chart is updated.

    `fig` may also be what its to_plotly_json() gave: to change a part of that is cheaper than to build a figure anew.
    `alt` says in words what the chart shows, for screen readers and for a browser that cannot load the library.
    Zoom is kept as long as layout.uirevision stays the same. Text, grid and hover colours are the page's, light or
    dark, unless the figure sets them. float32 arrays are the cheapest to send. Text in a figure is pseudo-HTML: what a
    user has typed or uploaded must have gone through `plots.theme.plain`.
    """
    spec = fig if isinstance(fig, dict) else fig.to_plotly_json()
    layout = {name: value for name, value in spec["layout"].items() if name != "template"}  # the page's is used
    figure = _plain({"data": spec["data"], "layout": layout})
    data = {"key": key, "figure": figure, "alt": alt, "height": height, "library": PLOTLY}
    _figure(key=key, data=data | {"words": written(*_texts(figure))}, height=height)


def news(update: Update) -> News:
    """What `figure` under the same key should show now: the rest of it stays."""
    arrays = {
        f"{i} {axis}": np.asarray(values, np.float32)
        for i, trace in enumerate(update.data)
        for axis, values in trace.items()
    }
    return News(update.layout, arrays)


def _texts(figure: dict) -> list[str]:
    """What its legend and its axes say."""
    axes = [axis.get("title", "") for name, axis in figure["layout"].items() if name[1:].startswith("axis")]
    titles = [title if isinstance(title, str) else title.get("text") or "" for title in axes]
    return [trace["name"] for trace in figure["data"] if trace.get("name")] + titles


def _plain(value: Any) -> Any:
    """Values that JSON has: arrays that plotly left alone become lists, NaN and infinity become null."""
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case np.ndarray() | np.generic():
            return _plain(value.tolist())
        case float() if not math.isfinite(value):
            return None
    return value
