"""Which piece of the iteration is bright, and which sample is marked in it."""

import streamlit as st

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions import GENERATOR
from wgan_demo.gan.slow_motion.trace import StepTrace
from wgan_demo.ui import link
from wgan_demo.ui.runs.tab import TabRun


def piece_buttons(run: TabRun, names: tuple[str, ...]) -> str:
    """Back, Next and all pieces by name; returns the one that is chosen. It is in the link."""
    if run.get("piece", names[0]) not in names:  # the objective has changed
        run.put("piece", names[0])
    with st.container(horizontal=True, vertical_alignment="bottom", key=run.key("stepper")):
        back, forth = st.empty(), st.empty()
        piece = st.pills(
            "Pieces of one iteration",
            names,
            default=names[0],
            required=True,
            key=run.key("piece"),
            **link.BOUND,
            wrap=True,
        )
        at = names.index(piece)
        for place, word, icon, shortcut, to in (
            (back, "Back", "arrow_back", "Left", at - 1),
            (forth, "Next", "arrow_forward", "Right", at + 1),
        ):
            place.button(
                word, icon=f":material/{icon}:", shortcut=shortcut, on_click=_go, args=(run, names, to),
                disabled=not 0 <= to < len(names),
            )  # fmt: skip
    return piece


def _go(run: TabRun, names: tuple[str, ...], at: int) -> None:
    run.put("piece", names[at])


def chosen_sample(run: TabRun, trace: StepTrace, piece: str, names: tuple[str, ...]) -> int:
    """Where we are, and the sample whose numbers are put into the formulas, from 0."""
    if run.get("sample", 1) > trace.show:
        run.put("sample", trace.show)
    who = "generator" if piece in GENERATOR else OBJECTIVES[trace.config.loss].judge
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"Piece {names.index(piece) + 1} of {len(names)}, the **{who}’s** step", width="content")
        sample = st.number_input(
            "Sample i", 1, trace.show, 1, key=run.key("sample"), **link.BOUND, width=130,
            help="The one that is drawn larger, and whose numbers stand in the formulas",
        )  # fmt: skip
    return sample - 1
