"""One iteration in slow motion: a stepper through its pieces, each bright as it is named."""

import time
from zlib import crc32

import numpy as np
import streamlit as st

from wgan_demo.engine.jobs import MAX_STEPS, JobView
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion import captions
from wgan_demo.gan.slow_motion.captions import BETWEEN, GENERATOR, caption
from wgan_demo.gan.slow_motion.captions.latex import score_name, stacked
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.plots.slow_motion.step import FIELDS, step_figure
from wgan_demo.plots.slow_motion.weights import weights_figure
from wgan_demo.ui import lesson
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.runs import live_run
from wgan_demo.ui.runs import status as training_status

KEPT = "tr_trace"  # (job id, StepTrace) in the session: it stays until another is asked for, even if the run goes on
BEGUN = "tr_slow"  # the lesson of the run that is begun here where the tab has none of its own
WARM = 25  # iterations that it has learnt when it is taken apart
PATIENCE = 10.0  # seconds that one iteration may take
ROWS = 6  # of the table
WANTED = "tr_critic_wanted"  # the step of the critic that was chosen; None, or nothing, for the last one


def show(job_id: str | None, config: TrainConfig | None, beside: dict) -> str | None:
    """Draw the lesson in slow motion in place of the live view, of the tab's own run `job_id`.

    A tab that has none gets one for this picture alone: it has learnt WARM iterations with the page's settings,
    `config` and what travels `beside` it, and stands still. Without settings that make sense there is no picture.
    Returns the run that is shown, None if there is none.
    """
    own = job_id is not None
    if own:
        live_run.end(BEGUN)
    elif config is not None:
        job_id = _begun(config, beside)
    view = live_run.pool().view(job_id) if job_id else None
    recording = view.recording if view else None
    ready = recording is not None and (own or not view.busy)
    piece = _stepper(names := captions.pieces(recording.config if recording else config or TrainConfig()))
    if view is None:
        return None
    trace = _trace(job_id) if ready else None
    if trace is None:
        if view.busy and not ready:
            _wait(job_id, own)
        else:
            _refuse(view, own)
    elif not trace.finite:
        st.error(
            f"In iteration {trace.iteration:,} the networks no longer give finite numbers: the run has blown up. "
            f"{'**Reset** begins anew; a' if own else 'A'} smaller learning rate helps."
        )
    else:
        _whose(view, job_id, trace, config, own)
        _take_apart(trace, view, job_id, piece, names)
    return job_id


def _take_apart(trace: StepTrace, view: JobView, job_id: str, piece: str, names: tuple[str, ...]) -> None:
    """The picture of a piece and what is said of it."""
    _which_step(trace, view, job_id)
    left, right = st.columns(2, gap="medium")
    with right:
        sample = _sample(trace, piece, names)
        reveal = _reveal(trace, piece, sample, job_id)
        if reveal:
            _say(trace, names, piece, sample)
    with left:
        _picture(trace, piece, sample, reveal)
    _code(trace)
    lesson.take_away(
        "The critic measures its own slope between data and samples, pays for what is off, and moves its weights; then "
        "the generator moves its points up that slope. One iteration is no more than this."
        if trace.penalties is not None
        else "The critic scores data and samples and moves its weights; then the generator moves its points up the "
        "slope of these scores. One iteration is no more than this."
    )


def _begun(config: TrainConfig, beside: dict) -> str:
    """The run of this picture, begun anew when the settings are others."""
    wanted = config, crc32(beside["points"].tobytes()) if beside else 0
    job_id = live_run.current(BEGUN)
    if job_id is None or st.session_state.get("tr_slow_of") != wanted:
        job_id = live_run.begin(BEGUN, config, **beside)
        live_run.pool().start(job_id, WARM)
        st.session_state.tr_slow_of = wanted
    return job_id


