"""Boxes that may be given up: transport between unequal totals, exactly.

A box that is carried from x to y costs |y - x|^p. A box that is given up costs the price, and so does a slot that is
filled with a new box: optimal partial transport (Caffarelli & McCann 2010), with this price on both sides the distance
of Piccoli & Rossi 2014. To give up a box and fill its slot anew costs twice the price, so no carried box costs more.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wgan_demo.distances.assignment import ROUNDING, Plan
from wgan_demo.distances.exact import MAX_ITERATIONS


@dataclass(frozen=True)
class Unbalanced:
    """The cheapest way for boxes and slots (sorted places): the slot of each box, or None for a box given up."""

    boxes: tuple[int, ...]
    slots: tuple[int, ...]
    plan: Plan
    price: float  # of a box given up and of a slot filled anew, in the unit of distance^p
    p: float

    @property
    def carried(self) -> tuple[tuple[int, int], ...]:
        """(x, y) of every box that is carried."""
        pairs = zip(self.boxes, self.plan, strict=True)
        return tuple((x, self.slots[slot]) for x, slot in pairs if slot is not None)

    @property
    def given_up(self) -> tuple[int, ...]:
        """Places of the boxes that are given up."""
        return tuple(x for x, slot in zip(self.boxes, self.plan, strict=True) if slot is None)

    @property
    def filled_anew(self) -> tuple[int, ...]:
        """Places of the slots that get a new box."""
        return tuple(y for slot, y in enumerate(self.slots) if slot not in self.plan)

    @property
    def moving(self) -> float:
        return float(sum(abs(y - x) ** float(self.p) for x, y in self.carried))

    @property
    def total(self) -> float:
        """Moving and prices together; the least there is."""
        return self.moving + self.price * (len(self.given_up) + len(self.filled_anew))


def solve_unbalanced(boxes: tuple[int, ...], slots: tuple[int, ...], *, price: float, p: float = 1) -> Unbalanced:
    """The cheapest way when a box given up or a slot filled anew costs `price`; at a tie a box is carried.

    Exact: one more place stands for nowhere, which gives and takes as many boxes as needed at the price each, and POT's
    network simplex solves that balanced problem. Whole masses give a whole plan, so no box is split. Raises ValueError
    for a price below 0 and RuntimeError if the solver stops early.
    """
    if not 0 <= price < np.inf:
        raise ValueError(f"The price must be 0 or more, not {price:g}.")
    x, y = np.sort(boxes), np.sort(slots)
    work = np.abs(y - x[:, None]) ** float(p)
    cost = np.pad(work, (0, 1))
    # A shade more, so that at a tie the box is carried; and from the dearest work on, the plan is the same.
    cost[-1] = cost[:, -1] = min(price, work.max(initial=0)) + ROUNDING
    cost[-1, -1] = 0
    slot_of = _coupling(np.r_[np.ones(len(x)), len(y)], np.r_[np.ones(len(y)), len(x)], cost)[:-1].argmax(axis=1)
    # Boxes of one place are alike: the lowest go to the nearest slots, those given up lie on top.
    plan = [int(slot) for place in np.unique(x) for slot in sorted(slot_of[x == place])]
    plan = tuple(slot if slot < len(y) else None for slot in plan)
    return Unbalanced(tuple(x.tolist()), tuple(y.tolist()), plan, price, p)


def carrying_prices(boxes: tuple[int, ...], slots: tuple[int, ...], *, p: float = 1) -> tuple[float, ...]:
    """The prices from which 1, 2, ... boxes are carried: half of what it costs to carry one box more, in rising order.

    The cheapest way to carry k boxes is partial transport of mass k, solved exactly with a place that takes the others.
    """
    x, y = np.sort(boxes), np.sort(slots)
    work = np.abs(y - x[:, None]) ** float(p)
    cost = np.pad(work, (0, 1))
    cost[-1, -1] = 1 + 2 * work.sum()  # nothing goes from nowhere to nowhere: exactly k boxes are carried
    least = [0.0]
    for k in range(1, min(len(x), len(y)) + 1):
        coupling = _coupling(np.r_[np.ones(len(x)), len(y) - k], np.r_[np.ones(len(y)), len(x) - k], cost)
        least.append(float((coupling[:-1, :-1] * work).sum()))
    return tuple((more - less) / 2 for less, more in pairwise(least))


def _coupling(a: np.ndarray, b: np.ndarray, cost: np.ndarray) -> np.ndarray:
    import ot

    coupling, log = ot.emd(a, b, cost / (cost.max() or 1), numItermax=MAX_ITERATIONS, log=True)
    if log["warning"] is not None:
        raise RuntimeError(f"The exact solver stopped before the optimum: {log['warning']}")
    return coupling
