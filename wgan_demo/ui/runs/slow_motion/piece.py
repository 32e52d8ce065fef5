"""One piece of an iteration in words: its caption, its numbers, and the code that took the step."""

import streamlit as st

from wgan_demo.gan.slow_motion.captions import caption
from wgan_demo.gan.slow_motion.captions.latex import stacked
from wgan_demo.gan.slow_motion.captions.table import table
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots.slow_motion.weights import weights_figure
from wgan_demo.ui import lesson
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.runs.tab import TabRun


def words(run: TabRun, trace: StepTrace, names: tuple[str, ...], piece: str, sample: int) -> None:
    """The caption, its formula, the same with numbers, and the table."""
    about = caption(trace, piece, sample)
    st.subheader(f"{names.index(piece) + 1}. {about.title}", anchor=False)
    lesson.say(about.text)
    st.latex(about.formula)
    st.latex(stacked(*about.numbers))
    if piece == "clip":
        figure(
            weights_figure(trace),
            key=run.key("weights"),
            height=240,
            alt=f"The critic’s weights before and after clipping at {trace.config.clip:g}.",
        )
    if rows := table(trace, piece, sample):
        st.markdown(rows)


def code(trace: StepTrace) -> None:
    """The functions that took this very step, with its numbers."""
    loss = caption(trace, "loss")
    move = caption(trace, "push")
    steps = [(loss.formula, loss.numbers[-1], "wgan_demo.gan.trainer:critic_step")]
    if trace.penalties is not None:
        between, norm = (caption(trace, name) for name in ("interpolate", "norm"))
        steps += [
            (between.formula, stacked(*between.numbers), "wgan_demo.gan.lipschitz:interpolate"),
            (norm.formula, norm.numbers[0], "wgan_demo.gan.lipschitz:squared_norms"),
        ]
    lesson.code_that_ran(*steps, (move.formula, "", "wgan_demo.gan.trainer:generator_step"))
