"""The living picture of Home (static/walk): a pile of sand walks along its cheapest plan, then along a dearer one."""

from typing import NamedTuple

from wgan_demo.plots.theme import SOURCE, TARGET
from wgan_demo.ui.components import assets

_walk = assets.component("walk/walk", css=f":host {{ --source: {SOURCE}; --target: {TARGET}; }}\n")


class Pile(NamedTuple):
    """A pile of sand of mass 1: bumps (place, half of the width, share of the mass), moved by `at`."""

    label: str
    bumps: tuple[tuple[float, float, float], ...]
    at: float = 0.0


def walk(p: Pile, q: Pile, *, range: tuple[float, float], key: str) -> None:
    """Show P walking into Q over this range of x; the hand moves both, and the server learns nothing of it."""
    _walk(key=key, data={"range": range, "piles": [p._asdict(), q._asdict()]}, height="content")
