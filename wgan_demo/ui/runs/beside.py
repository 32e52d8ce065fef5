"""What stands beside a film, at every one of its frames: numbers and charts follow it without asking the server."""

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.view import Reading
from wgan_demo.plots.training import loss_update, marked, norm_course_update, norms_update
from wgan_demo.ui.components.numbers import rows
from wgan_demo.ui.components.stage import Films


def readings(recording: Recording, of: str) -> list[Reading]:
    """The evaluation at the end of a recording, `of` what is said beside its iteration."""
    return [Reading("Iteration", f"{recording.distance[0][-1]:,.0f}", of), *recording.view.readings(recording)]


def beside(films: Films, clock: str) -> list[list[dict]]:
    """Of one run: for each frame the news of numbers, norms, norm_course and loss."""
    ((recording, frames),) = films
    score = OBJECTIVES[recording.config.loss].score
    courses = {"norm_course": norm_course_update(recording), "loss": loss_update(recording)}
    found = []
    for frame in frames:
        norms = norms_update(frame["norms"], frame.step, score)
        now = rows(readings(recording.until(frame.step), "of this run"))
        found.append(
            {"numbers": [{"readings": now}, {}], "norms": [norms.layout, _plain(norms.data[0])]}
            | {name: [marked(course, frame.step).layout, {}] for name, course in courses.items()}
        )
    return [found]


def _plain(trace: dict[str, np.ndarray]) -> dict[str, dict]:
    """The arrays of the first trace, as a chart takes them, in JSON."""
    return {f"0 {axis}": {"array": np.round(values, 4).tolist()} for axis, values in trace.items()}
