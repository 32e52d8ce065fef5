"""The gradient on its way back through twelve layers, and the piles of clipped weights, over the steps."""

import streamlit as st

from wgan_demo.experiments.studies import layers as study
from wgan_demo.plots.slope.layers import Course, layers_panel, weights_panel
from wgan_demo.plots.slope.numbers import RAISED
from wgan_demo.plots.sweep import pack
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.sweep import place, sweep
from wgan_demo.ui.experiments.panel import shipped, study_panel

QUESTION = "What is left of the gradient twelve layers down?"
NAMES = {f"c={clip:g}": f"clipping, c = {clip:g}" for clip in study.CLIPS} | {study.PENALTY: "penalty, λ = 10"}
ANSWERS = {
    "All three fade": "Not all three: with the widest clipping it grows.",
    "All three grow": "Not all three: with the two narrow ones it fades.",
    "It depends on c": "Yes.",
    lesson.SHOW: "It depends on c.",
}
GUESS = lesson.Choice(
    "sl_layer_guess",
    "Your guess first. Weights are clipped at 0.1, 0.01 or 0.001. What happens to the gradient on its way from the "
    "score (layer 12) back to the input (layer 1)?",
    list(ANSWERS),
)


@st.cache_resource(show_spinner=False)
def _courses() -> dict[str, Course]:
    return {
        name: Course(result.arrays["layers"], result.arrays["weights"])
        for run, name in NAMES.items()
        for result in (shipped("layers")[run],)
    }


def show() -> None:
    """Norms by layer and weights of one run, with one slider for the step; the untrained networks before the guess."""
    results = shipped("layers")
    steps = [f"{step:,}" for step in results[study.PENALTY].arrays["step"]]
    told = lesson.answered(GUESS) is not None
    courses = _courses() if told else {name: Course(*(part[:1] for part in run)) for name, run in _courses().items()}
    places = steps if told else steps[:1]
    at = place("sl_step", places, places[-1]) if told else 0
    left, right = st.columns(2, gap="medium")
    with left:
        made = pack(
            [layers_panel(courses)],
            places,
            label="Step of the critic" if told else "",
            sentence=[_sentence(courses, i, step) for i, step in enumerate(places)],
            alt="Norm of the gradient at each of twelve hidden layers, for three clippings and a penalty",
        )
        sweep(made, "sl_step", at, key="sl_layers", follow=["sl_weights"])
    with right:
        shown = st.segmented_control(
            "Weights of", list(NAMES.values()), default=NAMES["c=0.1"], required=True, wrap=True, key="sl_weights_of",
            **link.KEPT,
        )  # fmt: skip
        run, name = next((run, name) for run, name in NAMES.items() if name == shown)
        reach = "c" if run != study.PENALTY else "what 99.5 % of them lie within"
        made = pack(
            [weights_panel(name, courses[name], list(NAMES).index(run), reach)],
            places,
            sentence=[_piles(run, i, step) for i, step in enumerate(places)],
            alt=f"Histogram of all weights, {name}",
        )
        sweep(made, "sl_step", at, key="sl_weights", follow=["sl_layers"])
    guess = lesson.ask(GUESS)
    with st.container():  # also when empty: what comes below keeps its place
        if guess:
            lesson.say(f"{ANSWERS[guess]} {_said()}")
    lesson.note(
        "Twelve hidden layers of 128 ReLUs on the Swiss roll, from the same initial weights. The norm is taken of the "
        "critic’s loss without its penalty, for each point; its root mean square is shown. In float64, since c = 0.001 "
        "falls below what float32 can hold. As in figure 1b of Gulrajani et al. 2017, where the generator learns too."
    )
    study_panel("layers")
    lesson.code_that_ran(
        (
            r"n\,\Big\|\frac{\partial L}{\partial h_l}\Big\|,\quad"
            r" \frac{\partial L}{\partial h_{l-1}} = W_l^\top D_l\,\frac{\partial L}{\partial h_l}",
            "",
            "wgan_demo.gan.critic_alone.plane_trainer:layer_norms",
        ),
        (r"w \leftarrow \mathrm{clip}(w, -c, c)", "", "wgan_demo.gan.lipschitz:clip"),
    )
    if guess:
        lesson.take_away(
            "Each layer multiplies the gradient by about the same factor. With clipping that factor is what c and the "
            "width happen to make it: below 1 the gradient vanishes in a few layers, above 1 it explodes. A penalty "
            "holds the slope of the whole critic, and so the product of all factors."
        )


def _sentence(courses: dict[str, Course], at: int, step: str) -> str:
    """How many powers of ten each run gains from layer 12 to layer 1."""
    gains = {name: course.layers[at, 0] - course.layers[at, -1] for name, course in courses.items()}
    told = ", ".join(f"{name}: × {_power(gain)}" for name, gain in gains.items())
    return f"From layer 12 to layer 1 at step {step}: {told}."


def _power(gain: float) -> str:
    """10 to this power, as a number that can be read."""
    return f"{10**gain:.2g}" if abs(gain) < 3 else f"10{str(round(gain)).translate(RAISED)}"


def _piles(run: str, at: int, step: str) -> str:
    weights, reach = (shipped("layers")[run].arrays[name][at] for name in ("weights", "reach"))
    if run == study.PENALTY:
        return f"Step {step}: nothing piles up; 99.5 % of the weights lie within ±{reach:.2g}."
    beyond = "beyond" if step == "0" else "next to"  # before the first clipping
    return f"Step {step}: {weights[[0, -1]].sum():.0%} of the weights are {beyond} −c and c."


def _said() -> str:
    gains = {run: result.numbers["gained"] for run, result in shipped("layers").items()}
    wide, middle, narrow = (gains[f"c={clip:g}"] for clip in study.CLIPS)
    return (
        f"On the way back through the layers the gradient is multiplied by {_power(wide)} at c = 0.1, by "
        f"{_power(middle)} at 0.01, by {_power(narrow)} at 0.001, and by {_power(gains[study.PENALTY])} with the "
        "penalty. Move the step to 0: before the first clipping all four are the same network. Clipped weights end up "
        "at −c and c, whatever c is. At c = 0.01 and 0.001 almost nothing moves after the first step: "
        "every gradient lies far below RMSProp’s ε = 10⁻⁸."
    )
