"""What tells two runs apart: the settings in which they differ, and what each has come to."""

from wgan_demo.gan.config import settings_at
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.reading import same_until
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.plots.compare import here
from wgan_demo.ui.components.stage import Films
from wgan_demo.ui.runs.beside import readings
from wgan_demo.ui.runs.widgets import differing, in_words


def differences(a: Recording, b: Recording) -> list[tuple[str, str, str]]:
    """(setting, of A, of B) for those that differ in the end, as the page calls them, and for the data."""
    last = [settings_at(run.config, run.changes) for run in (a, b)]
    told = [(name, *(in_words(config, key) for config in last)) for key, name in differing(*last).items()]
    return [("Data", a.label, b.label)] * (a.label != b.label) + told


def moment(recording: Recording) -> list[tuple[str, str]]:
    """(name, number) of what a run has come to."""
    return [(name, text) for name, text, _ in readings(recording, "")]


def moments(a: Recording, b: Recording) -> list[tuple[str, str, str]]:
    """(name, of A, of B): what both have come to, "" for a number that only the other has."""
    floors = ("Noise floor", *("{:.3f} ± {:.3f}".format(*run.floor) for run in (a, b)))
    texts = [dict(moment(run)) for run in (a, b)]
    return [*((name, *(of.get(name, "") for of in texts)) for name in {**texts[0], **texts[1]}), floors]


def beside(films: Films, clock: str) -> list[list[dict]]:
    """For each frame of two runs its column of the table; at those of the longer run also the mark in the chart."""
    time = CLOCKS[clock]
    ticks = [time.ticks(recording, [frame.step for frame in frames]) for recording, frames in films]
    longer = max(range(len(films)), key=lambda i: ticks[i][-1])
    found = []
    for i, (recording, frames) in enumerate(films):
        news = [
            {"versus": [{"columns": {i: moment(recording.until(frame.step))}}, {}]}
            | ({"emd": [{"shapes": here(tick / time.scale)}, {}]} if i == longer else {})
            for frame, tick in zip(frames, ticks[i].tolist(), strict=True)
        ]
        found.append(news)
    return found


def reading(a: Recording, b: Recording, names: str = "A and B") -> str:
    """How far the two are the same."""
    if a.label != b.label:
        return f"{names} learn different data: their EMDs are no contest."
    same = same_until(a, b)
    if same is None:
        return f"{names} have no iteration in common."
    if same == min(a.steps, b.steps):
        return f"{names} are equal, number for number, in all iterations that both have done, {same:,}."
    if same:
        changed = a.config != b.config or any(change[0] == same for change in (*a.changes, *b.changes))
        why = "" if changed else ": rounding differs between machines, and grows"
        return f"{names} are equal, number for number, up to iteration **{same:,}**; then they part{why}."
    if not differences(a, b):
        return f"{names} have the same settings, recorded by another version or on another machine."
    return f"{names} differ from the first iteration on."
