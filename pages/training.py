"""Training: a WGAN-GP learns in the browser session, with every number that matters on the screen."""

from functools import partial

import streamlit as st

from wgan_demo.ui import lesson, link
from wgan_demo.ui.runs import compare, film, slow_motion, whole_run
from wgan_demo.ui.runs.buttons import buttons
from wgan_demo.ui.runs.files import files_panel
from wgan_demo.ui.runs.tab import TabRun, pool
from wgan_demo.ui.training import guess
from wgan_demo.ui.training.settings import settings
from wgan_demo.ui.training.teaches import shown_recording

RUN = TabRun("tr")
lesson.title("training")
WATCH, SLOWLY = "The whole run", "One iteration in slow motion"
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    guess.guess(RUN)
    look = st.segmented_control(
        "Look at", [WATCH, SLOWLY], default=WATCH, required=True, key=RUN.key("look"), **link.BOUND
    )
pool()  # its worker starts in the background while the recording plays
view = RUN.view
guessed = guess.revealed(RUN)
row = st.container(horizontal=True, vertical_alignment="bottom", key=RUN.key("controls"))
places = whole_run.Places(*(st.columns([5, 6], gap="medium") if look == WATCH else (st.container(), st.container())))
spec = settings(RUN, row, places.charts, guessed)
stand_in = shown_recording(spec and spec.config)
buttons(RUN, row, spec, view)
asked = whole_run.Asked(spec, stand_in, guessed, partial(guess.verdict, RUN))
if look == SLOWLY:
    slow_motion.show(RUN, spec)
else:
    whole_run.show(RUN, view, asked, places)
    RUN.example.end()
    compare.show(RUN, asked)
    lesson.take_away(
        "The generator moves each point along the critic's slope, so what holds that slope decides: a penalty pulls it "
        "towards 1 between data and samples, tight clipping kills it, and with no hold at all it runs away. Only the "
        "exact EMD says how far there is to go."
    )
shown = RUN if RUN.job_id or look == WATCH else RUN.example
on = film.on_stage(shown, stand_in)
if on.own or look == WATCH:
    files_panel(RUN, on.recording, shown.job_id if on.own else None)
