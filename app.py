"""The server of the course: `streamlit run app.py`. It runs course.py for every visitor."""

import sys

import streamlit as st
from starlette.middleware import Middleware

from wgan_demo.environment import Environment
from wgan_demo.ui.first_paint import FirstPaint

try:
    Environment.read()
except ValueError as error:
    sys.exit(str(error))

app = st.App("course.py", middleware=[Middleware(FirstPaint)])
