"""The server of the course: `streamlit run app.py`. It runs course.py for every visitor."""

import streamlit as st
from starlette.middleware import Middleware

from wgan_demo.ui.first_paint import FirstPaint

app = st.App("course.py", middleware=[Middleware(FirstPaint)])
