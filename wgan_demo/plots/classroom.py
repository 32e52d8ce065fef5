"""What a class has drawn: all plans in one table, all critics on one another, and the best of them."""

from collections import Counter

import numpy as np
import plotly.graph_objects as go

from wgan_demo.classroom.polls import Question
from wgan_demo.distances.assignment import BoxProblem, plan_table
from wgan_demo.plots.theme import CRITIC, NEUTRAL, SOURCE, base_layout, fill, lean, scatter


def mean_plan(question: Question, answers: Counter[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places x (nx,) of boxes, places y (ny,) of slots, and the mean gamma (nx, ny) of all plans, in boxes."""
    problem = BoxProblem(*question.places)
    plans = question.arrays(answers).astype(int)
    tables = [plan_table(problem, tuple(plan)) for plan in plans]
    x, y, gamma = plan_table(problem, problem.nothing_moved)
    return x, y, np.mean([table[2] for table in tables], axis=0) if tables else gamma.astype(float)


def plans_figure(question: Question, answers: Counter[str]) -> go.Figure:
    """The mean of all plans as shades, x downwards and y to the right as in the board's table; a best plan as rings."""
    x, y, gamma = mean_plan(question, answers)
    best = plan_table(BoxProblem(*question.places), tuple(map(int, question.best)))[2]
    rows, columns = best.nonzero()
    of_box, of_slot = ([f"{place:g}" for place in places] for places in (x, y))
    shades = go.Heatmap(
        x=of_slot, y=of_box, z=lean(gamma), zmin=0, xgap=2, ygap=2, showscale=False,
        colorscale=[[0, fill(SOURCE, 0)], [1, SOURCE]],
        text=[[f"{mean:.2g}" if mean else "" for mean in row] for row in gamma], texttemplate="%{text}",
        hovertemplate="from %{y} to %{x}: %{z:.2f} boxes on average<extra></extra>",
    )  # fmt: skip
    rings = go.Scatter(
        x=[of_slot[column] for column in columns], y=[of_box[row] for row in rows], mode="markers",
        name="in the cheapest plan", hoverinfo="skip", showlegend=True,
        marker={"symbol": "circle-open", "size": 34, "color": CRITIC, "line": {"width": 3, "color": CRITIC}},
    )  # fmt: skip
    return go.Figure(
        [shades, rings],
        base_layout(
            xaxis={"title": {"text": "to place y (steps)"}, "type": "category", "showgrid": False},
            yaxis={
                "title": {"text": "from place x (steps)"}, "type": "category", "autorange": "reversed",
                "showgrid": False, "automargin": True,
            },
            hovermode="closest",
        ),
    )  # fmt: skip


def curves_figure(question: Question, answers: Counter[str]) -> go.Figure:
    """Every f thin and the best one thick, each moved so that its mean is 0: a constant lifts P and Q alike."""
    (x,) = question.places
    drawn = question.arrays(answers)
    gaps = np.full((len(drawn), 1), np.nan)
    heights = np.hstack([drawn - drawn.mean(axis=1, keepdims=True), gaps]) if len(drawn) else gaps
    best = np.subtract(question.best, np.mean(question.best))
    traces = [
        scatter(
            np.tile([*x, np.nan], len(drawn)), heights.ravel(), name="the class", line={"color": NEUTRAL, "width": 1.2}
        ),
        scatter(x, best, name="best f: f*", line={"color": CRITIC, "width": 5}),
    ]
    return go.Figure(
        traces,
        base_layout(
            xaxis={"title": {"text": "place (steps)"}},
            yaxis={"title": {"text": "f, moved to mean 0 (steps)"}, "automargin": True},
        ),
    )
