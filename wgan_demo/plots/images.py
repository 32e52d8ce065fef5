"""Two runs on pictures: how far each is from the data, and what their losses say of it."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots import theme
from wgan_demo.plots.compare import FLOOR, STYLES, here
from wgan_demo.plots.update import Update

POINTS = 300  # drawn of a course


def fid_figure(runs: dict[str, Recording], floor: float, *, clock: str, at: float | None = None) -> go.Figure:
    """FID of both named runs on a log axis, with the `floor` of real pictures against real ones."""
    figure = go.Figure(layout=theme.base_layout())
    for name, line in zip(runs, STYLES, strict=True):
        figure.add_scatter(mode="lines", name=theme.plain(name), line=line, hovertemplate="%{y:.3g}")
    figure.add_scatter(mode="lines", name="real against real", line=FLOOR, hoverinfo="skip")
    figure.update_xaxes(title=CLOCKS[clock].title)
    figure.update_yaxes(title="FID, small classifier", type="log", dtick=1)
    return fid_update(list(runs.values()), floor, clock=clock, at=at).applied(figure)


def fid_update(runs: Sequence[Recording], floor: float, *, clock: str, at: float | None = None) -> Update:
    """The courses so far, in the order of `fid_figure`."""
    courses = [_course(recording, "fid", clock) for recording in runs]
    end = max(1e-9, *(float(x[-1]) for x, _ in courses))
    return _update([*courses, ([0, end], [floor, floor])], end, at)


def losses_figure(runs: dict[str, Recording], *, clock: str, at: float | None = None) -> go.Figure:
    """The loss of the discriminator or critic of both named runs."""
    figure = go.Figure(layout=theme.base_layout())
    for name, line in zip(runs, STYLES, strict=True):
        figure.add_scatter(mode="lines", name=theme.plain(name), line=line | {"width": 1.5}, hovertemplate="%{y:.3g}")
    figure.update_xaxes(title=CLOCKS[clock].title)
    figure.update_yaxes(title="loss: A nats, B units of f", zeroline=True)
    return losses_update(list(runs.values()), clock=clock, at=at).applied(figure)


def losses_update(runs: Sequence[Recording], *, clock: str, at: float | None = None) -> Update:
    """The courses so far, in the order of `losses_figure`."""
    courses = [_course(recording, "critic_loss", clock) for recording in runs]
    return _update(courses, max(1e-9, *(float(x[-1]) if len(x) else 0.0 for x, _ in courses)), at)


def _course(recording: Recording, name: str, clock: str) -> tuple[np.ndarray, np.ndarray]:
    steps, values = recording.course(name)
    keep = np.unique(np.linspace(0, len(steps) - 1, min(len(steps), POINTS)).round().astype(int))
    return CLOCKS[clock].at(recording, steps[keep]), values[keep]


def _update(courses: Sequence[tuple], end: float, at: float | None) -> Update:
    data = [{"x": np.asarray(x, np.float32), "y": np.asarray(y, np.float32)} for x, y in courses]
    return Update(data, {"shapes": here(at), "xaxis": {"range": [0, float(end)]}})


def rows_figure(rows: dict[str, np.ndarray]) -> go.Figure:
    """Rows of as many pictures (k, side, side) each, values -1 to 1, under their names: generated ones, then real ones.

    The first row is in the ink of generated samples, the others in that of real ones.
    """
    side = next(iter(rows.values())).shape[-1]
    figure = go.Figure(layout=theme.base_layout(showlegend=False, hovermode=False))
    for i, (name, pictures) in enumerate(rows.items()):
        strip = np.concatenate(np.pad(pictures, ((0, 0), (0, 0), (0, 1)), constant_values=-1), axis=1)
        ink = theme.SOURCE if i else theme.TARGET
        figure.add_heatmap(
            z=strip[::-1].astype(np.float32), y0=-i * (side + 1), zmin=-1, zmax=1, zsmooth="best", showscale=False,
            colorscale=[[0, theme.fill(ink, 0)], [1, theme.fill(ink, 1)]], hoverinfo="skip", name=name,
        )  # fmt: skip
    middle = [-i * (side + 1) + (side - 1) / 2 for i in range(len(rows))]
    figure.update_xaxes(visible=False)
    figure.update_yaxes(tickvals=middle, ticktext=list(rows), showgrid=False, zeroline=False, scaleanchor="x")
    figure.update_layout(margin={"l": 130, "r": 8, "t": 8, "b": 8})
    return figure


def wall_figure(
    cells: dict[tuple[int, int], np.ndarray], words: dict[tuple[int, int], str], rows: list[str], columns: list[str]
) -> go.Figure:
    """Squares of pictures, values 0 to 1, by (row, column): each (k, side, side), with words below it."""
    k, side, _ = next(iter(cells.values())).shape
    across = int(k**0.5)
    size = across * side
    step = size * 1.35  # with room for the words
    figure = go.Figure(layout=theme.base_layout(showlegend=False, hovermode=False))
    for (row, column), pictures in cells.items():
        square = pictures.reshape(across, -1, side, side).transpose(0, 2, 1, 3).reshape(size, size)
        figure.add_heatmap(
            z=square[::-1].astype(np.float32), x0=column * size * 1.1, y0=-row * step, zmin=0, zmax=1, zsmooth="best",
            colorscale=[[0, theme.fill(theme.TARGET, 0)], [1, theme.fill(theme.TARGET, 1)]], showscale=False,
            hoverinfo="skip",
        )  # fmt: skip
        figure.add_annotation(
            x=(column * 1.1 + 0.5) * size, y=-row * step - 1, yanchor="top", showarrow=False, text=words[row, column],
            font={"size": 13},
        )  # fmt: skip
    middle = size / 2
    figure.update_xaxes(
        tickvals=[column * size * 1.1 + middle for column in range(len(columns))], ticktext=columns, side="top",
        showgrid=False, zeroline=False,
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=[-row * step + middle for row in range(len(rows))], ticktext=rows, showgrid=False, zeroline=False,
        scaleanchor="x", title="learning rate of both",
    )  # fmt: skip
    figure.update_layout(margin={"l": 76, "r": 8, "t": 40, "b": 8})
    return figure
