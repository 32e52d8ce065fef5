"""The tables of papers as pictures with their intervals, and as tables with their sources."""

import streamlit as st

from wgan_demo.experiments.published import QUANTITIES, Published, Quantity
from wgan_demo.plots.evidence import Row, rows_figure, rows_height
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure

OURS = ("WGAN", "WGAN-GP")  # the methods that this course is about
WITHHELD = "?"  # in the place of a name, until the guess
QUESTIONS = {
    "FID": (
        "Eight GANs on each data set, names withheld. On how many has the WGAN-GP the lowest, so the best, FID?",
        ["0", "1", "2", "3 or 4"],
    ),
    "Inception score": (
        "CIFAR-10, scores with labels and without: in which list does the WGAN-GP stand first?",
        ["both", "only without labels", "only with labels", "neither"],
    ),
    "Modes": (
        "Two of these four are the standard GAN, in two papers. How far apart are their modes on the ring of 8?",
        ["less than 1", "1 to 3", "more than 3"],
    ),
}
RIGHT = {"FID": "1", "Inception score": "only without labels", "Modes": "more than 3"}  # as a test works out
SHOWN = {"FID": ["FID"], "Inception score": ["Inception score"], "Modes": ["Modes", "Samples near a mode"]}


def first(quantity: str, method: str) -> list[str]:
    """Where a method has the best number."""
    found = QUANTITIES[quantity]
    return [on for on in found.places() if found.at(on)[0].method == method]


def show() -> None:
    """A table of the papers as pictures, a guess, and the names that belong to the numbers."""
    name = st.segmented_control(
        "Which numbers", list(QUESTIONS), default="FID", required=True, key="ev_table", **link.KEPT
    )
    before = "Your guess first; then the names come."
    guess = lesson.cover(_question(name), lambda guess: _answer(name, guess), before=before)
    for quantity in SHOWN[name]:
        _pictures(quantity, bool(guess))
    if guess:
        lesson.say(_reading(name))
    _tables(name, bool(guess))
    if guess:
        lesson.code_that_ran(
            (r"[\,m - s,\ m + s\,] \cap [\,m' - s',\ m' + s'\,] \neq \varnothing", "", Quantity.level_with_best)
        )
        lesson.take_away(
            "No GAN is best everywhere, and the best often overlaps with the next. A number from a paper holds for its "
            "network, its data, its number of samples: context, not a league table."
        )


def _question(name: str) -> lesson.Choice:
    prompt, options = QUESTIONS[name]
    return lesson.Choice(f"ev_guess_{list(QUESTIONS).index(name)}", prompt, [*options, lesson.SHOW])


def _answer(name: str, guess: str) -> str:
    opening = "" if guess == lesson.SHOW else "Yes. " if guess == RIGHT[name] else "No. "
    match name:
        case "FID":
            ours = {method: first(name, method) for method in OURS}
            told = f"On {len(ours['WGAN-GP'])}, {ours['WGAN-GP'][0]}. The WGAN with clipping is first on the others."
        case "Inception score":
            told = f"Only in the list {first(name, 'WGAN-GP')[0].partition(', ')[2]}: with labels SGAN stands above it."
        case _:
            low, high = sorted(row.value for row in QUANTITIES[name].at("ring of 8") if row.method.startswith("GAN"))
            told = f"One counts {low:g}, the other {high:g}: “the same” GAN, {high - low:.1f} modes apart."
    return opening + told


def _reading(name: str) -> str:
    """Which lead is more than its interval."""
    if name == "Modes":
        return (
            "A GAN is no single thing: networks, learning rate and steps differ from paper to paper, and a table may "
            "take its rivals’ numbers from settings that were not tuned for them."
        )
    found = QUANTITIES[name]
    parts = []
    for on in found.places():
        best, level = found.at(on)[0], [row.method for row in found.level_with_best(on)]
        told = f"overlaps with {', '.join(level)}" if level else "overlaps with no other"
        parts.append(f"{on}: {best.method} {_number(best)} {told}")
    return "**Whose intervals overlap with the best one’s.** " + "; ".join(parts) + "."


def _pictures(quantity: str, told: bool) -> None:
    """The numbers of each data set, the best first, with their names once `told`; on a phone one below another."""
    found = QUANTITIES[quantity]
    for on, column in zip(found.places(), st.columns(min(4, len(found.places()))), strict=True):
        rows = [
            Row(row.method, [row.value], row.spread, row.method in OURS)
            if told
            else Row(WITHHELD, [row.value], row.spread)
            for row in found.at(on)
        ]
        with column:
            lesson.say(f"**{on}**")
            figure(
                rows_figure(rows, found.unit), key=f"ev_{quantity}_{on}".replace(" ", "_").replace(",", ""),
                height=rows_height(rows), alt=f"{found.unit}, {on}, the best first: "
                + "; ".join(f"{row.name} {_number(number)}" for row, number in zip(rows, found.at(on), strict=True)),
            )  # fmt: skip


def _number(row: Published) -> str:
    return f"{row.value:g}" + (f" ± {row.spread:g}" if row.spread else "")


def _tables(name: str, told: bool) -> None:
    """Where the numbers come from, and once they are told all of them."""
    sources = list(dict.fromkeys(row.source for quantity in SHOWN[name] for row in QUANTITIES[quantity].rows))
    lesson.note(
        f"Source: {'; '.join(sources)}. ± as printed there; where nothing is printed, nothing is known of the spread."
        + (" Diamonds: WGAN and WGAN-GP." if told else "")
    )
    if not told:
        return
    with st.expander("The same as a table", icon=":material/table:", key="ev_as_table"):
        for quantity in SHOWN[name]:
            found = QUANTITIES[quantity]
            methods = list(dict.fromkeys(row.method for row in found.rows))
            cells = {(row.on, row.method): _number(row) for row in found.rows}
            columns = {found.unit: methods} | {
                on: [cells.get((on, method), "–") for method in methods] for on in found.places()
            }
            st.table(columns, border="horizontal", hide_index=True, alt=f"{found.unit}, by method and data")
