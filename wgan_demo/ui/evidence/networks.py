"""Four objectives and three generators, three seeds each: the wall of a study, after a figure of Gulrajani et al."""

from functools import cache

import numpy as np

from wgan_demo.datasets.images import CLASSES
from wgan_demo.experiments.result import Result
from wgan_demo.experiments.studies.digits_networks import (
    BASE,
    FAST,
    FAST_RATE,
    GENERATORS,
    OBJECTIVES,
    RATES,
    SEEDS,
    STEPS,
    TRIED,
    run_name,
    swept_name,
)
from wgan_demo.gan import classifier
from wgan_demo.gan.spaces.compared import SAMPLES
from wgan_demo.plots import theme
from wgan_demo.plots.images import ink
from wgan_demo.ui import lesson
from wgan_demo.ui.evidence.networks_run import RUN, open_cell
from wgan_demo.ui.experiments import panel
from wgan_demo.ui.images.tiles import Tile, tiles
from wgan_demo.ui.runs import film

STUDY = "digits_networks"
TAKE_AWAY = (
    "On small digits the GAN and the clipped WGAN get through all three generators too, with a worse FID each time; "
    "LSGAN does not at one rate and does at another that looked as good. Only the WGAN-GP’s FID stays where it was, as "
    "its paper claims, for about four times the GAN’s seconds."
)
ACROSS = 8  # pictures of each seed
NAMES = {"gan": "GAN", "lsgan": "LSGAN", "clipping": "clipped WGAN", "wgan_gp": "WGAN-GP"}
ROWS = {
    "baseline": "Convolutions with batch norm",
    "constant": "Convolutions of one width, no batch norm",
    "mlp": "A perceptron, no batch norm",
}
ENOUGH = 9  # digits of a run that has come through
COUNTS = ("none", "one", "two", "three", "all four")
GUESS = lesson.Choice(
    "ev_networks_guess",
    "Each has the rate that suits it best with the first generator. With the same rate, how many of the four make nine "
    "digits or all ten with the other two as well, from each of three seeds?",
    [*COUNTS, lesson.SHOW],
)


@cache
def cell(objective: str, generator: str) -> list[Result]:
    """Its runs, one for each seed."""
    return [panel.shipped(STUDY)[run_name(objective, generator, seed)] for seed in SEEDS]


def numbers(objective: str, generator: str, name: str) -> np.ndarray:
    """A number (seeds,) of a cell: "fid" or "digits"."""
    return np.array([run.numbers[name] for run in cell(objective, generator)])


def through() -> list[str]:
    """The objectives of which every run makes ENOUGH digits, in the mean of its last evaluations."""
    return [name for name in OBJECTIVES if all((numbers(name, made, "digits") >= ENOUGH).all() for made in GENERATORS)]


def show() -> None:
    """A guess with the first row in view, then the wall, then any of its runs."""
    guess = lesson.cover(GUESS, _answer, before="Your guess first; then the other two generators come.")
    shown = GENERATORS if guess else list(GENERATORS)[:1]
    tiles([(ROWS[made], [_tile(name, made, NAMES[name]) for name in OBJECTIVES]) for made in shown], key="networks")
    floor, off = classifier.load(BASE.dataset).floor
    lesson.note(
        f"In each cell a line of pictures for each of seeds {', '.join(map(str, SEEDS))}; FID as their mean (least to "
        f"greatest), real pictures score {floor:.2f} ± {off:.2f}; digits made, of {CLASSES}, seed by seed. Both of "
        f"{SAMPLES} pictures, means of the last evaluations."
    )
    if not guess:
        return
    _reading()
    _tie()
    open_cell(NAMES | {FAST: f"LSGAN, rate {FAST_RATE:g}"}, ROWS)
    _made()
    panel.study_panel(STUDY)
    if not (RUN.shown and film.has_begun(RUN.shown)):
        lesson.code_that_ran(
            ("", "", "wgan_demo.gan.networks.convolutional:convolutions"),
            ("", "", "wgan_demo.gan.networks.mixed:mixed"),
        )
    lesson.take_away(TAKE_AWAY)


