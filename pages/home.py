"""Home: what this is, a still of each lesson, and the way to the first. Needs neither torch nor plotly.js."""

import streamlit as st

from wgan_demo.ui import course
from wgan_demo.ui.components.assets import static_url

course.enter()
st.title("Wasserstein GANs, by hand and live", anchor=False)
st.markdown(
    "What is a Wasserstein GAN, and why does it learn where others stop? Four lessons, in order. Every number is "
    "exact or measured, every setting is in the address bar, and every formula stands beside the code that ran."
)
if st.button("Start with the boxes", type="primary", icon=":material/arrow_forward:"):
    st.switch_page(course.COURSE[0].path)

theme = "dark" if st.context.theme.type == "dark" else "light"
for column, lesson in zip(st.columns(len(course.COURSE)), course.COURSE, strict=True):
    with column, st.container(border=True, height="stretch"):
        st.image(f"/{static_url(f'stills/{lesson.page}-{theme}.png')}", alt=lesson.alt, width="stretch")
        st.page_link(lesson.path, icon=":material/arrow_forward:")
        st.markdown(f"**{lesson.question}**  \n{lesson.teaser}")
