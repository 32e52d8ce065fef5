"""The board where boxes are dragged into slots (static/board), and what is said about a plan."""

import streamlit as st

from wgan_demo.distances.assignment import (
    ROUNDING,
    BoxProblem,
    Plan,
    optimal_plan,
    parse_plan,
    plan_cost,
    plan_table,
    plan_text,
)
from wgan_demo.plots.theme import CRITIC, SOURCE, TARGET
from wgan_demo.ui import link
from wgan_demo.ui.components import assets

UNITS = {0.5: "box·√steps", 1: "box-steps", 2: "box·steps²"}  # of the cost, by the exponent p

_board = assets.component("board/board", css=f":host {{ --source: {SOURCE}; --target: {TARGET}; --good: {CRITIC}; }}\n")


def board(key: str, problem: BoxProblem, plan: Plan, *, p: float, optimum: Plan, revealed: bool) -> Plan:
    """Show the board and return the plan on it now.

    `plan` is where the boxes are when the problem first appears; after that the hand moves them, or `put`. The cost of
    the optimum stays hidden until it is `revealed` or every box is placed.
    """
    name = f"{places(problem.boxes)} to {places(problem.slots)}"
    data = {
        "problem": name,
        "boxes": problem.boxes,
        "slots": problem.slots,
        "p": p,
        "unit": UNITS[p],
        "plan": plan_text(plan),
        "rev": st.session_state.get(f"{key}_rev", 0) + link.revision(),
        "optimum": plan_text(optimum),
        "revealed": revealed,
    }
    if link.renewed(key):
        st.session_state[key] = {"placed": None}
    placed = _board(key=key, data=data, default={"placed": None}, on_placed_change=lambda: None).placed
    if not placed or placed["problem"] != name:  # untouched, or the last word on another problem
        return plan
    return parse_plan(placed["plan"], problem)


def put(key: str) -> None:
    """For a callback that has changed the plan: the board takes it over, and its undo brings the old one back."""
    st.session_state[f"{key}_rev"] = st.session_state.get(f"{key}_rev", 0) + 1
    st.session_state[key] = {"placed": None}


def places(side: tuple[int, ...]) -> str:
    """As they are typed: "1 1 2"."""
    return " ".join(map(str, side))


def number(value: float) -> str:
    """Two decimals at most, as the board writes them."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def small(value: float) -> str:
    """The same, with as many more decimals as a small one needs to be seen."""
    return number(value) if value >= 0.01 else f"{value:.1g}"


def verdict(problem: BoxProblem, plan: Plan, best: Plan, p: float) -> str:
    """How far the plan, whole or in part, is from the optimum."""
    work, least = plan_cost(problem, plan, p), plan_cost(problem, best, p)
    finish = plan_cost(problem, optimal_plan(problem, p, plan), p)
    above = finish - least
    costs = f"This plan costs **{number(work)} {UNITS[p]}**"
    if None in plan:
        lost = ": nothing is lost yet" if above < ROUNDING else f", {small(above)} above the cheapest"
        return f"The best finish from here costs **{number(finish)} {UNITS[p]}**{lost}."
    if above < ROUNDING:
        name, unit = ("EMD", " step" if work == len(plan) else " steps") if p == 1 else ("cost per box", "")
        per_box = f"{name} = {number(work)} / {len(plan)} = {number(work / len(plan))}{unit}"
        return f":green-badge[Optimal] {costs}, and no plan costs less: {per_box}."
    return f":orange-badge[{small(above)} above the cheapest] {costs}, the cheapest {number(least)}."


def why(problem: BoxProblem, p: float) -> str:
    """Why the optimum is what it is."""
    boxes, slots = problem.boxes, problem.slots
    in_order = f"{number(plan_cost(problem, problem.in_order, p))} {UNITS[p]}"
    if len(set(boxes)) == 1 or len(set(slots)) == 1:
        return f"There is only one plan here, as boxes of one place are alike, and so are slots: it costs {in_order}."
    if p == 1 and boxes[-1] <= slots[0]:
        return (
            f"Here **every** plan costs {in_order}: all boxes lie left of all slots, so no box ever turns back, and "
            f"the cost is the sum of the slots' places minus the sum of the boxes', {sum(slots)} − {sum(boxes)}, "
            "whichever box goes where. There is one least cost, but many plans can reach it. Try p = 2 and p = ½."
        )
    if len(boxes) == 2:
        crossed = number(plan_cost(problem, (1, 0), p))
        return f"There are two plans: in order (left box to left slot) costs {in_order}, crossed costs {crossed}."
    if p < 1:
        if plan_cost(problem, problem.in_order, p) < plan_cost(problem, optimal_plan(problem, p), p) + ROUNDING:
            return (
                f"Keeping the boxes in order costs {in_order}, and here no plan costs less. For p < 1 that is not "
                "always so: one long way is cheaper than many short ones that add up to it."
            )
        return (
            f"Keeping the boxes in order costs {in_order}. For p < 1 one long way is cheaper than many short ones: "
            "boxes that can stay do stay, and a few make the whole way."
        )
    return f"On a line, for p ≥ 1, keeping the boxes in order (k-th box to k-th slot) is always optimal: {in_order}."


def work_formula(problem: BoxProblem, plan: Plan, p: float) -> str:
    """The plan's cost with its numbers put in, as latex: gamma(x, y) |y - x|^p over the table's filled cells."""
    power = "" if p == 1 else f"^{{{p:g}}}"
    x, y, gamma = plan_table(problem, plan)
    terms = [rf"{gamma[i, j]} \cdot |{y[j]} - {x[i]}|{power}" for i, j in zip(*gamma.nonzero(), strict=True)]
    return " + ".join(terms or ["0"]) + f" = {number(plan_cost(problem, plan, p))}"
