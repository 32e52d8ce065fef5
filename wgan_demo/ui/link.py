"""Every value in the address: a copied link shows the same page. A widget binds itself to it, with BOUND or KEPT."""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
BOUND = {"bind": "query-params"}
KEPT = {**BOUND, "persist_state": "session"}  # and its value stays while another view or page is looked at
REVISION = "link_revision"  # how often in this visit the address has been read anew
READ = "link_read"  # names that have been read: later the address only follows the hand
WRITTEN = "link_written"  # what was written last under each name


def linked(name: str, parse: Callable[[str], T], otherwise: T, complaint: str) -> T:
    """What the address holds under `name`, the first time it is asked for in a session; `otherwise` later.

    `parse` raises ValueError, in one sentence, for what makes no sense: the page then says `complaint` and that
    sentence, and `otherwise` is used.
    """
    read = st.session_state.setdefault(READ, set())
    if name in read or not holds(name):
        read.add(name)
        return otherwise
    read.add(name)
    try:
        return parse(text(name))
    except ValueError as error:
        st.warning(f"{complaint} {error}".lstrip(), icon=":material/link_off:")
        return otherwise


def anew() -> None:
    """The address is read again, as in a new visit: somebody was led to it."""
    st.session_state[READ] = set()
    st.session_state[REVISION] = revision() + 1


def revision() -> int:
    """How often in this visit the address has been read anew."""
    return st.session_state.get(REVISION, 0)


def renewed(name: str) -> bool:
    """The address has been read anew since this was last asked under the name: what a hand made before is no more."""
    key = f"{name}_revision"
    before, st.session_state[key] = st.session_state.get(key, 0), revision()
    return before != revision()


def told(name: str, parse: Callable[[str], T], complaint: str) -> None:
    """Say what `parse` has against the value under this name: the widget that is bound to it takes its default then."""
    linked(name, parse, None, complaint)


def among(options: Sequence[str]) -> Callable[[str], str]:
    """Parses one of these options."""

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError(f"“{text[:20]}” is none of {', '.join(options)}.")
        return text

    return parse


def between(low: float, high: float) -> Callable[[str], float]:
    """Parses a number from low to high."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise ValueError(f"“{text[:20]}” is no number from {low:g} to {high:g}.")
        return value

    return parse


def holds(name: str) -> bool:
    """The address has a value under this name."""
    return name in st.query_params


def begins(*beginnings: str) -> bool:
    """The address has a value under some name that begins so."""
    return any(name.startswith(beginnings) for name in st.query_params)


def text(name: str, otherwise: str | None = None) -> str | None:
    """What stands in the address under this name."""
    return st.query_params.get(name, otherwise)


def values() -> dict[str, str]:
    """All that stands in the address, by its names."""
    return {name: text(name) for name in st.query_params}


def put(name: str, value: str | None) -> None:
    """Write a value into the address; None takes the name out, as for what is anyway so without a link."""
    written = st.session_state.setdefault(WRITTEN, {})
    if st.query_params.get(name) != value:
        if value is None:
            del st.query_params[name]
        else:
            st.query_params[name] = value
    elif written.get(name, value) != value:  # and was on its way to the browser while that asked anew, from before it
        st.query_params.update()
    written[name] = value


def senseless() -> dict[str, str]:
    """What Streamlit would fail on, by its names: infinity for a whole number, nothing for a choice."""
    return {name: text(name) for name in st.query_params if any(map(_is_senseless, st.query_params.get_all(name)))}


def _is_senseless(value: str) -> bool:
    try:
        return not value or math.isinf(float(value))
    except ValueError:
        return False
