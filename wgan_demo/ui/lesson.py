"""The furniture of a lesson: its question, the prediction before the answer, the code that ran, what to take away."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from wgan_demo.ui import course, link
from wgan_demo.ui.components.words import words
from wgan_demo.ui.glossary import mark
from wgan_demo.ui.guide import GUIDES, guide
from wgan_demo.ui.lecture import lecture
from wgan_demo.ui.room import SEAT, TOLD

SHOW = "Just show me"  # the option of those who would rather not guess


class Choice(NamedTuple):
    """A guess that is one of some `options`. It stands in the link under its `key` and can be changed."""

    key: str
    prompt: str
    options: Sequence[str | int]


class Once(NamedTuple):
    """A guess that is one of some `options`, or none, made once for each `key`: a key per problem asks for each."""

    key: str
    prompt: str
    options: Sequence[str]
    private: bool = False  # about a run of the visitor's own: nobody else in a room is asked the same


class Number(NamedTuple):
    """A guess that is a number from `low` to `high`, made once for each `key`."""

    key: str
    prompt: str
    low: float
    high: float
    step: float
    unit: str
    truth: float | None = None  # what is asked for, where the page knows it


class Drawing(NamedTuple):
    """What is drawn by hand on a page, a "plan" or a "curve", and the best that can be: in a room the class's are
    compared. See classroom.polls.Question.
    """

    key: str
    prompt: str
    form: str
    unit: str
    places: tuple[tuple[float, ...], ...]
    best: Sequence[float]
    low: float = 0.0
    high: float = 0.0


HERE = "lesson_here"  # the page of the lesson that is open
DONE = "lesson_done"  # the pages of those whose take-away has been reached in this visit


def title(page: str = "") -> None:
    """The title line of this page, "" for Home: its one question, and what to do first.

    Of a lesson also where it stands in the course, and the guide through it.
    """
    course.enter()
    st.session_state[HERE] = page
    if link.holds("room") or not st.session_state.keys().isdisjoint((SEAT, TOLD)):
        from wgan_demo.ui.room.arrival import arrive

        arrive()
    opening = course.PAGES[page]
    st.set_page_config(page_title=opening.tab)
    with st.container(gap="xxsmall", key="title"):
        st.title(opening.question, anchor=False)
        say(opening.lead)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="place"):
            _bar(page)


def _bar(page: str) -> None:
    """Where the lesson stands, its guide and the next one, in the bar at the top; a phone leaves out the emphasised."""
    titles = {lesson.page: lesson.title for lesson in course.COURSE}
    if page in titles:
        at = _place(page)
        st.markdown(f"*{at + 1} of {len(course.COURSE)}:* **{course.COURSE[at].title}**", width="content")
        guide(page)
        if following := course.COURSE[at + 1 : at + 2]:
            st.page_link(following[0].path, label=f"Next *· {following[0].title}*", icon=":material/arrow_forward:")
        lecture(page)
    elif page in GUIDES:
        guide(page)
    words(page, titles)
    if SEAT in st.session_state:
        from wgan_demo.ui.room.bar import bar

        bar(page)


def say(text: str, where: Any = st) -> None:
    """Markdown in which the first use of every term of the glossary opens its entry."""
    where.markdown(mark(text))


def note(text: str) -> None:
    """The same in small."""
    st.caption(mark(text))


def ask(question: Choice | Once | Number) -> Any | None:
    """Let the student guess before the answer is shown; returns the guess once it is made, SHOW for none, else None.

    Every guess of the course is asked here. In a room of a class it is put to the room.
    """
    guess = _ask(question)
    put(question, guess)
    return guess


def put(question: Choice | Once | Number | Drawing, guess: Any | None) -> None:
    """In a room: the visitor's guess goes there, and what the class has guessed stands here once it is revealed.

    For a page that does not `ask` a question any more once it is answered, and for what is drawn, as a text.
    """
    if SEAT not in st.session_state or getattr(question, "private", False):
        return
    from wgan_demo.classroom.polls import Question
    from wgan_demo.ui.room.poll import poll

    key, prompt, made = question.key, question.prompt, f"{question.key}_made"
    if isinstance(question, Drawing):
        asked = Question(**question._asdict() | {"best": tuple(map(float, question.best))})
    elif isinstance(question, Number):
        _, _, low, high, step, unit, truth = question
        asked = Question(key, prompt, (), low, high, step, unit, truth, none=SHOW, kept=made)
    else:
        options = tuple(str(option) for option in question.options if option != SHOW)
        bound = isinstance(question, Choice)
        none = SHOW if SHOW in question.options or not bound else ""
        asked = Question(key, prompt, options, none=none, kept=key if bound else made)
    poll(asked, guess, st.session_state[HERE])


def _ask(question: Choice | Once | Number) -> Any | None:
    key = question.key
    if isinstance(question, Choice):
        return st.segmented_control(question.prompt, question.options, wrap=True, key=key, **link.KEPT)
    if (made := guessed(key)) is not None:
        return made
    with st.container(border=True, key="ask"):
        if isinstance(question, Once):
            say(question.prompt)
            with st.container(horizontal=True):
                for option in (*question.options, SHOW):
                    st.button(option, on_click=_make, args=(key, option))
            return None
        typed = f"{key}_guess"
        label = f"Your guess first. {question.prompt} ({question.unit})"
        middle = (question.low + question.high) / 2
        st.slider(label, question.low, question.high, middle, question.step, format="%g", key=typed)
        with st.container(horizontal=True):
            st.button("That is my guess", type="primary", on_click=_make, args=(key, None, typed))
            st.button(SHOW, on_click=_make, args=(key, SHOW))
    return None


def _make(key: str, guess: Any, typed: str | None = None) -> None:
    """The guess is made: the one that is given, or what the widget of this key holds by now."""
    st.session_state[f"{key}_made"] = st.session_state[typed] if typed else guess


def guessed(key: str) -> Any | None:
    """The guess made under this key, or None: for what stands on the page above its `ask`."""
    return st.session_state.get(f"{key}_made", st.session_state.get(key))


def answered(question: Choice) -> str | int | None:
    """The guess at a question that stands further down: a link may bring it, and in the first run no widget has it yet.

    None where there is none, or one that is no option.
    """
    made = guessed(question.key) if question.key in st.session_state else link.text(question.key)
    return made if made in question.options else None


def cover(
    question: Choice,
    answer: Mapping[str, str] | Callable[[str], str],
    *,
    height: int | str = "content",
    before: str = "",
) -> str | None:
    """Ask the question in the place of what it covers; returns the guess once it is made, else None.

    It takes `height` pixels until then, so that nothing is empty beside another picture. The `answer` to each guess
    stands with it from then on, in the place of what is said `before`.
    """
    tall = "content" if answered(question) else height
    with st.container(border=True, height=tall, vertical_alignment="center"):
        guess = ask(question)
        if guess:
            say(answer(guess) if callable(answer) else answer[guess])
        elif before:
            say(before)
    return guess


def code_that_ran(*steps: tuple[str, str, Callable | str]) -> None:
    """Formula, the same with this step's numbers put in, and the source of the function that computed it.

    Each step is (latex formula, latex with numbers, function). A function that this process must not import, because
    torch comes with it, is named instead: "wgan_demo.gan.lipschitz:gradient_penalty". Formula and numbers may be empty.
    """
    panel = st.expander("The code that ran", icon=":material/code:", key="code_that_ran", on_change="rerun")
    if not panel.open:  # a step of a slider need not send what nobody sees
        return
    with panel:
        for formula, numbers, function in steps:
            for latex in filter(None, (formula, numbers)):
                st.latex(latex)
            st.code(_source(function), language="python")


@cache  # a step of a slider shows the same source again
def _source(function: Callable | str) -> str:
    if callable(function):
        return inspect.getsource(inspect.unwrap(function))
    module, _, name = function.partition(":")
    text = Path(find_spec(module).origin).read_text()
    found = next(node for node in ast.walk(ast.parse(text)) if getattr(node, "name", None) == name)
    return textwrap.dedent(ast.get_source_segment(text, found, padded=True))


def take_away(sentence: str) -> None:
    """The one sentence to remember at the end of the page, what comes next and why; the lesson counts as done."""
    here = st.session_state.get(HERE)
    st.success(mark(f"**Take away.** {sentence}"), icon=":material/lightbulb:")
    if not here:
        return
    done().add(here)
    at = _place(here)
    if following := course.COURSE[at + 1 : at + 2]:
        with st.container(horizontal=True, vertical_alignment="center", key="next"):
            st.markdown(mark(course.COURSE[at].leads_to), width="content")
            label = f"Next: {following[0].question}"
            st.page_link(following[0].path, label=label, icon=":material/arrow_forward:")


def done() -> set[str]:
    """The pages of the lessons that have been done in this visit."""
    return st.session_state.setdefault(DONE, set())


def _place(page: str) -> int:
    """Which lesson of the course this is, counted from 0."""
    return [lesson.page for lesson in course.COURSE].index(page)
