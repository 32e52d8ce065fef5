"""f over the square, as lines of equal height: before a step, after it, and how it changed."""

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots import theme

LEVELS = 12  # lines of equal f, about
CHANGE = (
    (0, (theme.ACCENT, 0.85)),
    (0.5, (theme.NEUTRAL, 0.05)),
    (1, (theme.CRITIC, 0.85)),
)  # where f fell, where it rose


def surfaces(trace: StepTrace, field: str) -> dict[str, go.Contour]:
    """f before, after, and after the last critic step, on common levels; and what "update" shows: one or the change."""
    values = {"before": trace.surface_before, "after": trace.surface_after, "last": trace.generator_surface}
    rows, columns = trace.surface_before.shape
    sides = [np.linspace(-trace.space.extent, trace.space.extent, k, dtype=np.float32) for k in (columns, rows)]
    low, high = float(np.min(list(values.values()))), float(np.max(list(values.values())))
    looks = _contour(sides, low, high, [[0, theme.fill(theme.CRITIC, 0)], [1, theme.fill(theme.CRITIC, 0.6)]])
    looks["hovertemplate"] = f"{OBJECTIVES[trace.config.loss].score} = %{{z:.4g}}<extra></extra>"
    drawn = {name: go.Contour(z=z, **looks) for name, z in values.items()}
    if field != "change":
        return drawn | {"field": go.Contour(z=values[field], **looks)}
    change = relative_change(trace)
    most = float(np.abs(change).max())
    scale = [[share, theme.fill(*color)] for share, color in CHANGE]
    looks = _contour(sides, -most, most, scale) | {
        "hovertemplate": f"{OBJECTIVES[trace.config.loss].score} changed by %{{z:.3g}}<extra></extra>"
    }
    return drawn | {"field": go.Contour(z=change, **looks)}


def relative_change(trace: StepTrace) -> np.ndarray:
    """f after - f before, shaped as a surface; under a loss that sees differences of f alone, less its mean."""
    change = trace.surface_after - trace.surface_before
    return change - change.mean() if OBJECTIVES[trace.config.loss].up_to_constant else change


def _contour(sides: list[np.ndarray], low: float, high: float, scale: list) -> dict:
    step = _round_step((high - low) / LEVELS)
    return {
        "x": sides[0], "y": sides[1], "zmin": low, "zmax": high,
        "colorscale": scale, "showscale": False, "showlegend": False,
        "contours": {"coloring": "heatmap", "start": np.ceil(low / step) * step, "end": high, "size": step,
                     "showlabels": True, "labelfont": {"size": 10}},
        "line": {"width": 1, "color": theme.fill(theme.NEUTRAL, 0.7)},
    }  # fmt: skip


def _round_step(step: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    if not step > 0:
        return 1.0
    power = 10.0 ** np.floor(np.log10(step))
    return float(power * next(factor for factor in (1, 2, 5, 10) if factor * power >= step * (1 - 1e-9)))
