"""Looks at runs that move: what their address answers, to whom, and as long as the tab is open that offers them."""

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from streamlit.testing.v1 import AppTest

from wgan_demo.ui import looks
from wgan_demo.ui.runs import tab


@pytest.fixture
def offers(monkeypatch):
    kept = {}
    monkeypatch.setattr(tab, "offers", lambda: kept)
    return kept


def get(path, method="GET"):
    """Status, headers and body of what is answered."""
    sent = []

    async def ask():
        scope = {"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}

        async def send(message):
            sent.append(message)

        await looks.Looks(PlainTextResponse("a page"))(scope, None, send)

    asyncio.run(ask())
    start, *rest = sent
    return start["status"], dict(start["headers"]), b"".join(part.get("body", b"") for part in rest)


@pytest.mark.parametrize("below", ["", "/a/path"])
def test_a_look_brings_what_is_new_and_nobody_keeps_it(offers, below):
    status, headers, body = get(f"{below}/app/news/{looks.offer('run', lambda: b'news')}")
    assert (status, body) == (200, b"news")
    assert headers[b"cache-control"] == b"no-store"


def test_where_there_is_more_to_tell_the_page_is_to_be_drawn_anew(offers):
    assert get(f"/app/news/{looks.offer('run', lambda: None)}")[::2] == (looks.DRAW, b"")


def test_an_address_cannot_be_guessed_and_ends_with_the_next_offer_or_with_the_tab(offers):
    first, second = looks.offer("run", lambda: b"1"), looks.offer("run", lambda: b"2")
    assert len(first) >= 43  # 256 bits
    assert len({*first, *second}) > 20
    assert get(f"/app/news/{first}")[0] == looks.GONE
    assert get(f"/app/news/{second}")[0] == 200
    offers.clear()
    assert get(f"/app/news/{second}")[::2] == (looks.GONE, b"")
    assert get(f"/app/news/{'x' * 43}")[0] == looks.GONE


def test_a_look_that_fails_says_so_in_the_log_and_to_nobody_else(offers, caplog):
    def fails():
        raise RuntimeError("a secret")

    status, _, body = get(f"/app/news/{looks.offer('run', fails)}")
    assert (status, body) == (looks.FAILED, b"")
    assert "a secret" in caplog.text


@pytest.mark.parametrize(
    ("path", "method"), [("/training", "GET"), ("/app/news/", "GET"), ("/app/static/news.js", "GET"), ("LOOK", "POST")]
)
def test_everything_else_goes_on_to_the_app(offers, path, method):
    path = path.replace("LOOK", f"/app/news/{looks.offer('run', lambda: b'news')}")
    assert get(path, method)[2] == b"a page"


def test_a_look_at_a_tab_that_is_just_being_closed_takes_nothing_back(monkeypatch):
    def page():
        import streamlit as st

        from wgan_demo.ui import looks
        from wgan_demo.ui.runs.tab import JOBS, TabRun

        st.session_state[JOBS] = {"x": "a job"}
        st.session_state.look = looks.offer("run", lambda: TabRun("x").job_id.encode())

    name = AppTest.from_function(page).run().session_state.look
    monkeypatch.setattr(tab, "_tab", lambda: pytest.fail("the session is over"))
    assert get(f"/app/news/{name}")[::2] == (200, b"a job")


def test_a_look_reads_the_session_of_its_page():
    """Two visitors who look in turn, each with what they have chosen themselves."""

    def page():
        import streamlit as st

        from wgan_demo.ui import looks

        chosen = st.session_state.chosen
        st.session_state.look = looks.offer(chosen, lambda: st.session_state.chosen.encode())

    visitors = []
    for chosen in ("one", "other"):
        at = AppTest.from_function(page)
        at.session_state.chosen = chosen
        visitors.append(at.run())
    named = [f"/app/news/{at.session_state.look}" for at in visitors]
    assert [get(name)[2] for name in named * 2] == [b"one", b"other"] * 2
