"""A plan to look at: boxes, slots and links as one drawing, and the table gamma beside it. Plain SVG and HTML."""

from base64 import b64encode
from collections import Counter
from collections.abc import Collection
from html import escape
from string import ascii_uppercase

import numpy as np

from wgan_demo.distances.assignment import Plan
from wgan_demo.plots.theme import NEUTRAL, SOURCE, TARGET

WIDTH = 420  # of the drawing, in its own units; it shrinks with the page
GAP = 96  # between the two lines


def plan_picture(
    boxes: tuple[int, ...], slots: tuple[int, ...], plan: Plan, *, alt: str, thick: Collection[int] = ()
) -> str:
    """Boxes (numbered) above, slots (lettered) below, and a link for each box that is carried, as an <img>.

    A box without a slot is drawn empty with a cross, a slot without a box full with a plus; the links of the boxes in
    `thick` are drawn thick. `boxes` and `slots` are sorted places.
    """
    low, high = min(boxes + slots), max(boxes + slots)
    cell = min(26.0, (WIDTH - 4) / (high - low + 1))
    pitch = (WIDTH - 4 - cell) / max(high - low, 1)
    piles = max(max(Counter(side).values()) for side in (boxes, slots))
    tall = min(cell, max(14.0, 150 / piles))
    upper = max(Counter(boxes).values()) * tall + 4
    lower = upper + GAP

    def column(place: int) -> float:
        return 2 + cell / 2 + pitch * (place - low) if high > low else WIDTH / 2

    def item(place: int, y: float, text: str, style: str, ink: str) -> str:
        x = column(place)
        return (
            f'<rect x="{x - cell / 2 + 1:.1f}" y="{y + 1:.1f}" width="{cell - 2:.1f}" height="{tall - 2:.1f}" rx="3" '
            f'{style}/><text x="{x:.1f}" y="{y + tall / 2 + 4:.1f}" text-anchor="middle" fill="{ink}">{text}</text>'
        )

    parts = [f'<path d="M0 {y:.1f}H{WIDTH}" stroke="{NEUTRAL}"/>' for y in (upper, lower)]
    for place in range(low, high + 1):
        for side, y, color in ((boxes, upper + 16, SOURCE), (slots, lower - 6, TARGET)):
            if place in side:
                parts.append(
                    f'<text x="{column(place):.1f}" y="{y:.1f}" text-anchor="middle" fill="{color}">{place}</text>'
                )
    for box, slot in enumerate(plan):
        if slot is not None:
            ends = f"M{column(boxes[box]):.1f} {upper + 20:.1f}L{column(slots[slot]):.1f} {lower - 20:.1f}"
            width, opacity = (4, 1) if box in thick else (1.5, 0.7)
            parts.append(f'<path d="{ends}" stroke="{TARGET}" stroke-width="{width}" opacity="{opacity}"/>')
    for box, place in enumerate(boxes):
        y = upper - (boxes[: box + 1].count(place)) * tall
        empty, full = f'fill="none" stroke="{SOURCE}" stroke-dasharray="3 3"', f'fill="{SOURCE}"'
        gone = plan[box] is None
        parts.append(
            item(place, y, "✕" if gone else str(box + 1), empty if gone else full, NEUTRAL if gone else "#fff")
        )
    for slot, place in enumerate(slots):
        y = lower + slots[:slot].count(place) * tall
        empty, full = f'fill="none" stroke="{TARGET}" stroke-dasharray="2 2"', f'fill="{TARGET}"'
        new = slot not in plan
        parts.append(
            item(
                place,
                y,
                "+" if new else ascii_uppercase[slot],
                full if new else empty,
                "#fff" if new else NEUTRAL,
            )
        )
    height = lower + max(Counter(slots).values()) * tall + 4
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" font-size="12" font-weight="600" '
        f'font-family="Source Sans Pro, sans-serif">{"".join(parts)}</svg>'
    )
    source = b64encode(svg.encode()).decode()  # the page lets pictures through, but no <svg> of its own
    style = f"display:block;width:100%;max-width:{WIDTH * 1.25:.0f}px"
    return f'<img alt="{escape(alt)}" style="{style}" src="data:image/svg+xml;base64,{source}">'


def table(rows: list[str], columns: list[str], cells: np.ndarray, *, caption: str, marked: np.ndarray) -> str:
    """Counts (rows, columns) as a small <table>; zeros are pale and `marked` cells framed. Texts are taken as HTML."""
    head = "".join(f'<th style="color:{TARGET}">{name}</th>' for name in columns)
    body = ""
    for name, values, marks in zip(rows, cells, marked, strict=True):
        row = "".join(
            f'<td style="opacity:{1 if value else 0.45};font-weight:{700 if value else 400};'
            f'outline:{f"2px solid {TARGET}" if mark else "none"};outline-offset:-2px">{value}</td>'
            for value, mark in zip(values, marks, strict=True)
        )
        body += f'<tr><th style="color:{SOURCE}">{name}</th>{row}</tr>'
    style = (
        "<style>.plan td,.plan th{padding:2px 9px;text-align:center;border:0}.plan{border-collapse:collapse}</style>"
    )
    return (
        f'{style}<div style="overflow-x:auto"><table class="plan">'
        f'<caption style="text-align:left;opacity:.75;white-space:nowrap">{caption}</caption>'
        f"<tr><th></th>{head}</tr>{body}</table></div>"
    )
