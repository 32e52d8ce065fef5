"""Two runs side by side on one time: A, the run of the page, and B, a fork of it, another run or a recording."""

from dataclasses import replace

import numpy as np
import streamlit as st

from wgan_demo.datasets import DATASETS
from wgan_demo.engine.jobs import MOVING
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import PRESETS, match
from wgan_demo.gan.runs.clocks import CLOCKS, Clock
from wgan_demo.gan.runs.events import ANSWER
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.plots.compare import emd_figure
from wgan_demo.plots.stage import Run
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.runs import live_run, time_machine
from wgan_demo.ui.runs.buttons import PACES
from wgan_demo.ui.runs.time_machine import END, FORK, OWN, SECOND
from wgan_demo.ui.runs.widgets import differing, in_words

NOTHING = "nothing"
WORDS = {
    "iterations": "",
    "seconds": "Seconds of one core that the training itself took on its machine: a recording’s are those of the "
    "machine that made it. Waiting for others and drawing are not counted.",
    "computation": "Computation is that of the matrix products alone: for each weight and sample 22 operations a step "
    "of the critic with a penalty and 18 without, and 10 a step of the generator.",
}


def show(job_id: str | None, recorded: Recording, spec: RunSpec | None, revealed: bool) -> None:
    """The comparison of the page's run with another, chosen here; nothing but the choice until there is one.

    `job_id` is the tab's run, `recorded` the recording that is shown without one; `spec` is the page's settings,
    with which a second run can be trained. Unless `revealed`, it is not told when an EMD reached its floor.
    """
    row = st.container(horizontal=True, vertical_alignment="bottom", key="tr_compare")
    with row:
        second = st.selectbox(
            "Compare with", [NOTHING, OWN, *_shipped()], key=SECOND, bind="query-params", format_func=_name, width=300
        )
        _train_another(spec)
    other = live_run.current(FORK)
    with st.container():
        if second == OWN and other is None:
            st.info("There is no second run yet: **fork** the one above, or train **another run**.")
        elif second != NOTHING:
            _side_by_side(job_id, recorded, second, other, revealed)


def _shipped() -> list[str]:
    """Names of the shipped recordings: of the live preset on every data set, then of the other presets."""
    return [name for name in (*DATASETS, *PRESETS) if (shipped.FOLDER / f"{name}.npz").exists()]


def _name(option: str) -> str:
    if option == NOTHING:
        return "nothing"
    if option == OWN:
        return "your second run"
    return f"recording: {DATASETS[option].label if option in DATASETS else PRESETS[option].label}"


def _train_another(spec: RunSpec | None) -> None:
    with st.popover("Another run", icon=":material/add:", key="tr_another", on_change="rerun", disabled=spec is None):
        st.caption("Trains beside the first run, with the settings above.")
        seed = st.number_input("Seed of B", 0, 2**32 - 1, 1, key="tr_b_seed")
        if spec is not None:
            st.button(
                "Train B", type="primary", icon=":material/play_arrow:", key="tr_b_go",
                on_click=time_machine.begin_second,
                args=(replace(spec, config=replace(spec.config, seed=int(seed))), st.session_state.tr_steps),
            )  # fmt: skip


def _side_by_side(job_id: str | None, recorded: Recording, second: str, other: str | None, revealed: bool) -> None:
    pool = live_run.pool()
    busy = any(pool.view(job).busy for job in (job_id, other if second == OWN else None) if job)

    @st.fragment(run_every=0.5 if busy else None, key="tr_compared")
    def compared() -> None:
        if live_run.current(FORK) != other:
            st.rerun()  # it has been removed
        a, own_a, moves_a = time_machine.shown(job_id, recorded)
        view = pool.view(other) if second == OWN else None
        if view is not None and view.recording is None:
            st.info(view.message or "The second run begins in a moment.")
        else:
            b = time_machine.whole(other, view) if view else shipped.load(second)
            _draw(a, job_id if own_a else None, b, other if view else None, moves_a, view, revealed)
        if busy and not any(pool.view(job).busy for job in (job_id, other if second == OWN else None) if job):
            st.rerun()  # the timer belongs to the whole page

    compared()


