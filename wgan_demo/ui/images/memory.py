"""Is it memorised? A walk through latent space, and the real digits that are nearest to what is met on the way."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import streamlit as st

from wgan_demo.datasets import mnist
from wgan_demo.datasets.images import LABELLED
from wgan_demo.distances.nearest import nearest, to_others
from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.runs import checkpoint, generate
from wgan_demo.gan.spaces.compared import LATENTS, SAMPLES, stream
from wgan_demo.gan.spaces.images import PICTURES
from wgan_demo.plots.images import ink
from wgan_demo.plots.theme import SOURCE, TARGET
from wgan_demo.ui import lesson, link
from wgan_demo.ui.images.rivals import RIVALS, Rival, duel
from wgan_demo.ui.images.tiles import Tile, tiles
from wgan_demo.ui.runs.tab import pool

STOPS = 9  # pictures on the way
MOST = 5000  # real pictures that are looked through
ANSWERS = {
    "copies of digits it has seen": "No. ",
    "new digits": "Yes. ",
    lesson.SHOW: "",
}
GUESS = lesson.Choice("im_new", "What does a trained generator make?", list(ANSWERS))


class Near(NamedTuple):
    """Mean distances in pixel units: from generated pictures to the nearest real one, from real ones to another one."""

    fake: float
    real: float


def show() -> None:
    """The whole view."""
    if not duel().shipped:
        lesson.say(
            f"For {duel().label} neither a recording nor a classifier is shipped. Choose other pictures in “Side by "
            "side”, and walk between those."
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = [rival.name for rival in RIVALS]
        name = st.segmented_control(
            "Whose pictures", names, default=names[1], required=True, key="im_whose", **link.KEPT
        )
        first = int(st.number_input("From picture", 1, PICTURES, 2, key="im_from", width=140, **link.KEPT))
        last = int(st.number_input("To picture", 1, PICTURES, 37, key="im_to", width=140, **link.KEPT))
    rival = RIVALS[names.index(name)]
    at_hand = mnist.at_hand(duel().dataset)
    content, whose = _weights(rival)
    guess = lesson.ask(GUESS)
    latents, make = _run(content)
    walk = make(generate.slerp(latents[first - 1], latents[last - 1], np.linspace(0, 1, STOPS)))
    rows = [("generated", _row(walk, TARGET, "generated"))]
    if guess and at_hand:
        real, judge = pictures(duel().dataset), classifier.load(duel().dataset)
        flat = nearest(walk.reshape(STOPS, -1), real.reshape(len(real), -1))
        seen = nearest(judge.features(walk), _features(duel().dataset))
        rows += [
            ("nearest real digit, by pixels", _row(real[flat], SOURCE, "real")),
            ("nearest real digit, by what the classifier sees", _row(real[seen], SOURCE, "real")),
        ]
    tiles(rows, key="walk")
    lesson.note(
        f"On a great arc between the latents of pictures {first} and {last} of the grid, {whose}. "
        "Latents that lie near each other make pictures that are alike."
    )
    if not guess:
        return
    if not at_hand:
        lesson.say(
            f"{ANSWERS[guess]}The nearest real ones of these pictures can be looked for once MNIST’s files are here: "
            "**Start** of “Side by side” fetches them. With the 8 × 8 digits, chosen there, they are at hand."
        )
        return
    near = _near(content, duel().dataset)
    among = f", both among {MOST:,} of the data" if len(pictures(duel().dataset)) == MOST else ""
    lesson.say(
        f"{ANSWERS[guess]}A generated picture lies **{near.fake:.2f}** pixel units from its nearest real one, in the "
        f"mean of {SAMPLES}; a real one lies **{near.real:.2f}** from its nearest other real one{among}. "
        "Copies would lie at 0. On the way the generated pictures change little by little, while the nearest real ones "
        "jump."
    )
    lesson.code_that_ran(
        (
            r"z(t) = \frac{\sin((1 - t)\,\omega)\,\hat a + \sin(t\,\omega)\,\hat b}{\sin \omega}",
            rf"|z_{{{first}}}| = {np.linalg.norm(latents[first - 1]):.3g},\ |z_{{{last}}}| = "
            rf"{np.linalg.norm(latents[last - 1]):.3g}",
            generate.slerp,
        ),
        (r"\min_x \lVert G(z) - x \rVert_2", "", nearest),
    )
    lesson.take_away(
        "A generator of this size does not store its data: it makes pictures between them. That it makes new ones says "
        "nothing yet about whether it makes all kinds."
    )


def _row(pictures: np.ndarray, color: str, kind: str) -> list[Tile]:
    return [Tile(ink(picture, color), f"{kind} picture {i} of the way") for i, picture in enumerate(pictures, 1)]


def _weights(rival: Rival) -> tuple[bytes, str]:
    """The file of the rival's run as it stands, or of the recording, and which it is."""
    job_id = rival.run.job_id
    content = pool().checkpoint(job_id) if job_id and rival.run.view.recording else None
    if content:
        return content, "of your run as it stands"
    return shipped.weights(rival.recorded), "of the recording at its end"


@lru_cache(maxsize=16)
def _run(content: bytes):
    """The latents (SAMPLES, latent_dim) of the pictures on the stage, and the generator."""
    run = checkpoint.load(content)
    latents = stream(run.config.seed, LATENTS).standard_normal((SAMPLES, run.config.latent_dim))
    return latents, generate.generator(run)


@lru_cache(maxsize=2)
def pictures(dataset: str) -> np.ndarray:
    """The real ones that are looked through (n, *shape), of MNIST the first MOST of the training pictures."""
    if dataset in LABELLED:
        return LABELLED[dataset]()[0][:MOST]
    return mnist.scaled(mnist.load(dataset)[0][:MOST])


@lru_cache(maxsize=2)
def _features(dataset: str) -> np.ndarray:
    return classifier.load(dataset).features(pictures(dataset))


@lru_cache(maxsize=16)
def _near(content: bytes, dataset: str) -> Near:
    latents, make = _run(content)
    real = pictures(dataset).reshape(len(pictures(dataset)), -1)
    fake = make(latents).reshape(SAMPLES, -1)
    of_fake = np.linalg.norm(fake - real[nearest(fake, real)], axis=1)
    return Near(float(of_fake.mean()), float(to_others(real).mean()))
