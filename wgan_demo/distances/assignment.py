"""Boxes on a line: the smallest optimal transport there is, where a plan can be made by hand.

n boxes of weight 1 stand at whole places and n slots wait at theirs. A plan says which slot each box is in. As text it
is one character per box: the letter of its slot, slots lettered from the left, or "-" while it is on its pile: "AC-B".
"""

import re
from dataclasses import dataclass
from string import ascii_uppercase

import numpy as np

from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure

MAX_BOXES = 12  # a table of 12 x 12 still fits a phone
MAX_PLACE = 20

Plan = tuple[int | None, ...]  # for each box the index of its slot, or None


@dataclass(frozen=True)
class BoxProblem:
    """Places of the boxes and of as many slots, kept sorted. Raises ValueError for unequal totals and for none."""

    boxes: tuple[int, ...]
    slots: tuple[int, ...]

    def __post_init__(self):
        if len(self.boxes) != len(self.slots):
            raise ValueError(
                f"The totals differ (boxes: {len(self.boxes)}, slots: {len(self.slots)}): add or remove places until "
                "there are as many slots as boxes."
            )
        if not self.boxes:
            raise ValueError("There has to be at least one box.")
        object.__setattr__(self, "boxes", tuple(sorted(self.boxes)))
        object.__setattr__(self, "slots", tuple(sorted(self.slots)))

    @property
    def nothing_moved(self) -> Plan:
        return (None,) * len(self.boxes)

    @property
    def in_order(self) -> Plan:
        """The k-th box from the left in the k-th slot from the left."""
        return tuple(range(len(self.boxes)))


PRESETS: dict[str, BoxProblem] = {
    "Six boxes": BoxProblem((1, 1, 1, 2, 3, 3), (7, 8, 9, 9, 10, 10)),
    "Two plans": BoxProblem((1, 4), (2, 3)),
    "Piles": BoxProblem((1, 1, 1, 2, 2, 3, 4, 4, 4, 4), (1, 2, 2, 3, 3, 3, 3, 4, 4, 4)),
    "A tie broken": BoxProblem((0, 1), (1, 2)),
}


def parse_places(text: str, what: str) -> tuple[int, ...]:
    """Places typed as "1 1 2 3", commas allowed; `what` names them in the ValueError: "boxes" or "slots"."""
    tokens = re.split(r"[\s,;]+", text.strip(" \t\n,;").replace("−", "-"))
    if tokens == [""]:
        raise ValueError(f"There are no {what} yet: type their places, for example 1 1 2 3.")
    if len(tokens) > MAX_BOXES:
        raise ValueError(f"That is {len(tokens)} {what}, and the board holds {MAX_BOXES}: remove some.")
    for token in tokens:
        shown = re.sub(r"[^A-Za-z0-9.+-]", "?", token[:12])  # it may come from a link: no markup gets into the page
        if not re.fullmatch(r"[+-]?[0-9]+", token):
            raise ValueError(f"“{shown}” is not a place for {what}: type whole numbers, for example 1 1 2 3.")
        if len(token) > 9 or not 0 <= int(token) <= MAX_PLACE:
            raise ValueError(f"No place {shown} for {what} on this line: it runs from 0 to {MAX_PLACE}.")
    return tuple(map(int, tokens))


def plan_text(plan: Plan) -> str:
    """The plan in one character per box, "AC-B"."""
    return "".join("-" if slot is None else ascii_uppercase[slot] for slot in plan)


def parse_plan(text: str, problem: BoxProblem) -> Plan:
    """The plan that `plan_text` wrote. Raises ValueError unless each box has one free slot of this problem, or "-"."""
    n = len(problem.boxes)
    taken = [letter for letter in text if letter != "-"]
    if len(text) != n or len(set(taken)) != len(taken) or not set(taken) <= set(ascii_uppercase[:n]):
        raise ValueError(
            f"The plan in the link does not fit these {n} boxes (it needs a different letter from A to "
            f"{ascii_uppercase[n - 1]}, or -, for each): the board starts empty."
        )
    return tuple(None if letter == "-" else ascii_uppercase.index(letter) for letter in text)


def plan_table(problem: BoxProblem, plan: Plan) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places x (nx,) of boxes, places y (ny,) of slots, and gamma (nx, ny): how many boxes go from x to y."""
    x, y = np.unique(problem.boxes), np.unique(problem.slots)
    gamma = np.zeros((len(x), len(y)), int)
    for box, slot in enumerate(plan):
        if slot is not None:
            gamma[np.searchsorted(x, problem.boxes[box]), np.searchsorted(y, problem.slots[slot])] += 1
    return x, y, gamma


def plan_cost(problem: BoxProblem, plan: Plan, p: float = 1) -> float:
    """Total work: the sum of gamma(x, y) |y - x|^p, in box-steps for p = 1. Boxes on their piles cost nothing yet."""
    x, y, gamma = plan_table(problem, plan)
    return float((gamma * np.abs(y - x[:, None]) ** float(p)).sum())


def optimal_plan(problem: BoxProblem, p: float = 1, plan: Plan | None = None) -> Plan:
    """A cheapest plan for the cost |y - x|^p; given a `plan` in part, a cheapest way to finish it.

    The simplex stops at a vertex, and the vertices of the plans between n and n equal masses are permutations
    (Birkhoff; Peyre & Cuturi 2019, prop. 2.1), so no box is split. Raises RuntimeError if one is.
    """
    finished = list(plan or problem.nothing_moved)
    free_boxes = [box for box, slot in enumerate(finished) if slot is None]
    free_slots = [slot for slot in range(len(problem.slots)) if slot not in finished]
    if not free_boxes:
        return tuple(finished)
    source, target = (
        DiscreteMeasure.uniform(np.array(places)[free])
        for places, free in ((problem.boxes, free_boxes), (problem.slots, free_slots))
    )
    permutation = solve_exact(source, target, p=p).coupling * len(free_boxes)
    if not np.allclose(np.sort(permutation, axis=1)[:, :-1], 0) or not np.allclose(permutation.sum(axis=0), 1):
        raise RuntimeError("The optimal plan splits a box.")
    for box, slot in zip(free_boxes, permutation.argmax(axis=1), strict=True):
        finished[box] = free_slots[slot]
    return tuple(finished)
