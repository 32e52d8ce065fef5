"""Which step is taken apart: the trace that is kept, and the buttons that go on to another one."""

import time

import streamlit as st

from wgan_demo.engine.jobs import MAX_STEPS, JobView
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui.runs.tab import TabRun, pool

KEPT = "trace"  # (job id, StepTrace) of a tab's run: it stays until another is asked for, even if the run goes on
WANTED = "critic_wanted"  # the step of the critic that was chosen; the first one otherwise
ASKED = "asked"  # (name of the picture in the browser, how often the next iteration was asked for there)
TAKEN = "taken"  # how the iteration before went, in words
PATIENCE = 10.0  # seconds that one iteration may take


def kept_trace(run: TabRun, job_id: str) -> StepTrace | None:
    """The one that is kept for this job, else a new one; None if it does not answer."""
    kept = run.get(KEPT)
    if kept is None or kept[0] != job_id:
        take(run, job_id)
    kept = run.get(KEPT)
    return kept[1] if kept else None


def take(run: TabRun, job_id: str) -> None:
    """Take apart the next iteration of the job as it stands now."""
    trace = pool().take_apart(job_id, run.get(WANTED, 1))
    run.put(KEPT, (job_id, trace) if trace else None)
    run.put(TAKEN, "")


def can_go_on(trace: StepTrace, view: JobView) -> bool:
    """The run stands just before the iteration that is taken apart, and may take it."""
    return trace.iteration > view.recording.steps and not view.busy and trace.iteration <= MAX_STEPS


def go_on(run: TabRun, job_id: str, by: str, count: int) -> None:
    """Take iterations until as many are taken as were asked for in the picture `by`, however fast it was asked."""
    name, taken = run.get(ASKED, (by, 0))
    run.put(ASKED, (by, count))
    for _ in range(count - (taken if name == by else 0)):
        _next(run, job_id)


def which_step(run: TabRun, trace: StepTrace, view: JobView) -> None:
    """Which iteration this is, the choice of the critic's step, and the button that goes to the newest one."""
    job_id = run.job_id or run.example.job_id
    newest = trace.iteration > view.recording.steps  # by more than 1 if it trains: what is polled comes late
    n = trace.config.n_critic
    with st.container(horizontal=True, vertical_alignment="center", key=run.key("which")):
        st.button(
            "Newest", icon=":material/update:", type="secondary" if newest else "primary", key=run.key("newest"),
            on_click=take, args=(run, job_id), help="Takes apart the next iteration of the run as it stands now.",
        )  # fmt: skip
        line = f"**Iteration {trace.iteration:,}**, which the run has not taken yet: "
        if view.busy:
            line = f"**Iteration {trace.iteration:,}** of a run that trains: "
        elif not newest:
            line = (
                f"The run has come to iteration {view.recording.steps:,}. This is **iteration {trace.iteration:,}**: "
            )
        critic = OBJECTIVES[trace.config.loss].judge
        if n > 1:
            run.put("critic_step", trace.critic_step)
            st.number_input(
                f"Step of the {critic}, 1 to {n}", 1, n, key=run.key("critic_step"), width=170,
                on_change=_choose_step, args=(run, job_id),
                help="One iteration holds so many. Another one is of the run’s next iteration, as it stands now.",
            )  # fmt: skip
            line += f"step {trace.critic_step} of {n} of the {critic}, and the generator’s step, which follows all {n}."
        else:
            line += f"the {critic}’s step, then the generator’s."
        st.markdown(f"{line} {run.get(TAKEN, '')}", width="stretch")


def _choose_step(run: TabRun, job_id: str) -> None:
    """Take apart the step of the critic that was chosen."""
    run.put(WANTED, run.get("critic_step"))
    take(run, job_id)


def _next(run: TabRun, job_id: str) -> None:
    """Take the iteration, say whether it went as it was taken apart, and take apart the next."""
    until = time.monotonic() + PATIENCE
    if not (kept := run.get(KEPT)):
        return  # the first of two quick clicks found that the run is gone
    _, trace = kept  # of the second click: the next one
    if not can_go_on(trace, pool().view(job_id)):
        return
    run.put("target", None)  # no change of speed may set the run going
    pool().step(job_id)
    while (view := pool().view(job_id)).busy and time.monotonic() < until:
        time.sleep(0.02)
    take(run, job_id)
    if view.recording is not None and view.recording.steps == trace.iteration:
        last = trace.critic_step == trace.config.n_critic  # the one whose loss a record holds
        losses = ({"critic_loss": trace.loss} if last else {}) | {"generator_loss": trace.generator_loss}
        taken = " and ".join(f"{view.recording.value(name):#.4g}" for name in losses)
        apart = " and ".join(f"{loss:#.4g}" for loss in losses.values())
        what = "its losses in the run’s own record are" if last else "the generator’s loss in the run’s own record is"
        words = (
            f"Iteration {trace.iteration:,} is taken: {what} {taken}; taken apart "
            f"{'they were' if last else 'it was'} {apart}."
        )
        run.put(TAKEN, words.replace("-", "−"))
