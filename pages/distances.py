"""Lesson: W1 against KL and JS, as Q is moved away from P."""

import streamlit as st

from wgan_demo.ui import lesson, link

lesson.title("distances")
with st.spinner("Loading the solvers…"):  # the server's first visitor waits for them
    import ot  # noqa: F401

    from wgan_demo.distances.at_theta import Pair
    from wgan_demo.ui.distances import against_theta, cliff, coupling, noise_floor, overview, parallel_lines
    from wgan_demo.ui.distances.pair import OWN, choose_pair, own_pair
    from wgan_demo.ui.distances.readymade import READY_MADE, reading

VIEWS = {
    "Against θ": against_theta,
    "The plan": coupling,
    "When KL is infinite": cliff,
    "Samples": noise_floor,
    "Parallel lines": parallel_lines,
    "All distances": overview,
}

RENAMED = {"The honest cliff": "When KL is infinite"}  # views, by the names that old links have

if link.text("d_view") in RENAMED:
    st.session_state.setdefault("d_view", RENAMED[link.text("d_view")])
rows = st.container(horizontal=True, gap="medium")  # side by side where there is room
chosen = rows.segmented_control(
    "Look at", list(VIEWS), default=next(iter(VIEWS)), required=True, wrap=True, key="d_view",
    label_visibility="collapsed", **link.BOUND,
)  # fmt: skip
view = VIEWS[chosen]


top, says, controls, below = (st.container() for _ in range(4))


def say(name: str) -> None:
    """What the pair is, and its reading once the question that this answers has been."""
    told = reading(name) if lesson.answered(against_theta.GUESS) is not None else ""
    lesson.say(f"{READY_MADE[name].about} {told}")


@st.fragment
def at_theta(pair: Pair, name: str) -> None:
    """Everything that changes with theta; a step of the slider, or of the hand on Q, runs this alone."""
    most = pair.theta_max
    # Data have a slider of their own, which starts with the data as they are.
    key, start, step = (f"d_theta_{most:g}", 0.0, most / 350) if pair.remark else ("d_theta", 3.0, 0.1)
    label, shape = "θ: how far Q is moved, units of x", "%.4g" if pair.remark else None
    with top:
        theta = st.slider(label, 0.0, most, start, step, format=shape, key=key, **link.BOUND)
        at = pair.at(theta)
        with st.container():  # also when empty: what comes below keeps its place
            if view is against_theta:
                view.under_the_hand(at, key, step)
    with says:
        if name != OWN and view is against_theta:
            say(name)
    with below:
        with st.container():  # also when empty: what comes below keeps its place, and so its part of the link
            if pair.remark:
                lesson.note(f"{pair.remark} A link to this page carries its settings, but not an uploaded file.")
        st.subheader(view.QUESTION, anchor=False)
        view.show(at)


if view is parallel_lines:  # with a P and Q of its own
    st.subheader(view.QUESTION, anchor=False)
    st.fragment(view.show)()
else:
    with rows:
        name = choose_pair("d")
    with controls:
        pair = own_pair("d") if name == OWN else READY_MADE[name].pair
    at_theta(pair, name)
