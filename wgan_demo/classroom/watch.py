"""What a process knows of its rooms: asked for once a second, however many visitors look."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from uuid import uuid4

from wgan_demo.classroom.errors import NoSuchRoom, Unreachable
from wgan_demo.classroom.rooms import Room, Rooms

FRESH = 1.0  # seconds for which what was read is good enough
TELL = 5.0  # seconds after which the other processes are told again how many visitors are here
RUNS = "runs"  # under this name the lecturer's process tells the others which runs it has
AWAY = 10.0  # seconds after which a visitor who has not looked is away: a tab that is hidden looks less often


@dataclass
class _Seen:
    lock: Lock = field(default_factory=Lock)
    at: float = -1e9
    found: Room | Exception | None = None
    told: float = -1e9
    visitors: dict[str, float] = field(default_factory=dict)


class Watch:
    """One for each process. `clock` gives seconds."""

    def __init__(self, rooms: Rooms, clock: Callable[[], float] = time.monotonic):
        self.rooms, self.clock = rooms, clock
        self.name = uuid4().hex
        self._seen: dict[str, _Seen] = {}
        self._runs: dict[str, dict[str, str]] = {}
        self._lock = Lock()

    def look(self, code: str, visitor: str | None = None, *, now: bool = False) -> Room:
        """The room, at most a second old, or as it is `now`; a `visitor` who looks is in the room.

        While one asks the database, all others get what is known: a hundred who waited would hold up each other.
        Raises NoSuchRoom, and Unreachable: the database is asked once a second then, too.
        """
        with self._lock:
            seen = self._seen.setdefault(code, _Seen())
        time = self.clock()
        if visitor:
            seen.visitors[visitor] = time
        old = now or time - seen.at >= FRESH
        if old and seen.lock.acquire(blocking=now or seen.found is None):
            try:
                if now or time - seen.at >= FRESH:  # nobody has asked meanwhile
                    seen.found = self._read(code, seen, time)
                    seen.at = self.clock()
            finally:
                seen.lock.release()
        if isinstance(seen.found, NoSuchRoom):
            with self._lock:
                self._seen.pop(code, None)
                self._runs.pop(code, None)
        if isinstance(seen.found, Exception):
            raise seen.found
        return seen.found

    def forget(self, code: str, visitor: str) -> None:
        """This visitor is another one, who is in the room under another name."""
        with self._lock:
            seen = self._seen.get(code)
        if seen:
            with seen.lock:
                seen.visitors.pop(visitor, None)
                seen.told = seen.at = -1e9

    def share(self, code: str, key: str, before: dict[str, str], now: dict[str, str]) -> None:
        """One of the lecturer's tabs has these runs `now`: ids of jobs by the names of runs; `before` it had those.

        The ids stay in the memory of this process; the others learn which runs it has. Raises NotTheLecturer,
        NoSuchRoom and Unreachable.
        """
        runs = self.runs(code)
        runs = {name: job for name, job in runs.items() if before.get(name) != job} | now
        self.rooms.share(code, key, RUNS, json.dumps({"process": self.name, "runs": sorted(runs)}))
        self._runs[code] = runs

    def runs(self, code: str) -> dict[str, str]:
        """The lecturer's runs that this process has: ids of jobs by the names of runs."""
        return self._runs.get(code, {})

    def elsewhere(self, found: Room) -> set[str]:
        """Names of the lecturer's runs that another process has."""
        told = json.loads(found.shared.get(RUNS, ("{}", 0.0))[0])
        return set() if told.get("process") == self.name else set(told.get("runs", ()))

    def _read(self, code: str, seen: _Seen, time: float) -> Room | Exception:
        try:
            if time - seen.told >= TELL:
                for name, at in list(seen.visitors.items()):
                    if time - at >= AWAY:
                        seen.visitors.pop(name, None)
                self.rooms.there(code, self.name, len(seen.visitors))
                seen.told = time
            return self.rooms.look(code)
        except (NoSuchRoom, Unreachable) as error:
            return error
