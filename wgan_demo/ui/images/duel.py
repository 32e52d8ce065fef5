"""A standard GAN and a WGAN-GP on the same pictures, begun together and watched side by side on one time."""

import numpy as np
import streamlit as st

from wgan_demo.datasets.images import CLASSES
from wgan_demo.engine.jobs import ENDED
from wgan_demo.engine.reach import duration
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.duels import DUELS, epochs, seconds_for
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.clocks import CLOCKS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.compared import SAMPLES
from wgan_demo.plots.images import (
    digits_figure,
    digits_update,
    fid_figure,
    fid_update,
    losses_figure,
    losses_update,
)
from wgan_demo.plots.stage import Run
from wgan_demo.ui import lesson
from wgan_demo.ui.components import stage
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.figure import news as figure_news
from wgan_demo.ui.components.news import News
from wgan_demo.ui.components.versus import news as versus_news
from wgan_demo.ui.components.versus import versus
from wgan_demo.ui.images import forks, unrecorded
from wgan_demo.ui.images.controls import chosen, controls
from wgan_demo.ui.images.rivals import DATA, RIVALS, duel
from wgan_demo.ui.images.six_changes import six_changes
from wgan_demo.ui.runs import film
from wgan_demo.ui.runs.files import files_panel
from wgan_demo.ui.runs.live import live
from wgan_demo.ui.runs.pulse import Pulse
from wgan_demo.ui.runs.sides import Side, in_step
from wgan_demo.ui.runs.status import not_yours, standing
from wgan_demo.ui.runs.versus import beside, differences, moment, moments

CLOCK = "seconds"  # the two take a different time for an iteration
HEIGHT = 400  # pixels of each picture, at most
FIRST = 0.04  # of the shorter recording: so much is shown of both before the guess
SIZES = ("mnist", "mnist_large")  # the duels that differ by their networks alone
ARTICLE = 50  # epochs of the article that trains both on MNIST
UNTOLD = ("norm", "near", "least", "modes")  # events that would be too many for two runs

TAKE_AWAY = (
    "On the same pictures, with the same networks, the WGAN-GP needs less luck: it makes all ten digits over a "
    "wide range of learning rates. The GAN makes them too where its rate suits it; where it does not, it loses "
    "them again, and its loss does not say so."
)
TAKE_AWAY_MNIST = (
    "Six changes turn the one into the other. What they are worth depends on networks, rates and time: compare at "
    "equal seconds, say how many epochs that were, and look at the pictures and at FID, not at the losses."
)
RIGHT = {(True, False): "only A", (False, True): "only B", (True, True): "both", (False, False): "neither"}


def question() -> lesson.Choice:
    """The guess; one of its own for each kind of pictures."""
    key = "im_guess" if duel().name == DATA else f"im_guess_{duel().name}"
    asked = "Which of the two makes all ten digits at the end of its run?"
    return lesson.Choice(key, asked, [*RIGHT.values(), lesson.SHOW])


def show() -> None:
    """The whole view: the two, or one of them and its fork."""
    if not duel().shipped:
        unrecorded.show()
        return
    if (origin := forks.forked()) is not None:
        forks.show(origin, chosen()[RIVALS.index(origin)])
        return
    specs, views = controls()
    left, right = st.columns([8, 5], gap="medium")
    with right:
        guess = lesson.ask(question())
    told = guess is not None or any(views.values())
    pulse, top = Pulse.of(RIVALS[0].run), left.container(gap=None)

    @st.fragment(key="im_two_moment")
    def at_moment() -> None:
        sides = _sides(told)
        with top:
            _status(specs, sides)
        with left:
            at = film.show(*_stage(sides, specs), link="im")
            forks.fork_button(sides, CLOCKS[CLOCK], at)
        runs = [in_step(CLOCKS[CLOCK], *pair) for pair in (sides, sides[::-1])]
        with right:
            _apart(runs, at, told)
        with left:
            lesson.note(runs[0].view.caption(runs[0]))
            _why(guess, told)
            if told:
                _how_long(runs)
                if all(DUELS[name].shipped and duel().dataset == "mnist" for name in SIZES):
                    _sizes()
                if _counted(runs):
                    _digits(runs, at)

    at_moment()
    with top:
        live(RIVALS[0].run, views, pulse, lambda: _news(told, specs))
    for rival, column in zip(RIVALS, st.columns(2), strict=True):
        side = Side.of(rival.run, rival.stand_in)
        if told:
            with column:
                files_panel(rival.run, side.recording, side.job_id, rival.name[0])
    if told:
        six_changes(duel())
    _code()
    if told:
        lesson.take_away(TAKE_AWAY if duel().name == DATA else TAKE_AWAY_MNIST)


def _sides(told: bool) -> list[Side]:
    """Both, as much as may be seen of them."""
    time, shown = CLOCKS[CLOCK], [rival.stand_in for rival in RIVALS]
    if not told:
        first = int(time.scale * FIRST * min(run.value("seconds") for run in shown))
        shown = [run.until(time.step(run, first)) for run in shown]
    return [Side.of(rival.run, run) for rival, run in zip(RIVALS, shown, strict=True)]


