"""Lesson: W1 from the other side, as the most that a critic with slope 1 at most can lift P above Q."""

from zlib import crc32

import numpy as np
import streamlit as st

from wgan_demo.distances import duality
from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.critic import critic, gap_formula, optimal_curves, value_formula, verdict, why
from wgan_demo.ui.duality import trained_critic as trained
from wgan_demo.ui.duality.controls import choose_pair, linked_f

ANSWERS = {
    "1, always": "Yes: exactly 1 wherever mass is moved, however little, and however far. Gentler would waste height, "
    "steeper is not allowed.",
    "Steeper where more mass moves": "No: it is 1 wherever mass is moved, for one grain as for all of it (look at "
    "“One grain”). How much moves is in W₁, not in the slope.",
    "Gentle, so that f stays smooth": "No: every gentle stretch wastes height that the clamp allows. The best f is as "
    "steep as it may be, 1, wherever mass is moved.",
    lesson.SHOW: "It is exactly 1 wherever mass is moved, however little, and however far.",
}
GUESS = lesson.Choice("du_guess", "Where mass has to move, how steep is the best f?", list(ANSWERS))

lesson.title("duality")
p, q = choose_pair()
source, target = (DiscreteMeasure(np.arange(duality.PLACES), share) for share in (p, q))
exact = solve_exact(source, target)
plan = duality.plan_that_keeps(p, q)
with st.container():  # also when empty: what comes below keeps its place, and so its part of the link
    flat = np.zeros(duality.PLACES)
    st.session_state.du_f = linked_f(flat if link.renewed("du_f") else st.session_state.get("du_f", flat))
run = trained.Run.between(source, target)


@st.fragment
@run.look()
def at_f() -> None:
    """Everything that changes with f: a drag runs this alone, five times a second."""
    picture, controls, said = st.container(), st.container(), st.container()
    left, right = st.columns([5, 7], vertical_alignment="center")
    with left:
        guess = lesson.ask(GUESS)
    lesson.say(ANSWERS.get(guess, "Your guess first; then look at the best f."), right)
    with controls.container(horizontal=True, vertical_alignment="center"):
        moves = st.toggle("Show which mass moves: an optimal plan γ", key="du_plan", **link.BOUND)
        hidden = guess is None and not link.holds("du_reveal")
        reveal = st.toggle("Show the best f: f*", key="du_reveal", disabled=hidden, **link.BOUND)
        if run.buttons("Train a critic on this P and Q"):
            st.rerun()
    newest = run.newest()
    with controls:
        trained.numbers(run, newest, exact.value)
    with picture:
        f = st.session_state.du_f = critic(
            "du_critic",
            st.session_state.du_f,
            p,
            q,
            w1=exact.value,
            clamp=st.session_state.du_clamp,
            plan=plan if moves else None,
            best=exact.potentials[0] if reveal else None,
            curves=(optimal_curves(exact) if reveal else ()) + trained.curves(newest),
        )
    with said:
        lesson.say(verdict(f, p, q, exact.value))
        if reveal:
            lesson.say(why(p, q, exact.value))
    if not hidden:
        in_class = lesson.Drawing(
            f"du_f_{crc32(np.round([p, q], 9).tobytes()):08x}", "The critics of the class, under the clamp.", "curve",
            "f at each place", (tuple(range(duality.PLACES)),), exact.potentials[0], -duality.WINDOW, duality.WINDOW,
        )  # fmt: skip
        lesson.put(in_class, duality.heights_text(f) if f.any() and st.session_state.du_clamp else None)
    link.put("du_f", duality.heights_text(f) if f.any() else None)
    steps = [(r"\mathbb{E}_P f - \mathbb{E}_Q f = \sum_x f(x)\,(p(x) - q(x))", value_formula(f, p, q), duality.value)]
    if st.session_state.du_clamp:
        steps.append((r"f_i \leftarrow \min(\max(f_i,\ v - |x_i - x_k|),\ v + |x_i - x_k|)", "", duality.pull))
    if moves:
        gap = r"W_1 - (\mathbb{E}_P f - \mathbb{E}_Q f) = \sum_{x, y} \gamma(x, y)\,\big(|x - y| - (f(x) - f(y))\big)"
        steps.append((gap, gap_formula(f, plan, exact.value - duality.value(f, p, q)), duality.slack))
    if reveal:
        steps.append((r"f^*(x) = \min_j\ |x - y_j| - g_j", "", duality.c_transform))
        steps.append((r"f^{*\prime} = \operatorname{sign}(F_Q - F_P)", "", duality.potential_on_line))
    w1 = r"W_1 = \min_\gamma \sum_{x, y} \gamma(x, y)\,|x - y|"
    lesson.code_that_ran(*steps, (w1, rf"W_1 = {exact.value:.4g}", solve_exact), *trained.code(newest))
    if not hidden:
        lesson.take_away(
            "W₁ is the most that a critic with slope 1 at most can lift P above Q. The best critic has slope exactly 1 "
            "wherever mass has to move. Without the clamp the number means nothing: that is what the constraint is for."
        )
    if run.changed():
        st.rerun()  # the timer belongs to the whole page


at_f()
