"""The controls of a training run: its settings (all in the link), its buttons, and the line that says how it stands."""

import math
import re

import numpy as np
import streamlit as st

from wgan_demo import recordings
from wgan_demo.datasets import DATASETS, from_points
from wgan_demo.datasets.table import columns
from wgan_demo.engine.jobs import MAX_STEPS
from wgan_demo.gan.config import ACTIVATIONS, TrainConfig, settings_at
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.presets import HOME, PRESETS, match, outcome, recording_name
from wgan_demo.gan.recording import Recording
from wgan_demo.plots.theme import SOURCE
from wgan_demo.ui import live_run, reach
from wgan_demo.ui.draw import draw, parse_points, points_text
from wgan_demo.ui.table_source import literal, table_source

TABLE, DRAWN = "table", "drawn"
OWN_DATA = {DRAWN: "Drawn by you", TABLE: "Two columns of real data"}
PACES = {"one by one": 1, "slow": 25, "medium": 100, "full": None}  # generator iterations a second
LIMIT = MAX_STEPS
LEAST_RATE = 1e-6
MOVING = ("starting", "queued", "running")
LONGEST = 80  # characters of a data set's name: a user's columns may be called anything
ENDED = ("failed", "refused", "lost")
LETTER = np.stack([np.linspace(-0.8, 0.8, 60), 0.6 * (4 * np.abs((np.linspace(0, 2, 60) % 1) - 0.5) - 1)], axis=1)
TOLD = 5  # changes of a run that are listed, the newest ones

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
CHANGED = {"lr": "learning rate", "gp_weight": "λ", "n_critic": "critic steps per iteration"}
OPTIMIZERS = {"adam": "Adam", "rmsprop": "RMSProp"}
INITS = {"torch": "PyTorch’s default", "he": "He et al."}
ACTIVATION_NAMES = dict(zip(ACTIVATIONS, ("ReLU", "Leaky ReLU", "tanh", "Softplus"), strict=True))
WORDS = {
    "objective": {name: objective.label for name, objective in OBJECTIVES.items()},
    "hold": {name: constraint.label for name, constraint in CONSTRAINTS.items()},
    "opt": OPTIMIZERS, "act": ACTIVATION_NAMES, "init": INITS, "norm": {False: "no", True: "yes"},
}  # fmt: skip


def settings(revealed: bool) -> tuple[TrainConfig | None, dict]:
    """Draw the settings and, under them, what the chosen preset teaches, and if `revealed` how its recording ends.

    Returns the config and, for data of one's own, what travels beside it. The config is None when no usable data are
    chosen; the page has then said so.
    """
    with st.container(key="tr_settings"):  # one place, so that what comes below keeps its own
        with st.container(horizontal=True, vertical_alignment="bottom"):
            preset = PRESETS[
                st.selectbox(
                    "Preset", PRESETS, key="tr_preset", bind="query-params", width=300, on_change=_apply_preset,
                    format_func=lambda name: PRESETS[name].label,
                )
            ]  # fmt: skip
            dataset = st.selectbox(
                "Data", [*DATASETS, *OWN_DATA], key="tr_data", bind="query-params", width=220, on_change=_follow_data,
                format_func=lambda name: OWN_DATA.get(name) or DATASETS[name].label,
            )  # fmt: skip
            start = preset.config(dataset)
            seed = st.number_input("Seed", 0, 2**32 - 1, start.seed, 1, key="tr_seed", bind="query-params", width=120)
        # Not a popover: that forgets its widgets when it closes, and the browser then sends their old values again.
        with st.expander("All settings", icon=":material/tune:", key="tr_all"):
            values = _details(start)
        lines = st.container(key="tr_lesson", gap=None)
        beside, name = {}, dataset
        if dataset != DRAWN:
            st.query_params.pop("tr_points", None)
        if dataset in OWN_DATA:
            beside = _two_columns() if dataset == TABLE else _drawn_points()
            if beside is None:
                return None, {}
            name = beside["label"]
        try:
            config = TrainConfig(dataset=name, table=dataset in OWN_DATA, seed=int(seed), **values)
        except ValueError as error:
            st.error(str(error))
            return None, {}
        with lines:
            _say_what_it_shows(config, start, revealed)
    return config, beside


