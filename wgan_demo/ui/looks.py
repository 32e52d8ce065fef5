"""Looks at what goes on, a run or a room, by plain HTTP: one takes a small part of what Streamlit takes for a part of a
page.

A page offers a look under an address that nobody can guess, and its browser asks there again and again
(static/news.js). What it brings is read as the page itself would read it: in its session.
"""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakValueDictionary

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from wgan_demo.ui.runs import tab

ADDRESS = re.compile(r"/app/news/([\w-]{20,})$")  # below whatever path the app is served
DRAW, GONE, FAILED = 205, 404, 500  # what is answered where the page has to be drawn anew, or there is no such look
UNKEPT = {"Cache-Control": "no-store"}


class Look:
    """What a page offers: `news` as a message of components/news.py, or None where the page has to be drawn anew."""

    def __init__(self, news: Callable[[], bytes | None]):
        self.news, self.context = news, get_script_run_ctx()

    def __call__(self) -> bytes | None:
        """What is new, read in another thread than the page's."""
        tab.LOOKS.set(True)
        add_script_run_ctx(ctx=self.context)
        return self.news()


_offered: WeakValueDictionary[str, Look] = WeakValueDictionary()  # as long as their tabs have them
_lookers = ThreadPoolExecutor(8, "looks")  # some, as one may wait for a worker or a database


def offer(key: str, news: Callable[[], bytes | None]) -> str:
    """Its name in the address, from now on, in place of what this tab has offered under `key` before."""
    name, look = secrets.token_urlsafe(), Look(news)
    _offered[name] = tab.offers()[key] = look
    return name


class Looks:
    """ASGI middleware that answers them; everything else goes on to `app`."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a look with what is new, or with the status that says why not."""
        asked = ADDRESS.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if asked is None:
            await self.app(scope, receive, send)
            return
        look, news, status = _offered.get(asked[1]), None, GONE
        if look is not None:
            try:
                news = await asyncio.get_running_loop().run_in_executor(_lookers, look)
                status = DRAW if news is None else 200
            except Exception:  # the next look may do better
                logging.getLogger(__name__).exception("A look has failed")
                status = FAILED
        await Response(news, status, UNKEPT, "application/octet-stream")(scope, receive, send)
