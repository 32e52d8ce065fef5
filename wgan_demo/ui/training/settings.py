"""The settings of a training run, all in the link, and what they teach."""

from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from wgan_demo.datasets import TOY
from wgan_demo.engine.jobs import MAX_STEPS
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.settings import CHANGEABLE, SETTINGS
from wgan_demo.ui import lesson, link
from wgan_demo.ui.runs.tab import TabRun
from wgan_demo.ui.runs.widgets import FIELDS, WIDGETS, choices, in_words, value, widget
from wgan_demo.ui.training.changes import apply_preset, change, follow_data
from wgan_demo.ui.training.data import DRAWN, OWN_DATA, own_data

LEFT = ("loss", "regularizer", "clip", "optimizer", "betas", "lr_decay_steps")
IN_SHORT = ("seed", "lr", "lambda", "ncritic", "batch")
DIMMED = ("gp_weight", "betas")  # keep their place where nothing reads them


class Drawers(NamedTuple):
    """Containers of the page: for preset and data set, for data of one's own, and for all other settings."""

    row: st.delta_generator.DeltaGenerator
    data: st.delta_generator.DeltaGenerator
    details: st.delta_generator.DeltaGenerator


def settings(run: TabRun, places: Drawers) -> RunSpec | None:
    """Draw preset and data, and all the other settings in an expander that says what is set.

    Returns the run that they ask for; None when no usable data are chosen: the page then says so.
    """
    with places.row:
        preset = PRESETS[
            st.selectbox(
                "Preset", PRESETS, key=run.key("preset"), **link.BOUND, width=270, on_change=apply_preset,
                args=(run,), label_visibility="collapsed",
                format_func=lambda name: PRESETS[name].label,
            )
        ]  # fmt: skip
        dataset = st.selectbox(
            "Data", [*TOY, *OWN_DATA], key=run.key("data"), **link.BOUND, width=215, on_change=follow_data,
            args=(run,), label_visibility="collapsed",
            format_func=lambda name: OWN_DATA.get(name) or TOY[name].label,
        )  # fmt: skip
        start = preset.config(dataset)
    drawer = places.details.expander(f"Settings: {_in_short(run, start)}", icon=":material/tune:", key=run.key("all"))
    # Not a popover: that forgets its widgets when it closes, and the browser then sends their old values again.
    with drawer:
        config = _details(run, start, preset.length(dataset))
    own = None
    if dataset != DRAWN:
        link.put(run.key("points"), None)
    with places.data:
        if dataset in OWN_DATA:
            own = own_data(run, dataset)
            if own is None:
                return None
            config = replace(config, dataset=own.label, columns=len(own.axes))
    return RunSpec(config, own)


def _in_short(run: TabRun, start: TrainConfig) -> str:
    """What is set, of the settings that a newcomer meets first: as it is now, or will be."""
    now = {key: run.get(key, value(start, key)) for key in IN_SHORT}
    told = [f"{SETTINGS[WIDGETS[key].field].short} {now[key]:g}" for key in IN_SHORT]
    return ", ".join(told)


def _details(run: TabRun, start: TrainConfig, length: int) -> TrainConfig:
    """All the other settings, each beside what it is live and in the paper; returns `start` with their values.

    How long a run is, `length` iterations unless told, is no setting of its training: it is kept under “steps”.
    """
    live, paper = PRESETS["live"].config(start.dataset), PRESETS["wgan_gp"].config(start.dataset)

    def draw(name: str, now: TrainConfig, **options) -> TrainConfig:
        if len(choices(name)) == 1:
            return now
        with st.container():  # also when empty: what comes below keeps its place, and so its part of the link
            if not now.reads(name) and name not in DIMMED:
                return now
            values = []
            for key in FIELDS[name].widgets:
                two = in_words(live, key), in_words(paper, key)
                usual = f"both {two[0]}" if two[0] == two[1] else f"live {two[0]}, paper {two[1]}"
                if name in CHANGEABLE:
                    options |= {"on_change": change, "args": (run, key)}
                if not now.reads(name):
                    options["disabled"] = True
                note = f":gray[:small[{usual}]]"
                values.append(widget(key, start, run.key(key), note, **link.BOUND, **options))
        return replace(now, **{name: FIELDS[name].join(*values)})

    lesson.note(
        "**live**: learns toy data in seconds. **paper**: WGAN-GP, algorithm 1 of Gulrajani et al. 2017 with the sizes "
        "and β₁ of its toy code (the algorithm is printed with β₁ = 0). Other papers’ settings are among the presets."
    )
    with st.container(horizontal=True):
        seed = widget("seed", start, run.key("seed"), **link.BOUND, width=120)
        st.number_input(
            "Iterations", 1, MAX_STEPS, length, 250, key=run.key("steps"), **link.BOUND, width=220,
            help="How far Start goes, and each Continue after it",
        )  # fmt: skip
    st.markdown("**These can change while it trains**")
    while_it_trains = st.columns(len(CHANGEABLE))
    st.markdown("**These hold from the first iteration on**")
    left, right = st.columns(2)
    now = replace(start, seed=seed)
    with left:
        for name in LEFT:
            now = draw(name, now)
    with right:
        for name in FIELDS:
            if name not in (*LEFT, *CHANGEABLE, "seed"):
                now = draw(name, now)
        if now.batch_norm:
            st.warning(
                "Batch normalisation lets every sample of a batch move every score. A penalty on the slope at each "
                "single point then means nothing: the paper leaves it out of the critic (Gulrajani et al. 2017, "
                "section 4)."
            )
    for column, name in zip(while_it_trains, CHANGEABLE, strict=True):
        with column:
            now = draw(name, now)
    return now
