"""A run as a whole: the stage with its film, the charts beside it, the numbers of the moment, and the code that ran."""

import streamlit as st

from wgan_demo.engine.jobs import JobView
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.config import settings_at
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.runs.events import ANSWER, NEAR
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces import line, plane
from wgan_demo.gan.wording import critic_formula, critic_numbers, held_by, slope_note
from wgan_demo.plots.stage import Run
from wgan_demo.plots.training import loss_figure, norm_course_figure, norms_figure
from wgan_demo.ui import lesson
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.runs import live_run, time_machine
from wgan_demo.ui.runs import status as training_status
from wgan_demo.ui.runs.buttons import known_data
from wgan_demo.ui.training import guess as training_guess

REAL_QUALITY = {"line": line.REAL_QUALITY, "plane": plane.REAL_QUALITY}  # within 3 deviations of a round Gaussian


def show(
    job_id: str | None,
    begun: JobView | None,
    shipped: Recording,
    spec: RunSpec | None,
    revealed: bool,
    picture,
    charts,
) -> None:
    """The stage in the container `picture`, the charts in `charts` and the numbers below both: of the tab's own run
    once it has a first frame, of the `shipped` one before that.

    They look again twice a second while there is more to come, and a step of the film runs them alone. `begun` is the
    run as the page's buttons know it: when that is no longer so, the whole page runs again. Unless `revealed`, the
    shipped run keeps back the course of its EMD and when that reached its floor.
    """
    every = 0.5 if begun and begun.busy else None

    @st.fragment(run_every=every, key="tr_live")
    def live() -> None:
        now = live_run.pool().view(job_id) if job_id else None
        recording, own, moves = time_machine.shown(job_id, shipped)
        with picture:
            training_status.status(now, recording, own, spec and spec.config)
            film = time_machine.name_of(recording, job_id if own else None)
            told = own or revealed
            at = time_machine.show(
                Run(recording, untold=() if told else ANSWER),
                film=film,
                key="tr_stage",
                link="tr",
                live=moves,
                play=not own,
                height=540,
            )
            moment = recording.until(at)
            with st.container(key="tr_potential"):  # also when empty: what comes below keeps its place
                if recording.space.kind == "line":
                    st.caption(on_the_potential(moment))
            time_machine.fork_here(recording, at, own=own, live=moves, data=known_data(recording))
        with charts:
            norms = moment.frames[-1]["norms"]
            histogram, course = st.columns(2, gap="small")
            with histogram:
                figure(
                    norms_figure(norms, moment.frames[-1].step, OBJECTIVES[recording.config.loss].score),
                    key="tr_norms",
                    height=250,
                    alt=f"Gradient norms at {len(norms)} interpolates: mean {norms.mean():.2f}, and the line at 1.",
                )
            with course:
                figure(
                    norm_course_figure(recording, at),
                    key="tr_norm_course",
                    height=250,
                    alt="Mean and standard deviation of the gradient norm over the iterations, and the line at 1.",
                )
            figure(
                loss_figure(recording, at, told),
                key="tr_loss",
                height=420,
                alt="Critic's loss, score gap and, "
                + ("" if told else "after your guess, ")
                + "exact earth mover's distance by iteration, with the noise floor.",
            )
        numbers(moment, own, at)
        if own:  # the recording does not give the answer away
            st.markdown(reading(recording))
        code(moment)
        if begun and (now.state, now.busy) != (begun.state, begun.busy):
            st.rerun()  # the buttons and the timer belong to the whole page

    live()


def on_the_potential(recording: Recording) -> str:
    """What the grey curve beside the critic's is, and how the two can be compared."""
    config = settings_at(recording.config, recording.changes, recording.steps)
    objective = OBJECTIVES[config.loss]
    ideal, critic = (
        (
            held_by(config).ideal,
            "f counts up to a constant: it is moved, not stretched, so that both have mean 0 over the points in the "
            "picture.",
        )
        if objective.up_to_constant
        else (
            "what a perfect Wasserstein critic would be",
            f"The {objective.judge} learns something else than W₁: its {objective.score} has a scale of its own.",
        )
    )
    return (
        f"Grey: the exact potential of W₁ between the real and the generated points, {ideal}. {critic} "
        "Near the noise floor the two samples differ by little more than chance, and that is what the potential shows."
    )


