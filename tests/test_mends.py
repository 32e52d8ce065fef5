"""Streamlit's own session, with the event loop held up: what a run has drawn is sent, whatever was asked for since. And
the state of a component, which is shown as it is.
"""

import asyncio
from unittest.mock import MagicMock

import pytest
from streamlit.components.v2.bidi_component import main as components
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest

from wgan_demo.ui import mends

PAGE = """
import streamlit as st

@st.fragment
def part(name):
    count = st.session_state[name] = st.session_state.get(name, 0) + 1
    st.text(f"{name} {count}")

st.text("the page")
part("one")
part("two")
"""


@pytest.fixture
def unmended(monkeypatch):
    """Streamlit as it is; what a test does to it is undone."""
    monkeypatch.setattr(AppSession, "_create_scriptrunner", AppSession._create_scriptrunner)
    monkeypatch.setattr(components, "make_bidi_component_presenter", components.make_bidi_component_presenter)


@pytest.fixture
def mended(unmended):
    mends.mend()


class Visit:
    """A session whose event loop hears nothing of a run before the run has ended."""

    def __init__(self, page):
        self.session = AppSession(ScriptData(str(page), False), MemoryUploadedFileManager("/"), ScriptCache(), None, {})

    def run(self, fragment: str = "") -> None:
        self.session.request_rerun(ClientState(fragment_id=fragment))

    def end(self) -> None:
        """Wait in the loop's own thread."""
        self.session._scriptrunner._script_thread.join()

    @property
    def fragments(self) -> list[str]:
        return list(self.session._fragment_storage._fragments)

    async def drawn(self, *awaited: str) -> set[str]:
        """The texts that the browser is sent until it has been sent these."""
        sent = set()
        for _ in range(1000):
            await asyncio.sleep(0.01)
            sent |= {message.delta.new_element.text.body for message in self.session.flush_browser_queue()}
            if sent.issuperset(awaited):
                return sent - {""}
        raise TimeoutError(f"sent was {sent}")


@pytest.fixture
def visit(tmp_path, monkeypatch):
    """visit(wanted) runs wanted(a Visit) in a loop of its own, without a server."""
    monkeypatch.setattr("streamlit.runtime.get_instance", MagicMock())
    page = tmp_path / "page.py"
    page.write_text(PAGE)

    async def met(wanted):
        one = Visit(page)
        try:
            return await wanted(one)
        finally:
            one.session.shutdown()

    return lambda wanted: asyncio.run(met(wanted))


async def asked_as_the_page_had_ended(visit: Visit, *asked: str, awaited: tuple[str, ...]) -> set[str]:
    """Ask for parts by their names, "" for the whole page; returns what has been sent when these texts have."""
    visit.run()
    visit.end()
    parts = dict(zip(("one", "two"), visit.fragments, strict=True)) | {"": ""}
    for name in asked:
        visit.run(parts[name])
    return await visit.drawn(*awaited)


def test_streamlit_alone_drops_what_was_on_its_way(visit, unmended):
    """When this fails, _lose_no_answer is not needed any more."""
    assert visit(lambda one: asked_as_the_page_had_ended(one, "one", awaited=("one 2",))) == {"one 2"}


@pytest.mark.parametrize(
    ("asked", "awaited"),
    [
        (["one"], ("one 2", "two 1")),
        (["one", "two", "one"], ("one 3", "two 2")),
        (["one", ""], ("one 3", "two 2")),  # the whole page waits for nothing, and then comes the part
    ],
)
def test_the_page_is_drawn_and_all_that_was_asked_for_since(visit, mended, asked, awaited):
    assert "the page" in visit(lambda one: asked_as_the_page_had_ended(one, *asked, awaited=awaited))


def test_nobody_runs_for_a_visitor_who_has_left(visit, mended):
    async def wanted(visit):
        visit.run()
        visit.end()
        visit.run(visit.fragments[0])
        visit.session.shutdown()
        while visit.session._scriptrunner is not None:
            await asyncio.sleep(0)
        await asyncio.sleep(2 * mends.SOON)
        return visit.session._session_state["one"]

    assert visit(wanted) == 1


def shown() -> None:
    import streamlit as st

    piece = st.components.v2.component("mended", html="<div></div>")
    found = piece(key="piece", default={"at": 3}, on_at_change=lambda: None)
    st.text(f"{type(st.session_state['piece']).__name__} {st.session_state['piece']['at']} {found.at}")


def kinds() -> list[str]:
    at = AppTest.from_function(shown).run()
    return [at.text[0].value, at.run().text[0].value]


def test_streamlit_alone_makes_a_class_to_show_the_state_of_a_component(unmended):
    """When this fails, the mend is not needed any more."""
    assert kinds() == 2 * ["_WriteThrough 3 3"]


def test_the_state_of_a_component_is_shown_as_it_is(mended):
    assert kinds() == 2 * ["AttributeDictionary 3 3"]
