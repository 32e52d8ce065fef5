"""What a run says, in sentences with its numbers; how two runs compare."""

import numpy as np

from wgan_demo.gan.runs.events import NEAR
from wgan_demo.gan.runs.recording import Recording


def reading(recording: Recording) -> str:
    """How far a run has come, in one sentence."""
    (step, distance), name = recording.distance, recording.view.distance
    near = step[distance <= NEAR * recording.floor[0]]
    if step[0]:  # it goes on from a checkpoint: what happened before is not known here
        word = "has been" if len(near) else "has not been"
        return (
            f"Since it was taken up at iteration {step[0]:,.0f} the {name} went from "
            f"{distance[0]:.2f} to {distance[-1]:.2f} "
            f"{recording.unit}; it {word} within {NEAR} times its floor in this time."
        )
    went = f"The {name} went from {distance[0]:.2f} to {distance[-1]:.2f} {recording.unit}"
    if len(near):
        return f"{went}; it first came within {NEAR} times its floor at iteration {near[0]:.0f}."
    return f"{went}; it has not come within {NEAR} times its floor."


def same_until(a: Recording, b: Recording) -> int | None:
    """Up to which iteration all numbers of the records that both have are the same bit for bit; 0 if none are, None if
    they have none in common, as where one goes on from a checkpoint behind the other's end.
    """
    steps, of_a, of_b = np.intersect1d(a.records[:, 0], b.records[:, 0], return_indices=True)
    if not len(steps):
        return None
    x, y = a.records[of_a], b.records[of_b]
    differ = ~((x == y) | (np.isnan(x) & np.isnan(y))).all(axis=1)
    same = int(differ.argmax()) if differ.any() else len(steps)
    return int(steps[same - 1]) if same else 0
