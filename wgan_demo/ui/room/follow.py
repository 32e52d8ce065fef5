"""Following a lecturer: where the lecturer is, as a link, and what becomes of a student's own when it is gone to."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from wgan_demo.classroom.errors import NoSuchRoom, NotTheLecturer, Unreachable
from wgan_demo.ui import course, link
from wgan_demo.ui.room import seat as room
from wgan_demo.ui.room import shared

if TYPE_CHECKING:
    from wgan_demo.classroom.rooms import Room

AT = "room_at"  # in the address, for a moment: the version of the lecturer's place that this tab has been taken to
FROM = "room_from"  # and the page and query string where it was before
FILM = "film"  # under this name the room has how the lecturer's film plays
OF_FILM = {"key": str, "name": str, "at": float, "playing": bool, "speed": float, "loop": bool}  # and this of it


def lead(now: room.Seat, page: str, query: str, film: dict | None = None) -> None:
    """The lecturer's tab is here, and its film plays so. Guesses are everyone's own, so they are left out."""
    if page not in course.PAGES or page == "class":  # the wall is looked at now and then; the class stays in its lesson
        return
    playing = _as_text(film)
    at = f"{film['key'].removesuffix('stage')}at" if playing else ""  # tells the same of a film that stands still
    kept = [(name, value) for name, value in _read(query) if not _is_own(name, now) and name != at]
    try:
        rooms = room.watch().rooms
        rooms.lead(now.code, now.key, page, urlencode(kept))
        if playing != now.plays:
            rooms.share(now.code, now.key, FILM, playing)
            now.plays = playing
    except ValueError as error:
        st.session_state[room.TOLD] = str(error)
    except (NoSuchRoom, NotTheLecturer, Unreachable):
        pass  # the next look tells


def _as_text(film: dict | None) -> str:
    """What is told of a film, "" for none and for what makes no sense: other browsers will be sent it."""
    if film is None:
        return ""
    try:
        told = {name: kind(film[name]) for name, kind in OF_FILM.items()}
    except (KeyError, TypeError, ValueError):
        return ""
    return json.dumps(told) if math.isfinite(told["at"]) and told["speed"] > 0 else ""


def film(now: room.Seat, found: Room) -> dict | None:
    """How the lecturer's film plays, for a tab that follows: as it was `age` milliseconds before that first knew."""
    text, since = found.shared.get(FILM, ("", 0.0))
    if not text or now.leads or not now.follows:
        return None
    if now.film[0] != since:
        now.film = since, max(0.0, 1000 * (room.watch().rooms.clock() - since))
    return json.loads(text) | {"number": since, "age": now.film[1]}


def _is_own(name: str, now: room.Seat) -> bool:
    return name in (room.LINK, AT, FROM, "guide") or name in now.own or "guess" in name


def _read(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)[:200]


def target(now: room.Seat, found: Room) -> dict | None:
    """Where a tab that follows has to go, None where it is already: the lecturer's link with the tab's own guesses."""
    if not now.follows:
        return now.home
    if found.version == now.version or found.page not in course.PAGES:
        return None
    return _link(now, found.page, _read(found.query), found.version, first=now.version == 0)


def _link(now: room.Seat, page: str, query: list[tuple[str, str]], version: int, *, first: bool) -> dict:
    guesses = [(key, guess) for key, (where, guess) in now.own.items() if where == page]
    query = [*query, *guesses, (room.LINK, now.code), (AT, str(version))]
    return {"page": page, "query": urlencode(query), "version": version, "first": first}


def arrive(now: room.Seat) -> None:
    """At the beginning of a run: whether it is the one to which the room has led, and from where."""
    text, own = link.text(AT), link.text(FROM)
    if text is None:
        return
    for name in (AT, FROM):
        link.put(name, None)
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        return
    if own and now.follows and own.partition("?")[0] not in ("", "class"):
        now.mine = own
    now.version, now.home = int(text), None
    link.anew()


def detach(now: room.Seat) -> None:
    """Stay here, and go anywhere."""
    now.follows = False
    shared.detach(now)


def back(now: room.Seat) -> None:
    """To the lecturer's page, and follow again."""
    now.follows, now.version, now.home = True, 0, None


def home(now: room.Seat) -> None:
    """To where one was before the lecture led away, with all that the link says of it."""
    page, _, query = (now.mine or "").partition("?")
    now.mine, now.trips = None, now.trips + 1
    if page in course.PAGES:
        now.home = _link(
            now, page, [pair for pair in _read(query) if not _is_own(pair[0], now)], -now.trips, first=False
        )
