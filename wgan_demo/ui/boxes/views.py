"""What can be looked at more closely under the board of the moving boxes, one view at a time.

A view draws itself and returns the steps that it adds to the code that ran: (latex, latex with numbers, function).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import streamlit as st

from wgan_demo.distances.assignment import (
    BoxProblem,
    Plan,
    best_crossing,
    best_swap,
    equal_plan,
    optimal_plan,
    plan_cost,
    plan_table,
)
from wgan_demo.distances.unbalanced import carrying_prices, solve_unbalanced
from wgan_demo.ui import lesson, link
from wgan_demo.ui.boxes.plan_picture import plan_picture, table
from wgan_demo.ui.boxes.problem import EXPONENTS, Sides
from wgan_demo.ui.components.board import UNITS, number, small, work_formula

Steps = list[tuple[str, str, Callable]]
PRICES = {0.5: (3.0, 1.0, 0.1), 1: (12.0, 3.0, 0.5), 2: (200.0, 18.0, 1.0)}  # highest, first and step, by p


def nudge(problem: BoxProblem, plan: Plan, p: float, put: Callable[[Plan], None]) -> Steps:
    """The two boxes whose swap saves most; where no two do, the boxes to pass round."""
    swap = best_swap(problem, plan, p)
    whole = None not in plan
    if swap is None:
        if whole:
            lesson.say("**Nothing to swap:** this plan is optimal, so no swap can make it cheaper.")
        elif len(plan) - plan.count(None) < 2:
            lesson.say("Place two boxes or more, and a nudge can say which of them should swap.")
        else:
            lesson.say("Swapping boxes that are placed already saves nothing. Place another one.")
        return []
    saves = f"saves {small(swap.saving)} {UNITS[p]}"
    if len(swap.boxes) == 2:
        i, j = swap.boxes
        lesson.say(f"**Swap boxes {min(i, j) + 1} and {max(i, j) + 1}:** {saves}.")
    else:
        others = (*swap.boxes[1:], swap.boxes[0])
        moves = [f"box {i + 1} to where box {j + 1} is" for i, j in zip(swap.boxes, others, strict=True)]
        cheapest = ", yet this plan is not the cheapest" if whole else ""
        lesson.say(
            f"No swap of two boxes helps{cheapest}. **Pass {len(moves)} boxes round:** {', '.join(moves)}; {saves}."
        )
    st.button("Swap them", key="mb_swap", icon=":material/swap_horiz:", on_click=put, args=(swap.applied(plan),))
    before, after = (number(plan_cost(problem, either, p)) for either in (plan, swap.applied(plan)))
    return [
        (r"\min_{i, j}\ \text{work}(\gamma \text{ with } i, j \text{ swapped})", f"{before} \\to {after}", best_swap)
    ]


def same_cost(problem: BoxProblem, plan: Plan, p: float, put: Callable[[Plan], None]) -> Steps:
    """The plan on the board beside another one that costs exactly the same, or that there is none."""
    if None in plan:
        lesson.say("Place all boxes, and another plan that costs the same is shown beside yours, if there is one.")
        return []
    work = plan_cost(problem, plan, p)
    costs = f"{number(work)} {UNITS[p]}"
    other = equal_plan(problem, plan, p)
    formula = r"\gamma_2 \ne \gamma_1, \quad \text{work}(\gamma_2) = \text{work}(\gamma_1)"
    if other is None:
        lesson.say(
            f"**No other plan costs exactly {costs}.** Every way to put whole boxes into the slots was compared."
        )
        return [(formula, "", equal_plan)]
    optimal = plan_cost(problem, optimal_plan(problem, p), p) > work - 1e-9
    lesson.say(
        f"Two different plans, and both cost **{costs}**. "
        + ("The least cost is one number, but the plan that reaches it is not unique." if optimal else
           "Neither is the cheapest: equal cost says nothing about being optimal.")
    )  # fmt: skip
    (x, y, gamma_1), (_, _, gamma_2) = plan_table(problem, plan), plan_table(problem, other)
    moved = [box for box, (a, b) in enumerate(zip(plan, other, strict=True)) if problem.slots[a] != problem.slots[b]]
    both = (("γ₁, on the board", plan, gamma_1), ("γ₂, costs the same", other, gamma_2))
    for cell, (name, shown, gamma) in zip(st.columns(2), both, strict=True):
        with cell.container(border=True):
            alt = f"{name}: {', '.join(f'{problem.boxes[i]} to {problem.slots[s]}' for i, s in enumerate(shown))}"
            rows, columns = ([f"{place}" for place in side] for side in (x, y))
            st.html(
                f"<b>{name}</b>"
                + plan_picture(problem.boxes, problem.slots, shown, alt=alt, thick=moved)
                + table(rows, columns, gamma, caption="what differs is framed", marked=gamma_1 != gamma_2)
            )
            lesson.say(f"${work_formula(problem, shown, p)}$")
    st.button("Put γ₂ on the board", key="mb_other", icon=":material/swap_horiz:", on_click=put, args=(other,))
    return [(formula, rf"{number(work)} = {number(plan_cost(problem, other, p))}", equal_plan)]


def long_way(problem: BoxProblem, plan: Plan, p: float, put: Callable[[Plan], None]) -> Steps:
    """Why crossing pays for p < 1: one long way against two short ones, with numbers of this problem."""
    crossing = best_crossing(problem)
    if crossing is None:
        lesson.say(
            "No two boxes of this problem can be crossed without going further in all, so there is no tie for p to "
            "break. Look at “A tie broken” or “Six boxes”."
        )
        return []
    i, j = crossing.boxes
    (a, b), (c, d) = crossing.in_order, crossing.crossed
    lesson.say(
        f"Boxes {i + 1} and {j + 1} go {a} and {b} steps **in order**, {c} and {d} steps **crossed**: {a + b} in all, "
        "both ways. So at p = 1 it is a tie. The root bends down, and one step more costs least on the longest way: "
        "at p = ½ one long and one short way win. The square bends up, and they lose."
    )
    from wgan_demo.plots.boxes import crossing_figure
    from wgan_demo.ui.components.figure import figure

    for cell, (name, power) in zip(st.columns(3, vertical_alignment="bottom"), EXPONENTS.items(), strict=True):
        in_order, crossed = crossing.costs(power)
        sign = "<" if crossed < in_order - 1e-9 else ">" if crossed > in_order + 1e-9 else "="
        tie = "" if sign == "=" else f" {sign} {number(in_order)}"
        terms = {0.5: r"\sqrt{%d} + \sqrt{%d}", 1: "%d + %d", 2: "%d^2 + %d^2"}[power]
        with cell:
            lesson.say(f"**p = {name}:** crossed {sign} in order")
            lesson.say(f"${terms % (c, d)} = {number(crossed)}{tie} = {terms % (a, b)}$ {UNITS[power]}")
            alt = f"Cost against length, p = {name}: crossed {number(crossed)}, in order {number(in_order)}"
            figure(crossing_figure(crossing, power, unit=UNITS[power]), key=f"mb_crossing_{power}", alt=alt, height=270)
    lesson.note("The large marks are the middles of the chords: half of what each way costs.")
    formula = r"\sqrt{a + b + c} + \sqrt{c} < \sqrt{a + c} + \sqrt{b + c}, \quad a, b > 0"
    short = min(c, d)
    numbers = rf"a = {a - short},\ b = {b - short},\ c = {short}"
    return [(formula, numbers, best_crossing)]


def giving_up(sides: Sides, p: float) -> Steps:
    """The cheapest way when a box may be given up and a slot filled anew, each for a price."""
    unit = UNITS[p]
    top, first, step = PRICES[p]
    key = {0.5: "mb_price_half", 1: "mb_price", 2: "mb_price_square"}[p]
    boxes, slots = sides
    lesson.say(f"**{_count(len(boxes), 'box')} and {_count(len(slots), 'slot')}, and a box may be given up.**")
    price = st.slider(
        f"Price c of a box given up, and of a slot filled anew ({unit})",
        0.0, top, first, step, format="%g", key=key, **link.BOUND,
    )  # fmt: skip
    best = solve_unbalanced(*sides, price=price, p=p)
    gone, new = len(best.given_up), len(best.filled_anew)
    lesson.say(
        f"**{_count(len(best.carried), 'box')} carried, {gone} given up, {_count(new, 'slot')} filled anew: "
        f"{number(best.moving)} + {gone + new} × {number(price)} = {number(best.total)} {unit}**, moving and prices "
        f"together, and no way costs less. A box is carried only if its way costs at most 2c = {number(2 * price)}: to "
        "give it up and fill its slot anew costs just that."
    )
    x, y = (list(dict.fromkeys(side)) for side in (best.boxes, best.slots))
    cells = np.zeros((len(x) + 1, len(y) + 1), int)
    for box, slot in enumerate(best.plan):
        cells[x.index(best.boxes[box]), len(y) if slot is None else y.index(best.slots[slot])] += 1
    for place in best.filled_anew:
        cells[len(x), y.index(place)] += 1
    left, right = st.columns(2)
    alt = f"{len(best.carried)} carried, given up at {best.given_up}, filled anew at {best.filled_anew}"
    left.html(plan_picture(best.boxes, best.slots, best.plan, alt=alt))
    left.caption("✕ a box given up, + a slot filled with a new box")
    rows, columns = [*map(str, x), "new"], [*map(str, y), "given up"]
    outside = np.zeros(cells.shape, bool)
    outside[-1], outside[:, -1] = cells[-1] > 0, cells[:, -1] > 0
    right.html(table(rows, columns, cells, caption="boxes carried from x to y, given up and new", marked=outside))
    right.markdown(_as_the_price_rises(carrying_prices(*sides, p=p), unit))
    formula = (
        r"\min_\gamma \sum_{x, y} \gamma(x, y)\,|y - x|^p + c\,(\text{boxes} - |\gamma|) + c\,(\text{slots} - |\gamma|)"
    )
    numbers = (
        rf"{number(best.moving)} + {number(price)} \cdot {gone} + {number(price)} \cdot {new} = {number(best.total)}"
    )
    return [(formula, numbers, solve_unbalanced)]


def _as_the_price_rises(prices: tuple[float, ...], unit: str) -> str:
    carried = {number(price): _count(k, "box") for k, price in enumerate(prices, start=1)}  # at a tie the last counts
    steps = [f"{many} from c = {price}" for price, many in carried.items()]
    return f"**As the price rises**, more are carried: {', '.join(steps)} {unit}."


def _count(n: int, what: str) -> str:
    plural = {"box": "boxes", "slot": "slots"}[what]
    return f"{n} {what if n == 1 else plural}"


class View(NamedTuple):
    """How a view is drawn, and whether it has anything to show of a plan."""

    show: Callable[[BoxProblem, Plan, float, Callable[[Plan], None]], Steps]
    has: Callable[[BoxProblem, Plan, float], bool]


VIEWS = {
    "A nudge": View(nudge, lambda *asked: best_swap(*asked) is not None),
    "Same cost, another plan": View(
        same_cost, lambda problem, plan, p: None not in plan and equal_plan(problem, plan, p) is not None
    ),
    "One long way or two short": View(long_way, lambda problem, plan, p: best_crossing(problem) is not None),
}
GIVING_UP = "Giving boxes up"
