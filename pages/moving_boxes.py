"""Lesson: boxes are carried into slots by hand, and the cheapest way is the earth mover's distance."""

from math import ceil

import streamlit as st

from wgan_demo.distances.assignment import BoxProblem, Plan, optimal_plan, parse_plan, plan_cost, plan_text
from wgan_demo.distances.exact import solve_exact
from wgan_demo.ui import lesson, link
from wgan_demo.ui.boxes.problem import choose_problem
from wgan_demo.ui.boxes.views import GIVING_UP, VIEWS, giving_up
from wgan_demo.ui.components.board import UNITS, board, number, places, put, verdict, why, work_formula


def plans_by_problem(problem: BoxProblem) -> dict[BoxProblem, Plan]:
    """The plan of every problem met in this session; a plan in the link belongs to the first."""
    led = link.renewed("mb_plans")
    if "mb_plans" not in st.session_state or led:
        plans = st.session_state.setdefault("mb_plans", {})
        if plan := link.linked("mb_plan", lambda text: parse_plan(text, problem), None, ""):
            plans[problem] = plan
        elif led:
            plans.pop(problem, None)
    return st.session_state.mb_plans


def put_on_board(changed: Plan) -> None:
    """A view's button changes the plan of the problem that is on the board."""
    st.session_state.mb_plans[st.session_state.mb_problem] = changed
    put("mb_board")


lesson.title("moving_boxes")
with st.container():  # whatever appears in it, what comes below keeps its place, and so its part of the link
    problem, wanted, p = choose_problem()
    plans = plans_by_problem(problem)
n, unit = len(problem.boxes), UNITS[p]
best = optimal_plan(problem, p)
least = plan_cost(problem, best, p)
question = f"mb_{places(problem.boxes)}_{places(problem.slots)}_{p}"
seen = st.session_state.setdefault("mb_seen", set())  # questions whose optimum has been shown

if lesson.guessed(question) is not None:
    seen.add(question)
before = plans.get(problem, problem.nothing_moved)
plan = plans[problem] = board("mb_board", problem, before, p=p, optimum=best, revealed=question in seen)
link.put("mb_plan", None if plan == problem.nothing_moved else plan_text(plan))
if None not in plan:
    seen.add(question)

span = max(problem.boxes + problem.slots) - min(problem.boxes + problem.slots)
high = float(n * ceil(max(span, 1) ** p))  # no plan costs more
step = 1.0 if p >= 1 else 0.1
asked = lesson.Number(question, "How little work can fill every slot?", 0.0, high, step, unit, truth=least)
with st.container():
    if question in seen:
        guess = lesson.guessed(question)
        said = "" if guess in (None, lesson.SHOW) else f" You guessed {number(guess)}; the least is {number(least)}."
        lesson.say(f"{verdict(problem, plan, best, p)}{said}")
        lesson.say(why(problem, p))
        lesson.put(asked, guess)
    else:
        lesson.ask(asked)

with st.container():
    if question in seen:
        prompt = f"The plans of the class, boxes at {places(problem.boxes)}, p = {p:g}."
        unit_of_plan, sides = "slot of each box, from 0", (problem.boxes, problem.slots)
        drawing = lesson.Drawing(question.replace("mb", "mg", 1), prompt, "plan", unit_of_plan, sides, best)
        lesson.put(drawing, None if None in plan else " ".join(map(str, plan)))

looked_at = st.session_state.get("mb_look") or link.text("mb_look")  # stays, whatever becomes of the plan
closer = [name for name, view in VIEWS.items() if name == looked_at or view.has(problem, plan, p)]
look = st.pills("Look closer", [*closer, GIVING_UP], key="mb_look", **link.BOUND)
steps = []
with st.container():
    if look in VIEWS:
        steps += VIEWS[look].show(problem, plan, p, put_on_board)
with st.container():
    if look == GIVING_UP or wanted != (problem.boxes, problem.slots):
        steps += giving_up(wanted, p)

emd = rf"= \tfrac{{{number(least)}}}{{{n}}} = {number(least / n)}" if question in seen else ""
lesson.code_that_ran(
    (r"\text{work}(\gamma) = \sum_{x, y} \gamma(x, y)\,|y - x|^p", work_formula(problem, plan, p), plan_cost),
    (r"W_p^p = \min_\gamma \frac{\text{work}(\gamma)}{\text{total mass}}, \quad \text{EMD} = W_1", emd, solve_exact),
    *steps,
)
if question in seen:
    lesson.take_away(
        "A plan γ(x, y) says how much goes from x to y; its margins are fixed, the rest is free. The earth mover's "
        "distance is the work of the cheapest plan per unit of mass: total work in box-steps, EMD = work / boxes in "
        "steps."
    )
