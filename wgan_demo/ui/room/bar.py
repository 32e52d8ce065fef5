"""A room in the bar at the top of every page: where one is, Detach and Back to the lecture. It looks once a second, or
less often in a large class.
"""

from __future__ import annotations

from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING

import streamlit as st

from wgan_demo.classroom.errors import NoSuchRoom, Unreachable
from wgan_demo.ui.components.news import ask, message
from wgan_demo.ui.components.room import room as component
from wgan_demo.ui.looks import offer
from wgan_demo.ui.room import follow, poll, shared
from wgan_demo.ui.room import seat as room

if TYPE_CHECKING:
    from wgan_demo.classroom.rooms import Room

AT_ONCE = 100  # looks a second, at most: each may find that the lecture is elsewhere, and draw its page anew at once


@st.fragment
def bar(page: str) -> None:
    """On this page, "" for Home."""
    now = room.seat()
    try:
        found = _look(now)
        if _calls(now):
            now.known = False
            st.rerun()
    except NoSuchRoom:
        room.leave(room.CLOSED)
        st.rerun()
    except Unreachable:
        found = None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="room_bar"):
        if found is None:
            st.markdown(":orange-badge[:material/cloud_off: *No* room]", help=room.GONE, width="content")
        elif now.leads:
            label = f"{now.code} *· {found.visitors} here*"
            st.page_link("pages/class.py", label=label, icon=":material/groups:", help="The room that you lead")
        elif now.follows:
            st.button(
                "Detach", key="room_detach", on_click=follow.detach, args=(now,), icon=":material/link_off:",
                help=f"You are in room {now.code} and follow the lecture. Look around on your own.",
            )  # fmt: skip
        else:
            st.button(
                "Back *to the lecture*", key="room_back", type="primary", on_click=follow.back, args=(now,),
                icon=":material/link:",
            )  # fmt: skip
            if now.mine is not None:
                st.button(
                    "My own", key="room_mine", on_click=follow.home, args=(now,), icon=":material/undo:",
                    help="To where you were before you followed the lecture",
                )  # fmt: skip
    shown = _shown(now, found)
    ask(offer("room", lambda: _news(now, shown)), _every(found), key="room_news")
    component(
        now.code,
        now.visitor,
        now.key,
        go=follow.target(now, found) if found and not now.leads else None,
        heard=now.heard,
        film=follow.film(now, found) if found else None,
        on_known=_known,
        on_place=_place,
    )


def _look(now: room.Seat) -> Room:
    """The room, which hears what this tab has to tell it. Raises NoSuchRoom and Unreachable."""
    found = now.look()
    room.send(now)
    if now.leads:
        shared.share(now)
    return found


def _calls(now: room.Seat) -> bool:
    """Something has changed that other parts of the page show."""
    return now.known or poll.news(now) or shared.news(now)


def _shown(now: room.Seat, found: Room | None) -> tuple | None:
    """All that decides what is drawn of a room, None where it cannot be reached."""
    if found is None:
        return None
    if now.leads:
        return (found.visitors,)
    return follow.target(now, found), now.follows and found.shared.get(follow.FILM)


def _every(found: Room | None) -> float:
    """Seconds from one look to the next."""
    return 1.0 if found is None else max(1.0, ceil(found.visitors / AT_ONCE))


def _news(now: room.Seat, shown: tuple | None) -> bytes | None:
    """A look that tells the browser only whether the bar, with what is `shown`, has to be drawn anew."""
    found = None
    try:
        found = _look(now)
        if _calls(now):
            return None
    except NoSuchRoom:
        return None
    except Unreachable:
        pass
    return message({}, _every(found)) if _shown(now, found) == shown else None


def _known() -> None:
    if known := _sent("known"):
        with suppress(NoSuchRoom, Unreachable):  # the next look tells
            room.remembered(known["code"], known["visitor"], known["key"])


def _place() -> None:
    now, place = room.seat(), _sent("place")
    if now and now.leads and place:
        follow.lead(now, place["page"], place["query"], place["film"])
        now.heard = place["number"]


def _sent(name: str) -> dict | None:
    """What the browser has sent under this name; None where the page was left meanwhile, and it sends that again."""
    return (st.session_state.get("room") or {}).get(name)
