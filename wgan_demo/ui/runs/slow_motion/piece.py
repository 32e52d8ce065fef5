"""One piece of an iteration on the screen: its picture, its words and numbers, and the code that took the step."""

import streamlit as st

from wgan_demo.gan.slow_motion.captions import caption
from wgan_demo.gan.slow_motion.captions.latex import score_name, stacked
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.captions.table import table
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots.slow_motion.step import FIELDS, step_figure
from wgan_demo.plots.slow_motion.weights import weights_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.runs.tab import TabRun


def picture(run: TabRun, trace: StepTrace, piece: str, sample: int, reveal: bool) -> None:
    """The chart of this piece; where the weights move, a choice of f before, after, or its change."""
    field = "change"
    drawn = st.container()
    if piece == "update":
        field = st.segmented_control(
            score_name(f"f on the {WORDS[trace.space.kind].region}", trace.config),
            FIELDS,
            default=field,
            required=True,
            key=run.key("surface"),
            **link.BOUND,
        )
    title, where = caption(trace, piece, sample).title, WORDS[trace.space.kind].where
    with drawn:
        figure(
            step_figure(trace, piece, sample, field=field, reveal=reveal),
            key=run.key("step"),
            height=480,
            alt=f"{title}: the first {trace.show} samples of iteration {trace.iteration:,} {where}, "
            f"sample {sample + 1} marked." + (f" Shown of f: {field}." if piece == "update" else ""),
        )


def words(run: TabRun, trace: StepTrace, names: tuple[str, ...], piece: str, sample: int) -> None:
    """The caption, its formula, the same with numbers, and the table."""
    about = caption(trace, piece, sample)
    st.subheader(f"{names.index(piece) + 1}. {about.title}", anchor=False)
    st.markdown(about.text)
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
            (between.formula, between.numbers[0] + between.numbers[1], "wgan_demo.gan.lipschitz:interpolate"),
            (norm.formula, norm.numbers[0], "wgan_demo.gan.lipschitz:squared_norms"),
        ]
    lesson.code_that_ran(*steps, (move.formula, "", "wgan_demo.gan.trainer:generator_step"))