def _stepper(names: tuple[str, ...]) -> str:
    """Back, Next and all pieces by name; returns the one that is chosen. It is in the link."""
    if st.session_state.get("tr_piece", names[0]) not in names:  # the objective has changed
        st.session_state.tr_piece = names[0]
    with st.container(horizontal=True, vertical_alignment="bottom", key="tr_stepper"):
        back, forth = st.empty(), st.empty()
        piece = st.pills(
            "Pieces of one iteration",
            names,
            default=names[0],
            required=True,
            key="tr_piece",
            bind="query-params",
            wrap=True,
        )
        at = names.index(piece)
        back.button(
            "Back", icon=":material/arrow_back:", shortcut="Left", on_click=_go, args=(names, at - 1), disabled=at == 0
        )
        forth.button(
            "Next", icon=":material/arrow_forward:", shortcut="Right", on_click=_go, args=(names, at + 1),
            disabled=at == len(names) - 1,
        )  # fmt: skip
    return piece


def _go(names: tuple[str, ...], at: int) -> None:
    st.session_state.tr_piece = names[at]


def _trace(job_id: str) -> StepTrace | None:
    """The one that is kept for this run, else a new one; None if the run does not answer."""
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != job_id:
        _take(job_id)
    kept = st.session_state.get(KEPT)
    return kept[1] if kept else None


def _take(job_id: str) -> None:
    """Take apart the next iteration of the run as it stands now."""
    trace = live_run.pool().take_apart(job_id, st.session_state.get(WANTED))
    st.session_state[KEPT] = (job_id, trace) if trace else None
    st.session_state.tr_taken = ""


@st.fragment(run_every=0.5, key="tr_slow_wait")
def _wait(job_id: str, own: bool) -> None:
    """Looks again until the run can be taken apart, or never will be."""
    view = live_run.pool().view(job_id)
    if not view.busy or (own and view.recording is not None):
        st.rerun()
    queue = f" Others train now; its place in the queue: {view.rank}." if view.rank else ""
    st.info(f"{'Your' if own else 'A'} run begins in a few seconds.{queue}", icon=":material/hourglass:")


def _refuse(view: JobView, own: bool) -> None:
    """Why there is nothing to take apart, and what to do."""
    way_out = "**Reset** begins anew." if own else "Change the settings above." if view.state == "failed" else ""
    st.warning(f"This run cannot be taken apart. {view.message} {way_out}")
    if not own and view.state != "failed":
        st.button("Begin another", icon=":material/restart_alt:", on_click=live_run.end, args=(BEGUN,))


def _whose(view: JobView, job_id: str, trace: StepTrace, config: TrainConfig | None, own: bool) -> None:
    """Whose run this is and how it stands; it looks again while the tab's own run trains."""

    @st.fragment(run_every=1.0 if view.busy else None, key="tr_slow_until")
    def until_it_stands() -> None:
        now = live_run.pool().view(job_id)
        training_status.status(now, now.recording, True, config)
        if view.busy:
            if not now.busy:
                st.rerun()  # the buttons of the page change
            st.caption(f"It trains on: iteration {max(now.recording.steps, trace.iteration - 1):,}.")

    if own:
        until_it_stands()
    else:
        st.caption(
            f"This run was begun for the picture: it learnt its first {WARM} iterations with the settings above, and "
            "goes on when you say so. **Start** trains a run of your own, which is then taken apart in its place."
        )


