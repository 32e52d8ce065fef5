"""A critic held by a c or a lambda of one's own, trained here and now: its run, its surface and its numbers."""

from __future__ import annotations

import streamlit as st

from wgan_demo.experiments.studies import surfaces as study
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig, PlaneCriticRecording
from wgan_demo.plots.slope.numbers import number
from wgan_demo.plots.slope.surfaces import Surface, surfaces_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.runs.alone import Alone, standing
from wgan_demo.ui.runs.tab import TabRun
from wgan_demo.ui.slope.words import SIDES, data, held

RUN = TabRun("sl")
LINK = "sl_own"
KINDS = {"Clipping, c": "c", "Two-sided penalty, λ": "two", "One-sided penalty, λ": "one"}  # and their names in links
_STAYS = {"persist_state": "session"}  # while another view is looked at


def config_of(dataset: str, kind: str, value: float) -> PlaneCriticConfig:
    """The config of a critic of one's own. Raises ValueError in one sentence for what makes no sense."""
    if dataset not in study.DATASETS:
        raise ValueError(f"The data must be one of {', '.join(study.DATASETS)}.")
    if kind == "c":
        if not 1e-6 <= value <= 10:
            raise ValueError(f"c must lie between 0.000001 and 10, not {value:g}.")
        return study.clipped(dataset, value)
    if kind not in KINDS.values():
        raise ValueError(f"It is held by one of {', '.join(KINDS.values())}.")
    if not 0 <= value <= 10_000:
        raise ValueError(f"λ must lie between 0 and 10,000, not {value:g}.")
    return study.penalised(dataset, SIDES["Two-sided" if kind == "two" else "One-sided"], value)


def parse(text: str) -> tuple[str, str, float]:
    """Data, kind and value in a link, as "swiss_roll,c,0.05". Raises ValueError for what makes no sense."""
    parts = text.split(",")
    try:
        dataset, kind, value = parts[0], parts[1], float(parts[2])
    except (IndexError, ValueError):
        raise ValueError("It should read like “swiss_roll,c,0.05”.") from None
    config_of(dataset, kind, value)
    return dataset, kind, value


def show(told: bool) -> None:
    """What to train, and what has been trained; what it says of W1 only once that has been guessed."""
    default = ("swiss_roll", "c", 0.05)
    chosen = st.session_state.setdefault(
        "sl_own_chosen", link.linked(LINK, parse, default, "The link does not hold a critic that can be trained here.")
    )
    opened = chosen != default or RUN.job_id is not None
    with st.expander(
        "Another c or λ, trained here", icon=":material/model_training:", expanded=opened, key="sl_own_panel"
    ):
        names = {code: name for name, code in KINDS.items()}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            dataset = st.selectbox(
                "Data",
                study.DATASETS,
                study.DATASETS.index(chosen[0]),
                format_func=data,
                key="sl_own_data",
                width=200,
                **_STAYS,
            )
            kind = st.selectbox(
                "Held by", list(KINDS), list(KINDS).index(names[chosen[1]]), key="sl_own_kind", width=240, **_STAYS
            )
            value = st.number_input("Value", value=chosen[2], format="%g", key="sl_own_value", width=160, **_STAYS)
            try:
                config = config_of(dataset, KINDS[kind], value)
            except ValueError as error:
                config = None
                complaint = str(error)
            run = Alone.of(RUN, config)
            pressed = run.buttons("Train it")
        if config is None:
            st.error(complaint)
            return
        now = (dataset, KINDS[kind], value)
        link.put(LINK, None if now == default else f"{dataset},{now[1]},{value:g}")
        if pressed:
            st.rerun()
        if run.view is not None:
            _watch(run, told)


def _watch(run: Alone, told: bool) -> None:
    @st.fragment
    @run.look()
    def look() -> None:
        view = run.now()
        if run.changed():
            st.rerun()  # the timer belongs to the whole page
        lesson.say(standing(view))
        recording = view.recording
        if not isinstance(recording, PlaneCriticRecording) or not recording.frames:
            return
        config, frame = recording.config, recording.frames[-1]
        left, right = st.columns([2, 3], vertical_alignment="center")
        with left:
            surface = Surface(frame["surface"], f"{data(config.dataset)}: {held(config)}")
            figure(
                surfaces_figure([surface], *config.samples(), height=360),
                key="sl_own_surface",
                alt=f"The values of a critic over {data(config.dataset)}, {held(config)}, at step {frame.step:,}",
                height=360,
            )
        with right, st.container(horizontal=True):
            gap, slope = recording.value("value"), recording.value("greatest_slope")
            st.metric("Step", f"{frame.step:,}", f"of {config.steps:,}", **_NOTE)
            st.metric("Gap", number(gap), "units of f", **_NOTE)
            st.metric("Greatest slope", number(slope), "over all pairs", **_NOTE)
            if slope and told:
                w1 = _w1(config)
                st.metric("Gap / slope", number(gap / slope), f"{gap / slope / w1:.0%} of W₁ = {w1:.3g}", **_NOTE)

    look()


_NOTE = {"delta_color": "off", "delta_arrow": "off"}


@st.cache_data(max_entries=16, show_spinner=False)
def _w1(config: PlaneCriticConfig) -> float:
    from wgan_demo.gan.critic_alone.plane import exact_w1

    return exact_w1(config)
