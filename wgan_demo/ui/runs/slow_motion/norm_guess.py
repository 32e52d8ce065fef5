"""A guess before the first norm of an iteration."""

import streamlit as st

from wgan_demo.gan.slow_motion.captions.latex import score_name
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui import lesson
from wgan_demo.ui.runs.tab import TabRun

ABOVE, BELOW = "Above 1", "Below 1"
PROMPT = "**Your guess first.** {}, does f rise by more or by less than 1 per {}? Is its norm above or below 1?"
SAMPLE = "norm_sample"  # the one that was asked about


def norm_guessed(run: TabRun, trace: StepTrace, piece: str, sample: int) -> bool:
    """Ask for a guess before the first norm of an iteration is shown; True once it may be."""
    if piece != "norm":
        return True
    key = run.key(f"norm {run.job_id or run.example.job_id} {trace.iteration} {trace.critic_step}")
    if lesson.guessed(key) is None:
        run.put(SAMPLE, sample)
    words = WORDS[trace.space.kind]
    prompt = score_name(PROMPT.format(words.along.format(sample + 1), words.unit), trace.config)
    with st.container():
        made = lesson.ask(lesson.Once(key, prompt, (ABOVE, BELOW), private=True))
        if made is None:
            return False
        norm = trace.norms[run.get(SAMPLE)]
        if made == lesson.SHOW:
            return True
        word = "right" if (made == ABOVE) == bool(norm > 1) else "not this time"
        st.markdown(f"Your guess for sample {run.get(SAMPLE) + 1}, {made.lower()}: **{word}** ({norm:.3f}).")
    return True
