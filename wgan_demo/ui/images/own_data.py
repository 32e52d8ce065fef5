"""Pictures of one's own: drawn one after the other on a pad, or the squares of a PNG. What was drawn last stays."""

from functools import lru_cache

import numpy as np
import streamlit as st

from wgan_demo.datasets.examples import LEVELS, examples
from wgan_demo.datasets.grid import FEWEST, MAX_BYTES, Grid, read_grid
from wgan_demo.datasets.images import pixels
from wgan_demo.datasets.spaces import SIDE
from wgan_demo.datasets.table import TableData
from wgan_demo.plots.images import ink
from wgan_demo.plots.theme import SOURCE
from wgan_demo.ui import lesson, link
from wgan_demo.ui.components.pad import pad, parse_pictures, pictures_text
from wgan_demo.ui.images.tiles import Tile, tiles
from wgan_demo.ui.runs.tab import TabRun
from wgan_demo.ui.table_source import literal

DRAW, UPLOAD = "Draw them", "Upload a grid"
ACROSS = 20  # in a row of those uploaded
SHOWN = 200  # of those uploaded
_read = lru_cache(maxsize=8)(read_grid)  # a rerun that changed something else


def source(run: TabRun) -> str:
    """Where the pictures come from: DRAW or UPLOAD."""
    return st.segmented_control(
        "Pictures", [DRAW, UPLOAD], default=DRAW, required=True, key=run.key("source"), label_visibility="collapsed",
        **link.KEPT,
    )  # fmt: skip


def own_pictures(run: TabRun, where: str) -> TableData | None:
    """Choose them; None, after a sentence in the page, where there are too few to train on."""
    return _uploaded(run) if where == UPLOAD else _drawn(run)


def _drawn(run: TabRun) -> TableData | None:
    """Those of the pad, the examples to begin with. They are in the link."""
    name = run.key("pictures")
    if run.get("start") is None:
        run.put("start", link.linked(name, parse_pictures, examples(), ""))
    label = "Draw one little picture after the other"
    drawn = pad(run.key("pad"), run.get("start"), color=SOURCE, label=label, few=FEWEST)
    own = not np.array_equal(drawn, examples())
    link.put(name, pictures_text(drawn) if own else None)
    if not own:
        lesson.note("These are examples. Draw more of them, or **Clear all** and draw your own.")
    if len(drawn) < FEWEST:
        st.info(
            f"Draw {FEWEST - len(drawn)} more: with fewer than {FEWEST} there is little to learn.",
            icon=":material/draw:",
        )
        return None
    return _data(run, 2 * drawn / LEVELS - 1, f"{len(drawn)} {'own pictures' if own else 'examples'}")


def _uploaded(run: TabRun) -> TableData | None:
    """The squares of a PNG, which stays in use while another view is looked at."""
    file = st.file_uploader(
        f"A PNG of square pictures without gaps, at most {MAX_BYTES // 2**20} MB", "png", key=run.key("file"),
        max_upload_size=MAX_BYTES // 2**20,
    )  # fmt: skip
    across = int(st.number_input("Pictures in a row of it", 1, 100, 8, key=run.key("across"), width=220, **link.KEPT))
    lesson.note(
        f"Squares of one size, {FEWEST} or more, row by row up to the edges; dark on light or light on dark. Each is "
        f"averaged down to {SIDE} × {SIDE} pixels."
    )
    given = (file.name, file.getvalue()) if file else run.get("grid")
    if given is None:
        st.info("No PNG has been read yet. A link carries every setting of this page, but not an uploaded file.")
        return None
    name, content = given
    try:
        grid = _read(content, across)
    except ValueError as error:
        st.error(literal(str(error)))
        return None
    run.put("grid", given)
    _show(grid)
    return _data(run, grid.pictures, f"{len(grid.pictures)} pictures of {name[:40]}")


def _show(grid: Grid) -> None:
    for note in grid.notes:
        lesson.note(note)
    few = grid.pictures[:SHOWN]
    sheet = np.full((-(-len(few) // ACROSS) * ACROSS, SIDE + 2, SIDE + 2), -1.0)  # with paper around each
    sheet[: len(few), 1:-1, 1:-1] = few.reshape(-1, SIDE, SIDE)
    rest = f", the first {len(few)}" if len(few) < len(grid.pictures) else ""
    alt = f"{len(few)} of the uploaded pictures"
    tiles(
        [(f"{len(grid.pictures)} pictures{rest}", [Tile(ink(sheet, SOURCE, ACROSS), alt)])],
        key="own_sheet",
    )


def _data(run: TabRun, rows: np.ndarray, label: str) -> TableData | None:
    data = TableData(rows, pixels(SIDE), label)
    try:
        _ = data.dataset  # says what is wrong before anything starts
    except ValueError as error:
        st.error(literal(str(error)))
        return None
    return data