def _status(specs: list[RunSpec], sides: list[Side]) -> None:
    """How both runs stand, in one line where they stand alike."""
    lines, views = [], [rival.run.shown for rival in RIVALS]
    configs = [side.recording.config for side in sides]
    rates = " and ".join(dict.fromkeys(f"{config.lr:g}" for config in configs))
    name = f"learning rate {rates}, seed {configs[0].seed}"
    for rival, view, spec, config in zip(RIVALS, views, specs, configs, strict=True):
        line = f":gray-badge[:material/movie: Recording] {name}."
        if view is not None:
            line = standing(view, name, guest=rival.run.guest)
            if not rival.run.guest and config != spec.config:
                line += " *Other settings are chosen by now: **Reset**, then **Start**.*"
        lines.append(line)
    names = [rival.name[0] for rival in RIVALS]
    with st.container(key="im_status"):
        if len(set(lines)) == 1:
            st.markdown(lines[0])
        elif any(view and view.state in ENDED for view in views):
            for name, line in zip(names, lines, strict=True):
                st.markdown(f"{name} {line}")
        else:  # in a row: that one begins before the other moves nothing on the page
            st.markdown(
                " ".join(f"{name} {line[: line.index(']') + 1]}" for name, line in zip(names, lines, strict=True))
            )


def _stage(sides: list[Side], specs: list[RunSpec]) -> tuple[stage.Film | Run, ...]:
    """The film of both, and what is on it."""
    moves = any(side.moves for side in sides)
    name = " | ".join([*(side.film for side in sides), CLOCK])
    play = not any(side.job_id for side in sides)
    shown = stage.Film(name, "im_two_stage", HEIGHT, moves, play=play, clock=CLOCK, beside=_beside)
    runs = [in_step(CLOCKS[CLOCK], *pair) for pair in (sides, sides[::-1])]
    notes = [
        "" if side.job_id else not_yours(side.recording, spec.config) for side, spec in zip(sides, specs, strict=True)
    ]
    return shown, *(
        Run(recording, rival.name, UNTOLD, note) for recording, rival, note in zip(runs, RIVALS, notes, strict=True)
    )


def _beside(films: stage.Films, clock: str) -> list[list[dict]]:
    """What stands beside the film at each frame: the table, the mark in the charts, and the digits of each run."""
    found = beside(films, clock)
    for i, ((_, frames), news) in enumerate(zip(films, found, strict=True), 1):
        for frame, new in zip(frames, news, strict=True):
            if len(frame["digits"]):
                new["digits"] = [{}, {f"{i} y": {"array": frame["digits"].tolist()}}]
    return found


def _how_long(runs: list[Recording]) -> None:
    """How long both have trained, and what the article's fifty epochs would have taken."""
    lines = []
    for rival, run in zip(RIVALS, runs, strict=True):
        own, judge = "this run" if rival.run.shown_id else "recording", OBJECTIVES[run.config.loss].judge
        where = f" of {run.machine.removeprefix('one core of ')}" if run.machine else ""
        if run.steps:
            lines.append(
                f"{rival.name[0]}, {own}: {run.steps:,} iterations, **{run.value('seconds'):,.0f} s** of one core"
                f"{where}, **{epochs(run):.1f} epochs** by the real pictures that its {judge} saw; "
                f"{ARTICLE} epochs would take {duration(seconds_for(run, ARTICLE))}."
            )
    lesson.note("  \n".join(lines))


def _sizes() -> None:
    """Of the recorded WGAN-GPs with small and with large networks: which is ahead, by seconds and by iterations."""
    small, large = (shipped.load(DUELS[name].recording("live")) for name in SIZES)
    times = [fids_at(small, large, "seconds", at) for at in (20, 60)]
    steps = fids_at(small, large, "step", 3000)
    lesson.say(
        "An article sees the larger of two networks converge much faster. Here the FID of the recorded WGAN-GP is "
        f"**{times[0][0]:.3g}** with the small and **{times[0][1]:.3g}** with the large networks after 20 s of one "
        f"core, **{times[1][0]:.3g}** and **{times[1][1]:.3g}** after 60 s, but **{steps[0]:.3g}** and "
        f"**{steps[1]:.3g}** at iteration 3,000: the larger one needs fewer iterations to be "
        "that good, and more time for each."
    )


def fids_at(small: Recording, large: Recording, clock: str, at: float) -> tuple[float, float]:
    """FID of two recordings at a value of one of their columns, between the evaluations on the straight line."""
    found = []
    for run in (small, large):
        step, fid = run.course("fid")
        found.append(float(np.interp(at, step if clock == "step" else run.course(clock)[1], fid)))
    return found[0], found[1]


def _counted(runs: list[Recording]) -> bool:
    """Whether frames of both hold how many pictures of each digit there are."""
    return all(len(frame["digits"]) for run in runs for frame in run.frames)


