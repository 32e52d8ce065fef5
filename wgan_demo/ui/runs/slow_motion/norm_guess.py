"""A guess before the first norm of an iteration."""

import streamlit as st

from wgan_demo.gan.slow_motion.captions.latex import score_name
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui.runs.tab import TabRun


def norm_guessed(run: TabRun, trace: StepTrace, piece: str, sample: int) -> bool:
    """Ask for a guess before the first norm of an iteration is shown; True once it may be."""
    if piece != "norm":
        return True
    asked = st.container()
    made = run.get("norm_guess")
    moment = (run.job_id or run.example.job_id, trace.iteration, trace.critic_step)
    if made is not None and made[:3] == moment:
        *_, i, above = made
        right = above == bool(trace.norms[i] > 1)
        asked.markdown(
            f"Your guess for sample {i + 1}, {'above' if above else 'below'} 1: "
            f"**{'right' if right else 'not this time'}** ({trace.norms[i]:.3f})."
        )
        return True
    with asked.container(border=True):
        st.markdown(
            score_name(
                "**Your guess first.** Along the arrow of sample {}, does f rise by more or by less "
                "than 1 per unit of x? Is its norm above or below 1?",
                trace.config,
            ).format(sample + 1)
        )
        with st.container(horizontal=True):
            for word, above in (("Above 1", True), ("Below 1", False)):
                st.button(word, on_click=run.put, args=("norm_guess", (*moment, sample, above)))
    return False
