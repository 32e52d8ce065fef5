"""The server of the course: `streamlit run app.py`. It runs course.py for every visitor."""

import asyncio
import logging
import sys
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from wgan_demo import environment, logs
from wgan_demo.environment import Environment
from wgan_demo.ui import mends
from wgan_demo.ui.first_paint import FirstPaint
from wgan_demo.ui.headers import Headers
from wgan_demo.ui.looks import Looks
from wgan_demo.ui.runs import tab

LOG = logging.getLogger("wgan_demo.app")

try:
    told = Environment.read()
except ValueError as error:
    sys.exit(str(error))
logs.configure(told.log)
mends.mend()
for name in environment.unknown():
    LOG.warning("%s is no variable of this app; README lists them", name)


@asynccontextmanager
async def lifespan(app):
    """Between the start and the end of the server, which SIGTERM and SIGINT ask for."""
    yield
    await asyncio.to_thread(tab.drain)


def failed(error: Exception) -> None:
    """A page has raised what it should not: in the log, and counted on the status page."""
    LOG.error("A page failed", exc_info=error)


app = st.App(
    "course.py",
    middleware=[Middleware(Looks), Middleware(Headers), Middleware(FirstPaint)],
    lifespan=lifespan,
    on_script_error=failed,
)
