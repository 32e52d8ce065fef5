"""A question of a page in a room: everyone's guess goes to it, and the lecturer reveals them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from wgan_demo.classroom.errors import NoSuchRoom, NotTheLecturer, Unreachable
from wgan_demo.ui.components.beat import beat
from wgan_demo.ui.components.tally import tally
from wgan_demo.ui.room import seat as room

if TYPE_CHECKING:
    from wgan_demo.classroom.polls import Question
    from wgan_demo.classroom.rooms import Put

NAMES = {"": "guess", "plan": "plan", "curve": "critic"}  # of an answer, by the form of its question


def poll(question: Question, guess: Any | None, page: str) -> None:
    """Below the question on a page: this visitor's `guess` is counted; what the class has guessed, once revealed."""
    now = room.seat()
    if guess is not None:
        text = f"{guess:g}" if isinstance(guess, float) else str(guess)
        if question.kept == question.key:  # it stands in the link
            now.own[question.key] = page, text
        if not now.leads and now.sent.get(question.key) != text and question.key not in now.revealed:
            now.outbox[question.key] = question, text
            if not question.form:  # what is drawn changes all the time: the bar sends it once a second
                room.send(now)
    if now.leads:
        st.fragment(_answers)(now, question)
    else:
        with st.container(key=f"poll_{question.key}", gap="xxsmall"):
            _follow(now, question)


def _follow(now: room.Seat, question: Question) -> None:
    if question.key in now.revealed and (put := _put(now, question)):
        tally(put.question, put.guesses)
    elif question.key in now.outbox:
        late = "is on its way to the room" if question.form else "could not be brought to the room yet"
        st.caption(f"Your {NAMES[question.form]} {late}. It is tried again by itself.")
    elif question.key in now.sent:
        st.caption(f"Your {NAMES[question.form]} counts in the room.")


def _answers(now: room.Seat, question: Question) -> None:
    """For the lecturer: how many have answered by now, and the button."""
    with st.container(key=f"poll_{question.key}", gap="xxsmall"):
        beat(question.key, 1.0)
        put = _put(now, question)
        if put is None:
            st.caption(room.GONE)
        elif put.revealed:
            if question.key not in now.revealed:
                st.rerun()  # the whole page, which shows its answer now
            tally(put.question, put.guesses)
        else:
            many = put.guesses.total()
            with st.container(horizontal=True, vertical_alignment="center"):
                have = f"have drawn a {NAMES[question.form]}" if question.form else "have answered"
                said = f"**{many} of {max(many, now.look().visitors)}** in the room {have}."
                st.markdown(said, width="content")
                reveal_button(now, question.key, f"reveal_{question.key}")


def _put(now: room.Seat, question: Question) -> Put | None:
    """The question as it stands in the room, where the lecturer's page puts it; None if the room cannot be reached."""
    try:
        if now.leads and question not in now.put:
            room.watch().rooms.put(now.code, now.key, question)
            now.put.add(question)
            return now.look(now=True).questions.get(question.key)
        return now.look().questions.get(question.key)
    except (Unreachable, NoSuchRoom, NotTheLecturer):
        return None


def reveal_button(now: room.Seat, question: str, key: str) -> None:
    """Shows everybody what was guessed at this question."""
    st.button("Reveal", key=key, icon=":material/bar_chart:", on_click=_reveal, args=(now, question))


def _reveal(now: room.Seat, key: str) -> None:
    try:
        room.watch().rooms.reveal(now.code, now.key, key)
        now.look(now=True)
    except Unreachable:
        st.session_state[room.TOLD] = room.GONE
    except (NoSuchRoom, NotTheLecturer):
        room.leave(room.CLOSED)


def news(now: room.Seat) -> set[str]:
    """The questions that have been revealed since this tab's page was drawn. Raises NoSuchRoom and Unreachable."""
    return {key for key, put in now.look().questions.items() if put.revealed} - now.revealed


def open_answers(now: room.Seat) -> None:
    """What was revealed is answered on this tab's pages too: who has not guessed is shown it, as if asked for."""
    questions = now.look().questions
    for key in news(now):
        kept = questions[key].question.kept
        if kept and st.session_state.get(kept) is None:
            st.session_state[kept] = questions[key].question.none
        now.revealed.add(key)
