"""Numbers of a run, each with its name and with what it can be compared, and a sentence below (static/numbers.js)."""

from collections.abc import Sequence

from wgan_demo.gan.spaces.view import Reading
from wgan_demo.ui.components import assets
from wgan_demo.ui.components.news import News
from wgan_demo.ui.glossary import mark

_numbers = assets.component("numbers")


def numbers(readings: Sequence[Reading], sentence: str = "", *, key: str) -> None:
    """Show the readings in a row that wraps; of the sentence, which is plain text, **some words** may be bold."""
    _numbers(key=key, data={"key": key, **news(readings, sentence).values}, height="content")


def news(readings: Sequence[Reading], sentence: str = "") -> News:
    """What `numbers` under the same key should show now."""
    return News({"readings": rows(readings), "sentence": sentence})


def rows(readings: Sequence[Reading]) -> list[list[str]]:
    """The readings as the browser takes them; names of the glossary open their entries."""
    return [[mark(label), *rest] for label, *rest in readings]
