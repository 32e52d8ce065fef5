"""Two runs side by side on one time: A, the run of the page, and B, a fork of it, another run or a recording."""

from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from wgan_demo.datasets import DATASETS
from wgan_demo.engine.jobs import MOVING
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import PRESETS, match
from wgan_demo.gan.runs.clocks import CLOCKS, Clock
from wgan_demo.gan.runs.events import ANSWER
from wgan_demo.gan.runs.reading import ends, same_until
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.plots.compare import emd_figure
from wgan_demo.plots.stage import Run
from wgan_demo.ui import link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.stage import Film
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.buttons import pace
from wgan_demo.ui.runs.fork import OWN, begin_second
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.runs.whole_run import Asked
from wgan_demo.ui.runs.widgets import differing, in_words

NOTHING = "nothing"
HEIGHT = 520  # pixels of each picture, at most
WORDS = {
    "iterations": "",
    "seconds": "Seconds of one core that the training itself took on its machine: a recording’s are those of the "
    "machine that made it. Waiting for others and drawing are not counted.",
    "computation": "Computation is that of the matrix products alone: for each weight and sample 22 operations a step "
    "of the critic with a penalty and 18 without, and 10 a step of the generator.",
}


def show(run: TabRun, asked: Asked) -> None:
    """The comparison of the page's run with another, chosen here; nothing but the choice until there is one.

    Unless the page's guess is made, it is left out when an EMD reached its floor.
    """
    row = st.container(horizontal=True, vertical_alignment="bottom", key=run.key("compare"))
    with row:
        second = st.selectbox(
            "Compare with", [NOTHING, OWN, *_shipped()], key=run.key("second"), **link.BOUND,
            format_func=_name, width=300,
        )  # fmt: skip
        _train_another(run, asked.spec)
    with st.container():
        if second == OWN and run.second.job_id is None:
            st.info("There is no second run yet: **fork** the one above, or train **another run**.")
        elif second != NOTHING:
            _side_by_side(run, asked, second)


def _shipped() -> list[str]:
    """Names of the shipped recordings: of the live preset on every data set, then of the other presets."""
    return [name for name in (*DATASETS, *PRESETS) if (shipped.FOLDER / f"{name}.npz").exists()]


def _name(option: str) -> str:
    if option == NOTHING:
        return "nothing"
    if option == OWN:
        return "your second run"
    return f"recording: {DATASETS[option].label if option in DATASETS else PRESETS[option].label}"


def _train_another(run: TabRun, spec: RunSpec | None) -> None:
    with st.popover(
        "Another run", icon=":material/add:", key=run.key("another"), on_change="rerun", disabled=spec is None
    ):
        st.caption("Trains beside the first run, with the settings above.")
        seed = st.number_input("Seed of B", 0, 2**32 - 1, 1, key=run.second.key("seed"))
        if spec is not None:
            st.button(
                "Train B", type="primary", icon=":material/play_arrow:", key=run.second.key("go"),
                on_click=begin_second,
                args=(run, replace(spec, config=replace(spec.config, seed=int(seed))), run.get("steps")),
            )  # fmt: skip


class Side(NamedTuple):
    """One of the two: its recording, its job if it was trained here, and whether more of it will come."""

    recording: Recording
    job_id: str | None
    moves: bool

    @classmethod
    def first(cls, run: TabRun, asked: Asked) -> "Side":
        """That of the page."""
        on = film.on_stage(run, asked.stand_in)
        return cls(on.recording, run.job_id if on.own else None, on.moves)

    @classmethod
    def other(cls, run: TabRun, second: str) -> "Side":
        """The tab's second run, once it has a first frame, or a shipped recording."""
        if second != OWN:
            return cls(shipped.load(second), None, False)
        view = run.second.view
        return cls(film.whole(run.second.job_id, view), run.second.job_id, view.busy)

    @property
    def film(self) -> str:
        """The name of its film."""
        return film.name_of(self.recording, self.job_id)


def _side_by_side(run: TabRun, asked: Asked, second: str) -> None:
    runs = [run, run.second] if second == OWN else [run]
    busy = any(one.view.busy for one in runs if one.view)
    job_id, pulse = run.second.job_id, Pulse.of(run.second)

    @st.fragment(run_every=pulse.seconds if busy else None, key=run.key("compared"))
    def compared() -> None:
        with pulse.beat():
            view = run.second.view
            if run.second.job_id != job_id:
                st.rerun()  # it has been removed
            if second == OWN and view.recording is None:
                st.info(view.message or "The second run begins in a moment.")
            else:
                _draw(run, Side.first(run, asked), Side.other(run, second), asked.guess.revealed)
            if busy and (pulse.changes() or not any(one.view.busy for one in runs if one.view)):
                st.rerun()  # the timer belongs to the whole page

    compared()


def _draw(run: TabRun, a: Side, b: Side, guessed: bool) -> None:
    names = [f"{letter}: {name_run(side.recording, side.job_id is not None)}" for letter, side in (("A", a), ("B", b))]
    clock = st.segmented_control(
        "Both on one axis of", list(CLOCKS), default="iterations", required=True, key=run.key("two_axis"),
        **link.BOUND,
    )  # fmt: skip
    time, live = CLOCKS[clock], a.moves or b.moves
    untold = () if guessed else ANSWER
    at = film.show(
        Film(f"{a.film} | {b.film} | {clock}", run.key("two"), HEIGHT, live, clock=clock),
        Run(_in_step(time, a, b), names[0], untold),
        Run(_in_step(time, b, a), names[1], untold),
        link=run.key("two"),
    )
    st.markdown(reading(a.recording, b.recording))
    if b.job_id:
        _buttons(run)
    if not guessed:
        st.caption("The courses of both EMDs come after your guess.")
        return
    courses = {name.split(",")[0]: side.recording for name, side in zip(names, (a, b), strict=True)}
    figure(
        emd_figure(courses, clock=clock, at=None if at is None else at / time.scale),
        key=run.key("two_emd"),
        height=340,
        alt="Exact earth mover's distance of both runs, A solid and B dashed, with the noise floor of the data.",
    )
    if WORDS[clock]:
        st.caption(WORDS[clock])


def _in_step(time: Clock, side: Side, other: Side) -> Recording:
    """A run that stands still keeps step with one that moves: until the time when that one's newest frame was."""
    if side.moves or not other.moves:
        return side.recording
    newest = time.ticks(other.recording, [other.recording.frames[-1].step])
    return side.recording.until(time.step(side.recording, int(newest[0])))


def _buttons(run: TabRun) -> None:
    second, pressed = run.second, []
    with st.container(horizontal=True, key=second.key("buttons")):
        if second.view.state in MOVING:
            pressed.append(st.button("Pause B", icon=":material/pause:", on_click=pool().pause, args=(second.job_id,)))
        elif second.view.state == "paused":
            go_on = (second.job_id, second.get("target"), pace(run))
            pressed.append(st.button("Continue B", icon=":material/play_arrow:", on_click=pool().start, args=go_on))
        pressed.append(st.button("Remove B", icon=":material/close:", on_click=second.end))
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


def differences(a: TrainConfig, b: TrainConfig) -> str:
    """The settings in which two configs differ, as the page calls them, with both values."""
    told = [f"{name} {in_words(a, key)} and {in_words(b, key)}" for key, name in differing(a, b).items()]
    return "; ".join(told) or "the same settings, recorded by another version or on another machine"
