"""What happened in a run: the few iterations worth looking at, found from its recording alone. Needs no torch."""

from typing import NamedTuple

import numpy as np

from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS

NEAR = 1.3  # times the noise floor: as close as two samples of this size usually are
EXPLODED = 100  # times the median of |critic loss| so far
LASTING = 3  # evaluations in a row that a number of modes must hold to count
SETTLED = 50  # iterations before the critic's loss has a usual size
ANSWER = ("near", "least")  # the kinds that tell when a run reached its floor


class Event(NamedTuple):
    """Something that happened at iteration `step`; `kind` is a word for programs, `text` a phrase for people."""

    step: int
    kind: str
    text: str


def find_events(recording: Recording) -> list[Event]:
    """The events of a run, whole or still going on, in the order of their iterations.

    Kinds: "modes" (more covered), "all modes", "lost" (fewer covered), "norm" (the mean gradient norm passes 1 for the
    first time), "near" (the distance within NEAR times its floor for the first time), "least" (at its least),
    "exploded", "change" (a setting).
    """
    events = [*_modes(recording), *_norm(recording), *_distance(recording), *_exploded(recording), *_changes(recording)]
    return sorted(events, key=lambda event: event.step)


def _modes(recording: Recording) -> list[Event]:
    """Gains and losses that last: the count must stay beyond the last one told for LASTING evaluations.

    A gain is a quarter of all modes at least and a loss an eighth, so that a count that flickers does not tell the same
    story many times.
    """
    total, called, events = recording.total_modes, recording.view.modes, []
    if not total:
        return []
    step, count = recording.course("modes")
    if not len(count):
        return []
    told = int(count[0]) if step[0] else 0  # a run that goes on from a checkpoint had them
    gain, loss = max(1, total // 4), max(1, total // 8)
    for i in range(len(count) - LASTING + 1):
        low, high = int(count[i : i + LASTING].min()), int(count[i : i + LASTING].max())
        if low == total > told:
            events.append(Event(int(step[i]), "all modes", f"all {total} {called}"))
            told = total
        elif low >= told + gain:
            events.append(Event(int(step[i]), "modes", f"{low} of {total} {called}"))
            told = low
        elif high <= told - loss:
            events.append(Event(int(step[i]), "lost", f"down to {high} of {total} {called}"))
            told = high
    return events


def _norm(recording: Recording) -> list[Event]:
    step, norm = recording.course("gradient_norm_mean")
    crossed = np.flatnonzero((norm >= 1) != (norm[:1] >= 1))
    return [Event(int(step[crossed[0]]), "norm", "mean norm passes 1")] if len(crossed) else []


def _distance(recording: Recording) -> list[Event]:
    (step, distance), name = recording.distance, recording.view.distance
    events, near = [], np.flatnonzero(distance <= NEAR * recording.floor[0])
    if len(near) and (near[0] or not step[0]):  # what was so at a checkpoint may have been so before it
        events.append(Event(int(step[near[0]]), "near", f"{name} within {NEAR} × its floor"))
    least = int(np.argmin(np.where(np.isfinite(distance), distance, np.inf))) if len(distance) else 0
    if least:  # not where it began
        events.append(Event(int(step[least]), "least", f"{name} at its least, {distance[least]:.3f}"))
    return events


def _exploded(recording: Recording) -> list[Event]:
    """The first loss that is not finite, or EXPLODED times the median so far.

    The median is taken anew whenever the run is a tenth longer, which keeps a long run as quick to read.
    """
    step, loss = recording.course("critic_loss")
    size, bad = np.abs(loss), ~np.isfinite(loss)
    start, finite = 0, int(bad.argmax()) if bad.any() else len(loss)
    while start < finite and not bad[:finite].any():
        end = start + max(SETTLED, start // 10)
        if start:
            bad[start:end] |= size[start:end] > EXPLODED * np.median(size[:start])
        start = end
    first = np.flatnonzero(bad)
    if not len(first):
        return []
    text = "critic loss explodes" if np.isfinite(loss[first[0]]) else "critic loss is no longer a number"
    return [Event(int(step[first[0]]), "exploded", text)]


def _changes(recording: Recording) -> list[Event]:
    return [
        Event(step, "change", f"{SETTINGS[name].word} becomes {value:g}")
        for step, name, value in recording.changes
        if step <= recording.steps
    ]
