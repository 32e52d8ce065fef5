"""What is drawn over the surfaces: points, lines, arrows and words, each a trace of a figure."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.plots import theme


def points(
    x: np.ndarray, name: str | None, color: str, symbol: str, size: int, sample: int | None = None
) -> go.Scatter:
    """Points (m, 2); the chosen one is larger and has its number beside it."""
    chosen = np.arange(len(x)) == sample
    return go.Scatter(
        x=x[:, 0], y=x[:, 1], name=name, mode="markers" if sample is None else "markers+text",
        marker={"color": color, "symbol": symbol, "size": np.where(chosen, size + 6, size), "opacity": 1,
                "line": {"color": color if "open" in symbol else "white", "width": 0 if size < 8 else 1}},
        text=[str(i + 1) if is_chosen else "" for i, is_chosen in enumerate(chosen)], textposition="top center",
        customdata=np.arange(1, len(x) + 1), hoverinfo="skip" if name is None else None,
    )  # fmt: skip


def lines(paths: np.ndarray, name: str | None, color: str, dash: str = "solid") -> go.Scatter:
    """Open paths (m, k, 2), each drawn on its own."""
    gaps = np.full((len(paths), 1, 2), np.nan)
    x, y = np.concatenate([paths, gaps], 1).reshape(-1, 2).T.astype(np.float32)
    return go.Scatter(
        x=x, y=y, name=name, mode="lines", line={"color": color, "width": 1.5, "dash": dash}, hoverinfo="skip"
    )


def arrows(
    start: np.ndarray, arrows: np.ndarray, name: str, color: str, dash: str = "solid", width: float = 2
) -> go.Scatter:
    """Arrows (m, 2) from start (m, 2)."""
    drawn = lines(np.stack([start, start + arrows], 1), name, color, dash)
    heads = {
        "symbol": "arrow",
        "angleref": "previous",
        "size": np.tile([0, 11, 0], len(start)),
        "opacity": 1,
        "color": color,
    }
    return drawn.update(mode="lines+markers", marker=heads, line_width=width)


def text(x: np.ndarray, words: list[str]) -> go.Scatter:
    """Words below points (m, 2)."""
    return go.Scatter(x=x[:, 0], y=x[:, 1], text=words, mode="text", textposition="bottom center", hoverinfo="skip")


def scale(corner: np.ndarray, unit: float, name: str) -> go.Scatter:
    """The length of an arrow of norm 1, in the lower left corner."""
    drawn = arrows(corner[None], np.array([[unit, 0]]), None, theme.NEUTRAL)
    return drawn.update(mode="lines+markers+text", text=["", name, ""], textposition="middle right", name=None)
