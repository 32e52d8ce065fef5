"""The settings of a training run, all in the link, and what they teach."""

import math
import re
import time

import streamlit as st

from wgan_demo.datasets import DATASETS
from wgan_demo.engine.jobs import ENDED, MAX_STEPS
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig, settings_at
from wgan_demo.gan.objectives import CONSTRAINTS
from wgan_demo.gan.presets import HOME, PRESETS, match, outcome, recording_name
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.ui.runs import live_run
from wgan_demo.ui.training import reach as training_reach
from wgan_demo.ui.training.data import DRAWN, OWN_DATA, own_data

LEAST_RATE = 1e-6
ECHO = 5.0  # seconds within which a timer may report as typed what a preset brought

# What a setting is called, by the key of its widget without the prefix; how to read it from a TrainConfig.
NAMES = {
    "lr": "Learning rate", "lambda": "λ, weight of the penalty", "ncritic": "Critic steps per iteration",
    "objective": "Objective", "hold": "Constraint on the critic", "clip": "c, clipping of the weights",
    "opt": "Optimiser", "beta1": "Adam’s β₁", "beta2": "Adam’s β₂", "decay": "The rate falls to 5 % over (0: never)",
    "ema": "Average of G’s weights (0: off)", "batch": "Batch size", "z": "Latent dimensions", "width": "Width",
    "depth": "Hidden layers", "act": "Activation", "init": "Initial weights", "norm": "Batch norm in the critic",
    "seed": "Seed",
}  # fmt: skip
FIELDS = {
    "lr": "lr", "lambda": "gp_weight", "ncritic": "n_critic", "objective": "loss", "hold": "regularizer",
    "clip": "clip", "opt": "optimizer", "decay": "lr_decay_steps", "ema": "ema", "batch": "batch_size",
    "z": "latent_dim", "act": "activation", "init": "init", "norm": "batch_norm", "seed": "seed",
}  # fmt: skip
WORDS = {key: SETTINGS[name].choices for key, name in FIELDS.items() if SETTINGS[name].choices}


def settings(row, details, revealed: bool) -> RunSpec | None:
    """Draw preset, data and seed into `row`; into `details` what is needed to choose data of one's own, what the
    preset teaches, if `revealed` how its recording ends, and all the other settings.

    Returns the run that they ask for; None when no usable data are chosen: the page then says so.
    """
    with row:
        preset = PRESETS[
            st.selectbox(
                "Preset", PRESETS, key="tr_preset", bind="query-params", width=270, on_change=_apply_preset,
                format_func=lambda name: PRESETS[name].label,
            )
        ]  # fmt: skip
        dataset = st.selectbox(
            "Data", [*DATASETS, *OWN_DATA], key="tr_data", bind="query-params", width=215, on_change=_follow_data,
            format_func=lambda name: OWN_DATA.get(name) or DATASETS[name].label,
        )  # fmt: skip
        start = preset.config(dataset)
        seed = st.number_input("Seed", 0, 2**32 - 1, start.seed, 1, key="tr_seed", bind="query-params", width=100)
    with details:
        data = st.container()
        lines = st.container(key="tr_lesson", gap=None)
        # Not a popover: that forgets its widgets when it closes, and the browser then sends their old values again.
        with st.expander("All settings", icon=":material/tune:", key="tr_all"):
            values = _details(start, preset.length(dataset))
    own, name = None, dataset
    if dataset != DRAWN:
        st.query_params.pop("tr_points", None)
    with data:
        if dataset in OWN_DATA:
            own = own_data(dataset)
            if own is None:
                return None
            name = own.label
        try:
            config = TrainConfig(dataset=name, columns=len(own.axes) if own else 0, seed=int(seed), **values)
        except ValueError as error:
            st.error(str(error))
            return None
    with lines:
        _say_what_it_shows(config, start, revealed)
    return RunSpec(config, own)


