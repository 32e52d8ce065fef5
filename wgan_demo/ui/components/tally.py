"""The answers of a class: a bar for each option, a histogram of numbers with the true one marked, or what was drawn."""

from collections import Counter
from html import escape

import streamlit as st

from wgan_demo.classroom.polls import Question, bins


def tally(question: Question, guesses: Counter[str]) -> None:
    """Draw them. What is written comes from the room, so all of it is escaped."""
    if question.form:
        _drawn(question, guesses)
        return
    st.html(_rows(question, guesses) if question.options else _histogram(question, guesses))


def _drawn(question: Question, answers: Counter[str]) -> None:
    from wgan_demo.plots.classroom import curves_figure, plans_figure
    from wgan_demo.ui.components.figure import figure

    many = len(question.arrays(answers))
    if question.form == "plan":
        drawn, what = plans_figure(question, answers), "boxes from each place to each, the mean of all plans"
    else:
        drawn, what = curves_figure(question, answers), "each critic f, moved to mean 0"
    with st.container(width=560, gap=None):
        st.caption(f"**The class** ({many}): {what}.")
        figure(drawn, key=f"drawn_{question.key}", height=320, alt=f"{what}, {many} of the class, and the best.")


def words(question: Question, guesses: Counter[str]) -> str:
    """The same for screen readers."""
    if question.options:
        return "; ".join(f"{option}: {guesses[option]}" for option in _options(question))
    told = "; ".join(f"{left:g} to {right:g}: {many}" for left, right, many in bins(question, guesses) if many)
    return f"Guesses in {question.unit}: {told or 'none'}"


def _options(question: Question) -> tuple[str, ...]:
    return (*question.options, question.none) if question.none else question.options


def _rows(question: Question, guesses: Counter[str]) -> str:
    total = max(1, sum(guesses.values()))
    rows = "".join(
        f'<div class="row{" none" if option == question.none else ""}"><span>{escape(option)}</span>'
        f'<i style="width: {100 * guesses[option] / total:.1f}%"></i>'
        f"<b>{guesses[option]}</b><small>{guesses[option] / total:.0%}</small></div>"
        for option in _options(question)
    )
    return f'<div class="tally" role="img" aria-label="{escape(words(question, guesses))}">{rows}</div>'


def _histogram(question: Question, guesses: Counter[str]) -> str:
    found = bins(question, guesses)
    left, right, most = found[0][0], found[-1][1], max(1, *(many for *_, many in found))

    def at(value: float) -> str:
        return f'style="left: {100 * (min(max(value, left), right) - left) / (right - left):.2f}%"'

    bars = "".join(f'<i style="height: {100 * many / most:.1f}%"><b>{many or ""}</b></i>' for *_, many in found)
    truth = told = ""
    if question.truth is not None:
        truth, told = f"<u {at(question.truth)}></u>", f"; dashed: the true {question.truth:.4g}"
    low, high = question.low, question.high
    ends = "".join(f"<small {at(value)}>{value:.4g}</small>" for value in (low, (low + high) / 2, high))
    none = f" {question.none}: {guesses[question.none]}." if guesses[question.none] else ""
    return (
        f'<div class="tally" role="img" aria-label="{escape(words(question, guesses))}">'
        f'<div class="bins">{bars}{truth}</div><div class="ends">{ends}</div>'
        f"<small>Guesses in {escape(question.unit)}{told}.{escape(none)}</small></div>"
    )
