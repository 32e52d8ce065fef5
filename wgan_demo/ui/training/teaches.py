"""What the chosen settings show: a preset's sentence and how its recording ends, or what was changed since."""

import streamlit as st

from wgan_demo.datasets import TOY
from wgan_demo.engine.reach import reach
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import HOME, PRESETS, match, outcome, recording_name
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.ui import lesson
from wgan_demo.ui.components.beat import beat
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.runs.widgets import differing


def say_what_it_shows(run: TabRun, spec: RunSpec | None, revealed: bool) -> None:
    """What the preset teaches and, if `revealed`, how its recording ends, or what was changed since; which engine; what
    is in reach. Nothing without settings that make sense.
    """
    with st.container(key=run.key("lesson"), gap=None):
        if spec is not None:
            _say(run, spec.config, revealed)


def _say(run: TabRun, config: TrainConfig, revealed: bool) -> None:
    preset = PRESETS[run.get("preset")]
    start = preset.config(run.get("data"))
    changed = differing(config, start).values()
    if changed:
        line = f":blue-badge[:material/edit: Own settings] Changed from “{preset.label}”: {', '.join(changed)}."
    else:
        warning = ":red-badge[:material/warning: Fails on purpose] " * preset.fails
        end = f" {_end(shown_recording(config))}" if revealed else ""
        line = f"{warning}{preset.teaches(start.dataset)}{end}"
    reason = config.needs_autograd
    engine = f"by autograd, because {reason}: slower" if reason else "derived by hand: the fast way"
    source = "" if changed else f"Source: {preset.source}. "
    lesson.say(line)
    lesson.note(f"{source}Gradients {engine}.")
    _show_reach(run, config, shown_recording(config), preset.length(start.dataset), revealed)


def _show_reach(run: TabRun, config: TrainConfig, recording: Recording, length: int, revealed: bool) -> None:
    """A caption with `reach`; until the worker has come up, which takes seconds, the page looks for it again."""

    @st.fragment(key=run.key("reach"))
    def reached() -> None:
        if speed := pool().speed:
            lesson.note(reach(config, recording, length, revealed, speed))
        else:
            beat(run.key("reach"), 1.0)

    reached()


def _end(recording: Recording) -> str:
    ratio, modes = outcome(recording)
    covered = f", with {modes} of {recording.total_modes} modes" if recording.total_modes else ""
    return f"Its recording on {recording.label} ends at an EMD {ratio:.1f} times the noise floor{covered}."


def toy(config: TrainConfig | None) -> str:
    """The data set whose recording stands in for these settings."""
    return config.dataset if config and config.dataset in TOY else HOME


def shown_recording(config: TrainConfig | None) -> Recording:
    """The shipped run that comes nearest to these settings: that of their preset, else of the live preset."""
    name = match(config) if config else None
    return shipped.load(recording_name(name or "live", toy(config)))
