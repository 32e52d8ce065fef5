"""The critic's gradient by layer and the places of its weights, over the steps of a training, for a sweep."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from wgan_demo.plots.sweep import axis, line, log_marks
from wgan_demo.plots.theme import ACCENT, AMBER, CRITIC, NEUTRAL

HEIGHT = 360  # pixels of each picture
LOOKS = (
    {"color": AMBER, "dash": "9 4"}, {"color": ACCENT, "dash": "4 3"}, {"color": NEUTRAL, "dash": "2 4"},
    {"color": CRITIC, "width": 3},
)  # fmt: skip


class Course(NamedTuple):
    """A run over its k frames: log10 of the norms by layer (k, l), shares of the weights in b equal bins (k, b)."""

    layers: np.ndarray
    weights: np.ndarray


def layers_panel(courses: Mapping[str, Course]) -> dict:
    """log10 of the gradient's norm at each hidden layer; on its way from the score it goes from right to left."""
    count = next(iter(courses.values())).layers.shape[1]
    low = min(course.layers.min() for course in courses.values())
    high = max(course.layers.max() for course in courses.values())
    places = np.arange(1.0, count + 1)
    return {
        "title": "‖∂L/∂h‖, in units of f per unit of h",
        "height": HEIGHT,
        "x": axis(0.8, count + 0.2, "hidden layer: 1 is the one next to the input", {i: f"{i:.0f}" for i in places}),
        "y": axis(low - 1, high + 1, marks=log_marks(low - 1, high + 1)),
        "lines": [
            line(places, list(course.layers), name, **look)
            for (name, course), look in zip(courses.items(), LOOKS, strict=True)
        ],
    }


def weights_panel(name: str, course: Course, look: int, reach: str) -> dict:
    """Where the weights of one run are, from -reach to reach: shares of all of them, in bins."""
    bins = course.weights.shape[1]
    top = max(0.02, 1.08 * course.weights.max())
    return {
        "title": f"share of all weights in a bin: {name}",
        "height": HEIGHT,
        "x": axis(-1.06, 1.06, f"weight, in units of {reach}", {-1: "−1", -0.5: "−½", 0: "0", 0.5: "½", 1: "1"}),
        "y": axis(0, top),
        "lines": [
            line(
                np.linspace(-1, 1, bins + 1),
                list(course.weights.astype(float)),
                kind="steps",
                color=LOOKS[look]["color"],
            )
        ],
    }
