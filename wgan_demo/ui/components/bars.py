"""Bars that a hand draws (static/bars.js): a histogram, weights of a mixture, prices; and their text in a link."""

import streamlit as st

from wgan_demo.ui.components import assets

_bars = assets.component("bars")


def bars(
    key: str,
    heights: tuple[float, ...],
    *,
    names: tuple[str, ...],
    color: str,
    label: str,
    top: float,
    step: float = 1.0,
) -> tuple[float, ...]:
    """Show one bar per name and return the heights now, each a multiple of `step` from 0 to `top`.

    `heights` is the drawing to begin with, like the value of a widget: as long as it stays the same the hand's own
    drawing is returned, also after the page was left; other heights (a preset, another link) replace it. Handing
    back what was returned last is as good as handing over the same again.
    """
    scale = len(names), top, step
    heights = tuple(map(float, heights))
    memory = st.session_state.setdefault(f"{key}_memory", {"rev": 0, "scale": scale, "given": None, "now": None})
    if heights not in (memory["given"], memory["now"]) or scale != memory["scale"]:
        memory |= {"rev": memory["rev"] + 1, "scale": scale, "now": heights}
    memory["given"] = heights
    data = {"rev": memory["rev"], "heights": memory["now"], "names": names, "color": color, "label": label}
    data |= {"top": top, "step": step}
    drawn = _bars(key=key, data=data, default={"drawn": None}, on_drawn_change=lambda: None).drawn
    if drawn and drawn["rev"] == memory["rev"]:  # else the last word on another drawing
        memory["now"] = parse_bars(drawn["heights"], *scale)
    return memory["now"]


def bars_text(heights: tuple[float, ...]) -> str:
    """As they stand in a link: "3 2 1 4"."""
    return " ".join(f"{height:.9g}" for height in heights)


def parse_bars(text: str, n: int, top: float, step: float = 1.0) -> tuple[float, ...]:
    """The n heights that the text lists, apart by spaces, commas or pluses.

    Raises ValueError, in one sentence, for another number of heights, for what is no number, and for a height below
    0, above `top` or between two steps.
    """
    words = text.replace(",", " ").replace("+", " ").split()
    if len(words) != n:
        raise ValueError(f"{n} heights are needed, one for each bar, but the text lists {len(words)}.")
    heights = []
    for word in words:
        try:
            steps = float(word) / step
        except ValueError:
            raise ValueError(
                f"“{word[:20]}” is not a number: write heights like {bars_text((0, step, top))}."
            ) from None
        if not 0 <= steps <= top / step + 1e-9:
            raise ValueError(f"The height {word[:20]} is not between 0 and {top:g}: write one that is.")
        if abs(steps - round(steps)) > 1e-6:
            raise ValueError(f"The height {word[:20]} is between two steps: write a multiple of {step:g}.")
        heights.append(round(round(steps) * step, 9))
    return tuple(heights)
