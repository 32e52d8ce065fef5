"""The guide through each lesson, and the class page: what it points at, one after the other, and what it says."""

from typing import NamedTuple

import streamlit as st

from wgan_demo.ui import link
from wgan_demo.ui.components.tour import tour

LINK = "guide"  # the step in the link, counted from 1
AT = "guide_at"  # (page, step counted from 0) of the guide that is open in this visit


class Step(NamedTuple):
    """What the guide points `at`, a selector as `tour` takes it, and what it `says`."""

    at: str
    says: str


GUESS = '[class*="_guess"] | .st-key-ask'
CODE = Step(
    ".st-key-code_that_ran", "Open this: the formula, your numbers in it, and the very lines that computed them."
)
GUIDES = {
    "moving_boxes": (
        Step(".st-key-mb_board >> button", "Drag a box into a dotted slot. Each place that it is carried costs 1."),
        Step(".st-key-mb_board >> table", "Your plan as a table: how many boxes go from where to where."),
        Step(".st-key-ask | .st-key-mb_board", "What is the least work that fills every slot? Guess, then see."),
        Step(".st-key-mb_p", "Let long ways cost more: take p = 2, and look at what the cheapest plan does."),
        Step(".st-key-mb_look", "Look closer: each of these makes one point about plans on this board."),
        CODE,
    ),
    "distances": (
        Step(".st-key-d_shift >> .hand", "Drag Q to the right. Numbers, area and curves follow your hand."),
        Step(".st-key-d_shift >> dl", "Seven numbers for the same P and Q. Which of them keep growing?"),
        Step(".st-key-d_guess", "Say which ones stop; then the curves come."),
        Step(
            '[class*="st-key-d_curves_"] | .st-key-d_guess',
            "Each distance over θ, and its slope below: what a learner could go by.",
        ),
        Step(".st-key-d_pair", "Another P and Q makes another point. Try Uniforms: KL is infinite, JS stands still."),
        Step(".st-key-d_view", "The other views take one question each. “The plan” shows which bit goes where."),
        CODE,
    ),
    "duality": (
        Step('.st-key-du_critic >> [role="slider"]', "Drag a knot of f up. The clamp keeps every slope at 1 at most."),
        Step(".st-key-du_critic >> .meter", "This bar is how far f lifts P above Q. It can reach W₁, and no farther."),
        Step(".st-key-du_guess", "How steep is the best f where mass has to move? Guess."),
        Step(".st-key-du_reveal", "Show the best f, and compare it with yours."),
        Step(".st-key-du_plan", "Show which mass moves: the best f has slope 1 along every way."),
        Step(".st-key-du_train", "A small network learns to be this critic, now and here."),
        CODE,
    ),
    "training": (
        Step('[class*="_guess_"]', "How far will the orange points have come? Guess; until then the film stops early."),
        Step(".st-key-run_bar button", "Start a run of your own: it trains here and now."),
        Step('[class*="_stage"]', "Blue: data. Orange: what the generator makes. Green: the critic's scores."),
        Step('[class*="_norms"]', "The critic's slopes between data and samples: the penalty pulls them to 1."),
        Step('[class*="_loss"]', "The exact distance to the data, and what the critic says of it."),
        Step('[class*="_look"]', "One iteration in slow motion: every piece of it, with its formula and its numbers."),
        CODE,
    ),
    "vanishing": (
        Step(
            ".st-key-va_curves >> .player", "Press Play: D and f learn, step after step. P and Q stay where they are."
        ),
        Step(
            ".st-key-va_curves >> svg", "Pink: D, from 1 at P to 0 at Q. Green: the critic. Where is each of them flat?"
        ),
        Step(".st-key-va_curves >> dl", "What D reaches, and the best that any discriminator could reach here."),
        Step(".st-key-va_guess", "What does the better D tell a far point? Guess; then the arrows come."),
        Step(
            ".st-key-va_theta",
            "Bring Q nearer: at θ = 2 nothing vanishes. Or take a θ of your own, trained here and now.",
        ),
        Step(".st-key-va_view", "The other views take one question each."),
        CODE,
    ),
    "slope": (
        Step(
            ".st-key-sl_surface_eight_gaussians",
            "A critic’s values over the same points: above its weights are clipped, below a penalty holds its slope.",
        ),
        Step(".st-key-sl_c", "Move c. All weights stay within ±c; the colours are scaled anew each time."),
        Step('[class*="st-key-sl_lambda"]', "Move λ, the price of a slope that is not 1."),
        Step(".st-key-sl_guess", "How much of W₁ does a clipped critic find? Guess; then the numbers come."),
        Step(".st-key-sl_own_panel", "A c or λ that is not recorded is trained here and now."),
        Step(".st-key-sl_view", "Then look layer by layer at the gradient, and place by place at the slope."),
        CODE,
    ),
    "digits": (
        Step(".st-key-im_guess", "Which of the two will make all ten digits? Guess; until then the film stops early."),
        Step(".st-key-run_bar button", "Start both: they train here and now. The speed is that of both."),
        Step(".st-key-im_two_stage", "64 pictures of each, from latents that stay the same. Blink to the real ones."),
        Step(".st-key-im_two_versus", "What both have come to. FID compares what a small classifier sees in them."),
        Step(".st-key-im_settings", "Other pictures, MNIST among them; another learning rate. Who minds?"),
        Step(
            ".st-key-im_view",
            "“In slow motion” takes one iteration apart. In “Your own” you draw what it learns.",
        ),
        CODE,
    ),
    "evidence": (
        Step(".st-key-ev_table", "Three tables from papers: FID, inception scores, modes covered."),
        Step('[class*="st-key-ev_guess"]', "Guess; then the numbers come, with their intervals."),
        Step(
            '[class*="st-key-ev_FID"] | [class*="st-key-ev_guess"]',
            "The best stands on top. Where two intervals overlap, the order may be chance.",
        ),
        Step(
            ".st-key-ev_view",
            "Then what this program measured, seed by seed; how soon each gets there; and three generators.",
        ),
    ),
    "clinic": (
        Step(".st-key-bc_curves", "Three curves of two runs from one seed: dashed the healthy one, solid the other."),
        Step('[class*="st-key-bc_guess"]', "Name the bug, or say that these curves do not tell: some bugs hide."),
        Step(".st-key-bc_versus | [class*='st-key-bc_guess']", "What both runs have come to, as numbers."),
        Step(".st-key-bc_bar button", "The next case. Its number is in the link, the name of its bug is not."),
        Step(".st-key-bc_train", "Both runs train here and now, from a seed of your own."),
        CODE,
    ),
    "claims": (
        Step(".st-key-cl_saying", "A sentence in our words, and who says it."),
        Step('[class*="st-key-cl_guess"]', "True, false, or does it depend? Guess; then the picture comes."),
        Step(
            ".st-key-cl_picture | .st-key-cl_ask",
            "What decides it comes here: curves that are computed, or read from a recorded run.",
        ),
        Step(".st-key-cl_claim", "Any of the claims; the link holds its number."),
    ),
    "class": (
        Step(".st-key-room_open | .room-code", "Who leads opens a room. Its code, link and picture are for the wall."),
        Step(
            ".st-key-room_enter | .room-qr", "Who takes part scans the picture or types the code. Nobody gives a name."
        ),
        Step(
            ".st-key-room_open button | .st-key-room_asked",
            "Then go to a lesson. Each of its questions is put to the room, and you reveal what was guessed or drawn.",
        ),
        Step(
            ".st-key-room_enter input | .st-key-room_bar",
            "All pages go where the lecturer’s goes, and show the film and the run that it shows. Detach leaves them.",
        ),
    ),
}


@st.fragment
def guide(page: str) -> None:
    """The guide's button on this page. Where it has come to stands in the link."""
    steps = GUIDES[page]
    if AT not in st.session_state:
        st.session_state[AT] = page, link.linked(LINK, lambda text: _step(text, len(steps)), None, "")
    where, at = st.session_state[AT]
    if where != page:  # it was left by going to another page
        at = None

    def on_step(step: int | None) -> None:
        st.session_state[AT] = page, step

    link.put(LINK, None if at is None else str(at + 1))
    tour(page, steps, at, on_step)


def _step(text: str, most: int) -> int:
    if not (text.isdigit() and 1 <= int(text) <= most):
        raise ValueError(f"The guide of this page has steps 1 to {most}.")
    return int(text) - 1
