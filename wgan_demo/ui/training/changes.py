"""What happens when a preset, other data or a value are chosen."""

import math
import time

from wgan_demo.datasets import TOY
from wgan_demo.engine.jobs import ENDED
from wgan_demo.gan.config import settings_at
from wgan_demo.gan.presets import PRESETS
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.runs.widgets import WIDGETS, value

ECHO = 5.0  # seconds within which a timer may report as typed what a preset brought


def apply_preset(run: TabRun) -> None:
    """Put a preset into the widgets; the data stay."""
    preset, dataset = PRESETS[run.get("preset")], run.get("data")
    for key in WIDGETS:
        _put(run, key, value(preset.config(dataset), key))
    run.put("steps", preset.length(dataset))


def follow_data(run: TabRun) -> None:
    """Another toy set may want another length of run and other settings; what was typed stays."""
    preset, dataset = PRESETS[run.get("preset")], run.get("data")
    usual = {key: {value(preset.config(other), key) for other in TOY} for key in WIDGETS}
    wanted = {key: value(preset.config(dataset), key) for key in WIDGETS} | {"steps": preset.length(dataset)}
    usual["steps"] = {preset.length(other) for other in TOY}
    for key, fresh in wanted.items():
        if run.get(key) in usual[key]:
            _put(run, key, fresh)


def _put(run: TabRun, key: str, fresh) -> None:
    """Give a widget a value that its viewer did not type, and remember for `change` which and when."""
    run.put(key, fresh)
    run.put("put", run.get("put", {}) | {key: (fresh, time.monotonic())})


def change(run: TabRun, key: str) -> None:
    """A setting that is live applies at once to the run that is going on or waits.

    Not one that a preset brought: a timer that runs just then reports it as if it had been typed.
    """
    view, typed = run.view, run.get(key)
    if view is None or view.state in ENDED:
        return
    now = view.recording and settings_at(view.recording.config, view.recording.changes)
    put, when = run.get("put", {}).get(key, (None, -math.inf))
    if now and time.monotonic() - when < ECHO and typed in (put, value(now, key)):
        return
    pool().change(run.job_id, WIDGETS[key].field, typed)
