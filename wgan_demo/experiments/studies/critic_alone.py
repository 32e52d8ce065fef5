"""What studies of a critic alone in the plane share: what is told of each run, and what is drawn of it."""

import numpy as np

from wgan_demo.gan.critic_alone.plane import PlaneCriticRecording

NORMS = ("between", "data", "grid")  # places where the norm of the gradient is taken
PLACES = (*NORMS, "slopes")  # and the slopes of pairs


def measure(recording: PlaneCriticRecording) -> dict[str, float]:
    """Gap in units of f, greatest slope of all pairs (no unit), W1 and what the two say of it in units of x, their
    share, the share of weights at c, and the mean norm between real points and others.
    """
    bound, w1 = recording.bound, recording.w1
    return {
        "gap": recording.value("value"),
        "slope": recording.value("greatest_slope"),
        "w1": w1,
        "bound": bound,
        "share": bound / w1,
        "at_edge": recording.value("at_edge"),
        "norm": float(recording.frames[-1]["between"].mean()),
    }


def surface(recording: PlaneCriticRecording) -> dict[str, np.ndarray]:
    """f on the grid at the end, in shares of its largest size, to half precision."""
    f = recording.frames[-1]["surface"]
    return {"surface": (f / (np.abs(f).max() or 1)).astype(np.float16)}


def spread(recording: PlaneCriticRecording) -> dict[str, np.ndarray]:
    """Percentiles 0 to 100 of the norms at each of NORMS and of the slopes of pairs: (101,) each."""
    frame = recording.frames[-1]
    found = {place: np.percentile(frame[place], range(101)) for place in NORMS} | {"slopes": frame["slopes"]}
    return {place: values.astype(np.float32) for place, values in found.items()}


def course(recording: PlaneCriticRecording) -> dict[str, np.ndarray]:
    """The evaluations (e, 5) of the recording."""
    return {"course": recording.evaluations.astype(np.float32)}
