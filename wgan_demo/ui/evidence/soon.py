"""How soon each GAN makes digits, by any count of work: whether 5 to 7 epochs do what took 50 depends on the count."""

from functools import cache

import numpy as np
import streamlit as st

from wgan_demo.experiments import STUDIES
from wgan_demo.experiments.studies import digits_rates, digits_soon
from wgan_demo.experiments.studies.digits_soon import BEST_OF_GAN, KINDS, SEEDS, WORK, counted, first_within, work
from wgan_demo.gan import classifier
from wgan_demo.gan.spaces.compared import SAMPLES
from wgan_demo.plots import theme
from wgan_demo.plots.evidence import Soon, soon_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.components.versus import versus
from wgan_demo.ui.evidence.larger import larger
from wgan_demo.ui.evidence.measured import DATA, on_digits
from wgan_demo.ui.experiments import panel

STUDY = "digits_soon"
TIMES = (20, 10, 5, 2)  # the FID floor
JUDGED = 10  # the one that the guess is about
NAMES = {
    "gan": f"GAN, rate {KINDS['gan'].lr:g}",
    "gan_best": f"GAN, rate {BEST_OF_GAN:g}",
    "wgan_gp": f"WGAN-GP, rate {KINDS['wgan_gp'].lr:g}",
}
STYLES = {"gan": (theme.TARGET, "solid"), "gan_best": (theme.AMBER, "longdashdot"), "wgan_gp": (theme.ACCENT, "dash")}
COUNTS = {"Epochs": "epochs", "Generator updates": "updates", "Seconds": "seconds", "Gradients": "gradients"}
PAIR = {"gan": "GAN", "wgan_gp": "WGAN-GP"}  # with the same rate
ALWAYS, NEVER, DEPENDS = "WGAN-GP", "GAN", "it depends on the count"
GUESS = lesson.Choice(
    "ev_soon_guess",
    "The same digits, the same rate: which is first within 10 times the FID of real pictures?",
    [ALWAYS, NEVER, DEPENDS, lesson.SHOW],
)


def floor() -> float:
    """FID of real pictures against all real ones, mean."""
    return classifier.load(DATA).floor[0]


@cache
def reached(kind: str, times: int) -> list[dict[str, float]]:
    """The work done when FID first came within so many floors, of the seeds in which it did."""
    results = panel.shipped(STUDY)
    found = [first_within(results[f"{kind},seed={seed}"], times * floor()) for seed in SEEDS]
    return [done for done in found if done]


def median(kind: str, times: int, count: str) -> float:
    """Of all seeds: infinite where most of them never came so near."""
    done = [one[count] for one in reached(kind, times)]
    return float(np.median(done + [np.inf] * (len(SEEDS) - len(done))))


def sooner(count: str) -> str:
    """Which of the two with the same rate is first within JUDGED floors, by the median of the seeds."""
    return min(PAIR, key=lambda kind: median(kind, JUDGED, count))


def answer() -> str:
    """The option that is right."""
    found = {sooner(count) for count in WORK}
    return DEPENDS if len(found) > 1 else ALWAYS if found == {"wgan_gp"} else NEVER


def show() -> None:
    """A guess; FID of every seed over the chosen count; when each came near the floor."""
    guess = lesson.cover(GUESS, _answer, before="Your guess first; then the runs come.")
    if not guess:
        _update()
        return
    chosen = st.segmented_control(
        "Count the work in", list(COUNTS), default="Epochs", required=True, key="ev_count", wrap=True,
        label_visibility="collapsed", **link.KEPT,
    )  # fmt: skip
    count = COUNTS[chosen]
    results = panel.shipped(STUDY)
    kinds = [
        Soon(NAMES[kind], *STYLES[kind], [_course(results[f"{kind},seed={seed}"], count) for seed in SEEDS])
        for kind in KINDS
    ]
    levels = {"floor" if times == 1 else f"{times} × floor": times * floor() for times in (1, 2, 5, 10)}
    figure(
        soon_figure(kinds, WORK[count], levels), key="ev_soon", height=340,
        alt=f"FID over {WORK[count]}, both axes logarithmic, a line for each of {len(SEEDS)} seeds of "
        + ", ".join(NAMES.values()),
    )  # fmt: skip
    _table(count)
    _article()
    larger(count)
    flat = r"\text{epochs} = \frac{\text{updates} \cdot n_\text{critic} \cdot \text{batch}}{\text{pictures}}"
    lesson.code_that_ran((flat, "", counted), ("", "", first_within))
    panel.study_panel(STUDY)
    lesson.take_away(
        "“Faster” needs a unit. An epoch of a WGAN-GP holds other work than one of a GAN; seconds and gradients are "
        "what is paid. What stays, by every count: only the WGAN-GP comes within twice the floor of the 8 × 8 digits."
    )


