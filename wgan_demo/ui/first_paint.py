"""What is seen of a page before Streamlit's own scripts have come: its title, its lead and an empty stage, as HTML.

Streamlit serves the same empty HTML for every page and fills it a second or two later, piece by piece. Here the frame
of the page is written into that HTML; it covers the page until all of it has been drawn, and goes away at once.
"""

import re
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from string import Template

import streamlit as st
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from wgan_demo.ui.components.assets import STATIC
from wgan_demo.ui.course import PAGES, Opening

INDEX = Path(find_spec("streamlit").origin).parent / "static" / "index.html"
FRAME = STATIC / "first_paint.html"


class FirstPaint:
    """ASGI middleware that answers for the pages of the course; everything else goes on to `app`."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a page, under whatever path the app is served."""
        path = _inside(scope.get("path", "").removeprefix(scope.get("root_path", "")))
        if scope["type"] == "http" and scope["method"] == "GET" and path in PAGES:
            answer = HTMLResponse(html(path), headers={"Cache-Control": "no-cache"})
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _inside(path: str) -> str | None:
    """What is asked for below the server's own path (`--server.baseUrlPath`), behind a proxy; None for what is not."""
    base, path = st.get_option("server.baseUrlPath").strip("/"), path.removeprefix("/")
    if not base:
        return path
    return path.removeprefix(f"{base}/") if path.startswith(f"{base}/") else None


@cache
def html(page: str) -> str:
    """Streamlit's HTML with the frame of this page, "" for Home, in it."""
    opening = PAGES[page]
    frame = Template(FRAME.read_text()).substitute(question=escape(opening.question), lead=_inline(opening))
    index = INDEX.read_text().replace("<title>Streamlit</title>", f"<title>{escape(opening.tab)}</title>")
    index = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", index)  # of a face that no page uses
    return index.replace("<body>", f"<body>{frame}", 1)


def _inline(opening: Opening) -> str:
    """The lead as HTML: the Markdown of leads is text with bold words, coloured words, and words of the glossary."""
    text = re.sub(r":[a-z]+\[([^][]*)\]", r"\1", opening.lead)
    text = re.sub(r"\[([^][]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