def _at(runs: list[Recording], at: int | None) -> list[Recording]:
    """Both as they were at a moment, None for the newest one."""
    time = CLOCKS[CLOCK]
    return [run if at is None else run.until(time.step(run, at)) for run in runs]


def _digits(runs: list[Recording], at: int | None) -> None:
    """How many pictures of each digit both make at a moment."""
    then = _at(runs, at)
    sure = [round(run.frames[-1]["digits"].sum()) for run in then]
    figure(
        digits_figure({rival.name: run for rival, run in zip(RIVALS, then, strict=True)}, _counts()),
        key="im_two_digits", height=230,
        alt=f"Bars for each digit: of {SAMPLES} pictures those that are surely of it, of the data, of A, {sure[0]} in "
        f"all, and of B, {sure[1]}.",
    )  # fmt: skip
    lesson.note(
        f"Of {SAMPLES} pictures, those of which the classifier is sure to {classifier.SURE:.0%} at least; the others "
        f"are in no bar. A digit counts as made above the dotted line, {classifier.SEEN:.0%} of them. Data: their own "
        f"shares of {SAMPLES}."
    )


def _apart(runs: list[Recording], at: int | None, told: bool) -> None:
    """In a table and in two charts what tells the two apart at a moment, None for the newest one."""
    time, then = CLOCKS[CLOCK], _at(runs, at)
    versus(["A", "B"], [("At this moment", moments(*then)), ("Settings", differences(*runs))], key="im_two_versus")
    if not told:
        return
    named = {rival.name: run for rival, run in zip(RIVALS, runs, strict=True)}
    mark = None if at is None else at / time.scale
    figure(
        fid_figure(named, _floor(), clock=CLOCK, at=mark), key="im_two_fid", height=220,
        alt="FID of both runs over seconds of one core, log axis, A solid and B dashed, with the floor of real ones.",
    )  # fmt: skip
    figure(
        losses_figure(named, clock=CLOCK, at=mark), key="im_two_losses", height=200,
        alt="Loss of A's discriminator, above 0, and of B's critic, below 0, over seconds of one core.",
    )  # fmt: skip


def _counts() -> tuple[int, ...]:
    return classifier.load(duel().dataset).counts


def _floor() -> float:
    return classifier.load(duel().dataset).floor[0]


def _why(guess: str | None, told: bool) -> None:
    """What came of the guess, and why one of the losses is negative."""
    if not told:
        return
    runs = [rival.stand_in for rival in RIVALS]
    digits = [int(run.value("modes")) for run in runs]
    if guess:
        right = RIGHT[digits[0] == CLASSES, digits[1] == CLASSES]
        verdict = "" if guess == lesson.SHOW else "Yes. " if guess == right else f"No: {right}. "
        lost = [
            f" {rival.name[0]} made {most:.0f} once, and lost some again."
            for rival, run, end in zip(RIVALS, runs, digits, strict=True)
            if (most := run.course("modes")[1].max()) > end
        ]
        fids = " and ".join(f"{run.value('fid'):.3g}" for run in runs)
        lesson.say(
            f"{verdict}In the recordings A ends with {digits[0]} digits and B with {digits[1]}, at FIDs of {fids}."
            + "".join(lost)
        )
    lesson.say(
        "Why B’s loss is negative: it is −(score gap) + λ · penalty, and the critic keeps real above fake. A’s is a "
        "cross entropy, never below 0; it is 2 ln 2 = 1.386 where D only guesses."
    )


def _news(told: bool, specs: list[RunSpec]) -> dict[str, News]:
    """What is new of two runs of which one moves, for all that `show` has drawn."""
    sides = _sides(told)
    shown, *runs = _stage(sides, specs)
    recordings = [one.recording for one in runs]
    return {
        shown.key: stage.news(shown, *runs),
        "im_two_versus": versus_news(*map(moment, recordings)),
        "im_two_fid": figure_news(fid_update(recordings, _floor(), clock=CLOCK)),
        "im_two_losses": figure_news(losses_update(recordings, clock=CLOCK)),
    } | (
        {"im_two_digits": figure_news(digits_update([run.frames[-1] for run in recordings], _counts()))}
        if _counted(recordings)
        else {}
    )


def _code() -> None:
    gan, wgan = OBJECTIVES["non_saturating"], OBJECTIVES["wasserstein"]
    best, off = classifier.load(duel().dataset).floor
    lesson.code_that_ran(
        (rf"A:\ {gan.critic}", "", "wgan_demo.gan.losses:cross_entropy_costs"),
        (rf"B:\ {wgan.critic}", "", "wgan_demo.gan.losses:wasserstein_costs"),
        (r"(\lVert \nabla f(\hat x) \rVert_2 - 1)^2", "", "wgan_demo.gan.lipschitz:penalty"),
        (
            r"\mathrm{FID} = |m - m'|^2 + \operatorname{tr}\big(C + C' - 2\,(C C')^{1/2}\big)",
            rf"\text{{real against real}}:\ {best:.2f} \pm {off:.2f}",
            "wgan_demo.distances.frechet:gaussian",
        ),
    )
