"""Lesson: boxes are carried into slots by hand, and the cheapest way is the earth mover's distance."""

from math import ceil

import streamlit as st

from wgan_demo.distances.assignment import (
    PRESETS,
    BoxProblem,
    Plan,
    optimal_plan,
    parse_places,
    parse_plan,
    plan_cost,
    plan_text,
)
from wgan_demo.distances.exact import solve_exact
from wgan_demo.ui import lesson
from wgan_demo.ui.board import UNITS, board, number, places, verdict, why, work_formula

OWN = "Your own"
FIRST = next(iter(PRESETS))
EXPONENTS = {"½": 0.5, "1": 1, "2": 2}


def copy_own() -> None:
    """A problem of your own starts as a copy of the one on the board."""
    if st.session_state.mb_preset == OWN:
        problem = st.session_state.mb_problem
        st.session_state.mb_boxes, st.session_state.mb_slots = places(problem.boxes), places(problem.slots)


def choose_problem() -> tuple[BoxProblem, float]:
    """The problem and the exponent p. What cannot be read is named, and the last good problem stays."""
    link = {"required": True, "bind": "query-params"}
    with st.container(horizontal=True, gap="small"):
        preset = st.segmented_control(
            "Problem", [*PRESETS, OWN], default=FIRST, wrap=True, key="mb_preset", on_change=copy_own, **link
        )
        p = st.segmented_control(
            "A box pays distance to the power p =", list(EXPONENTS), default="1", key="mb_p", **link
        )
    st.session_state.setdefault("mb_problem", PRESETS[FIRST])
    if preset != OWN:
        st.session_state.mb_problem = PRESETS[preset]
        return PRESETS[preset], EXPONENTS[p]
    left, right = st.columns(2)
    boxes = left.text_input("Boxes stand at", key="mb_boxes", bind="query-params")
    slots = right.text_input("Slots are at", key="mb_slots", bind="query-params")
    try:
        st.session_state.mb_problem = BoxProblem(parse_places(boxes, "boxes"), parse_places(slots, "slots"))
    except ValueError as error:
        st.error(f"{error} The board keeps the last problem that worked.", icon=":material/edit:")
    return st.session_state.mb_problem, EXPONENTS[p]


def plans_by_problem(problem: BoxProblem) -> dict[BoxProblem, Plan]:
    """The plan of every problem met in this session; a plan in the link belongs to the first."""
    if "mb_plans" not in st.session_state:
        st.session_state.mb_plans = {}
        if "mb_plan" in st.query_params:
            try:
                st.session_state.mb_plans[problem] = parse_plan(st.query_params["mb_plan"], problem)
            except ValueError as error:
                st.warning(str(error), icon=":material/link_off:")
    return st.session_state.mb_plans


lesson.question(
    "What is the cheapest way to move the boxes?",
    "Drag every box into a dotted slot. A box carried 3 places costs 3 box-steps. How cheap can it get?",
)
problem, p = choose_problem()
n, unit = len(problem.boxes), UNITS[p]
best = optimal_plan(problem, p)
least = plan_cost(problem, best, p)
question = f"mb_{places(problem.boxes)}_{places(problem.slots)}_{p}"
seen = st.session_state.setdefault("mb_seen", set())  # questions whose optimum has been shown
plans = plans_by_problem(problem)

if lesson.guessed(question) is not None:
    seen.add(question)
before = plans.get(problem, problem.nothing_moved)
plan = plans[problem] = board("mb_board", problem, before, p=p, optimum=best, revealed=question in seen)
if plan == problem.nothing_moved:
    st.query_params.pop("mb_plan", None)
else:
    st.query_params["mb_plan"] = plan_text(plan)
if None not in plan:
    seen.add(question)

if question in seen:
    guess = lesson.guessed(question)
    said = "" if guess is None else f" You guessed {number(guess)}; the least is {number(least)}."
    st.markdown(f"{verdict(problem, plan, best, p)}{said}")
    st.markdown(why(problem, p))
else:
    span = max(problem.boxes + problem.slots) - min(problem.boxes + problem.slots)
    high = float(n * ceil(max(span, 1) ** p))  # no plan costs more
    step = 1.0 if p >= 1 else 0.1
    lesson.predict(question, "How little work can fill every slot?", low=0.0, high=high, step=step, unit=unit)

emd = rf"= \tfrac{{{number(least)}}}{{{n}}} = {number(least / n)}" if question in seen else ""
lesson.code_that_ran(
    (r"\text{work}(\gamma) = \sum_{x, y} \gamma(x, y)\,|y - x|^p", work_formula(problem, plan, p), plan_cost),
    (r"W_p^p = \min_\gamma \frac{\text{work}(\gamma)}{\text{total mass}}, \quad \text{EMD} = W_1", emd, solve_exact),
)
lesson.take_away(
    "A plan γ(x, y) says how much goes from x to y; its margins are fixed, the rest is free. The earth mover's "
    "distance is the work of the cheapest plan per unit of mass: total work in box-steps, EMD = work / boxes in steps."
)
