"""The class page in a room: its code, link and QR code large enough for a wall, what was asked, and its end."""

from __future__ import annotations

from html import escape
from urllib.parse import urljoin

import streamlit as st

from wgan_demo.classroom.errors import NoSuchRoom, NotTheLecturer, Unreachable
from wgan_demo.ui import lesson
from wgan_demo.ui.components.beat import beat
from wgan_demo.ui.components.tally import tally
from wgan_demo.ui.room import poll
from wgan_demo.ui.room import seat as room


def door() -> None:
    """In no room: open one, or go into one."""
    left, right = st.columns(2, gap="large")
    with left.container(border=True, height="stretch", key="room_open"):
        st.subheader("You lead", anchor=False)
        lesson.say(
            "Open a room and put its code on the wall. Your students’ pages go where you go, and at each question "
            "you see how many have answered before you reveal what they think."
        )
        st.button("Open a room", type="primary", icon=":material/meeting_room:", on_click=room.open_room)
    with right.container(border=True, height="stretch", key="room_enter"):
        st.subheader("You take part", anchor=False)
        lesson.say("Scan the code on the wall, or type its six letters. Nobody asks for your name.")
        with st.form("room_form", border=False):
            st.text_input("Code of the room", max_chars=12, key="room_code", placeholder="six letters")
            st.form_submit_button("Go in", on_click=_go_in)


def _go_in() -> None:
    room.enter(st.session_state["room_code"])


def wall(now: room.Seat) -> None:
    """For the lecturer."""
    address = urljoin(st.context.url or "", f"./?{room.LINK}={now.code}")
    left, right = st.columns([3, 2], vertical_alignment="center", gap="large")
    with left:
        st.html(f'<div class="room-code" aria-label="Code of the room: {" ".join(now.code)}">{now.code}</div>')
        st.markdown(f"Open **{address}** or scan the picture. Nobody needs a name.")
    right.html(f'<div class="room-qr"><img src="{_qr(address)}" alt="QR code of {escape(address)}"></div>')
    with st.container(key="room_asked"):
        _asked(now)
    with st.popover("Close the room", icon=":material/logout:"):
        lesson.say("All guesses are deleted, and everybody is out. Take the CSV first, if you want it.")
        st.button("Close it for everybody", type="primary", on_click=_close, args=(now,))


@st.cache_data(max_entries=32, show_spinner=False)
def _qr(address: str) -> str:
    import segno

    return segno.make(address, micro=False).svg_data_uri(border=3, light="#fff", dark="#000", omitsize=True)


@st.fragment
def _asked(now: room.Seat) -> None:
    """Who is there, what was asked so far, and the file."""
    beat("wall", 2.0)
    try:
        found = now.look()
    except (NoSuchRoom, Unreachable):
        st.caption(room.GONE)
        return
    st.metric("In the room", found.visitors, help="Tabs that have looked at it within the last seconds.")
    questions = found.questions
    if not questions:
        lesson.say("Go to a lesson now: this bar’s menu works as always. Each question there is put to the room.")
        return
    for key, put in questions.items():
        with st.container(border=True, key=f"asked_{key}"):
            many = put.guesses.total()
            st.markdown(f"**{put.question.prompt}** {many} {'answer' if many == 1 else 'answers'}.")
            if put.revealed:
                tally(put.question, put.guesses)
            else:
                poll.reveal_button(now, key, f"class_reveal_{key}")
    st.download_button(
        "All guesses as CSV", lambda: room.watch().rooms.csv(now.code, now.key), f"room-{now.code}.csv", "text/csv",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def _close(now: room.Seat) -> None:
    try:
        room.watch().rooms.close(now.code, now.key)
    except Unreachable:
        st.session_state[room.TOLD] = room.GONE
        return
    except (NoSuchRoom, NotTheLecturer):
        pass
    room.leave("The room is closed, and all guesses are deleted.")


def waiting(now: room.Seat) -> None:
    """For a student."""
    st.html(f'<div class="room-code">{now.code}</div>')
    lesson.say(
        "You are in. As soon as the lecture opens a lesson, your page goes there by itself. **Detach** in the bar "
        "above lets you look around; **Back to the lecture** brings you back. Your guesses count without your name."
    )
    st.button("Leave the room", icon=":material/logout:", on_click=room.leave)
