"""Words that explain themselves (static/words): what `glossary.word` marks opens its entry on hover, tap and focus."""

from collections.abc import Mapping

from wgan_demo.ui.components import assets

_words = assets.component("words/words")


def words(page: str, lessons: Mapping[str, str]) -> None:
    """Listen on the page of this name; `lessons` are the titles of the lessons, by their pages."""
    _words(key="words", data={"page": page, "lessons": dict(lessons)}, height="content")