def _update() -> None:
    """What there is to guess from: the work in one update of the generator."""
    results = panel.shipped(STUDY)
    ends = {kind: {name: done[-1] for name, done in work(results[f"{kind},seed=0"]).items()} for kind in PAIR}
    each = {kind: {name: done / end["updates"] for name, done in end.items()} for kind, end in ends.items()}
    rows = [
        ("real pictures that the judge sees", *(f"{digits_soon.PICTURES * each[kind]['epochs']:.0f}" for kind in PAIR)),
        ("epochs: these / 1,797", *(f"{each[kind]['epochs']:.3f}" for kind in PAIR)),
        ("gradients: backward passes", *(f"{each[kind]['gradients']:.0f}" for kind in PAIR)),
        ("milliseconds of one core", *(f"{1000 * each[kind]['seconds']:.1f}" for kind in PAIR)),
    ]
    versus(list(PAIR.values()), [("One update of the generator takes", rows)], key="ev_update")
    lesson.note(
        "An article says of its digits: 5 to 7 epochs with a WGAN against 50 with a GAN. Is it so here, and is an "
        "epoch the same for both?"
    )


def _course(result, count: str) -> tuple[np.ndarray, np.ndarray]:
    return work(result)[count], result.arrays["fid"]


def _answer(guess: str) -> str:
    opening = "" if guess == lesson.SHOW else "Yes. " if guess == answer() else "No. "
    firsts = {kind: [name.lower() for name, count in COUNTS.items() if sooner(count) == kind] for kind in PAIR}
    told = "; ".join(f"{PAIR[kind]} in {', '.join(names)}" for kind, names in firsts.items() if names)
    level = [name.lower() for name, count in COUNTS.items() if _overlap(count)]
    return f"{opening}First, by medians: {told}. Seeds overlap in {', '.join(level) or 'none'}."


def _overlap(count: str) -> bool:
    """Whether the seeds of the two are not all on two sides of some value."""
    gan, wgan_gp = ([one[count] for one in reached(kind, JUDGED)] for kind in PAIR)
    return min(gan) <= max(wgan_gp) and min(wgan_gp) <= max(gan)


def _number(value: float) -> str:
    if np.isinf(value):
        return "never"
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def _table(count: str) -> None:
    """When each kind first came so near: median, least to greatest, and how many seeds did."""
    columns = {f"FID within, {WORK[count]}": [f"{times} × floor, {times * floor():.2f}" for times in TIMES]}
    columns |= {name: [_cell(kind, times, count) for times in TIMES] for kind, name in NAMES.items()}
    st.table(columns, border="horizontal", hide_index=True, alt="Work until FID first came near its floor, by kind")
    steps = digits_soon.STUDY.steps
    results = panel.shipped(STUDY)
    taken = {kind: np.mean([results[f"{kind},seed={seed}"].seconds for seed in SEEDS]) for kind in PAIR}
    lesson.note(
        f"Median (least to greatest) of the seeds that came so near, and how many did, within {steps:,} updates of "
        f"the generator: {taken['gan']:.1f} s of a GAN, {taken['wgan_gp']:.1f} s of a WGAN-GP, whose critic learns "
        f"{KINDS['wgan_gp'].n_critic} times for each. FID of {SAMPLES} pictures, every {digits_soon.STUDY.every}."
    )


def _cell(kind: str, times: int, count: str) -> str:
    done = [one[count] for one in reached(kind, times)]
    if not done:
        return "no seed"
    spread = f"{_number(np.median(done))} ({_number(min(done))} to {_number(max(done))})"
    return spread if len(done) == len(SEEDS) else f"{spread}, {len(done)} of {len(SEEDS)}"


def _article() -> None:
    """What the article's epochs hold."""
    least = min(on_digits("least_fid")["gan", rate].min() for rate in digits_rates.RATES)
    epochs, updates = ({kind: median(kind, JUDGED, count) for kind in PAIR} for count in ("epochs", "updates"))
    lesson.say(
        "**5 to 7 epochs against 50?** As that article prints its loop, the WGAN takes every batch five times, for "
        "both networks: its 5 to 7 epochs hold 25 to 35 passes over the data. Here, within "
        f"{JUDGED} floors, the WGAN-GP needs {epochs['wgan_gp'] / epochs['gan']:.1f} times the GAN’s epochs and "
        f"{updates['wgan_gp'] / updates['gan']:.1f} times its updates of the "
        f"generator. More time does not bring the GAN there: within {STUDIES['digits_rates'].steps:,} updates, at five "
        f"rates, its least FID is {least:.1f}, {least / floor():.1f} floors."
    )