def _draw(
    a: Recording, job_a: str | None, b: Recording, job_b: str | None, moves_a: bool, view, revealed: bool
) -> None:
    names = [f"A: {name_run(a, job_a is not None)}", f"B: {name_run(b, job_b is not None)}"]
    moves_b = view is not None and view.busy
    live = moves_a or moves_b
    clock = st.segmented_control(
        "Both on one axis of", list(CLOCKS), default="iterations", required=True, key="tr_two_axis", bind="query-params"
    )
    time = CLOCKS[clock]
    film = f"{time_machine.name_of(a, job_a)} | {time_machine.name_of(b, job_b)} | {clock}"
    seen_a, seen_b = a, b
    untold = () if revealed else ANSWER
    if live:  # the one that stands still keeps step with the one that trains
        if not moves_a:
            seen_a = a.until(_as_far(time, a, b))
        if not moves_b:
            seen_b = b.until(_as_far(time, b, a))
    at = time_machine.show(
        Run(seen_a, names[0], untold), Run(seen_b, names[1], untold),
        film=film, key="tr_two", link="tr_two", live=live, play=False, height=520, clock=clock,
    )  # fmt: skip
    st.markdown(reading(a, b))
    if view is not None:
        _buttons(view)
    if not revealed:
        st.caption("The courses of both EMDs come after your guess.")
        return
    figure(
        emd_figure(
            {name.split(",")[0]: run for name, run in zip(names, (a, b), strict=True)},
            clock=clock,
            at=None if at is None else at / time.scale,
        ),
        key="tr_two_emd",
        height=340,
        alt="Exact earth mover's distance of both runs, A solid and B dashed, with the noise floor of the data.",
    )
    if WORDS[clock]:
        st.caption(WORDS[clock])


def _as_far(time: Clock, still: Recording, moving: Recording) -> int:
    """The iteration of the run that stands still at the time when the other one's newest frame was."""
    return time.step(still, int(time.ticks(moving, [moving.frames[-1].step])[0]))


def _buttons(view) -> None:
    job_id, pool, pressed = live_run.current(FORK), live_run.pool(), []
    with st.container(horizontal=True, key="tr_b_buttons"):
        if view.state in MOVING:
            pressed.append(st.button("Pause B", icon=":material/pause:", on_click=pool.pause, args=(job_id,)))
        elif view.state == "paused":
            go_on = (job_id, st.session_state[END], PACES.get(st.session_state.get("tr_pace")))
            pressed.append(st.button("Continue B", icon=":material/play_arrow:", on_click=pool.start, args=go_on))
        pressed.append(st.button("Remove B", icon=":material/close:", on_click=live_run.end, args=(FORK,)))
    if any(pressed):
        st.rerun()  # the timer belongs to the whole page


def name_run(recording: Recording, own: bool) -> str:
    """What tells a run from another, in a few words: whose it is, its data, its seed, how it was changed."""
    changed = ", ".join(f"{SETTINGS[name].word} {value:g} from {step:,}" for step, name, value in recording.changes)
    words = f"{'your run' if own else 'recording'}, {recording.label}, seed {recording.config.seed}"
    if (preset := match(recording.config)) not in (None, "live"):
        words = f"{words}, {PRESETS[preset].label}"
    return ", ".join(filter(None, [words, changed, f"{recording.steps:,} iterations"]))


def reading(a: Recording, b: Recording) -> str:
    """How far the two are the same, where they differ, and where each ends."""
    if a.label != b.label:
        return f"A and B learn different data: their EMDs are no contest. {ends(a, b)}"
    same = same_until(a, b)
    if same is None:
        return f"A and B have no iteration in common. {ends(a, b)}"
    if same == min(a.steps, b.steps):
        return f"A and B are equal, number for number, in all iterations that both have done, {same:,}."
    if same:
        changed = a.config != b.config or any(change[0] == same for change in (*a.changes, *b.changes))
        why = "" if changed else ": rounding differs between machines, and grows"
        return f"A and B are equal, number for number, up to iteration **{same:,}**; then they part{why}. {ends(a, b)}"
    return f"A and B differ from the first iteration on: {differences(a.config, b.config)}. {ends(a, b)}"


def same_until(a: Recording, b: Recording) -> int | None:
    """Up to which iteration all numbers of the records that both have are the same bit for bit; 0 if none are, None if
    they have none in common, as where one goes on from a checkpoint behind the other's end.
    """
    steps, of_a, of_b = np.intersect1d(a.records[:, 0], b.records[:, 0], return_indices=True)
    if not len(steps):
        return None
    x, y = a.records[of_a], b.records[of_b]
    differ = ~((x == y) | (np.isnan(x) & np.isnan(y))).all(axis=1)
    same = int(differ.argmax()) if differ.any() else len(steps)
    return int(steps[same - 1]) if same else 0


def differences(a: TrainConfig, b: TrainConfig) -> str:
    """The settings in which two configs differ, as the page calls them, with both values."""
    told = [f"{name} {in_words(a, key)} and {in_words(b, key)}" for key, name in differing(a, b).items()]
    return "; ".join(told) or "the same settings, recorded by another version or on another machine"


def ends(a: Recording, b: Recording) -> str:
    """The last EMD of both, and the noise floor it can be compared with."""
    said = [
        f"{name} has an EMD of **{run.value('emd'):.3f}** {run.unit} at iteration {run.course('emd')[0][-1]:,.0f}"
        for name, run in (("A", a), ("B", b))
    ]
    if a.floor == b.floor:
        return f"{said[0]}, {said[1]}; the floor is {a.floor[0]:.3f} ± {a.floor[1]:.3f}."
    floors = [f"floor {run.floor[0]:.3f} ± {run.floor[1]:.3f}" for run in (a, b)]
    return f"{said[0]} ({floors[0]}), {said[1]} ({floors[1]})."
