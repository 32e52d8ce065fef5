"""The controls of the moving boxes: a preset or a problem of one's own, typed or drawn as piles, and the exponent p."""

import re
from collections import Counter

import streamlit as st

from wgan_demo.distances.assignment import MAX_PLACE, PRESETS, BoxProblem, parse_places
from wgan_demo.plots.theme import SOURCE, TARGET
from wgan_demo.ui import link
from wgan_demo.ui.components.bars import bars
from wgan_demo.ui.components.board import places

OWN = "Your own"
FIRST = next(iter(PRESETS))
SIX = "Six boxes"
EXPONENTS = {"½": 0.5, "1": 1, "2": 2}
DRAWN_TO = 10  # the last place of a drawing, unless a box or slot is typed beyond

Sides = tuple[tuple[int, ...], tuple[int, ...]]


def choose_problem() -> tuple[BoxProblem, Sides, float]:
    """The problem of the board, what is wanted, and p. Only what is wanted may have unequal totals.

    What cannot be read is named, and the last good problem stays on the board.
    """
    if not link.holds("mb_preset") and len(link.text("mb_plan", "")) == len(PRESETS[SIX].boxes):
        st.session_state.setdefault("mb_preset", SIX)  # a link from when these were the first
    always = {"required": True, **link.BOUND}
    with st.container(horizontal=True, gap="small"):
        preset = st.segmented_control(
            "Problem", [*PRESETS, OWN], default=FIRST, wrap=True, key="mb_preset", on_change=_copy_own, **always
        )
        p = st.segmented_control(
            "A box pays distance to the power p =", list(EXPONENTS), default="1", key="mb_p", **always
        )
    if preset != OWN:
        st.session_state.mb_problem = PRESETS[preset]
        for key in ("mb_boxes", "mb_slots"):
            st.session_state.setdefault(key, "")  # only a key that is known already gets into the link when it is set
    problem = st.session_state.setdefault("mb_problem", PRESETS[FIRST])
    wanted = _own() if preset == OWN else None
    if wanted and len(wanted[0]) == len(wanted[1]):
        problem = st.session_state.mb_problem = BoxProblem(*wanted)
    elif wanted:
        try:
            BoxProblem(*wanted)
        except ValueError as error:
            st.warning(
                f"{error} The board keeps the last problem that worked; below it stands what is cheapest when "
                "boxes may be given up.",
                icon=":material/balance:",
            )
    return problem, wanted or (problem.boxes, problem.slots), EXPONENTS[p]


def _copy_own() -> None:
    """A problem of your own starts as a copy of the one on the board."""
    if st.session_state.mb_preset == OWN:
        problem = st.session_state.mb_problem
        st.session_state.mb_boxes, st.session_state.mb_slots = places(problem.boxes), places(problem.slots)


def _own() -> Sides | None:
    """Both sides as they are typed and drawn, sorted, or None (and a sentence why) when they cannot be read."""
    typed, drawn = st.container(), st.container()
    if drawn.toggle("Draw the piles", key="mb_draw", **link.BOUND):
        with drawn:
            _draw()
    left, right = typed.columns(2)
    boxes = left.text_input("Boxes stand at", key="mb_boxes", **link.BOUND)
    slots = right.text_input("Slots are at", key="mb_slots", **link.BOUND)
    try:
        return tuple(sorted(parse_places(boxes, "boxes"))), tuple(sorted(parse_places(slots, "slots")))
    except ValueError as error:
        st.error(f"{error} The board keeps the last problem that worked.", icon=":material/edit:")
        return None


def _draw() -> None:
    """The same two texts as piles: what the hand draws is written into them before their fields are shown."""
    texts = {key: st.session_state.get(key, link.text(key, "")) for key in ("mb_boxes", "mb_slots")}
    counts = {key: Counter(int(place) for place in re.findall(r"\d+", text)) for key, text in texts.items()}
    last, top = st.session_state.get("mb_scale", (DRAWN_TO, 6))  # a scale only grows: not under a hand that draws
    for piles in counts.values():
        last = MAX_PLACE if any(place > last for place in piles) else last
        top = max(top, *piles.values(), 0)
    st.session_state.mb_scale = last, top
    sides = zip(st.columns(2), counts.items(), (("boxes", SOURCE), ("slots", TARGET)), strict=True)
    for column, (key, piles), (what, color) in sides:
        heights = tuple(piles[place] for place in range(last + 1))
        names = tuple(map(str, range(last + 1)))
        label = f"How many {what} at each place: press where a pile should end, 0 at the bottom"
        with column:
            now = bars(f"{key}_bars", heights, names=names, color=color, label=label, top=top)
        if now != heights:
            st.session_state[key] = places(tuple(place for place, height in enumerate(now) for _ in range(int(height))))
