"""Two runs on pictures: how far each is from the data, and what their losses say of it; pictures as files."""

import io
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from PIL import Image, ImageColor

from wgan_demo.distances.nearest import squares, to_others
from wgan_demo.gan.classifier import SEEN
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.compared import SAMPLES
from wgan_demo.plots import theme
from wgan_demo.plots.compare import FLOOR, STYLES, here
from wgan_demo.plots.stage import thinned
from wgan_demo.plots.update import Update

POINTS = 300  # drawn of a course
LOOKS = 60  # at the pictures of a course
BARS = ((theme.TARGET, ""), (theme.ACCENT, "/"))  # A plain, B hatched


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


def digits_figure(runs: dict[str, Recording], real: Sequence[int]) -> go.Figure:
    """Of the pictures of both named runs how many are surely of each digit, beside as many of the data.

    `real` (k,) is how many of each there are in the data, whatever the size of those.
    """
    figure = go.Figure(layout=theme.base_layout(barmode="group", bargap=0.3))
    styles = [("data", theme.SOURCE, ""), *((name, *look) for name, look in zip(runs, BARS, strict=True))]
    for name, color, shape in styles:
        pattern = {"shape": shape, "fgcolor": "white", "fillmode": "overlay"} if shape else {}
        figure.add_bar(name=theme.plain(name), marker={"color": color, "pattern": pattern}, hovertemplate="%{y:.0f}")
    figure.add_scatter(
        x=[-0.5, len(real) - 0.5], y=[SEEN * SAMPLES] * 2, mode="lines", name="made", line=FLOOR, hoverinfo="skip"
    )
    figure.update_xaxes(title="digit", tickmode="array", tickvals=list(range(len(real))), showgrid=False)
    figure.update_yaxes(title=f"of {SAMPLES} pictures", rangemode="tozero")
    frames = [recording.frames[-1] for recording in runs.values()]
    return digits_update(frames, real).applied(figure)


def digits_update(frames: Sequence[Frame], real: Sequence[int]) -> Update:
    """The counts of both runs at a frame of each, in the order of `digits_figure`."""
    counts = [np.asarray(real) * SAMPLES / sum(real), *(frame["digits"] for frame in frames)]
    bars = [{"x": np.arange(len(real)), "y": np.asarray(count, np.float32)} for count in counts]
    return Update([*bars, {}], {})


def copies_figure(recording: Recording, real: np.ndarray, at: float | None = None) -> go.Figure:
    """How near a run on pictures (m, d) comes to them: its EMD, and the way from a generated one to the nearest.

    Dotted are the floor of the EMD and the mean way from a real one to the nearest other one.
    """
    figure = go.Figure(layout=theme.base_layout())
    names = ("exact EMD", "to the nearest original", "floor of the EMD", "originals from each other")
    looks = (*STYLES, FLOOR, FLOOR | {"color": theme.SOURCE, "dash": "dashdot"})
    for name, line in zip(names, looks, strict=True):
        figure.add_scatter(mode="lines", name=name, line=line, hovertemplate="%{y:.2f}")
    figure.update_xaxes(title="iterations", tickformat=",d")
    figure.update_yaxes(title=recording.unit, rangemode="tozero")
    return copies_update(recording, real, at).applied(figure)


def copies_update(recording: Recording, real: np.ndarray, at: float | None) -> Update:
    """The courses so far, in the order of `copies_figure`."""
    steps, distance = recording.distance
    frames = thinned(recording.frames, LOOKS)
    near = [
        np.sqrt(squares(frame["fake"].reshape(len(frame["fake"]), -1), real).min(axis=1)).mean() for frame in frames
    ]
    end = max(1.0, float(steps[-1]))
    across = [([0, end], [level] * 2) for level in (recording.floor[0], to_others(real).mean())]
    return _update([(steps, distance), ([frame.step for frame in frames], near), *across], end, at)


def _course(recording: Recording, name: str, clock: str) -> tuple[np.ndarray, np.ndarray]:
    steps, values = recording.course(name)
    keep = np.unique(np.linspace(0, len(steps) - 1, min(len(steps), POINTS)).round().astype(int))
    return CLOCKS[clock].at(recording, steps[keep]), values[keep]


def _update(courses: Sequence[tuple], end: float, at: float | None) -> Update:
    data = [{"x": np.asarray(x, np.float32), "y": np.asarray(y, np.float32)} for x, y in courses]
    return Update(data, {"shapes": here(at), "xaxis": {"range": [0, float(end)]}})


def ink(pictures: np.ndarray, color: str, across: int = 1) -> bytes:
    """Pictures (k, side, side) of values from -1, paper, to 1, ink, so many `across`, as a PNG with a clear paper."""
    k, side, _ = pictures.shape
    square = pictures.reshape(k // across, across, side, side).transpose(0, 2, 1, 3).reshape(-1, across * side)
    drawn = np.empty((*square.shape, 4), np.uint8)
    drawn[..., :3] = ImageColor.getrgb(color)
    drawn[..., 3] = (np.clip((square + 1) / 2, 0, 1) * 255).round()
    file = io.BytesIO()
    Image.fromarray(drawn).save(file, "PNG")
    return file.getvalue()


def loss_against_fid_figure(runs: Sequence[tuple[np.ndarray, np.ndarray]], chosen: int, axis: str) -> go.Figure:
    """(loss (e,), FID (e,)) of runs: the `chosen` one as a line of dots, the others faint, FID on a log axis."""
    figure = go.Figure(layout=theme.base_layout(showlegend=False, hovermode="closest"))
    for i, (loss, fid) in enumerate(runs):
        if i != chosen:
            figure.add_scatter(
                x=loss, y=fid, mode="markers", marker={"size": 3, "color": theme.NEUTRAL}, hoverinfo="skip"
            )
    loss, fid = runs[chosen]
    figure.add_scatter(
        x=loss, y=fid, mode="lines+markers", line={"width": 1, "color": theme.TARGET}, marker={"size": 5},
        hovertemplate="loss %{x:.3g}, FID %{y:.3g}<extra></extra>",
    )  # fmt: skip
    for at, text in ((0, "begins"), (-1, "ends")):
        figure.add_annotation(x=float(loss[at]), y=float(np.log10(fid[at])), text=text, showarrow=True, ax=24, ay=-18)
    figure.update_xaxes(title=axis)
    figure.update_yaxes(title="FID, small classifier", type="log", dtick=1)
    return figure
