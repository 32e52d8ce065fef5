"""The controls of the Duality page: which P and Q, what the link brings along, and a critic trained on the same two."""

import numpy as np
import streamlit as st

from wgan_demo.distances import duality
from wgan_demo.plots.theme import SOURCE, TARGET
from wgan_demo.ui import link
from wgan_demo.ui.components.bars import bars, bars_text, parse_bars

OWN = "Your own"
FIRST = next(iter(duality.PRESETS))
NAMES = tuple(map(str, range(duality.PLACES)))


def choose_pair() -> tuple[np.ndarray, np.ndarray]:
    """The shares of P and Q (n,) each at the places, from a preset or drawn by hand; and the clamp, in "du_clamp"."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        preset = st.segmented_control(
            "P and Q", [*duality.PRESETS, OWN], default=FIRST, required=True, wrap=True, key="du_preset", **link.BOUND
        )
        st.toggle("Clamp: no slope above 1", value=True, key="du_clamp", **link.BOUND)
    with st.container():  # also when empty: what comes below keeps its place, and so its part of the link
        pair = _draw_pair() if preset == OWN else duality.PRESETS[preset]
    if preset != OWN:
        st.session_state.du_last = pair  # a pair of one's own starts as a copy of what was on the screen
        for key in ("du_p", "du_q"):
            link.put(key, None)
    return tuple(np.array(heights, float) / sum(heights) for heights in pair)


def _draw_pair() -> tuple[duality.Heights, duality.Heights]:
    start = st.session_state.get("du_last", duality.PRESETS[FIRST])
    own = st.session_state.setdefault("du_own", dict(zip("PQ", map(_raised, start), strict=True)))
    for cell, (name, color) in zip(st.columns(2), (("P", SOURCE), ("Q", TARGET)), strict=True):
        key = f"du_{name.lower()}"
        with cell:
            heights = link.linked(key, _parse_bars, own[name], f"The link does not hold bars for {name}.")
            label = f"{name}: draw its bars. A share is height / total, so P and Q always weigh the same."
            drawn = bars(f"{key}_bars", heights, names=NAMES, color=color, label=label, top=duality.TOP)
            if any(drawn):
                own[name] = drawn
            else:
                st.error(f"{name} has no mass: draw at least one bar. Until then the last {name} stays.")
            link.put(key, bars_text(own[name]))
    return own["P"], own["Q"]


def _raised(heights: duality.Heights) -> duality.Heights:
    """The same shares in bars that are easy to see and leave room above."""
    factor = max(1, 2 * duality.TOP // 3 // max(heights))
    return tuple(factor * height for height in heights)


def _parse_bars(text: str) -> tuple[float, ...]:
    heights = parse_bars(text, duality.PLACES, duality.TOP)
    if not any(heights):
        raise ValueError("They all have height 0, and some mass is needed.")
    return heights


def linked_f(before: np.ndarray) -> np.ndarray:
    """The f in the link, the first time; `before` afterwards. What is too steep is tamed, and said so."""
    f = link.linked("du_f", duality.parse_heights, before, "The link does not hold an f.")
    slope = duality.greatest_slope(f)
    if f is not before and st.session_state.du_clamp and slope > 1 + 1e-9:
        st.warning(
            f"The f in the link is steeper than the clamp allows: it was divided by its greatest slope, {slope:g}."
        )
    return f