def code(recording: Recording) -> None:
    """The critic's and the generator's step as they run, with the numbers of the newest one."""
    config = settings_at(recording.config, recording.changes, recording.steps)
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    filled = ""
    if len(recording.records):
        filled = critic_numbers(config, *map(recording.value, ("critic_loss", "score_gap", "gradient_penalty")))
    steps = [
        (critic_formula(config), filled, "wgan_demo.gan.trainer:critic_step"),
        (rf"D = \sigma({objective.score})" if r"\ln D" in objective.critic else "", "", objective.code[0]),
        (r"\hat x = u\,x + (1 - u)\,G(z),\quad u \sim U[0, 1]", "", "wgan_demo.gan.lipschitz:interpolate"),
        (rf"\|\nabla {objective.score}(\hat x)\|_2", "", "wgan_demo.gan.lipschitz:gradient_norms"),
    ]
    if constraint.code:
        steps.append(("" if constraint.weighs else constraint.formula, "", constraint.code))
    steps.append((f"L_G = {objective.generator}", "", "wgan_demo.gan.trainer:generator_step"))
    steps.append(("", "", objective.code[1]))
    if config.by_hand:
        derived = r"\text{the same critic step, its gradients derived by hand: this one ran}"
        steps.append((derived, "", "wgan_demo.gan.fast:_critic_update"))
    lesson.code_that_ran(*steps)


def numbers(recording: Recording, own: bool, at: int | None) -> None:
    """The evaluation at the moment that is shown, each number with its unit and with what it can be compared."""
    step = recording.course("emd")[0][-1]
    emd, gap, modes, quality = map(recording.value, ("emd", "sample_gap", "modes", "high_quality"))
    floor, spread = recording.floor
    config = settings_at(recording.config, recording.changes, recording.steps)
    objective, mean = OBJECTIVES[config.loss], recording.frames[-1]["norms"].mean()
    norm = _short(mean, 2)
    near = CONSTRAINTS[config.regularizer].weighs and 0.8 < mean < 1.2
    held = "is not quite 1-Lipschitz" if near else f"has slope {norm}"
    of = "of your run" if own else "end of the recording" if at is None else "of the recording"
    cells = [
        ("Iteration", f"{step:,.0f}", of),
        (f"Exact EMD, {recording.unit}", f"{emd:.3f}", f"floor {floor:.3f} ± {spread:.3f}"),
        (
            f"Score gap, {objective.unit}", _short(gap, 3),
            f"no distance: f {held}" if objective.up_to_constant else "no distance: mean of real minus fake",
        ),
        (f"Mean ‖∇{objective.score}(x̂)‖", norm, slope_note(config)),
    ]  # fmt: skip
    if recording.total_modes:
        cells.append(
            (
                "Modes covered",
                f"{modes:.0f} of {recording.total_modes}",
                f"{quality:.0%} within 3σ, real {REAL_QUALITY[recording.space.kind]:.1%}",
            )
        )
    with st.container(horizontal=True, key="tr_numbers"):
        for label, value, note in cells:
            st.metric(label, value, note, delta_color="off", delta_arrow="off")


def _short(value: float, digits: int) -> str:
    """So many digits after the point; a power of ten where they would all be 0, or far too many before it."""
    return f"{value:.{digits}f}" if value == 0 or 0.1**digits <= abs(value) < 1e5 else f"{value:.1e}"


def reading(recording: Recording) -> str:
    """What the numbers say, in one sentence, and how the guess compares."""
    step, emd = recording.course("emd")
    near = step[emd <= NEAR * recording.floor[0]]
    if step[0]:  # it goes on from a checkpoint: what happened before is not known here
        word = "has been" if len(near) else "has not been"
        return (
            f"Since it was taken up at iteration {step[0]:,.0f} the EMD went from {emd[0]:.2f} to {emd[-1]:.2f} "
            f"{recording.unit}; it {word} within {NEAR} times its floor in this time."
        )
    sentence = f"The EMD went from {emd[0]:.2f} to {emd[-1]:.2f} {recording.unit}"
    if len(near):
        sentence = f"{sentence}; it first came within {NEAR} times its floor at iteration {near[0]:.0f}."
    else:
        sentence = f"{sentence}; it has not come within {NEAR} times its floor."
    return f"{sentence} {training_guess.verdict(near[0] if len(near) else None, step[-1])}"
