"""What every answer of the server says to browsers: how long a file may be kept, and what a page may load."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOR_EVER = "public, immutable, max-age=31536000"  # of a file whose address changes with it (components/assets.py)
# Nothing from elsewhere, so a room without the internet and a curious network see the same. Streamlit draws with inline
# styles, loads components' code from blobs and evaluates Vega's; a frame of another site (a Space) may hold the page.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)


class Headers:
    """ASGI middleware that adds them to what `app` answers."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if (
                    "/app/static/" in scope["path"]
                    and scope["query_string"].startswith(b"v=")
                    and message["status"] == 200
                ):
                    headers["Cache-Control"] = FOR_EVER
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Content-Security-Policy"] = POLICY
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)
