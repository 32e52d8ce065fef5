"""Choose real data: one of the bundled tables, or a CSV of one's own that survives page switches and bad uploads."""

import re

import streamlit as st

from wgan_demo.datasets.table import BUNDLED, Table, bundled, read_csv
from wgan_demo.ui import link

UPLOAD = "Upload a CSV"
_bundled = st.cache_resource(bundled, show_spinner="Loading the data…")  # frozen, so it can be shared


def table_source(key: str) -> tuple[str, Table] | None:
    """Draw the choice of a data set, bound to the link as `key`; returns its short name and its table.

    Returns None, under a sentence that says what to do, as long as no CSV has been read. The last good CSV of the
    session is kept: a bad one is explained and changes nothing.
    """
    options = [*BUNDLED.values(), UPLOAD]
    chosen = st.selectbox("Data set", options, key=key, **link.KEPT)
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
    if file and state.table_error:
        st.error(literal(state.table_error))
    table = state.get("table")
    if table is None:
        st.info("No CSV has been read yet. A link carries every setting of this page, but not an uploaded file.")
        return None
    rows = len(next(iter(table.columns.values())))
    columns = f"{len(table.columns)} numeric column{'s' if len(table.columns) > 1 else ''}"
    st.caption(f"In use: {literal(table.name)}, {rows:,} rows, {columns}.")
    for note in table.notes:
        st.warning(literal(note))
    return "csv", table


def literal(text: str) -> str:
    """Text of a user's file, escaped so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|$:~])", r"\\\1", text)
