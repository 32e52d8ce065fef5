"""A tab without a browser: speaks to the app as Streamlit's own page does, draws nothing and times every answer."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

WHOLE = ""  # the id of the whole script among those of its fragments
KEEP = 2  # runs that a message is kept for without being used: Streamlit's maxCachedMessageAge
ROOM = "-room_news"  # ends the name of what asks for what is new of a room; the others do of a run
LENGTH = re.compile(rb"(?i)content-length: *([0-9]+)")
PATIENCE = 60.0  # seconds until an answer counts as lost


class Answer(NamedTuple):
    """A request that was answered: its kind, when it was sent, what it took.

    "open", "press" and "slide" are a visitor's own; "follow" goes where the lecture is; a "tick" asks for what is new
    of a run and a "look" for that of a room, by plain HTTP; a "beat" runs a part of the page again, and has its answer
    when the whole page is drawn if it calls for that.
    """

    kind: str
    sent: float
    seconds: float


class Widget(NamedTuple):
    id: str
    fragment: str


class Kept(NamedTuple):
    """A message that the server need not send again, and the run in which it was used last."""

    fragment: str
    run: int


@dataclass
class Tab:
    """One page of the app, held as long as `listen` runs.

    `answers` are all requests that came back, `errors` what went wrong (exceptions on the page, a connection that
    broke, an answer that did not come), `intervals` the seconds between two questions of everything that has a timer,
    `received` the bytes that came.
    A request that comes before the one before it was answered shares its answer, as in the server, and its time is
    that of the earlier one.
    """

    path: str
    query: str = ""
    answers: list[Answer] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    intervals: dict[str, float] = field(default_factory=dict)
    received: int = 0
    _waiting: dict[str, tuple[str, float]] = field(default_factory=dict)
    _widgets: dict[str, Widget] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _kept: dict[str, Kept] = field(default_factory=dict)
    _runs: int = 0
    _timers: dict[str, asyncio.Task] = field(default_factory=dict)
    _page: str = ""  # the page by the server's name for it, once it said so
    _began: float = 0.0  # when the run that answers now began
    _running: bool = False  # one does
    _came: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: ClientConnection | None = None
    _host: str = ""  # and port
    _led: int = 0  # where the lecture was when this tab went there
    _follows: asyncio.Task | None = None

    async def listen(self, url: str) -> None:
        """Open the page of the app at `url` (http://...) and do what a browser does, until it is cancelled."""
        self._host = url.removeprefix("http://")
        address = f"ws://{self._host}/_stcore/stream"
        try:
            async with connect(address, subprotocols=["streamlit"], compression=None, max_size=None) as self._socket:
                await self._ask("open")
                async for message in self._socket:
                    self.received += len(message)
                    self._take(ForwardMsg.FromString(message))
        except (ConnectionClosed, OSError) as error:
            self.errors.append(f"connection: {error}")
        finally:
            self._stop_timers()

    async def go(self, path: str, query: str) -> None:
        """To another page, in the same visit; returns when it is drawn."""
        self.path, self.query, self._page = path, query, ""
        self._stop_timers()
        await self._ask("open")
        await self._answered(WHOLE)

    async def press(self, label: str) -> None:
        """Press the button of this label; returns when the page is drawn again."""
        widget = await self._widget(label)
        await self._ask("press", widget.fragment, trigger=WidgetState(id=widget.id, trigger_value=True))
        await self._answered(widget.fragment)

    async def slide(self, label: str, value: float) -> None:
        """Move the slider whose label begins so; returns when what depends on it is drawn again."""
        widget = await self._widget(label)
        self._states[widget.id] = WidgetState(id=widget.id)
        self._states[widget.id].double_array_value.data.append(value)
        await self._ask("slide", widget.fragment)
        await self._answered(widget.fragment)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until the condition holds, which is looked at after every message; TimeoutError if it never does."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._came.clear()
                await self._came.wait()

    @property
    def unanswered(self) -> list[tuple[str, float]]:
        """Kind and time of what has been asked for and has not come."""
        return list(self._waiting.values())

    async def _widget(self, label: str) -> Widget:
        """The widget whose label begins so, once the page is drawn: only then the server has all its values."""

        def found() -> Widget | None:
            names = self._widgets if WHOLE not in self._waiting else ()
            return next((self._widgets[name] for name in names if name.startswith(label)), None)

        await self.until(found)
        return found()

    async def _answered(self, fragment: str) -> None:
        try:
            await self.until(lambda: fragment not in self._waiting)
        except TimeoutError:
            self.errors.append(f"no answer within {PATIENCE:.0f} s")

    async def _ask(self, kind: str, fragment: str = WHOLE, trigger: WidgetState | None = None) -> None:
        """Ask for a run of the script or of one fragment, with the state of everything that was touched."""
        message = BackMsg()
        client = message.rerun_script
        client.query_string, client.fragment_id = self.query, fragment
        client.page_name, client.page_script_hash = "" if self._page else self.path, self._page
        client.is_auto_rerun = kind == "beat"
        client.cached_message_hashes.extend(self._kept)
        client.context_info.timezone, client.context_info.locale = "UTC", "en"
        client.widget_states.widgets.extend([*self._states.values(), *([trigger] if trigger else [])])
        self._waiting.setdefault(fragment, (kind, time.perf_counter()))
        await self._socket.send(message.SerializeToString())

    def _take(self, message: ForwardMsg) -> None:
        """What a message changes."""
        if message.metadata.cacheable:
            self._kept[message.hash] = Kept(message.delta.fragment_id, self._runs)
        match message.WhichOneof("type"):
            case "new_session":
                self._began, self._running = time.perf_counter(), True
                if not message.metadata.run.fragment_ids:
                    self._stop_timers()
                    self._page = message.new_session.page_script_hash
            case "navigation":
                self._page = message.navigation.page_script_hash
            case "ref_hash" if message.ref_hash not in self._kept:
                self.errors.append("a message that was not kept")
            case "ref_hash":
                self._kept[message.ref_hash] = self._kept[message.ref_hash]._replace(run=self._runs)
            case "delta":
                self._see(message.delta)
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "auto_rerun":
                self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            case "stop_auto_rerun":
                for fragment in message.stop_auto_rerun.fragment_ids:
                    self._stop_timer(fragment)
            case "script_finished":
                self._running = False
                self._finish(message)
            case "session_event":
                self.errors.append(message.session_event.WhichOneof("type"))
        self._came.set()

    def _see(self, delta) -> None:
        element = delta.new_element
        match element.WhichOneof("type"):
            case "button" | "slider" as kind:
                widget = getattr(element, kind)
                self._widgets[widget.label] = Widget(widget.id, delta.fragment_id)
            case "bidi_component" if element.bidi_component.component_name.endswith(".beat"):  # a timer of our own
                self._start_timer(delta.fragment_id, json.loads(element.bidi_component.json)["seconds"])
            case "bidi_component" if element.bidi_component.component_name.endswith(".room"):
                self._lead(json.loads(element.bidi_component.json)["go"])
            case "bidi_component" if element.bidi_component.component_name.endswith(".news"):
                self._watch(element.bidi_component.id, delta.fragment_id, **json.loads(element.bidi_component.json))
            case "exception":
                self.errors.append(f"{element.exception.type}: {element.exception.message}")

    def _lead(self, go: dict | None) -> None:
        """Go where the lecture is, as static/room.js does."""
        if go and go["version"] != self._led:
            self._led = go["version"]
            if go["page"] != self.path:
                self._page = ""
            self.path, self.query = go["page"], go["query"]
            self._follows = asyncio.create_task(self._ask("follow"))

    def _finish(self, message: ForwardMsg) -> None:
        """A run of the whole script answers all that was asked for before it began, one of fragments only those."""
        now, fragments = time.perf_counter(), message.metadata.run.fragment_ids
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN and not fragments:
            return  # the one after it answers
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.errors.append("the script does not compile")
        for fragment, (kind, sent) in list(self._waiting.items()):
            if kind in ("tick", "look"):
                continue
            if fragment in fragments or (not fragments and (fragment == WHOLE or sent < self._began)):
                self.answers.append(Answer(kind, sent, now - sent))
                del self._waiting[fragment]
        if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._forget(fragments)

    def _forget(self, fragments: Sequence[str]) -> None:
        """Drop what the runs of its fragment, or of the whole script, have not used for a while."""
        self._runs += 1
        old = [
            key
            for key, kept in self._kept.items()
            if self._runs - kept.run > KEEP and (not fragments or kept.fragment in fragments)
        ]
        for key in old:
            del self._kept[key]

    def _start_timer(self, fragment: str, interval: float) -> None:
        if self.intervals.get(fragment) == interval:
            return
        self._stop_timer(fragment)
        self.intervals[fragment] = interval
        self._timers[fragment] = asyncio.create_task(self._beat(fragment, interval))

    async def _beat(self, fragment: str, interval: float) -> None:
        due = time.perf_counter()
        while True:
            due = max(due + interval, time.perf_counter())  # a clock that was late does not catch up
            await asyncio.sleep(due - time.perf_counter())
            while self._running:  # static/beat.js tries again
                await asyncio.sleep(0.6)
            await self._ask("beat", fragment)

    def _watch(self, name: str, fragment: str, look: str, every: float) -> None:
        """Ask for what is new as static/news.js does."""
        self._stop_timer(name)
        self.intervals[name] = every
        self._timers[name] = asyncio.create_task(self._tick(name, fragment, look))

    async def _tick(self, name: str, fragment: str, look: str) -> None:
        kind = "look" if name.endswith(ROOM) else "tick"
        reader, writer = await asyncio.open_connection(*self._host.split(":"))
        try:
            begun = time.perf_counter()
            while True:
                await asyncio.sleep(begun + self.intervals[name] - time.perf_counter())
                while self._running:
                    await asyncio.sleep(0.2)
                begun = time.perf_counter()
                self._waiting[name] = kind, begun
                writer.write(f"GET /app/news/{look} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(int(LENGTH.search(head)[1]))
                self.received += len(head) + len(body)
                self.answers.append(Answer(kind, begun, time.perf_counter() - begun))
                del self._waiting[name]
                self._came.set()
                match int(head.split()[1]):
                    case 200:
                        self.intervals[name] = _header(body)["every"]
                    case 205 | 404:  # what it stands in is drawn anew, with another look
                        await self._ask("draw", fragment)
                        return
                    case status:
                        self.errors.append(f"a look was answered with {status}")
        except (OSError, asyncio.IncompleteReadError) as error:
            self.errors.append(f"look: {error}")
        finally:
            self._waiting.pop(name, None)
            writer.close()

    def _stop_timer(self, fragment: str) -> None:
        if timer := self._timers.pop(fragment, None):
            timer.cancel()
        self.intervals.pop(fragment, None)

    def _stop_timers(self) -> None:
        for fragment in list(self._timers):
            self._stop_timer(fragment)


def _header(message: bytes) -> dict:
    """The values in a message of plots/message.py."""
    return json.loads(message[4 : 4 + int.from_bytes(message[:4], "little")])
