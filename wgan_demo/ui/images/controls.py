"""The buttons that both runs obey, their speed, and the drawer with their settings."""

import streamlit as st

from wgan_demo.datasets import DATASETS, mnist
from wgan_demo.engine.jobs import MOVING, JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.ui import link
from wgan_demo.ui.images.rivals import DATA, OWN, RATES, RIVALS, RUN, USUAL, Rival, duel, offered
from wgan_demo.ui.runs.buttons import pace, reset, speed
from wgan_demo.ui.runs.tab import TabRun, pool

WANTED = "im_fetch"  # files that Start has not found
MEGABYTES = {"mnist": 11, "fashion": 31}  # of the four files


def controls() -> tuple[list[RunSpec], dict[TabRun, JobView | None]]:
    """The bar of both runs; returns what Start trains, and how the two stand."""
    with st.container(horizontal=True, vertical_alignment="center", key="im_controls"):
        bar = st.container(key="run_bar", horizontal=True, vertical_alignment="center", width="content")
        rate, seed = _settings()
        in_short = f"{duel().label.removesuffix(' networks')}{'' if rate == OWN else f', rate {rate}'}, seed {seed}"
        with st.popover(in_short, icon=":material/tune:", key="im_settings"):
            labels = offered()
            st.selectbox(
                "Pictures of both", list(labels), key="im_data", format_func=labels.get, on_change=_reset, **link.KEPT
            )
            if duel().name == DATA:
                rates = list(RATES)
                st.selectbox("Learning rate of both", rates, rates.index(USUAL), key="im_lr", **link.KEPT)
            else:
                st.selectbox("Learning rate of both", [OWN, *RATES], key="im_rate", **link.KEPT)
            st.number_input("Seed of both", 0, 9999, 0, key="im_seed", **link.KEPT)
            st.button(
                "Another seed", icon=":material/casino:", on_click=_another, width="stretch",
                help="Begins both anew from other first weights and latents",
            )  # fmt: skip
            st.button(
                "Train on from the recordings", icon=":material/resume:", on_click=_train_on, width="stretch",
                disabled=not duel().shipped,
                help="Both go on, for as long again, from the weights at the end of their recordings",
            )  # fmt: skip
    if st.session_state.pop(WANTED, False):
        _fetch()
    specs = chosen()
    views = {rival.run: rival.run.shown for rival in RIVALS}
    with bar:
        _buttons(specs, {rival.run: rival.run.view for rival in RIVALS})  # nobody commands the lecturer's
    for rival in RIVALS:
        rival.run.put("pace", RUN.get("pace"))
    return specs, views


def chosen() -> list[RunSpec]:
    """What Start trains, with the settings of the drawer."""
    rate, seed = _settings()
    return [rival.spec(RATES.get(rate), int(seed)) for rival in RIVALS]


def _settings() -> tuple[str, int]:
    """The learning rate, by its name, and the seed that the session holds."""
    rate = st.session_state.get("im_lr", USUAL) if duel().name == DATA else st.session_state.get("im_rate", OWN)
    return rate, st.session_state.get("im_seed", 0)


def _buttons(specs: list[RunSpec], views: dict[TabRun, JobView | None]) -> None:
    """Both at once."""
    begun = [view for view in views.values() if view is not None]
    with st.container(key="run_go", width=132):  # course.css shows the first
        if any(view.state in MOVING for view in begun):
            st.button("Pause", icon=":material/pause:", type="primary", on_click=_pause, shortcut="S", width="stretch")
        else:
            over = bool(begun) and all(view.state not in ("paused", *MOVING) for view in begun)
            st.button(
                "Continue" if begun else "Start", icon=":material/play_arrow:", type="primary", shortcut="S",
                on_click=_start, args=(specs,), disabled=over, width="stretch",
            )  # fmt: skip
    speed(RUN, "full", _set_pace)
    reset(_reset, bool(begun))


def _start(specs: list[RunSpec], times: int = 1) -> None:
    if not mnist.at_hand(duel().dataset):
        st.session_state[WANTED] = True
        return
    for rival, spec in zip(RIVALS, specs, strict=True):
        rival.run.take_over()
        if not rival.run.job_id:
            rival.run.begin(spec)
            rival.run.put("target", times * duel().length(rival.preset))
        _go_on(rival)


def _train_on() -> None:
    """Both from the ends of their recordings, for as long again."""
    _reset()
    _start([RunSpec(rival.stand_in.config, checkpoint=shipped.weights(rival.recorded)) for rival in RIVALS], 2)


def _fetch() -> None:
    """Bring the files of the chosen data to this machine, or say why they do not come."""
    name, megabytes = DATASETS[duel().dataset].label.partition(",")[0], MEGABYTES[duel().dataset]
    with st.status(f"Fetching {name}, {megabytes} MB …") as line:
        try:
            mnist.fetch(duel().dataset, lambda file: line.update(label=f"Fetching {file} …"))
        except ValueError as error:
            line.update(label=f"{name} is not here", state="error", expanded=True)
            watched = "The recordings can be watched all the same, and the" if duel().shipped else "The"
            line.markdown(
                f"{error} {watched} 8 × 8 digits and MNIST at 14 × 14 can be trained here. Who has the files puts them "
                f"into `{duel().dataset}/` of the folder that `{mnist.FOLDER}` names."
            )
            return
        line.update(label=f"{name} is here: press Start", state="complete")


def _go_on(rival: Rival) -> None:
    pool().start(rival.run.job_id, rival.run.get("target") or duel().length(rival.preset), pace(RUN))


def _set_pace() -> None:
    for rival in RIVALS:
        if (view := rival.run.view) and view.state in MOVING:
            _go_on(rival)


def _pause() -> None:
    for rival in RIVALS:
        if job_id := rival.run.job_id:
            pool().pause(job_id)


def _reset() -> None:
    for rival in RIVALS:
        rival.run.end()
        rival.run.second.end()


def _another() -> None:
    """Both anew from the next seed."""
    st.session_state["im_seed"] = (int(st.session_state.get("im_seed", 0)) + 1) % 10_000
    begin_anew()


def begin_anew() -> None:
    """Both from their beginning, with the learning rate and the seed that the session holds."""
    _reset()
    _start(chosen())
