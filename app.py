"""The server of the course: `streamlit run app.py`. It runs course.py for every visitor."""

import asyncio
import sys
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from wgan_demo.environment import Environment
from wgan_demo.ui.first_paint import FirstPaint
from wgan_demo.ui.headers import Headers
from wgan_demo.ui.runs import tab

try:
    Environment.read()
except ValueError as error:
    sys.exit(str(error))


@asynccontextmanager
async def lifespan(app):
    """Between the start and the end of the server, which SIGTERM and SIGINT ask for."""
    yield
    await asyncio.to_thread(tab.drain)


app = st.App("course.py", middleware=[Middleware(Headers), Middleware(FirstPaint)], lifespan=lifespan)
