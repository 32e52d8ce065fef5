"""The line that says whose run is on the stage and how it stands."""

from dataclasses import replace

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.gan.config import TrainConfig, settings_at
from wgan_demo.gan.presets import PRESETS, match
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.runs.widgets import differing, in_words
from wgan_demo.ui.table_source import literal

LONGEST = 80  # characters of a data set's name: a user's columns may be called anything
LISTED = 5  # changes of a run that are listed, the newest ones


def status(
    run: TabRun, view: JobView | None, recording: Recording, own: bool, config: TrainConfig | None, pulse: str = ""
) -> None:
    """One line: whose run is on the stage and how it stands; what went wrong, if something did."""
    name = recording.label if len(recording.label) <= LONGEST else f"{recording.label[: LONGEST - 1]}…"
    run_name = f"{literal(name)}, seed {recording.config.seed}"
    of = match(recording.config)
    source = f"“{PRESETS[of].label}”: " if of else ""
    line = f":gray-badge[:material/movie: Recording] {source}{run_name}."
    if view is not None:
        line = standing(view, run_name, pulse, guest=run.guest)
    if run.elsewhere:
        line += (
            " *The lecturer’s run trains with another server of this room and cannot be shown here: **Start** trains "
            "one with its settings.*"
        )
    elif own and not run.guest and config is not None and config != settings_at(recording.config, recording.changes):
        line += " *The settings on this page are not this run’s: **Reset** trains with them.*"
    with st.container(key=run.key("status")):
        st.markdown(line)
        if own and recording.changes:
            st.caption(f"Changed {'; '.join(map(_changed, recording.changes[-LISTED:]))}.")


def standing(view: JobView, name: str, pulse: str = "", *, guest: bool = False) -> str:
    """How a run stands, in Markdown, beside the `name` of what is shown; for a `guest` it is the lecturer's."""
    if guest:
        name = f"the lecturer’s run, {name}"
    queue = f"Training now: {pool().running_count}; your place in the queue: {view.rank}, {view.turn}."
    anew = "**Start** trains one of your own." if guest else "**Reset** begins anew."
    next_step = view.message or ("" if guest else "**Continue** goes on,")
    return {
        "starting": f":orange-badge[:material/hourglass: Starting] in a few seconds. {view.message} Shown: {name}.",
        "queued": f":orange-badge[:material/hourglass: Queued] {queue} Shown: {name}.",
        "running": f":green-badge[:material/play_arrow: Training] {name}. {view.message} {pulse}",
        "paused": f":blue-badge[:material/pause: Paused] {name}. {view.message}",
        "finished": f":blue-badge[:material/check: Done] {name}. {next_step} {anew}",
        "failed": f":red-badge[:material/error: Stopped] {view.message} {anew}",
        "refused": f":orange-badge[:material/groups: Full house] {view.message} **Reset** and **Start** ask again.",
        "lost": f":red-badge[:material/error: Lost] {view.message} {anew}",
    }[view.state]


def not_yours(recording: Recording, config: TrainConfig | None) -> str:
    """What a recording was made with that is set otherwise now: it is not what Start would train; "" if nothing is."""
    if config is None or replace(recording.config, seed=config.seed) == config:
        return ""
    others = differing(recording.config, replace(config, seed=recording.config.seed))
    made = ", ".join(f"{name} = {in_words(recording.config, key)}" for key, name in list(others.items())[:LISTED])
    return f"Recorded with {made}. Start trains with yours."


def _changed(change: tuple[int, str, float]) -> str:
    step, name, value = change
    return f"after iteration {step:,}: {SETTINGS[name].word} {value:g}"
