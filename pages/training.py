"""Training: a WGAN-GP learns in the browser session, with every number that matters on the screen."""

import streamlit as st

from wgan_demo.ui import lesson
from wgan_demo.ui.runs import compare, live_run, slow_motion, time_machine, whole_run
from wgan_demo.ui.runs.buttons import buttons
from wgan_demo.ui.runs.files import files_panel
from wgan_demo.ui.training import guess as training_guess
from wgan_demo.ui.training.settings import settings
from wgan_demo.ui.training.teaches import shown_recording

lesson.question(
    "How does a critic teach a generator?",
    "Blue points are data. Orange points come from a generator that never sees them: it only asks the critic which way "
    "is uphill. Make your guess, **press Start**, and watch the points climb.",
)
WATCH, SLOWLY = "The whole run", "One iteration in slow motion"
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    training_guess.guess()
    look = st.segmented_control(
        "Look at", [WATCH, SLOWLY], default=WATCH, required=True, key="tr_look", bind="query-params"
    )
job_id = live_run.current("tr")
pool = live_run.pool()  # its worker starts in the background while the recording plays
view = pool.view(job_id) if job_id else None
revealed = training_guess.revealed(view)
row = st.container(horizontal=True, vertical_alignment="bottom", key="tr_controls")
picture, beside_it = st.columns([5, 6], gap="medium") if look == WATCH else (st.container(), st.container())
spec = settings(row, beside_it, revealed)
shipped = shown_recording(spec and spec.config)
buttons(row, spec, view)
if look == SLOWLY:
    job_id = slow_motion.show(job_id, spec)
else:
    whole_run.show(job_id, view, shipped, spec, revealed, picture, beside_it)
    live_run.end(slow_motion.BEGUN)
    compare.show(job_id, shipped, spec, revealed)
    lesson.take_away(
        "The generator moves each point along the critic's slope, so what holds that slope decides: a penalty pulls it "
        "towards 1 between data and samples, tight clipping kills it, and with no hold at all it runs away. Only the "
        "exact EMD says how far there is to go."
    )
recording, own, _ = time_machine.shown(job_id, shipped)
if own or look == WATCH:
    files_panel(recording, job_id if own else None)