def _details(start: TrainConfig, length: int) -> dict:
    """All the other settings, each beside what it is live and in the paper; returns them as fields of TrainConfig.

    How long a run is, `length` iterations unless told, is no setting of its training: it is kept as tr_steps.
    """
    live, paper = PRESETS["live"].config(start.dataset), PRESETS["wgan_gp"].config(start.dataset)

    def drawn(draw, key: str, *options, **more):
        two = said(live, key), said(paper, key)
        beside = f"both {two[0]}" if two[0] == two[1] else f"live {two[0]}, paper {two[1]}"
        label, default = f"{NAMES[key]} :gray[:small[{beside}]]", setting(start, key)
        if draw is st.selectbox:
            options, default = (tuple(WORDS[key]),), tuple(WORDS[key]).index(default)
            more["format_func"] = WORDS[key].get
        return draw(label, *options, default, key=f"tr_{key}", bind="query-params", **more)

    st.caption(
        "**live**: learns toy data in seconds. **paper**: WGAN-GP, algorithm 1 of Gulrajani et al. 2017 with the sizes "
        "and β₁ of its toy code (the algorithm is printed with β₁ = 0). Other papers’ settings are among the presets."
    )
    number, select = st.number_input, st.selectbox
    number(
        "Iterations", 1, MAX_STEPS, length, 250, key="tr_steps", bind="query-params", width=220,
        help="How far Start goes, and each Continue after it",
    )  # fmt: skip
    st.markdown("**These three can change while it trains**")
    rate, weight, steps = st.columns(3)
    st.markdown("**These hold from the first iteration on**")
    left, right = st.columns(2)
    with left:
        drawn(select, "objective")
        constraint = drawn(select, "hold")
        with st.container():  # also when empty: what comes below keeps its place, and so its part of the link
            clip = start.clip
            if constraint == "clipping":
                clip = drawn(number, "clip", 1e-4, 10.0, step=0.001, format="%.4f", help="Every weight stays within ±c")
        adam = drawn(select, "opt") == "adam"
        drawn(number, "beta1", 0.0, 0.999, step=0.1, format="%.3f", disabled=not adam)
        drawn(number, "beta2", 0.0, 0.9999, step=0.1, format="%.4f", disabled=not adam)
        drawn(number, "decay", 0, MAX_STEPS, step=500)
    with right:
        drawn(
            number, "ema", 0.0, 0.9999, step=0.01, format="%.4f",
            help="Samples then come from a running average of the generator’s weights. It evens out the wobble of a "
            "fast learning rate and brings the samples to the noise floor; the training itself does not notice.",
        )  # fmt: skip
        drawn(number, "batch", 2, 1024, step=32)
        drawn(number, "z", 1, 64)
        drawn(st.select_slider, "width", [16, 32, 64, 128, 256, 512])
        drawn(st.slider, "depth", 1, 6)
        drawn(select, "act")
        drawn(select, "init")
        if drawn(st.checkbox, "norm"):
            st.warning(
                "Batch normalisation lets every sample of a batch move every score. A penalty on the slope at each "
                "single point then means nothing: the paper leaves it out of the critic (Gulrajani et al. 2017, "
                "section 4)."
            )
    live_now = {"on_change": _change}
    with rate:
        drawn(number, "lr", LEAST_RATE, 0.1, step=1e-4, format="%.6f", args=("lr",), **live_now)
    with weight:
        weighs = CONSTRAINTS[constraint].weighs
        drawn(number, "lambda", 0.0, 1000.0, step=0.1, disabled=not weighs, args=("lambda",), **live_now)
    with steps:
        drawn(number, "ncritic", 1, 20, args=("ncritic",), **live_now)
    state = st.session_state
    values = {field: state[f"tr_{key}"] for key, field in FIELDS.items() if key not in ("clip", "seed")}
    return values | {
        "clip": clip, "betas": (state.tr_beta1, state.tr_beta2), "hidden": (state.tr_width,) * state.tr_depth,
    }  # fmt: skip


