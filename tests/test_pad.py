"""Pictures of the pad: their text in a link, the examples to begin with, and what a damaged text says."""

import base64
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgan_demo.datasets.examples import EACH, LEVELS, examples
from wgan_demo.datasets.grid import FEWEST
from wgan_demo.distances.nearest import to_others
from wgan_demo.ui.components.pad import MOST, PIXELS, letters, parse_letters, parse_pictures, pictures_text

pictures = st.integers(0, 5).flatmap(lambda n: st.lists(st.integers(0, LEVELS), min_size=n * 64, max_size=n * 64))


@given(pictures)
def test_text_and_pictures_are_each_other_s_inverse(levels):
    drawn = np.array(levels, int).reshape(-1, PIXELS)
    np.testing.assert_array_equal(parse_pictures(pictures_text(drawn)), drawn)
    np.testing.assert_array_equal(parse_letters(letters(drawn)), drawn)


def test_sixty_pictures_fit_into_a_link():
    rng = np.random.default_rng(0)
    drawn = np.concatenate([np.roll(examples(), rng.integers(0, 3), axis=1) for _ in range(3)])
    assert len(pictures_text(drawn[:MOST])) < 2500


def packed(text: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        *("", "A", "<b>", "ÄÄ", "A" * 4000, pictures_text(examples())[:100]),
        *map(packed, (b"A" * 63, b"R" * 64, "Ä".encode() * 64, b"A" * 64 * (MOST + 1), b"A" * 10**8)),
    ],
)
def test_damaged_pictures_say_what_to_do(text):
    with pytest.raises(ValueError, match="draw them anew"):
        parse_pictures(text)


def test_the_examples_are_enough_to_begin_with_and_no_two_are_the_same():
    found = examples()
    assert found.shape == (4 * EACH, PIXELS)
    assert len(found) >= FEWEST
    assert (found.min(), found.max()) == (0, LEVELS)
    assert to_others(found / LEVELS).min() > 0.3
    again = examples.__wrapped__()
    np.testing.assert_array_equal(again, found)