@cache  # shipped runs do not change
def _tile(objective: str, generator: str, name: str) -> Tile:
    pictures = np.concatenate([run.arrays["fake"][:ACROSS] for run in cell(objective, generator)])
    apart = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))  # paper around each
    said = f"{name}: {_fid(objective, generator)}, digits {_digits(objective, generator)}"
    return Tile(ink(apart / 127.5 - 1, theme.TARGET, across=ACROSS), f"Generated pictures. {said}", said)


def _fid(objective: str, generator: str) -> str:
    found = numbers(objective, generator, "fid")
    return f"FID {found.mean():.1f} ({found.min():.1f} to {found.max():.1f})"


def _digits(objective: str, generator: str) -> str:
    return ", ".join(f"{count:.3g}" for count in numbers(objective, generator, "digits"))


def _answer(guess: str) -> str:
    """Whether the guess was right, and which get through."""
    found = [NAMES[name] for name in through()]
    count = COUNTS[len(found)]
    opening = "" if guess == lesson.SHOW else "Yes. " if guess == count else "No. "
    return f"{opening}{count.capitalize()}: {', '.join(found)}."


def _reading() -> None:
    """How much worse each gets."""
    means = {name: [numbers(name, made, "fid").mean() for made in GENERATORS] for name in OBJECTIVES}
    told = "; ".join(f"{NAMES[name]} **{', '.join(f'{fid:.1f}' for fid in found)}**" for name, found in means.items())
    lesson.say(f"Mean FID with the first, the second and the third generator: {told}.")


def _tie() -> None:
    """LSGAN at the rate that was nearly chosen."""
    swept = {rate: swept_fid("lsgan", rate) for rate in (RATES["lsgan"], FAST_RATE)}
    lesson.say(
        f"**Is it the objective that breaks?** LSGAN has rate {RATES['lsgan']:g} by a hair: the sweep’s one run "
        f"with the first generator ended at FID {swept[RATES['lsgan']]:.2f} with it, and at {swept[FAST_RATE]:.2f} "
        f"with {FAST_RATE:g}. With that one:"
    )
    row = [_tile(FAST, made, ROWS[made].partition(",")[0]) for made in GENERATORS]
    tiles([(f"LSGAN, rate {FAST_RATE:g}", row)], key="networks_tie")


def swept_fid(objective: str, rate: float) -> float:
    """FID at the end of a run of the sweep."""
    return panel.shipped(f"{STUDY}_sweep")[swept_name(objective, rate)].numbers["fid"]


def _made() -> None:
    """How the runs were made, and what is not as in the paper."""
    rates = ", ".join(f"{NAMES[name]} {rate:g}" for name, rate in RATES.items())
    taken = {name: np.mean([run.seconds for made in GENERATORS for run in cell(name, made)]) for name in OBJECTIVES}
    times = ", ".join(f"{NAMES[name]} {seconds:.0f} s" for name, seconds in taken.items())
    lesson.note(
        "After a figure of Gulrajani et al. 2017, on 8 × 8 digits in place of bedrooms of 64 × 64. All meet the same "
        f"critic, convolutions of {' and '.join(map(str, BASE.hidden))} channels without batch norm; in the paper the "
        "others’ have it, and the WGAN-GP’s layer norm in its place. Rates: of "
        f"{', '.join(f'{rate:g}' for rate in TRIED)} the one with the most digits, then the least FID, in one run each "
        f"with the first generator and another seed: {rates}. All have "
        f"{STEPS:,} iterations of the generator, which is not the same time, as the two WGANs’ critics learn "
        f"{OBJECTIVES['wgan_gp']['n_critic']} times for each: {times} of one core."
    )
