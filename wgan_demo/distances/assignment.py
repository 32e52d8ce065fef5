"""Boxes on a line: the smallest optimal transport there is, where a plan can be made by hand.

n boxes of weight 1 stand at whole places and n slots wait at theirs. A plan says which slot each box is in. As text it
is one character per box: the letter of its slot, slots lettered from the left, or "-" while it is on its pile: "AC-B".
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, permutations
from math import isqrt, sqrt
from string import ascii_uppercase

import numpy as np

from wgan_demo.distances.exact import solve_exact
from wgan_demo.measures import DiscreteMeasure

MAX_BOXES = 12  # a table of 12 x 12 still fits a phone
MAX_PLACE = 20
# Two costs nearer than this differ by rounding alone, unless exact_cost says otherwise. Absolute, as places are whole
# numbers up to MAX_PLACE: no cost is above 12 * 20^2, and rounded by more than 1e-11.
ROUNDING = 1e-9

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
    "Two plans": BoxProblem((1, 4), (2, 3)),  # the first one, which can be lost
    "Six boxes": BoxProblem((1, 1, 1, 2, 3, 3), (7, 8, 9, 9, 10, 10)),  # at p = 1 every plan costs the same
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
        these = f"these {n} boxes (it needs a different letter from A to {ascii_uppercase[n - 1]}, or -, for each)"
        one = "this one box (it needs the letter A, or -)"
        raise ValueError(f"The plan in the link does not fit {one if n == 1 else these}: the board starts empty.")
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


@dataclass(frozen=True)
class Swap:
    """Boxes that pass their slots round: each goes where the next one is, the last where the first was."""

    boxes: tuple[int, ...]
    saving: float  # in the cost's unit, above 0

    def applied(self, plan: Plan) -> Plan:
        changed = list(plan)
        for box, following in zip(self.boxes, (*self.boxes[1:], self.boxes[0]), strict=True):
            changed[box] = plan[following]
        return tuple(changed)


def best_swap(problem: BoxProblem, plan: Plan, p: float = 1) -> Swap | None:
    """The swap of fewest placed boxes that saves work; of those the one that saves most. None if none saves any.

    A complete plan without one is optimal: a dearer plan leads to the optimum through rings of boxes, and one of them
    must save (Klein 1967: no negative cycle). For p >= 1 two boxes always do; for p < 1 a plan may need three or more.
    """
    placed = [box for box, slot in enumerate(plan) if slot is not None]
    x = np.array([problem.boxes[box] for box in placed])
    y = np.array([problem.slots[plan[box]] for box in placed])
    cost = np.abs(y - x[:, None]) ** float(p)
    walks = extra = cost - cost.diagonal()[:, None]  # extra[i, j]: what box i pays more where box j is
    before = []
    for _ in placed[1:]:  # the cheapest walks of 2, 3, ... steps; one that ends where it began is a ring
        longer = walks[:, :, None] + extra
        before.append(longer.argmin(axis=1))  # [i, j]: where the walk from i to j was one step earlier
        walks = longer.min(axis=1)
        first = end = walks.diagonal().argmin()
        if walks[first, first] < -ROUNDING:
            ring = [end := came_from[first, end] for came_from in reversed(before)]
            return Swap(tuple(placed[i] for i in (first, *reversed(ring))), float(-walks[first, first]))
    return None


def exact_cost(problem: BoxProblem, plan: Plan, p: float = 1) -> Counter[int]:
    """A plan's cost without rounding: whole multiples of square roots, {1: 3, 2: 1} is 3 + sqrt(2).

    Roots of different square-free numbers are independent over the rationals (Besicovitch 1940), so two costs are
    equal exactly if these are. Raises ValueError unless p is 1/2 or a whole number.
    """
    if p != 0.5 and p != int(p):
        raise ValueError(f"A cost is known exactly for p = 1/2 and for whole p, not for {p:g}.")
    total = Counter()
    for box, slot in enumerate(plan):
        distance = 0 if slot is None else abs(problem.slots[slot] - problem.boxes[box])
        if p != 0.5:
            total[1] += distance ** int(p)
        elif distance:
            root = max(k for k in range(1, isqrt(distance) + 1) if distance % k**2 == 0)
            total[distance // root**2] += root
    return +total


@lru_cache(maxsize=256)
def equal_plan(problem: BoxProblem, plan: Plan, p: float = 1) -> Plan | None:
    """A plan with another table gamma that costs exactly what the complete `plan` does, or None if there is none.

    If a swap of two boxes does it, it is the one that moves least, rightmost first; if none does, all plans are
    searched. Raises ValueError for a plan in part.
    """
    if None in plan:
        raise ValueError("Only a complete plan has an equal: place all boxes first.")
    cost = exact_cost(problem, plan, p)
    swaps = []
    for i, j in combinations(range(len(plan)), 2):
        apart = (problem.boxes[j] - problem.boxes[i]) * abs(problem.slots[plan[j]] - problem.slots[plan[i]])
        other = Swap((i, j), 0).applied(plan)
        if apart and exact_cost(problem, other, p) == cost:
            swaps.append((-apart, i, j, other))
    if swaps:
        return max(swaps)[-1]
    table = plan_table(problem, plan)[2].tolist()
    for other in _plans_at(problem, plan_cost(problem, plan, p), p):
        if plan_table(problem, other)[2].tolist() != table and exact_cost(problem, other, p) == cost:
            return other
    return None


def _plans_at(problem: BoxProblem, work: float, p: float) -> Iterator[Plan]:
    """All plans of this cost up to rounding, those of one table once or a few times.

    Twelve boxes have 12! plans, but halves of plans can be sorted by cost and matched: 924 times 720 against 720.
    """
    boxes, slots = np.array(problem.boxes), np.array(problem.slots)
    half = len(boxes) // 2
    for chosen in combinations(range(len(slots)), half):  # the slots of the left half of the boxes
        if any(slot and slots[slot - 1] == slots[slot] and slot - 1 not in chosen for slot in chosen):
            continue  # slots of one place are alike: the first are taken first
        rest = [slot for slot in range(len(slots)) if slot not in chosen]
        left, left_cost = _ways(boxes[:half], slots, np.array(chosen, int), p)
        right, right_cost = _ways(boxes[half:], slots, np.array(rest, int), p)
        order = right_cost.argsort()
        start, stop = np.searchsorted(right_cost[order], work - left_cost + np.array([[-ROUNDING], [ROUNDING]]))
        for way in np.flatnonzero(start < stop):
            for other in order[start[way] : stop[way]]:
                yield (*left[way].tolist(), *right[other].tolist())


def _ways(boxes: np.ndarray, slots: np.ndarray, chosen: np.ndarray, p: float) -> tuple[np.ndarray, np.ndarray]:
    """The ways (m, k) of k boxes into the k chosen slots, and their costs (m,); those of one place are alike."""
    orders, inverse = _orders(len(boxes))
    same_box = np.flatnonzero(np.diff(boxes) == 0)
    same_slot = np.flatnonzero(np.diff(slots[chosen]) == 0)
    first = (orders[:, same_box] < orders[:, same_box + 1]).all(axis=1)
    first &= (inverse[:, same_slot] < inverse[:, same_slot + 1]).all(axis=1)
    ways = chosen[orders[first]]
    return ways, (np.abs(slots[ways] - boxes) ** float(p)).sum(axis=1)


@cache
def _orders(k: int) -> tuple[np.ndarray, np.ndarray]:
    """All orders (k!, k) of k things, and their inverses."""
    orders = np.array(list(permutations(range(k))), int)
    return orders, orders.argsort(axis=1)


@dataclass(frozen=True)
class Crossing:
    """Two boxes that go equally far in all, in order or crossed: the distances of both ways, longer one first."""

    boxes: tuple[int, int]
    in_order: tuple[int, int]
    crossed: tuple[int, int]

    def costs(self, p: float) -> tuple[float, float]:
        """What both ways cost: in order, crossed. The same for p = 1, the second less for p < 1 and more for p > 1."""
        return tuple(float(sum(float(d) ** p for d in way)) for way in (self.in_order, self.crossed))


def best_crossing(problem: BoxProblem) -> Crossing | None:
    """The two boxes of the plan in order for which one long way and a short one save most at p = 1/2, or None."""
    best, most = None, ROUNDING
    for i, j in combinations(range(len(problem.boxes)), 2):
        (a, b), (c, d) = ((side[i], side[j]) for side in (problem.boxes, problem.slots))
        in_order = tuple(sorted((abs(c - a), abs(d - b)), reverse=True))
        crossed = tuple(sorted((abs(d - a), abs(c - b)), reverse=True))
        saving = sum(map(sqrt, in_order)) - sum(map(sqrt, crossed))
        if sum(in_order) == sum(crossed) and saving > most:
            best, most = Crossing((i, j), in_order, crossed), saving
    return best
