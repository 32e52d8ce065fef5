"""Training: a WGAN-GP learns in the browser session, with every number that matters on the screen."""

import streamlit as st

from wgan_demo.ui import lesson, link
from wgan_demo.ui.runs import compare, film, slow_motion, whole_run
from wgan_demo.ui.runs.buttons import buttons
from wgan_demo.ui.runs.files import files_panel
from wgan_demo.ui.runs.guess import Guess
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.training import own_points
from wgan_demo.ui.training.data import OWN_DATA
from wgan_demo.ui.training.settings import Drawers, settings
from wgan_demo.ui.training.teaches import say_what_it_shows, shown_recording

RUN = TabRun("tr")
lesson.title("training")
WATCH, SLOWLY = "The whole run", "One iteration in slow motion"
pool()  # its worker starts in the background while the recording plays
view, own = RUN.shown, RUN.view
row = {"horizontal": True, "vertical_alignment": "center"}
with st.container(key=RUN.key("controls"), **row):
    bar = st.container(key="run_bar", width="content", **row)
    chosen = st.container(horizontal=True, width="content")
    look = st.segmented_control(
        "Look at", [WATCH, SLOWLY], default=WATCH, required=True, key=RUN.key("look"), label_visibility="collapsed",
        **link.BOUND,
    )  # fmt: skip
data = st.container()
second = compare.chosen(RUN) if look == WATCH else None
widths = [5, 2] if second else [5, 6]  # two pictures, or one
left, beside = st.columns(widths, gap="medium") if look == WATCH else (st.container(), st.container())
below = st.container() if second else beside
with left:
    picture = st.container()
    begin = st.container(key=RUN.key("compare"), **row)
    forks = begin.container(width="content", **row)
with beside:
    question, charts = st.container(), st.container()
with below:
    lines, details = st.container(), st.container()
if look == SLOWLY:  # the picture first
    with lines:
        chosen, data = st.container(horizontal=True), st.container()
spec = settings(RUN, Drawers(chosen, data, details))
begun = view is not None and film.has_begun(view)
untrained = RUN.get("data") in OWN_DATA and not begun and look == WATCH  # nothing to look at yet but the data
stand_in = shown_recording(spec and spec.config)
guess = Guess(RUN, 0 if spec is None or spec.data else stand_in.total_modes)
on = film.on_stage(RUN, stand_in)
if look == WATCH:
    with question:
        guess.ask(on.recording)
with lines:
    say_what_it_shows(RUN, spec, guess.revealed)
buttons(RUN, bar, spec, view)
asked = whole_run.Asked(spec, stand_in, guess)
if look == SLOWLY:
    slow_motion.show(RUN, spec, picture, own)
elif untrained:
    with picture:
        if spec:
            own_points.show(RUN, view, spec)
else:
    places = whole_run.Places(picture, forks, charts)
    with begin:  # first: what is shown may run the page again, and what was chosen by a button would be forgotten
        compare.choose(RUN, spec)
    if second:
        compare.show(RUN, view, asked, second, places)
    else:
        whole_run.show(RUN, view, asked, places)
    RUN.example.end()
    if guess.revealed:
        lesson.take_away(
            "The generator moves each point along the critic's slope, so what holds that slope decides: a penalty "
            "pulls it towards 1 between data and samples, tight clipping kills it, and with no hold at all it runs "
            "away. Only the exact EMD says how far there is to go."
        )
shown = RUN if RUN.shown_id or look == WATCH else RUN.example
on = film.on_stage(shown, stand_in)
if on.own or (look == WATCH and not untrained):
    files_panel(RUN, on.recording, shown.shown_id if on.own else None)