def _which_step(trace: StepTrace, view: JobView, job_id: str) -> None:
    """Which iteration this is, and the buttons that go on to the next one."""
    newest = trace.iteration > view.recording.steps  # by more than 1 if it trains: what is polled comes late
    n = trace.config.n_critic
    with st.container(horizontal=True, vertical_alignment="center", key="tr_which"):
        st.button(
            "Next iteration", icon=":material/skip_next:", type="primary" if newest else "secondary", on_click=_next,
            args=(job_id,), disabled=not newest or view.busy or trace.iteration > MAX_STEPS,
            help="Really takes this iteration and takes apart the one after it. Pause a run that trains first.",
        )  # fmt: skip
        st.button(
            "Newest", icon=":material/update:", type="secondary" if newest else "primary", on_click=_take,
            args=(job_id,), help="Takes apart the next iteration of the run as it stands now.",
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
            state = st.session_state
            state.tr_critic_step = trace.critic_step
            st.number_input(
                f"Step of the {critic}, 1 to {n}", 1, n, key="tr_critic_step", width=170,
                on_change=_choose_step, args=(job_id, n),
                help="One iteration holds so many. Another one is of the run’s next iteration, as it stands now.",
            )  # fmt: skip
            line += f"step {trace.critic_step} of {n} of the {critic}, and the generator’s after all {n}."
        else:
            line += f"the {critic}’s step, then the generator’s."
        st.markdown(f"{line} {st.session_state.get('tr_taken', '')}", width="stretch")


def _choose_step(job_id: str, n: int) -> None:
    """Take apart the step of the critic that was chosen; the last one stays the last if there will be more or fewer."""
    step = st.session_state.tr_critic_step
    st.session_state[WANTED] = None if step == n else step
    _take(job_id)


def _next(job_id: str) -> None:
    """Take the iteration, say whether it went as it was taken apart, and take apart the next."""
    pool, until = live_run.pool(), time.monotonic() + PATIENCE
    if not (kept := st.session_state.get(KEPT)):
        return  # the first of two quick clicks found that the run is gone
    _, trace = kept  # of the second click: the next one
    st.session_state.tr_target = None  # no change of speed may set the run going
    pool.step(job_id)
    while (view := pool.view(job_id)).busy and time.monotonic() < until:
        time.sleep(0.02)
    _take(job_id)
    if view.recording is not None and view.recording.steps == trace.iteration:
        record = view.recording.records[-1]
        last = trace.critic_step == trace.config.n_critic  # the one whose loss a record holds
        recorded, ours = record[1:3][not last :], (trace.loss, trace.generator_loss)[not last :]
        told = [" and ".join(f"{loss:#.4g}" for loss in losses) for losses in (recorded, ours)]
        what = "its losses in the run’s own record are" if last else "the generator’s loss in the run’s own record is"
        st.session_state.tr_taken = (
            f"Iteration {trace.iteration:,} is taken: {what} {told[0]}; taken apart "
            f"{'they were' if last else 'it was'} {told[1]}."
        ).replace("-", "−")
    if st.session_state.get("tr_piece") == GENERATOR[-1]:  # the story begins again
        st.session_state.tr_piece = "real"


def _sample(trace: StepTrace, piece: str, names: tuple[str, ...]) -> int:
    """Where we are, and the sample whose numbers are put into the formulas, from 0."""
    if st.session_state.get("tr_sample", 1) > trace.show:
        st.session_state.tr_sample = trace.show
    who = "generator" if piece in GENERATOR else OBJECTIVES[trace.config.loss].judge
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"Piece {names.index(piece) + 1} of {len(names)}, the **{who}’s** step", width="content")
        sample = st.number_input(
            "Sample i", 1, trace.show, 1, key="tr_sample", bind="query-params", width=130,
            help="The one that is drawn larger, and whose numbers stand in the formulas",
        )  # fmt: skip
    return sample - 1


def _reveal(trace: StepTrace, piece: str, sample: int, job_id: str) -> bool:
    """Ask for a guess before the first norm of an iteration is shown; True once it may be."""
    if piece != "norm":
        return True
    asked = st.container()
    made = st.session_state.get("tr_norm_guess")
    moment = (job_id, trace.iteration, trace.critic_step)
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
                st.button(word, on_click=_guess, args=(*moment, sample, above))
    return False


def _guess(*made) -> None:
    st.session_state.tr_norm_guess = made


