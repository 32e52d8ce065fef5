"""Two runs side by side on one time: A, the run of the page, and B, a fork of it, another run or a recording."""

from dataclasses import replace

import streamlit as st

from wgan_demo.datasets import TOY
from wgan_demo.engine.jobs import MOVING, JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.events import ANSWER
from wgan_demo.plots.compare import emd_figure, emd_update
from wgan_demo.plots.stage import Run
from wgan_demo.ui import link
from wgan_demo.ui.components import stage
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.figure import news as figure_news
from wgan_demo.ui.components.news import News
from wgan_demo.ui.components.versus import news as versus_news
from wgan_demo.ui.components.versus import versus
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.buttons import pace
from wgan_demo.ui.runs.fork import OWN, begin_second, fork_here
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.sides import Side, in_step
from wgan_demo.ui.runs.status import not_yours, status
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.runs.versus import beside, differences, moment, moments, reading
from wgan_demo.ui.runs.whole_run import Asked, Places

NOTHING = "nothing"
HEIGHT = 520  # pixels of each picture, at most
WORDS = {
    "iterations": "",
    "seconds": "Seconds of one core that the training itself took on its machine: a recording’s are those of the "
    "machine that made it. Waiting for others and drawing are not counted.",
    "computation": "Computation is that of the matrix products alone: for each weight and sample 22 operations a step "
    "of the critic with a penalty and 18 without, and 10 a step of the generator.",
}


def chosen(run: TabRun) -> str | None:
    """What the page's run is compared with, None for nothing; known before `choose` is drawn, to make room for it."""
    linked = link.text(run.key("second"), "")
    second = run.get("second") or next((option for option in _options() if _name(option) == linked), NOTHING)
    return None if second == NOTHING or (second == OWN and run.second.shown_id is None) else second


def choose(run: TabRun, spec: RunSpec | None) -> None:
    """Choose what the run is compared with, or train it; what is done with the one that was trained."""
    second = st.selectbox(
        "Compare with", _options(), key=run.key("second"), **link.BOUND, format_func=_name, width=320,
        label_visibility="collapsed",
    )  # fmt: skip
    _train_another(run, spec)
    if second == OWN:
        buttons(run.second, pace(run))


def _options() -> list[str]:
    """Nothing, a run of one's own, and the shipped recordings: of the live preset on every data set, of all presets."""
    names = (name for name in (*TOY, *PRESETS) if (shipped.FOLDER / f"{name}.npz").exists())
    return [NOTHING, OWN, *names]


def _name(option: str) -> str:
    if option == NOTHING:
        return "Compare with …"
    if option == OWN:
        return "your second run"
    return f"recording: {TOY[option].label if option in TOY else PRESETS[option].label}"


def _train_another(run: TabRun, spec: RunSpec | None) -> None:
    with st.popover(
        "Another run", icon=":material/add:", key=run.key("another"), on_change="rerun", disabled=spec is None
    ):
        st.caption("Trains beside the first run, with the settings of the page.")
        seed = st.number_input("Seed of B", 0, 2**32 - 1, 1, key=run.second.key("seed"))
        if spec is not None:
            st.button(
                "Train B", type="primary", icon=":material/play_arrow:", key=run.second.key("go"),
                on_click=begin_second,
                args=(run, replace(spec, config=replace(spec.config, seed=int(seed))), run.get("steps")),
            )  # fmt: skip


def buttons(second: TabRun, rate: float | None, name: str = "B") -> None:
    """Pause, continue and remove it."""
    if second.guest:
        return
    view = second.view
    if view is None:
        st.info("There is no second run yet: **fork** the first, or train **another run**.")
        return
    if view.state in MOVING:
        st.button(f"Pause {name}", icon=":material/pause:", on_click=pool().pause, args=(second.job_id,))
    elif view.state == "paused":
        go_on = (second.job_id, second.get("target"), rate)
        st.button(f"Continue {name}", icon=":material/play_arrow:", on_click=pool().start, args=go_on)
    st.button(f"Remove {name}", icon=":material/close:", on_click=second.end)


