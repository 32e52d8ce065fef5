"""What changes in a chart while a run goes on: its numbers and its axes. The rest is built once."""

from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go


class Update(NamedTuple):
    """`data` holds x and y (k,) of each trace, in their order; `layout` only the parts that change."""

    data: list[dict[str, np.ndarray]]
    layout: dict

    def applied(self, figure: go.Figure) -> go.Figure:
        """The figure with these numbers in place of its own."""
        for trace, numbers in zip(figure.data, self.data, strict=True):
            trace.update(numbers)
        for name, part in self.layout.items():
            if isinstance(part, list):  # of which `update_layout` would change single elements
                figure.layout[name] = part
            else:
                figure.layout[name].update(part)
        return figure


def vertical(x: float, **line) -> dict:
    """A shape: a line at x through the whole height."""
    return {"type": "line", "xref": "x", "x0": x, "x1": x, "yref": "y domain", "y0": 0, "y1": 1, "line": line}


def horizontal(y: float, **line) -> dict:
    """A shape: a line at y through the whole width."""
    return {"type": "line", "yref": "y", "y0": y, "y1": y, "xref": "x domain", "x0": 0, "x1": 1, "line": line}


def note(text: str) -> dict:
    """An annotation: a few words in the upper right corner."""
    corner = {"xref": "paper", "x": 1, "xanchor": "right", "yref": "paper", "y": 1, "yanchor": "top"}
    return corner | {"text": text, "showarrow": False}
