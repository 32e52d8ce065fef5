"""Choose real data: one of the bundled tables, or a CSV of one's own that survives page switches and bad uploads."""

import re
from collections.abc import Sequence

import streamlit as st

from wgan_demo.datasets.table import BUNDLED, Table, bundled, read_csv
from wgan_demo.ui import link

UPLOAD = "Upload a CSV"
SHOWN = 3  # notes on a file
_bundled = st.cache_resource(bundled, show_spinner="Loading the data…")  # frozen, so it can be shared


def table_source(key: str, where=st) -> tuple[str, Table] | None:
    """Draw the choice of a data set, bound to the link as `key`; returns its short name and its table.

    The choice stands in the container `where`; what a CSV needs and what is said of it, which may be long, stands here.

    Returns None, under a sentence that says what to do, as long as no CSV has been read. The last good CSV of the
    session is kept: a bad one is explained and changes nothing.
    """
    options = [*BUNDLED.values(), UPLOAD]
    chosen = where.selectbox("Data set", options, key=key, **link.KEPT)
    if chosen != UPLOAD:
        short = next(short for short, label in BUNDLED.items() if label == chosen)
        return short, _bundled(short)

    file = st.file_uploader("A table with a header line, at most 5 MB", ["csv", "tsv", "txt"], key=f"{key}_file")
    state = st.session_state
    if file and state.get("table_file") != file.file_id:
        state.table_file, state.table_error = file.file_id, None
        try:
            state.table = read_csv(file.getvalue(), file.name)
        except ValueError as error:
            state.table_error = str(error)
    if bad := bool(file and state.table_error):
        st.error(literal(state.table_error))
    table = state.get("table")
    if table is None:
        st.info("No CSV has been read yet. A link carries every setting of this page, but not an uploaded file.")
        return None
    rows = len(next(iter(table.columns.values())))
    columns = f"{len(table.columns)} numeric column{'s' if len(table.columns) > 1 else ''}"
    st.caption(f"In use: {literal(table.name)}, {rows:,} rows, {columns}.")
    if not bad:  # under a new error, notes on the file before would be taken for its own
        _notes(table.notes)
    return "csv", table


def _notes(notes: Sequence[str]) -> None:
    """The first few, and the rest behind one line."""
    for note in notes[:SHOWN]:
        st.warning(literal(note))
    if more := notes[SHOWN:]:
        with st.expander(f"{len(more)} more notes on this file"):
            for note in more:
                st.markdown(literal(note))


def about_columns(table: Table, names: Sequence[str]) -> None:
    """What has to be said of the columns that were chosen: those that nobody looks at say nothing."""
    for name in dict.fromkeys(names):
        if note := table.about.get(name):
            st.warning(literal(note))


def literal(text: str) -> str:
    """Text of a user's file, escaped so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|$:~])", r"\\\1", text)
