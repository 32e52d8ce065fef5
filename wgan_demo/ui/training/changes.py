"""What happens when a preset, other data or a value are chosen."""

import math
import time

import streamlit as st

from wgan_demo.datasets import DATASETS
from wgan_demo.engine.jobs import ENDED
from wgan_demo.gan.config import settings_at
from wgan_demo.gan.presets import PRESETS
from wgan_demo.ui.runs import live_run
from wgan_demo.ui.runs.widgets import WIDGETS, value

ECHO = 5.0  # seconds within which a timer may report as typed what a preset brought


def apply_preset() -> None:
    """Put a preset into the widgets; the data stay."""
    preset, dataset = PRESETS[st.session_state.tr_preset], st.session_state.tr_data
    for key in WIDGETS:
        _put(f"tr_{key}", value(preset.config(dataset), key))
    st.session_state.tr_steps = preset.length(dataset)


def follow_data() -> None:
    """Another toy set may want another length of run and other settings; what was typed stays."""
    preset, dataset = PRESETS[st.session_state.tr_preset], st.session_state.tr_data
    usual = {key: {value(preset.config(other), key) for other in DATASETS} for key in WIDGETS}
    wanted = {key: value(preset.config(dataset), key) for key in WIDGETS} | {"steps": preset.length(dataset)}
    usual["steps"] = {preset.length(other) for other in DATASETS}
    for key, fresh in wanted.items():
        if st.session_state.get(f"tr_{key}") in usual[key]:
            _put(f"tr_{key}", fresh)


def _put(widget: str, fresh) -> None:
    """Give a widget a value that its viewer did not type, and remember for `change` which and when."""
    st.session_state[widget] = fresh
    st.session_state.setdefault("tr_put", {})[widget] = fresh, time.monotonic()


def change(key: str) -> None:
    """A setting that is live applies at once to the run that is going on or waits.

    Not one that a preset brought: a timer that runs just then reports it as if it had been typed.
    """
    job_id, typed = live_run.current("tr"), st.session_state[f"tr_{key}"]
    view = live_run.pool().view(job_id) if job_id else None
    if view is None or view.state in ENDED:
        return
    run = view.recording and settings_at(view.recording.config, view.recording.changes)
    put, when = st.session_state.get("tr_put", {}).get(f"tr_{key}", (None, -math.inf))
    if run and time.monotonic() - when < ECHO and typed in (put, value(run, key)):
        return
    live_run.pool().change(job_id, WIDGETS[key].field, typed)
