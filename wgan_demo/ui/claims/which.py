"""Which claim is on the table, and the guess whether it is so."""

import streamlit as st

from wgan_demo.gan.claims.claims import CLAIMS, DEPENDS, FALSE, TRUE, Claim
from wgan_demo.ui import lesson, link

NUMBER = "cl_claim"
NUMBERS = [str(number) for number in range(1, len(CLAIMS) + 1)]
HEIGHT = 380  # pixels of the picture, and of the question in its place


def choose() -> int:
    """The number of the claim, from 1: any of them, or the next."""
    number = st.segmented_control(
        "Claim", NUMBERS, default="1", required=True, key=NUMBER, wrap=True, label_visibility="collapsed", **link.KEPT
    )
    return int(number)


def all_of_them() -> None:
    """What there is to judge, in the place of what decides the claim on the table."""
    with st.container(height=HEIGHT, key="cl_all"):
        lesson.say("\n".join(f"{number}. {claim.says}" for number, claim in enumerate(CLAIMS.values(), 1)))


def next_one(number: int) -> None:
    """A button to the next claim."""
    st.button("Next claim", icon=":material/arrow_forward:", type="primary", on_click=_show, args=(number,))


def _show(number: int) -> None:
    st.session_state[NUMBER] = NUMBERS[number % len(NUMBERS)]


def claim_of(number: int) -> Claim:
    """The claim of this number."""
    return list(CLAIMS.values())[number - 1]


def guess_of(number: int) -> str | None:
    """The guess that has been made, if there is one: for what stands above its question."""
    return lesson.answered(_question(number))


def say(number: int) -> None:
    """The claim, and who makes it."""
    claim = claim_of(number)
    with st.container(key="cl_saying"):
        lesson.say(f"### “{claim.says}”\n\nSaid by {claim.source}.")


def ask(number: int) -> str | None:
    """Whether it is so: in the place of the picture until it is answered, then with the verdict."""
    made = guess_of(number)
    key, height = ("cl_asked", "content") if made else ("cl_ask", HEIGHT)  # another box: the first one does not move
    with st.container(border=True, height=height, vertical_alignment="center", key=key):
        guess = lesson.ask(_question(number))
        if guess:
            lesson.say(_verdict(claim_of(number), guess))
    return guess


def _question(number: int) -> lesson.Choice:
    return lesson.Choice(f"cl_guess_{number}", "Is it so?", [TRUE, FALSE, DEPENDS, lesson.SHOW])


def _verdict(claim: Claim, guess: str) -> str:
    badge = ":green-badge[:material/check: Right] " if guess == claim.answer else ":red-badge[:material/close: No] "
    told = f"**{claim.answer.capitalize()}.** {claim.truth}"
    return told if guess == lesson.SHOW else badge + told


def code(claim: Claim) -> list[tuple]:
    """The formula with the function behind it, and what drew the curves from it."""
    made = [(claim.formula, "", claim.code), ("", "", claim.evidence)]
    return made[: 1 + (claim.code is not claim.evidence)]
