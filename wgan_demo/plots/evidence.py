"""Numbers with their intervals in rows, published and measured; and how FID falls by any count of work."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from wgan_demo.plots import theme

LINE = 26  # pixels of a row
AROUND = 72  # and of what stands above and below all of them


class Row(NamedTuple):
    """A named row: a mean with its spread, if it has one, or values (k,), one for each seed; told apart if `bold`."""

    name: str
    values: Sequence[float]
    spread: float | None = None
    bold: bool = False
    color: str = theme.TARGET


def rows_height(rows: Sequence[Row]) -> int:
    """Pixels of their figure."""
    return AROUND + LINE * len(rows)


def rows_figure(
    rows: Sequence[Row], unit: str, *, log: bool = False, end: float | None = None, floor: float | None = None
) -> go.Figure:
    """One row below the other on an axis in `unit`, from 0 to `end` if that is given, with a noise `floor`.

    A bold row has a diamond and a bold name, any other one a circle; of several values each has a small dot, and their
    mean the large mark.
    """
    figure = go.Figure(layout=theme.base_layout(showlegend=False, hovermode="closest", margin=_margin(rows)))
    for row in rows:
        y = theme.plain(row.name)
        if len(row.values) > 1:
            figure.add_scatter(
                x=list(row.values), y=_beside(rows, row), mode="markers", hovertemplate="%{x:.3g}<extra></extra>",
                marker={"color": row.color, "size": 5, "opacity": 0.6},
            )  # fmt: skip
        error = {"type": "data", "array": [row.spread], "thickness": 2.5, "width": 5} if row.spread else None
        told = f" ± {row.spread:g}" if row.spread else ""
        figure.add_scatter(
            x=[float(np.mean(row.values))], y=[_place(rows, row)], mode="markers", error_x=error,
            hovertemplate=f"{y}: %{{x:.3g}}{told}<extra></extra>",
            marker={"color": row.color, "size": 11 if row.bold else 8, "symbol": "diamond" if row.bold else "circle"},
        )  # fmt: skip
    if floor is not None:
        figure.add_vline(floor, line={"color": theme.NEUTRAL, "width": 2, "dash": "dot"})
    names = [f"<b>{theme.plain(row.name)}</b>" if row.bold else theme.plain(row.name) for row in rows]
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=names, range=[len(rows) - 0.5, -0.5], zeroline=False, tickfont_size=14
    )
    figure.update_xaxes(title=unit, type="log" if log else "linear", tickfont_size=13)
    if log:
        figure.update_xaxes(tickvals=[0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200])
    elif end is not None:
        figure.update_xaxes(range=[0, 1.04 * end])
    return figure


def _margin(rows: Sequence[Row]) -> dict[str, float]:
    """Room for the names, bold ones at 9 pixels a letter."""
    return {"l": 14 + max((9 if row.bold else 7.5) * len(row.name) for row in rows), "r": 12, "t": 12, "b": 48}


def _place(rows: Sequence[Row], row: Row) -> int:
    return list(rows).index(row)


def _beside(rows: Sequence[Row], row: Row) -> list[float]:
    """Above and below the middle of the row in turn: equal values do not hide each other."""
    return [_place(rows, row) + 0.3 * (i / max(1, len(row.values) - 1) - 0.5) for i in range(len(row.values))]


class Soon(NamedTuple):
    """Of one kind of GAN: its colour and dash, and for each seed the work done (e,) and the FID then (e,)."""

    name: str
    color: str
    dash: str
    courses: Sequence[tuple[np.ndarray, np.ndarray]]


def soon_figure(kinds: Sequence[Soon], unit: str, levels: Mapping[str, float]) -> go.Figure:
    """FID of every seed over the work done in `unit`, axes logarithmic; `levels` are dotted lines by their names."""
    figure = go.Figure(layout=theme.base_layout(hovermode="closest"))
    for kind in kinds:
        for i, (work, fid) in enumerate(kind.courses):
            figure.add_scatter(
                x=theme.lean(work[1:]), y=theme.lean(fid[1:]), mode="lines", name=theme.plain(kind.name),
                legendgroup=kind.name, showlegend=i == 0, opacity=0.85,
                line={"color": kind.color, "width": 2, "dash": kind.dash, "simplify": False},
                hovertemplate="%{x:.3g}: FID %{y:.3g}",
            )  # fmt: skip
    for name, level in levels.items():
        figure.add_hline(level, line={"color": theme.NEUTRAL, "width": 1.5, "dash": "dot"})
        figure.add_annotation(
            x=0, xref="paper", y=np.log10(level), xanchor="left", yanchor="bottom", text=theme.plain(name),
            showarrow=False, font_size=13,
        )  # fmt: skip
    marks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]
    figure.update_xaxes(title=unit, type="log", tickvals=marks, ticktext=[f"{mark:,g}" for mark in marks])
    figure.update_yaxes(title="FID, small classifier", type="log", dtick=1)
    return figure
