"""Two runs on one chart: how far each is from the data, against iterations or against the computation they took."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from wgan_demo.gan.recording import Recording
from wgan_demo.plots import theme

STYLES = (
    {"color": theme.TARGET, "width": 2.5},
    {"color": theme.ACCENT, "width": 2.5, "dash": "dash"},
)


def emd_figure(runs: dict[str, Recording], *, by_work: bool = False, at: int | None = None) -> go.Figure:
    """Exact EMD of each named run, the first solid and the second dashed, with the noise floor of their data.

    The axis is the iteration, where `at` is marked, or with `by_work` the estimated computation in TFLOP.
    """
    figure = go.Figure(layout=theme.base_layout())
    end = 1e-9
    for (name, recording), line in zip(runs.items(), STYLES, strict=False):
        step, emd = recording.course("emd")
        x = work(recording) if by_work else step
        end = max(end, float(x[-1]))
        figure.add_scatter(
            x=x.astype(np.float32), y=emd.astype(np.float32), mode="lines", name=theme.plain(name, 48), line=line,
            hovertemplate="%{y:.3f}",
        )  # fmt: skip
    floors = {round(recording.floor[0], 6) for recording in runs.values()}
    for floor in floors:
        figure.add_hline(y=floor, line={"color": theme.NEUTRAL, "width": 1.5, "dash": "dot"})
    figure.add_scatter(
        x=[None], y=[None], mode="lines", name="noise floor",
        line={"color": theme.NEUTRAL, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    if at is not None and not by_work:
        figure.add_vline(x=at, line={"color": theme.NEUTRAL, "width": 2}, layer="below")
    title = "computation, TFLOP (estimated)" if by_work else "iteration"
    figure.update_xaxes(title=title, range=[0, end])
    units = " or ".join(dict.fromkeys(recording.unit for recording in runs.values()))
    figure.update_yaxes(title=f"exact EMD, {units}", rangemode="tozero")
    return figure


def work(recording: Recording) -> np.ndarray:
    """Estimated computation (e,) in TFLOP until each evaluation, changes of n_critic counted: TrainConfig.step_flop."""
    steps = recording.evaluations[:, 0]
    changes = sorted((step, value) for step, name, value in recording.changes if name == "n_critic")
    parts = [(0, recording.config.n_critic), *changes]
    total = np.zeros(len(steps))
    for (begin, n_critic), (end, _) in zip(parts, [*parts[1:], (np.inf, 0)], strict=True):
        flop = replace(recording.config, n_critic=int(n_critic)).step_flop
        total += flop * np.clip(np.minimum(steps, end) - begin, 0, None)
    return total / 1e12
