"""Following a lecturer: where the lecturer is, as a link, and what becomes of a student's own when it is gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from wgan_demo.classroom.errors import NoSuchRoom, NotTheLecturer, Unreachable
from wgan_demo.ui import course, link
from wgan_demo.ui.room import seat as room

if TYPE_CHECKING:
    from wgan_demo.classroom.rooms import Room

AT = "room_at"  # in the address, for a moment: the version of the lecturer's place that this tab has been taken to


def lead(now: room.Seat, page: str, query: str) -> None:
    """The lecturer's tab is here. Guesses are everyone's own, so they are left out."""
    if page not in course.PAGES:
        return
    kept = [(name, value) for name, value in _read(query) if not _is_own(name, now)]
    try:
        room.watch().rooms.lead(now.code, now.key, page, urlencode(kept))
    except ValueError as error:
        st.session_state[room.TOLD] = str(error)
    except (NoSuchRoom, NotTheLecturer, Unreachable):
        pass  # the next look tells


def _is_own(name: str, now: room.Seat) -> bool:
    return name in (room.LINK, AT, "guide") or name in now.own or "guess" in name


def _read(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)[:200]


def target(now: room.Seat, found: Room) -> dict | None:
    """Where a tab that follows has to go, None where it is already: the lecturer's link with the tab's own guesses."""
    if found.version == now.version or found.page not in course.PAGES:
        return None
    own = [(key, guess) for key, (page, guess) in now.own.items() if page == found.page]
    query = [*_read(found.query), *own, (room.LINK, now.code), (AT, str(found.version))]
    return {"page": found.page, "query": urlencode(query), "version": found.version}


def arrive(now: room.Seat) -> None:
    """At the beginning of a run: whether it is the one that the lecturer's place has led to."""
    text = link.text(AT)
    if text is None:
        return
    link.put(AT, None)
    if text.isdigit() and now.follows:
        now.version = int(text)
        link.anew()


def detach(now: room.Seat) -> None:
    """Stay here, and go anywhere."""
    now.follows = False


def back(now: room.Seat) -> None:
    """To the lecturer's page, and follow again."""
    now.follows, now.version = True, 0