def show(
    run: TabRun, before: JobView | None, asked: Asked, second: str, places: Places, names: tuple[str, str] = ("A", "B")
) -> None:
    """Both runs in the place of one, moved by one bar; beside them what tells them apart, and the courses of both EMDs.

    What tells the end of a run waits for the guess. `before` is the page's run as its buttons know it; `names` are
    short.
    """
    known = {run: before} | ({run.second: run.second.shown} if second == OWN else {})
    pulse, top = Pulse.of(run), places.stage.container(gap=None)

    @st.fragment(key=run.key("two_moment"))
    def at_moment() -> None:
        on = film.on_stage(run, asked.stand_in)
        a, b = _sides(run, asked, second)
        with top:
            status(run, run.shown, on.recording, on.own, asked.spec and asked.spec.config, pulse.words)
        with places.begin:
            clock = st.segmented_control(
                "Both on one axis of", list(CLOCKS), default="iterations", required=True, key=run.key("two_axis"),
                label_visibility="collapsed", **link.BOUND,
            )  # fmt: skip
        time = CLOCKS[clock]
        with places.stage:
            at = film.show(*_stage(run, a, b, clock, asked, names), link=run.key("two"))
            if WORDS[clock]:
                st.caption(WORDS[clock])
        with places.begin:
            fork_here(run, on, None if at is None else time.step(a.recording, at))
        with places.charts:
            if b is None:
                st.info(run.second.shown.message or "The second run begins in a moment.")
            else:
                _apart(run, a, b, clock, at, asked.told, names)

    at_moment()
    with top:
        live(run, known, pulse, lambda: _news(run, asked, second, names))


def _sides(run: TabRun, asked: Asked, second: str) -> tuple[Side, Side | None]:
    """Both; None for a second run that has no first frame yet."""
    a = Side.of(run, asked.stand_in)
    if second != OWN:
        return a, Side(shipped.load(second), None, False)
    view = run.second.shown
    return a, Side.of(run.second, asked.stand_in) if view and film.has_begun(view) else None


def _stage(
    run: TabRun, a: Side, b: Side | None, clock: str, asked: Asked, names: tuple[str, str]
) -> tuple[stage.Film | Run, ...]:
    """The film of both, and what is on it."""
    time, untold = CLOCKS[clock], () if asked.told else ANSWER
    sides = [a] if b is None else [a, b]
    name = " | ".join([*(side.film for side in sides), clock])
    moves = any(side.moves for side in sides)
    shown = stage.Film(name, run.key("two_stage"), HEIGHT, moves, clock=clock, beside=beside)
    note = "" if a.job_id else not_yours(a.recording, asked.spec and asked.spec.config)
    if b is None:
        return shown, Run(a.recording, f"{names[0]}: {a.name}", untold, note)
    return (
        shown,
        Run(in_step(time, a, b), f"{names[0]}: {a.name}", untold, note),
        Run(in_step(time, b, a), f"{names[1]}: {b.name}", untold),
    )


def _apart(run: TabRun, a: Side, b: Side, clock: str, at: int | None, told: bool, names: tuple[str, str]) -> None:
    """In words, in a table and in a chart what tells the two apart at a moment, None for the newest one."""
    time = CLOCKS[clock]
    runs = [in_step(time, a, b), in_step(time, b, a)]
    st.markdown(reading(*runs, " and ".join(names)))
    groups = [("Settings", differences(*runs))]
    if told:
        then = [one if at is None else one.until(time.step(one, at)) for one in runs]
        groups.append(("At this moment", moments(*then)))
    versus(list(names), [group for group in groups if group[1]], key=run.key("two_versus"))
    if not told:
        st.caption("The numbers and the courses of both EMDs come after your guess.")
        return
    figure(
        emd_figure(dict(zip(names, runs, strict=True)), clock=clock, at=None if at is None else at / time.scale),
        key=run.key("two_emd"),
        height=260,
        alt=f"Exact earth mover's distance of both runs, {names[0]} solid and {names[1]} dashed, with the noise floor "
        "of the data.",
    )


def _news(run: TabRun, asked: Asked, second: str, names: tuple[str, str]) -> dict[str, News]:
    """What is new of two runs of which one moves, for all that `show` has drawn."""
    a, b = _sides(run, asked, second)
    clock = run.get("two_axis", "iterations")
    shown, *runs = _stage(run, a, b, clock, asked, names)
    found = {shown.key: stage.news(shown, *runs)}
    if b is not None:
        recordings = [one.recording for one in runs]
        found[run.key("two_emd")] = figure_news(emd_update(recordings, clock=clock))
        found[run.key("two_versus")] = versus_news(*map(moment, recordings))
    return found