def setting(config: TrainConfig, key: str):
    """The value of a widget, by its key without the prefix, at these settings."""
    match key:
        case "beta1" | "beta2":
            return config.betas[key == "beta2"]
        case "width" | "depth":
            return config.hidden[0] if key == "width" else len(config.hidden)
    return getattr(config, FIELDS[key])


def said(config: TrainConfig, key: str) -> str:
    """The value of a widget, by its key without the prefix, at these settings, in words."""
    value = setting(config, key)
    return WORDS[key][value] if key in WORDS else f"{value:g}"


def differing(a: TrainConfig, b: TrainConfig) -> dict[str, str]:
    """The widgets whose values differ at two settings: their short names by their keys without the prefix."""
    return {key: re.split(r",| \(", called)[0] for key, called in NAMES.items() if setting(a, key) != setting(b, key)}


def _say_what_it_shows(config: TrainConfig, start: TrainConfig, revealed: bool) -> None:
    """What the preset teaches and how its recording ends, or what was changed since; which engine; what is in reach."""
    preset = PRESETS[st.session_state.tr_preset]
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
    st.markdown(line)
    st.caption(f"{source}Gradients {engine}.")
    training_reach.show(config, shown_recording(config), preset.length(start.dataset), revealed)


def _end(recording: Recording) -> str:
    ratio, modes = outcome(recording)
    covered = f", with {modes} of {recording.total_modes} modes" if recording.total_modes else ""
    return f"Its recording on {recording.label} ends at an EMD {ratio:.1f} times the noise floor{covered}."


def toy(config: TrainConfig | None) -> str:
    """The data set whose recording stands in for these settings."""
    return config.dataset if config and config.dataset in DATASETS else HOME


def shown_recording(config: TrainConfig | None) -> Recording:
    """The shipped run that comes nearest to these settings: that of their preset, else of the live preset."""
    name = match(config) if config else None
    return shipped.load(recording_name(name or "live", toy(config)))


def _apply_preset() -> None:
    """Put a preset into the widgets; the data stay."""
    preset, dataset = PRESETS[st.session_state.tr_preset], st.session_state.tr_data
    for key in NAMES:
        _put(f"tr_{key}", setting(preset.config(dataset), key))
    st.session_state.tr_steps = preset.length(dataset)


def _follow_data() -> None:
    """Another toy set may want another length of run and other settings; what was typed stays."""
    preset, dataset = PRESETS[st.session_state.tr_preset], st.session_state.tr_data
    usual = {name: {setting(preset.config(other), name) for other in DATASETS} for name in NAMES}
    wanted = {name: setting(preset.config(dataset), name) for name in NAMES} | {"steps": preset.length(dataset)}
    usual["steps"] = {preset.length(other) for other in DATASETS}
    for key, value in wanted.items():
        if st.session_state.get(f"tr_{key}") in usual[key]:
            _put(f"tr_{key}", value)


def _put(widget: str, value) -> None:
    """Give a widget a value that its viewer did not type, and remember for `_change` which and when."""
    st.session_state[widget] = value
    st.session_state.setdefault("tr_put", {})[widget] = value, time.monotonic()


def _change(key: str) -> None:
    """Learning rate, lambda and n_critic apply at once to the run that is going on or waits.

    Not those that a preset brought: a timer that runs just then reports them as if they had been typed.
    """
    job_id, value = live_run.current("tr"), st.session_state[f"tr_{key}"]
    view = live_run.pool().view(job_id) if job_id else None
    if view is None or view.state in ENDED:
        return
    run = view.recording and settings_at(view.recording.config, view.recording.changes)
    put, when = st.session_state.get("tr_put", {}).get(f"tr_{key}", (None, -math.inf))
    if run and time.monotonic() - when < ECHO and value in (put, setting(run, key)):
        return
    live_run.pool().change(job_id, FIELDS[key], value)
