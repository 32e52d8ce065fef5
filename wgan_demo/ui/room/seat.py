"""A visitor's seat in a room: how one comes in and leaves, and what the session remembers of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from uuid import uuid4

import streamlit as st

from wgan_demo.classroom.codes import Tries, read_code
from wgan_demo.classroom.errors import NoSuchRoom, Unreachable
from wgan_demo.environment import Environment
from wgan_demo.ui import link
from wgan_demo.ui.room import SEAT, TOLD

if TYPE_CHECKING:
    from wgan_demo.classroom.polls import Question
    from wgan_demo.classroom.rooms import Room
    from wgan_demo.classroom.watch import Watch
    from wgan_demo.engine import JobView

LINK = "room"  # the room's code in the address, as long as one is in it
GONE = "The room cannot be reached just now. The lesson goes on; the room is tried again by itself."
CLOSED = "The room is closed."
LEFT = "The lecturer’s run is over; what was seen of it stays."
VISITOR = re.compile(r"[0-9a-f]{32}")


@dataclass
class Seat:
    """Of one tab, in one room. The lecturer's has the room's key.

    follows   the lecturer's pages and settings are followed
    version   of the lecturer's place that this tab has been to
    mine      page and query string where one was before the lecture led away
    home      where to go there, while one is on the way; and the number of such trips
    own       the guesses made in this visit that stand in the link: page and guess, by their keys
    put       the questions that this lecturer has put to the room
    outbox    guesses on their way to the room, by the keys of their questions
    sent      those that are there
    sends     held while some are brought there
    revealed  the questions whose guesses are on this tab's page for all to see
    known     the browser has just said who it is, and the page does not show that yet
    heard     the number of the newest place that this lecturer's browser has told
    plays     how its film plays, as the room has it
    film      since when the lecturer's film plays so, in seconds since 1970; its age in ms when that was news
    shares    the runs that this lecturer's tab shares: ids of jobs by the names of runs
    watches   the lecturer's runs that are looked at in this tab, likewise
    elsewhere names of the lecturer's runs that cannot be: another process has them
    seen      how they stood when they were looked at last
    """

    code: str
    visitor: str = field(default_factory=lambda: uuid4().hex)
    key: str | None = None
    follows: bool = True
    version: int = 0
    mine: str | None = None
    home: dict | None = None
    trips: int = 0
    own: dict[str, tuple[str, str]] = field(default_factory=dict)
    put: set[Question] = field(default_factory=set)
    outbox: dict[str, tuple[Question, str]] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    sends: Lock = field(default_factory=Lock, repr=False)
    revealed: set[str] = field(default_factory=set)
    known: bool = False
    heard: int = 0
    plays: str = ""
    film: tuple[float, float] = (0.0, 0.0)
    shares: dict[str, str] = field(default_factory=dict)
    watches: dict[str, str] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    seen: dict[str, JobView] = field(default_factory=dict, repr=False)

    @property
    def leads(self) -> bool:
        """It is the lecturer's."""
        return self.key is not None

    def look(self, *, now: bool = False) -> Room:
        """The room, at most a second old, or as it is `now`. Raises NoSuchRoom and Unreachable."""
        return watch().look(self.code, None if self.leads else self.visitor, now=now)

    def alone(self, run: str) -> None:
        """This tab has a run of its own under this name now: it stays with it, and goes anywhere."""
        self.follows = False
        self.watches.pop(run, None)

    def kept(self, run: str, view: JobView) -> JobView:
        """How the lecturer's run stands, or stood last if it is gone."""
        if view.state == "lost" and view.recording is None and run in self.seen:
            return replace(self.seen[run], state="lost", message=LEFT, busy=False)
        self.seen[run] = view
        return view


def seat() -> Seat | None:
    """This tab's, None in no room."""
    return st.session_state.get(SEAT)


@st.cache_resource(show_spinner=False)
def watch() -> Watch:
    """This process's look at all rooms. Raises Unreachable."""
    from wgan_demo.classroom.rooms import Rooms, connect
    from wgan_demo.classroom.watch import Watch

    return Watch(Rooms(connect(lambda **given: st.connection("rooms", type="sql", **given).engine, _url())))


@st.cache_resource(show_spinner=False)
def _tries() -> Tries:

    return Tries()


@st.cache_resource(show_spinner=False)
def _opened() -> Tries:
    """How many rooms may still be opened: 30 at once, and one more a minute."""
    return Tries(30, 60.0)


def _url() -> str:
    if url := Environment.read().rooms:
        return url
    folder = Path.home() / ".cache" / "wgan-demo"
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'rooms.db'}"


def come() -> None:
    """What the address says of a room: one comes in, or stays."""
    now, text = seat(), link.text(LINK)
    if text is not None and (now is None or text != now.code):
        enter(text)
        now = seat()
    if now is not None:
        link.put(LINK, now.code)
    elif text is not None:
        link.put(LINK, None)
    if told := st.session_state.pop(TOLD, None):
        st.toast(told, icon=":material/meeting_room:", duration="long")


def enter(text: str) -> bool:
    """Into the room of this code; False if that does not succeed, and a sentence will say why."""
    try:
        code = read_code(text)
        if not _tries().any():
            raise ValueError("Too many wrong codes were typed here. Try again in a minute.")
        watch().rooms.expire()
        watch().look(code, now=True)
    except ValueError as error:
        st.session_state[TOLD] = str(error)
    except NoSuchRoom:
        _tries().used()
        st.session_state[TOLD] = f"There is no room {code}: it was closed, or a letter is another one."
    except Unreachable:
        st.session_state[TOLD] = GONE
    else:
        st.session_state[SEAT] = Seat(code)
        return True
    return False


def open_room() -> None:
    """A new room, of which this tab is the lecturer's."""
    try:
        if not _opened().any():
            raise ValueError("Many rooms have just been opened here. Try again in a minute.")
        code, key = watch().rooms.open("class")
        _opened().used()
        st.session_state[SEAT] = Seat(code, key=key)
    except ValueError as error:
        st.session_state[TOLD] = str(error)
    except (Unreachable, OSError):
        st.session_state[TOLD] = GONE


def leave(told: str = "") -> None:
    """Out of the room; what is `told` is said on the next run."""
    st.session_state.pop(SEAT, None)
    link.put(LINK, None)
    if told:
        st.session_state[TOLD] = told


def remembered(code: str, visitor: str, key: str | None) -> None:
    """What this browser knows from before: the same visitor, who may be the lecturer."""
    now = seat()
    if now is None or code != now.code or not VISITOR.fullmatch(visitor):
        return
    lecturer = bool(key) and watch().rooms.is_lecturer(code, key)
    watch().forget(code, now.visitor)
    now.visitor = visitor
    now.known = True
    if lecturer:
        now.key = key


def send(now: Seat) -> bool:
    """Bring to the room what was guessed; False if it cannot be reached.

    The page and a look may both do so: one after the other, and what is guessed meanwhile stays in the outbox.
    """
    with now.sends:
        while now.outbox:
            key, (question, guess) = now.outbox.popitem()
            try:
                watch().rooms.answer(now.code, question, now.visitor, guess)
            except Unreachable:
                now.outbox.setdefault(key, (question, guess))
                return False
            except (NoSuchRoom, ValueError):
                continue
            now.sent[key] = guess
    return True
