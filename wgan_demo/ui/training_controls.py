"""The controls of a training run: its settings (all in the link), its buttons, and the line that says how it stands."""

import math

import streamlit as st

from wgan_demo.datasets import DATASETS, from_points
from wgan_demo.datasets.table import columns
from wgan_demo.engine.jobs import MAX_STEPS
from wgan_demo.gan.config import PAPER, TrainConfig, live_preset
from wgan_demo.ui import live_run
from wgan_demo.ui.table_source import literal, table_source

TABLE = "table"
PACES = {"slow": 25, "medium": 100, "full": None}  # generator iterations a second
LIMIT = MAX_STEPS
MOVING = ("starting", "queued", "running")
LONGEST = 80  # characters of a data set's name: a user's columns may be called anything
ENDED = ("failed", "refused", "lost")

# Widget key, without its prefix, of every field of TrainConfig that the page lets change.
FIELDS = {
    "lambda": "gp_weight", "ncritic": "n_critic", "batch": "batch_size", "z": "latent_dim", "init": "init", "lr": "lr",
    "decay": "lr_decay_steps", "ema": "ema",
}  # fmt: skip


def settings(row) -> tuple[TrainConfig | None, dict]:
    """Draw the settings in a row; returns the config and, for two columns of a table, what travels beside it.

    The config is None when no usable columns are chosen; the page has then said so.
    """
    with row:
        dataset = st.selectbox(
            "Data", [*DATASETS, TABLE], key="tr_data", bind="query-params", width=220, on_change=_follow_data,
            format_func=lambda name: DATASETS[name].label if name in DATASETS else "Two columns of real data",
        )  # fmt: skip
        seed = st.number_input("Seed", 0, 2**32 - 1, 0, 1, key="tr_seed", bind="query-params", width=120)
        st.number_input(
            "Iterations", 1, LIMIT, 1500, 250, key="tr_steps", bind="query-params", width=140,
            help="How far Start goes, and each Continue after it",
        )  # fmt: skip
        st.segmented_control(
            "Speed", PACES, default="medium", required=True, key="tr_pace", bind="query-params", on_change=_set_pace,
            format_func=lambda name: f"{PACES[name]} / s" if PACES[name] else "Full",
        )  # fmt: skip
        with st.popover("All settings", icon=":material/tune:"):
            values = _details()
    beside, name = {}, dataset
    if dataset == TABLE:
        beside = _two_columns()
        if beside is None:
            return None, {}
        name = beside["label"]
    try:
        return TrainConfig(dataset=name, table=dataset == TABLE, seed=int(seed), **values), beside
    except ValueError as error:
        st.error(str(error))
        return None, {}


def _details() -> dict:
    live = TrainConfig()
    st.caption(
        "Live: learns toy data in seconds. Paper: algorithm 1 of Gulrajani et al. 2017 with its toy code’s sizes."
    )
    with st.container(horizontal=True):
        st.button("Live preset", on_click=_apply, args=(False,))
        st.button("The paper’s settings", on_click=_apply, args=(True,))
    left, right = st.columns(2)
    link = {"bind": "query-params"}
    with left:
        st.number_input("λ, weight of the penalty", 0.0, 1000.0, live.gp_weight, 0.1, key="tr_lambda", **link)
        st.number_input("Critic steps per iteration", 1, 20, live.n_critic, key="tr_ncritic", **link)
        st.number_input("Batch size", 2, 1024, live.batch_size, 32, key="tr_batch", **link)
        st.number_input("Latent dimensions", 1, 64, live.latent_dim, key="tr_z", **link)
        st.selectbox("Initial weights", ["torch", "he"], key="tr_init", format_func=INITS.get, **link)
    with right:
        width = st.select_slider("Width", [16, 32, 64, 128, 256, 512], live.hidden[0], key="tr_width", **link)
        depth = st.slider("Hidden layers", 1, 6, len(live.hidden), key="tr_depth", **link)
        st.number_input("Learning rate", 1e-6, 0.1, live.lr, 1e-4, format="%.6f", key="tr_lr", **link)
        st.number_input("… falls to 5 % over (0: never)", 0, LIMIT, live.lr_decay_steps, 500, key="tr_decay", **link)
        st.number_input(
            "Average of G’s weights (0: off)", 0.0, 0.9999, live.ema, 0.01, format="%.4f", key="tr_ema", **link
        )
    return {field: st.session_state[f"tr_{key}"] for key, field in FIELDS.items()} | {"hidden": (width,) * depth}


GUESSES = {
    "by 250": (0, 250), "by 500": (250, 500), "by 1,000": (500, 1000), "later, or never": (1000, math.inf),
}  # fmt: skip
INITS = {"torch": "PyTorch’s default", "he": "He et al."}


def _apply(paper: bool) -> None:
    """Put a preset into the widgets; the dataset and the seed stay."""
    config = TrainConfig(**live_preset(st.session_state.tr_data) | (PAPER if paper else {}))
    for key, field in FIELDS.items():
        st.session_state[f"tr_{key}"] = getattr(config, field)
    st.session_state.tr_width, st.session_state.tr_depth = config.hidden[0], len(config.hidden)


def _follow_data() -> None:
    """Another toy set wants another length of run; a length that was typed stays."""
    usual = {live_preset(name)["lr_decay_steps"] for name in DATASETS}
    for key in ("tr_decay", "tr_steps"):
        if st.session_state.get(key) in usual:
            st.session_state[key] = live_preset(st.session_state.tr_data)["lr_decay_steps"]


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
    """Start, pause, one iteration, reset: only those that mean something now can be pressed."""
    moving = view is not None and view.state in MOVING
    ended = view is not None and view.state in ENDED
    with row:
        if moving:
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


def _start(config, beside) -> None:
    job_id = live_run.current("tr") or live_run.begin("tr", config, **beside)
    done = live_run.pool().view(job_id).recording
    st.session_state.tr_target = (done.steps if done else 0) + st.session_state.tr_steps
    live_run.pool().start(job_id, st.session_state.tr_target, PACES[st.session_state.tr_pace])


def _step(config, beside) -> None:
    st.session_state.tr_target = None  # no change of speed may set it going
    live_run.pool().step(live_run.current("tr") or live_run.begin("tr", config, **beside))


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
    line = f":gray-badge[:material/movie: Recording] {shown}. Press **Start** to train your own."
    if view is not None:
        rate = f", {view.rate:.0f} iterations a second" if view.rate else ""  # known after a second
        queue = f"Training now: {live_run.pool().running_count}; your place in the queue: {view.rank}."
        next_step = view.message or "**Continue** goes on,"
        line = {
            "starting": f":orange-badge[:material/hourglass: Starting] in a few seconds. Shown: {shown}.",
            "queued": f":orange-badge[:material/hourglass: Queued] {queue} Shown: {shown}.",
            "running": f":green-badge[:material/play_arrow: Training] {shown}{rate}.",
            "paused": f":blue-badge[:material/pause: Paused] {shown}.",
            "finished": f":blue-badge[:material/check: Done] {shown}. {next_step} **Reset** begins anew.",
            "failed": f":red-badge[:material/error: Stopped] {view.message} **Reset** begins anew.",
            "refused": f":orange-badge[:material/groups: Full house] {view.message} **Reset** and **Start** ask again.",
            "lost": f":red-badge[:material/error: Lost] {view.message} **Reset** begins anew.",
        }[view.state]
    if own and config is not None and config != recording.config:
        line += " *The settings above are not this run’s: **Reset** trains with them.*"
    with st.container(key="tr_status"):
        st.markdown(line)
