"""The course's glossary: static/words/glossary.json, which the browser shows, and Markdown that opens its entries."""

import json
import re
from functools import cache, lru_cache
from typing import NamedTuple

from wgan_demo.ui.components.assets import STATIC

# What stays as it is in Markdown: links, mathematics, code, icons, and what a badge or an address holds.
KEPT = re.compile(r"\[(?:[^][]|\[[^][]*\])*\]\([^)]*\)|\$[^$]*\$|`[^`]*`|:[a-z]+/\w+:|:[a-z]+-badge\[[^][]*\]|“[^”]*”")


class Entry(NamedTuple):
    """One term: its title, how texts write it (a regular expression), two sentences, a formula, and the page of the
    lesson that teaches it.
    """

    term: str
    written: str
    says: str
    formula: str
    taught: str


@cache
def glossary() -> dict[str, Entry]:
    """All entries by their names."""
    entries = json.loads((STATIC / "words" / "glossary.json").read_text())
    return {name: Entry(**entry) for name, entry in entries.items()}


@cache
def _written() -> re.Pattern:
    entries = [f"(?P<{_group(name)}>(?<!\\w)(?:{entry.written}))" for name, entry in glossary().items()]
    return re.compile("|".join(entries))


def word(name: str, shown: str) -> str:
    """Markdown of a word that reads `shown` and opens the entry of this name.

    Raises KeyError for a name that the glossary does not have.
    """
    glossary()[name]
    return f"[{shown}](#word-{name})"


@lru_cache(2048)  # a step of a slider says much again
def mark(text: str) -> str:
    """Markdown in which the first use of every term opens its entry."""
    used = {name for name in glossary() if f"(#word-{name})" in text}
    parts, at = [], 0
    for kept in [*KEPT.finditer(text), None]:
        end = kept.start() if kept else len(text)
        parts.append(_written().sub(lambda found: _once(found, used), text[at:end]))
        if kept:
            parts.append(kept[0])
            at = kept.end()
    return "".join(parts)


@lru_cache(512)
def written(*texts: str) -> dict[str, str]:
    """How each term is written where these texts use it first, and the name of its entry."""
    first = {found.lastgroup: found[0] for text in reversed(texts) for found in reversed([*_written().finditer(text)])}
    return {shown: name.replace("__", "-") for name, shown in first.items()}


def _once(found: re.Match, used: set[str]) -> str:
    name = found.lastgroup.replace("__", "-")
    if name in used:
        return found[0]
    used.add(name)
    return word(name, found[0])


def _group(name: str) -> str:
    return name.replace("-", "__")
