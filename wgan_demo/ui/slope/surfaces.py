"""Value surfaces: clipping above, a penalty below, on three data sets; c and lambda slide over what is recorded."""

import streamlit as st

from wgan_demo.experiments.result import Result
from wgan_demo.experiments.studies import surfaces as study
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig
from wgan_demo.gan.objectives import CONSTRAINTS
from wgan_demo.plots.slope.numbers import latex, number
from wgan_demo.plots.slope.surfaces import Surface, surfaces_figure
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.figure import figure
from wgan_demo.ui.experiments.panel import shipped, study_panel
from wgan_demo.ui.slope import own_run
from wgan_demo.ui.slope.words import SIDES, data, held

QUESTION = "How much of W₁ does each critic find?"
HEIGHT = 580  # pixels of a picture of two surfaces
WIDTH = 165  # of a slider: two are side by side on a phone
C = [f"{c:g}" for c in study.CLIPS]
LAMBDAS = [f"{weight:g}" for weight in study.LAMBDAS["gradient_penalty"]]
ANSWERS = {
    "Under a third": "More than that:",
    "A third to three quarters": "Yes:",
    "Over nine tenths": "Less than that:",
    lesson.SHOW: "A third to three quarters:",
}
PENALTIES = {
    "gradient_penalty": "With a small λ some pairs are far steeper than 1, and the steepest one counts. "
    "A large two-sided λ asks for slope 1 also where the best f is gentler, and that costs height.",
    "one_sided": "The larger λ, the nearer the greatest slope to 1 and the bound to W₁: a slope below 1 "
    "costs nothing here.",
}
GUESS = lesson.Choice(
    "sl_guess",
    "Your guess first. A gap divided by the critic’s greatest slope is a true lower bound of W₁. How much of W₁ does a "
    "clipped critic reach?",
    list(ANSWERS),
)


