"""Home: sand that walks from P to Q, and the path of the lessons. Needs neither torch nor plotly.js."""

import streamlit as st

from wgan_demo.ui import course, lesson
from wgan_demo.ui.components.walk import Pile, walk
from wgan_demo.ui.path import path

# Q lies to both sides of P: else every plan costs the same, because no grain would pass another head on.
P = Pile("the sand", ((0, 2.2, 1),))
Q = Pile("where it goes", ((-2.9, 1.2, 0.3), (2.9, 1.8, 0.7)), at=0.5)

lesson.title()
walk(P, Q, range=(-7.5, 7.5), key="walk")
if st.button("Start with the boxes", type="primary", icon=":material/arrow_forward:"):
    st.switch_page(course.COURSE[0].path)
path()