def _details(start: TrainConfig) -> dict:
    """All the other settings, each beside what it is live and in the paper; returns them as fields of TrainConfig."""
    live, paper = PRESETS["live"].config(start.dataset), PRESETS["wgan_gp"].config(start.dataset)

    def said(key: str, config: TrainConfig) -> str:
        value = setting(config, key)
        return WORDS[key][value] if key in WORDS else f"{value:g}"

    def drawn(draw, key: str, *options, **more):
        two = said(key, live), said(key, paper)
        beside = f"both {two[0]}" if two[0] == two[1] else f"live {two[0]}, paper {two[1]}"
        label, default = f"{NAMES[key]} :gray[:small[{beside}]]", setting(start, key)
        if draw is st.selectbox:
            options, default = (tuple(WORDS[key]),), tuple(WORDS[key]).index(default)
            more["format_func"] = WORDS[key].get
        return draw(label, *options, default, key=f"tr_{key}", bind="query-params", **more)

    st.caption(
        "**live**: learns toy data in seconds. **paper**: WGAN-GP, algorithm 1 of Gulrajani et al. 2017 with the sizes "
        "of its toy code. Other papers’ settings are among the presets."
    )
    number, select = st.number_input, st.selectbox
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
        drawn(number, "decay", 0, LIMIT, step=500)
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


def _say_what_it_shows(config: TrainConfig, start: TrainConfig, revealed: bool) -> None:
    """What the preset teaches and how its recording ends, or what was changed since; which engine; what is in reach."""
    preset = PRESETS[st.session_state.tr_preset]
    changed = [
        re.split(r",| \(", called)[0] for key, called in NAMES.items() if setting(config, key) != setting(start, key)
    ]
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
    reach.show(config, shown_recording(config), preset.length(start.dataset), revealed)


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
    return recordings.load(recording_name(name or "live", toy(config)))


GUESSES = {
    "by 250": (0, 250), "by 500": (250, 500), "by 1,000": (500, 1000), "later, or never": (1000, math.inf),
}  # fmt: skip


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
    """Give a widget a value that its viewer did not type, and remember it for `_change`."""
    st.session_state[widget] = st.session_state.setdefault("tr_put", {})[widget] = value


def _change(key: str) -> None:
    """Learning rate, lambda and n_critic apply at once to the run that is going on or waits.

    Not those that a preset brought: a timer that runs just then reports them as if they had been typed.
    """
    job_id, value = live_run.current("tr"), st.session_state[f"tr_{key}"]
    view = live_run.pool().view(job_id) if job_id else None
    if view is None or view.state in ENDED:
        return
    run = view.recording and settings_at(view.recording.config, view.recording.changes)
    put = st.session_state.get("tr_put", {})
    if f"tr_{key}" in put and run and (value == setting(run, key) or put.pop(f"tr_{key}") == value):
        return
    live_run.pool().change(job_id, FIELDS[key], value)


def _drawn_points() -> dict | None:
    """Points drawn on a square, a W to begin with; None, after a sentence, where there are too few. In the link."""
    if "tr_start" not in st.session_state:
        st.session_state.tr_start = LETTER
        try:
            if "tr_points" in st.query_params:
                st.session_state.tr_start = parse_points(st.query_params["tr_points"])
        except ValueError as error:
            st.warning(str(error), icon=":material/link_off:")
    points = draw("tr_drawing", st.session_state.tr_start, color=SOURCE, label="Draw what the generator shall learn")
    if points_text(points) == points_text(LETTER):
        st.query_params.pop("tr_points", None)
    else:
        st.query_params["tr_points"] = points_text(points)
    try:
        from_points(OWN_DATA[DRAWN], points, ("x₁", "x₂"))
    except ValueError:
        st.info("Draw some points that do not lie on one horizontal or vertical line.", icon=":material/draw:")
        return None
    return {"points": points, "axes": ("x₁", "x₂"), "label": f"{OWN_DATA[DRAWN]}, {len(points)} points"}