def _say(trace: StepTrace, names: tuple[str, ...], piece: str, sample: int) -> None:
    """The caption, its formula, the same with numbers, and the table."""
    said = caption(trace, piece, sample)
    st.subheader(f"{names.index(piece) + 1}. {said.title}", anchor=False)
    st.markdown(said.text)
    st.latex(said.formula)
    st.latex(stacked(*said.numbers))
    if piece == "clip":
        figure(
            weights_figure(trace),
            key="tr_weights",
            height=240,
            alt=f"The critic’s weights before and after clipping at {trace.config.clip:g}.",
        )
    if table := _table(trace, piece, sample):
        st.markdown(table)


def _table(trace: StepTrace, piece: str, sample: int) -> str:
    """The first samples and the chosen one, with what is known of them at this piece, as Markdown; "" if too little."""
    columns: dict[str, np.ndarray] = {}
    if piece in BETWEEN:
        columns["u"] = trace.u
    if piece == "gradient":
        columns |= dict(zip(WORDS[trace.kind].columns, trace.gradient.T, strict=True))
    if piece in ("norm", "penalty"):
        columns["‖∇f(x̂)‖"] = trace.norms
    if piece == "penalty":
        columns["penalty"] = trace.penalties
    if piece in ("scores", "loss"):
        columns |= {"f(x)": trace.real_scores, "f(G(z))": trace.fake_scores}
    if piece in ("push", "move"):
        columns["push"] = np.linalg.norm(trace.push, axis=1)
    if piece == "move":
        columns["move"] = np.linalg.norm(trace.moves, axis=1)
    if not columns:
        return ""
    rows = sorted({*range(min(ROWS, trace.show)), sample})
    heads = (score_name(name, trace.config) for name in columns)
    lines = ["| i | " + " | ".join(heads) + " |", "|---:" * (len(columns) + 1) + "|"]
    for i in rows:
        small = {name: np.abs(values).max() < 0.1 for name, values in columns.items()}
        cells = [str(i + 1)]
        cells += [f"{v[i]:.3g}" if small[name] else f"{v[i]:.3f}" for name, v in columns.items()]
        cells = [cell.replace("-", "−") for cell in cells]
        if "‖∇f(x̂)‖" in columns:
            cells[2] += " ▲ steep" if trace.norms[i] > 1 else " ▽ flat"
        lines.append("| " + " | ".join(f"**{cell}**" if i == sample else cell for cell in cells) + " |")
    return "\n".join(lines)


def _picture(trace: StepTrace, piece: str, sample: int, reveal: bool) -> None:
    field = "change"
    drawn = st.container()
    if piece == "update":
        field = st.segmented_control(
            score_name(f"f on the {WORDS[trace.kind].region}", trace.config),
            FIELDS,
            default=field,
            required=True,
            key="tr_surface",
            bind="query-params",
        )
    title = caption(trace, piece, sample).title
    with drawn:
        figure(
            step_figure(trace, piece, sample, field=field, reveal=reveal),
            key="tr_step",
            height=480,
            alt=f"{title}: the first {trace.show} samples of iteration {trace.iteration:,} {WORDS[trace.kind].where}, "
            f"sample {sample + 1} marked." + (f" Shown of f: {field}." if piece == "update" else ""),
        )


def _code(trace: StepTrace) -> None:
    """The functions that took this very step, with its numbers."""
    loss = caption(trace, "loss")
    move = caption(trace, "push")
    steps = [(loss.formula, loss.numbers[-1], "wgan_demo.gan.trainer:critic_step")]
    if trace.penalties is not None:
        between, norm = (caption(trace, name) for name in ("interpolate", "norm"))
        steps += [
            (between.formula, between.numbers[0] + between.numbers[1], "wgan_demo.gan.lipschitz:interpolate"),
            (norm.formula, norm.numbers[0], "wgan_demo.gan.lipschitz:gradient_norms"),
        ]
    lesson.code_that_ran(*steps, (move.formula, "", "wgan_demo.gan.trainer:generator_step"))
