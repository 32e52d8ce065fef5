"""The course: page settings and the order of the lessons. Nothing heavy is imported here."""

import os

import streamlit as st

os.environ.setdefault("POT_BACKEND_DISABLE_PYTORCH", "1")  # POT would load torch into the app's process

st.set_page_config(page_title="Wasserstein GANs, live", page_icon="🌍", layout="wide")

st.navigation(
    [
        st.Page("pages/home.py", title="Home", icon=":material/home:", default=True),
        st.Page("pages/moving_boxes.py", title="Moving boxes", icon=":material/inventory_2:"),
        st.Page("pages/distances.py", title="Distances", icon=":material/straighten:"),
        st.Page("pages/training.py", title="Training", icon=":material/model_training:"),
    ],
    position="top",
).run()