def _two_columns() -> dict | None:
    """Choose a table and two of its columns; None, after a sentence in the page, when that is not possible."""
    left, right = st.columns([1, 2])
    with left:
        chosen = table_source("tr_table")
    if chosen is None:
        return None
    short, source = chosen
    names = list(source.columns)
    if len(names) < 2:
        st.error(f"Training in the plane needs two numeric columns; {literal(source.name)} has only one.")
        return None
    with right:
        axes = tuple(
            column.selectbox(label, names, index=i, key=f"tr_{short}_x{i + 1}", bind="query-params")
            for i, (column, label) in enumerate(zip(st.columns(2), ("Column for x₁", "Column for x₂"), strict=True))
        )
    label = f"{source.name}: {axes[0]}, {axes[1]}"
    try:
        points = columns(source, axes)
        from_points(label, points, axes)  # says what is wrong before anything starts
    except ValueError as error:
        st.error(literal(str(error)))
        return None
    return {"points": points, "axes": axes, "label": label}


def _set_pace() -> None:
    job_id, target = live_run.current("tr"), st.session_state.get("tr_target")
    if job_id and target and live_run.pool().view(job_id).state in MOVING:
        live_run.pool().start(job_id, target, PACES[st.session_state.tr_pace])


def buttons(row, config: TrainConfig | None, beside: dict, view) -> None:
    """How far and how fast; start, pause, one iteration, reset: only those that mean something now can be pressed."""
    length = PRESETS[st.session_state.tr_preset].length(st.session_state.tr_data)
    moving = view is not None and view.state in MOVING
    ended = view is not None and view.state in ENDED
    with row:
        st.number_input(
            "Iterations", 1, LIMIT, length, 250, key="tr_steps", bind="query-params", width=140,
            help="How far Start goes, and each Continue after it",
        )  # fmt: skip
        st.segmented_control(
            "Speed", PACES, default="medium", required=True, key="tr_pace", bind="query-params", on_change=_set_pace,
            format_func=lambda name: f"{PACES[name]} / s" if PACES[name] else "Full",
        )  # fmt: skip
        if recording := _can_go_back(view):
            frame, rate = recording.frames[-1].step, _smaller_rate(recording)
            st.button(
                f"Back to iteration {frame:,}, on with learning rate {rate:g}", icon=":material/undo:", type="primary",
                on_click=_go_back, args=(recording,),
                help="Repeats the run up to its last good frame and makes the learning rate ten times smaller there",
            )  # fmt: skip
        elif moving:
            st.button("Pause", icon=":material/pause:", type="primary", shortcut="S", on_click=_pause)
        else:
            word = "Continue" if view else "Start"
            st.button(
                word, icon=":material/play_arrow:", type="primary", shortcut="S", on_click=_start,
                args=(config, beside),
                disabled=config is None or ended,
            )  # fmt: skip
        st.button(
            "One iteration", icon=":material/skip_next:", shortcut="N", on_click=_step, args=(config, beside),
            disabled=config is None or moving or ended,
            help="n_critic steps of the critic, then one of the generator",
        )  # fmt: skip
        st.button("Reset", icon=":material/restart_alt:", on_click=live_run.end, args=("tr",), disabled=view is None)


def _begin(config, beside, **more) -> str:
    st.session_state.tr_beside = beside
    return live_run.begin("tr", config, **beside, **more)


def _can_go_back(view) -> Recording | None:
    """The run that blew up, if it can be repeated up to its last good frame."""
    recording = view.recording if view is not None and view.state == "failed" else None
    if recording is None or not recording.frames:
        return None
    known = not recording.config.table or st.session_state.get("tr_beside", {}).get("label") == recording.label
    return recording if known else None


def _smaller_rate(recording: Recording) -> float:
    """A tenth of the learning rate at the last frame."""
    now = settings_at(recording.config, recording.changes, recording.frames[-1].step + 1)
    return max(now.lr / 10, LEAST_RATE)


