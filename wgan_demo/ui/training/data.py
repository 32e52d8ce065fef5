"""Data of one's own for a training run: points drawn by hand, or one or two columns of a table."""

import numpy as np
import streamlit as st

from wgan_demo.datasets.spaces import AXES
from wgan_demo.datasets.table import TableData, columns
from wgan_demo.plots.theme import SOURCE
from wgan_demo.ui import link
from wgan_demo.ui.components.draw import draw, parse_points, points_text
from wgan_demo.ui.runs.tab import TabRun
from wgan_demo.ui.table_source import about_columns, literal, table_source

TABLE, DRAWN = "table", "drawn"
OWN_DATA = {DRAWN: "Drawn by you", TABLE: "Columns of real data"}
ONE = "none: one column"  # the second column of a table of which one is enough
LETTER = np.stack([np.linspace(-0.8, 0.8, 60), 0.6 * (4 * np.abs((np.linspace(0, 2, 60) % 1) - 0.5) - 1)], axis=1)


def own_data(run: TabRun, name: str) -> TableData | None:
    """Choose the data of OWN_DATA[name]; None, after a sentence in the page, when there are none that can be used."""
    return _table_columns(run) if name == TABLE else _drawn_points(run)


def _drawn_points(run: TabRun) -> TableData | None:
    """Points drawn on a square, a W to begin with; None, after a sentence, where there are too few. In the link."""
    name = run.key("points")
    if run.get("start") is None:
        run.put("start", link.linked(name, parse_points, LETTER, ""))
    label = "Draw what the generator shall learn"
    st.caption(f"{label}: every stroke adds points.")
    points = draw(run.key("drawing"), run.get("start"), color=SOURCE, label=label)
    drawn = points_text(points)
    link.put(name, None if drawn == points_text(LETTER) else drawn)
    data = TableData(points, AXES["plane"], f"{OWN_DATA[DRAWN]}, {len(points)} points")
    try:
        _ = data.dataset
    except ValueError:
        st.info("Draw some points that do not lie on one horizontal or vertical line.", icon=":material/draw:")
        return None
    return data


def _table_columns(run: TabRun) -> TableData | None:
    """Choose a table and one or two of its columns; None, after a sentence, when nothing can be learnt from them."""
    row = st.columns(3)
    chosen = table_source(run.key("table"), row[0])
    if chosen is None:
        return None
    short, source = chosen
    names = list(source.columns)
    axes = (
        row[1].selectbox("First column", names, key=run.key(f"{short}_x1"), **link.BOUND),
        row[2].selectbox(
            "Second column", [*names, ONE], index=1, key=run.key(f"{short}_x2"), **link.BOUND,
            help="With one column the critic is drawn as a curve on the exact potential.",
        ),
    )  # fmt: skip
    axes = axes[:1] if axes[1] == ONE else axes
    about_columns(source, axes)
    try:
        data = TableData(columns(source, axes), axes, f"{source.name}: {', '.join(axes)}")
        _ = data.dataset  # says what is wrong before anything starts
    except ValueError as error:
        st.error(literal(str(error)))
        return None
    return data
