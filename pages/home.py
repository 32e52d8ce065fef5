"""Home: what this is, a still of each lesson, and the way to the first. Needs neither torch nor plotly.js."""

import streamlit as st

from wgan_demo.ui import course
from wgan_demo.ui.components.assets import static_url

LESSONS = [
    (
        "moving_boxes",
        "What is the cheapest way to move the boxes?",
        "Drag boxes into slots and meet the earth mover’s distance by hand.",
        "A row of numbered boxes, a row of dotted slots, and the table that says how much goes where.",
    ),
    (
        "distances",
        "How far apart are P and Q?",
        "Slide two distributions apart: W₁ keeps counting, JS goes flat, KL runs away.",
        "Two densities, their distribution functions with the area between, and distances against the shift.",
    ),
    (
        "duality",
        "How high can a critic lift P above Q?",
        "Be the critic: bend f as high as its slope allows, and meet W₁ from below.",
        "A curve with knots to drag above the bars of P and Q, and a bar that fills up to W₁.",
    ),
    (
        "training",
        "How does a critic teach a generator?",
        "Train a WGAN-GP here and now, with gradient norms and the exact EMD beside it.",
        "Generated points on the hills of the critic’s value surface, beside curves of losses and norms.",
    ),
]

course.enter()
st.title("Wasserstein GANs, by hand and live", anchor=False)
st.markdown(
    "What is a Wasserstein GAN, and why does it learn where others stop? Four lessons, in order. Every number is "
    "exact or measured, every setting is in the address bar, and every formula stands beside the code that ran."
)
if st.button("Start with the boxes", type="primary", icon=":material/arrow_forward:"):
    st.switch_page("pages/moving_boxes.py")

theme = "dark" if st.context.theme.type == "dark" else "light"
for column, (page, question, text, alt) in zip(st.columns(len(LESSONS)), LESSONS, strict=True):
    with column, st.container(border=True, height="stretch"):
        st.image(f"/{static_url(f'stills/{page}-{theme}.png')}", alt=alt, width="stretch")
        st.page_link(f"pages/{page}.py", icon=":material/arrow_forward:")
        st.markdown(f"**{question}**  \n{text}")