def _go_back(recording: Recording) -> None:
    """A new run that repeats this one up to its last good frame, at full speed, and has a smaller rate from there."""
    frame, rate = recording.frames[-1].step, _smaller_rate(recording)
    changes = (*(change for change in recording.changes if change[0] <= frame), (frame, "lr", rate))
    beside = st.session_state.get("tr_beside", {}) if recording.config.table else {}
    job_id = _begin(recording.config, beside, changes=changes)
    st.session_state.tr_target, st.session_state.tr_lr = frame, rate
    live_run.pool().start(job_id, frame)


def _start(config, beside) -> None:
    job_id = live_run.current("tr") or _begin(config, beside)
    done = live_run.pool().view(job_id).recording
    st.session_state.tr_target = (done.steps if done else 0) + st.session_state.tr_steps
    live_run.pool().start(job_id, st.session_state.tr_target, PACES[st.session_state.tr_pace])


def _step(config, beside) -> None:
    st.session_state.tr_target = None  # no change of speed may set it going
    live_run.pool().step(live_run.current("tr") or _begin(config, beside))


def _pause() -> None:
    if job_id := live_run.current("tr"):
        live_run.pool().pause(job_id)


def guess() -> None:
    """Ask before the answer is on the screen: by when will the samples be as good as they can be measured to be?"""
    st.segmented_control(
        "**Your guess:** by which iteration will the EMD be within 1.3 times its noise floor?",
        list(GUESSES),
        key="tr_guess",
        bind="query-params",
    )


def revealed(view) -> bool:
    """True once the guess is made or the tab's own run has ended: the recordings may then tell how they end."""
    return st.session_state.get("tr_guess") is not None or (view is not None and view.state in ("finished", *ENDED))


def verdict(reached: float | None, done: float) -> str:
    """How the guess compares with the iteration at which the floor was reached, or with `done` iterations without it.

    Empty without a guess.
    """
    made = st.session_state.get("tr_guess")
    if made is None:
        return ""
    low, high = GUESSES[made]
    if reached is not None:
        word = "right" if low < reached <= high else "not this time"
    else:
        word = "not this time" if done >= high else "right so far" if done >= low and high == math.inf else "still open"
    return f"Your guess, {made}: **{word}**."


def status(view, recording, own: bool, config: TrainConfig | None) -> None:
    """One line: whose run is on the stage and how it stands; what went wrong, if something did."""
    name = recording.label if len(recording.label) <= LONGEST else f"{recording.label[: LONGEST - 1]}…"
    shown = f"{literal(name)}, seed {recording.config.seed}"
    of = match(recording.config)
    source = f"“{PRESETS[of].label}”: " if of else ""
    line = f":gray-badge[:material/movie: Recording] {source}{shown}. Press **Start** to train your own."
    if view is not None:
        rate = f", {view.rate:.0f} iterations a second" if view.rate else ""  # known after a second
        queue = f"Training now: {live_run.pool().running_count}; your place in the queue: {view.rank}."
        next_step = view.message or "**Continue** goes on,"
        line = {
            "starting": f":orange-badge[:material/hourglass: Starting] in a few seconds. Shown: {shown}.",
            "queued": f":orange-badge[:material/hourglass: Queued] {queue} Shown: {shown}.",
            "running": f":green-badge[:material/play_arrow: Training] {shown}{rate}. {view.message}",
            "paused": f":blue-badge[:material/pause: Paused] {shown}. {view.message}",
            "finished": f":blue-badge[:material/check: Done] {shown}. {next_step} **Reset** begins anew.",
            "failed": f":red-badge[:material/error: Stopped] {view.message} **Reset** begins anew.",
            "refused": f":orange-badge[:material/groups: Full house] {view.message} **Reset** and **Start** ask again.",
            "lost": f":red-badge[:material/error: Lost] {view.message} **Reset** begins anew.",
        }[view.state]
    if own and config is not None and config != settings_at(recording.config, recording.changes):
        line += " *The settings above are not this run’s: **Reset** trains with them.*"
    with st.container(key="tr_status"):
        st.markdown(line)
        if own and recording.changes:
            st.caption(f"Changed {'; '.join(map(_told, recording.changes[-TOLD:]))}.")


def _told(change: tuple[int, str, float]) -> str:
    step, name, value = change
    return f"after iteration {step:,}: {CHANGED[name]} {value:g}"