def show() -> None:
    """The controls, a picture for each data set, the numbers once they are guessed, and a critic of one's own."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        c = _slider("c: weights within ±c", "sl_c", C, "0.1")
        beside = st.container(width="content")
        side = st.segmented_control(
            "Penalty", list(SIDES), default="One-sided", required=True, key="sl_side", label_visibility="collapsed",
            **link.KEPT,
        )  # fmt: skip
        with beside:
            if SIDES[side] == "one_sided":
                weight = _slider("λ: one-sided penalty", "sl_lambda", LAMBDAS[1:], "100")
            else:
                weight = _slider("λ: two-sided penalty", "sl_lambda_two", LAMBDAS, "10")
    results, told = shipped("surfaces"), lesson.answered(GUESS) is not None
    pairs = {}
    for cell, dataset in zip(st.columns(len(study.DATASETS)), study.DATASETS, strict=True):
        configs = study.clipped(dataset, float(c)), study.penalised(dataset, SIDES[side], float(weight))
        pairs[dataset] = [results[study.name(config)] for config in configs]
        with cell:
            _picture(dataset, configs, pairs[dataset], told)
    guess = lesson.ask(GUESS)
    lesson.say(f"{ANSWERS[guess]} {_said(pairs)}" if guess else "Then the numbers come into the table.")
    _table(pairs, guess is not None)
    own_run.show(guess is not None)
    study_panel("surfaces")
    clipping = pairs["swiss_roll"][0]
    lesson.code_that_ran(
        (r"w \leftarrow \mathrm{clip}(w, -c, c)", rf"c = {c}", "wgan_demo.gan.lipschitz:clip"),
        (
            rf"L = -\big(\mathbb{{E}} f(x) - \mathbb{{E}} f(y)\big) + {CONSTRAINTS[SIDES[side]].formula}",
            rf"\lambda = {weight}",
            "wgan_demo.gan.critic_alone.plane_trainer:step",
        ),
        (
            r"\frac{\mathbb{E} f(x) - \mathbb{E} f(y)}{\max_{a, b} |f(a) - f(b)| / |a - b|} \le W_1",
            _bound(clipping) if guess else "",
            "wgan_demo.gan.critic_alone.plane_trainer:pair_slopes",
        ),
    )
    if guess:
        lesson.take_away(
            "A clipped critic is as steep as its c and its layers happen to make it, and its surface stays simple: its "
            "gap is in no known unit, and divided by its greatest slope it still misses much of W₁. A penalty holds "
            "the slope itself: the one-sided one with a large λ reaches more than nine tenths here."
        )


def _slider(label: str, key: str, values: list[str], start: str) -> str:
    """One of the recorded values; a link that holds another one is told so."""

    def parse(text: str) -> str:
        if text not in values:
            raise ValueError(f"“{text[:20]}” is none of {', '.join(values)}; other values can be trained below.")
        return text

    link.linked(key, parse, start, f"The link asks for {label.partition(':')[0]}:")
    return st.select_slider(label, values, start, key=key, width=WIDTH, **link.KEPT)


def _picture(dataset: str, configs: tuple[PlaneCriticConfig, ...], results: list[Result], told: bool) -> None:
    """The two surfaces of a data set."""
    below = "; ".join(_bounds(results)) if told else ""
    figure(
        _drawn(dataset, tuple(map(study.name, configs)), told),
        key=f"sl_surface_{dataset}",
        alt=f"Critics’ values over {data(dataset)}: {held(configs[0])} above, {held(configs[1])} below. {below}",
        height=HEIGHT,
    )


@st.cache_resource(max_entries=256, show_spinner=False)
def _drawn(dataset: str, runs: tuple[str, ...], told: bool) -> dict:
    """The picture of these runs, drawn once. Shared, so not to be changed."""
    results = [shipped("surfaces")[run] for run in runs]
    configs = [study.STUDY.runs[run] for run in runs]
    surfaces = [
        Surface(result.arrays["surface"], f"{data(dataset)}: {held(config).replace(' penalty', '')}", bound)
        for config, result, bound in zip(configs, results, _bounds(results) if told else ("", ""), strict=True)
    ]
    return surfaces_figure(surfaces, *configs[0].samples(), height=HEIGHT).to_plotly_json()


def _bounds(results: list[Result]) -> list[str]:
    """What each result says of W1."""
    return [
        f"bound {number(r.numbers['bound'])}, W₁ {number(r.numbers['w1'])}: {r.numbers['share']:.0%}" for r in results
    ]


def _said(pairs: dict[str, list[Result]]) -> str:
    """The shares of W1 that the critics on the screen reach."""
    shares = [[pair[i].numbers["share"] for pair in pairs.values()] for i in (0, 1)]
    (low, high), (least, most) = ((min(share), max(share)) for share in shares)
    side = pairs["swiss_roll"][1].config["regularizer"]
    return (
        f"with this c the bound is {low:.0%} to {high:.0%} of the exact W₁, with this penalty {least:.0%} to "
        f"{most:.0%}. {PENALTIES[side]}"
    )


def _table(pairs: dict[str, list[Result]], told: bool) -> None:
    """All numbers of what is on the screen, once they may be told; until then their places."""
    rows = [(data(dataset), result) for dataset, pair in pairs.items() for result in pair]
    columns = {
        "Critic": [f"{name}: {held(_config(result))}" for name, result in rows],
        "Gap": [number(result.numbers["gap"]) for _, result in rows],
        "Greatest slope": [number(result.numbers["slope"]) for _, result in rows],
        "Gap / slope": [number(result.numbers["bound"]) for _, result in rows],
        "W₁": [number(result.numbers["w1"]) for _, result in rows],
        "Share": [f"{result.numbers['share']:.0%}" for _, result in rows],
    }
    if not told:
        columns |= {name: ["?"] * len(rows) for name in columns if name != "Critic"}
    words = "; ".join(f"{a}: {b}" for a, b in zip(columns["Critic"], columns["Share"], strict=True))
    st.table(columns, border="horizontal", hide_index=True, alt=words)
    lesson.note(
        "The gap is in units of f, gap / slope and W₁ in units of x. The greatest slope is |f(a) − f(b)| / |a − b| of "
        "all pairs of the 512 points, real and generated, and W₁ is the exact one of the same points. Each critic was "
        "trained for 4,000 steps against them, as for figure 1a of Gulrajani et al. 2017."
    )


def _config(result: Result) -> PlaneCriticConfig:
    settings = result.config
    return PlaneCriticConfig(**settings | {name: tuple(settings[name]) for name in ("hidden", "betas")})


def _bound(result: Result) -> str:
    gap, slope, bound, w1 = (latex(result.numbers[name]) for name in ("gap", "slope", "bound", "w1"))
    return rf"\frac{{{gap}}}{{{slope}}} = {bound} \le {w1}"
