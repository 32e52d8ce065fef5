"""Which piece of the iteration is bright, and which sample is marked in it."""

import streamlit as st

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions import GENERATOR
from wgan_demo.gan.slow_motion.trace import StepTrace


def piece_buttons(names: tuple[str, ...]) -> str:
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


def chosen_sample(trace: StepTrace, piece: str, names: tuple[str, ...]) -> int:
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
