"""Real data: scikit-learn's bundled tables, and a CSV read so that a bad file ends in one clear sentence.

What is done with bad cells, so that nothing is changed in silence: a column counts as numeric if at least half of its
cells are numbers. Its other cells (text, empty, NaN, infinite) become NaN, so that their rows are left out wherever
that column is used, and `Table.about` says how many they are and where the first one is.
"""

from dataclasses import dataclass, field

import numpy as np

from wgan_demo.datasets.images import from_pictures
from wgan_demo.datasets.reading.cells import comma_means, read_column
from wgan_demo.datasets.reading.decode import decode
from wgan_demo.datasets.reading.layout import lay_out
from wgan_demo.datasets.spaces import SIDE
from wgan_demo.datasets.toy import Dataset, from_points

MAX_BYTES = 5 * 2**20
MAX_ROWS = 10_000  # used; a file may have more
MAX_CLASSES = 20
LISTED = 5  # columns that a note names

BUNDLED = {"iris": "Iris flowers", "wine": "Wines", "breast_cancer": "Breast cancer cells"}


@dataclass(frozen=True, eq=False)
class Table:
    """Numeric columns (n,) of one length by name, NaN where a cell is no number; perhaps a class (n,) for each row.

    `notes` are sentences about what was left out of the file and why, `about` those on single columns.
    """

    name: str
    columns: dict[str, np.ndarray]
    labels: np.ndarray | None = None
    notes: tuple[str, ...] = ()
    about: dict[str, str] = field(default_factory=dict)

    @property
    def classes(self) -> list[str]:
        """The names of the classes, in order of first appearance; empty where rows have no class."""
        return [] if self.labels is None else [label for label in dict.fromkeys(self.labels.tolist()) if label]

    def values(self, column: str, label: str | None = None) -> np.ndarray:
        """The numbers (k,) of one column, of all rows or of the rows of one class."""
        values = self.columns[column]
        values = values if label is None else values[self.labels == label]
        return values[np.isfinite(values)]


@dataclass(frozen=True, eq=False)
class TableData:
    """Rows to train on, as they are in a table: points (n, d), names of the d columns, and what the data are called.

    A row is a point, or a picture with a column for each of its pixels.
    """

    points: np.ndarray
    axes: tuple[str, ...]
    label: str

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, TableData) and (self.axes, self.label) == (other.axes, other.label)
        return same and np.array_equal(self.points, other.points)

    @property
    def dataset(self) -> Dataset:
        """The rows as a distribution. Raises ValueError where they cannot be one (`from_points`, `from_pictures`)."""
        make = from_pictures if len(self.axes) == SIDE * SIDE else from_points
        return make(self.label, self.points, self.axes)


def columns(table: Table, names: list[str]) -> np.ndarray:
    """The rows (n, k) that have a number in each of the named columns. Raises ValueError if there is none."""
    rows = np.column_stack([table.columns[name] for name in names])
    rows = rows[np.isfinite(rows).all(axis=1)]
    if len(rows) == 0:
        raise ValueError(f"No row has a number in each of the columns {', '.join(names)}: choose other columns.")
    return rows


def bundled(key: str) -> Table:
    """One of scikit-learn's tables, by its key in BUNDLED; columns, units and classes are named as it names them."""
    from sklearn import datasets

    data = getattr(datasets, f"load_{key}")()
    names = [str(name) for name in data.feature_names]
    return Table(BUNDLED[key], dict(zip(names, data.data.T, strict=True)), np.array(data.target_names)[data.target])


def read_csv(content: bytes, name: str = "the file") -> Table:
    """A table from the bytes of a CSV file; how it is written is recognised (reading/), and said where in doubt.

    Raises ValueError with one sentence that says what is wrong and what to do. Bad cells: see the module's docstring.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(
            f"This file has {len(content) / 2**20:.1f} MB and the limit is {MAX_BYTES // 2**20} MB: upload fewer rows."
        )
    header, rows, lines, mark, notes = lay_out(decode(content))
    if len(rows) > MAX_ROWS:
        notes.append(f"{MAX_ROWS:,} of {len(rows):,} rows are used, drawn at random (seed 0).")
        kept = np.sort(np.random.default_rng(0).choice(len(rows), MAX_ROWS, replace=False))
        rows, lines = [rows[i] for i in kept], [lines[i] for i in kept]
    cells = list(zip(*rows, strict=True))
    commas = [comma_means([cell.strip() for cell in column]) for column in cells]
    decimal_commas = any(means == "decimal" and not doubt for means, doubt in commas)
    columns, texts, about, left_out = {}, {}, {}, []
    for column, texts_of_it in zip(header, cells, strict=True):
        found = read_column(texts_of_it, commas_part=mark == ",", decimal_commas=decimal_commas)
        bad = np.flatnonzero(np.isnan(found.values))
        if 2 * len(bad) > len(rows):
            texts[column] = np.array([cell.strip() for cell in texts_of_it])
            filled = [i for i in bad if texts_of_it[i].strip()]
            where = filled[0] if filled else bad[0]
            numbers = f"{len(rows) - len(bad):,} numbers among {len(rows):,} rows" if len(bad) < len(rows) else "text"
            left_out.append(
                (column, numbers, f"line {lines[where]} of column “{column}” {_complaint(texts_of_it[where])}")
            )
            continue
        columns[column] = found.values
        read = [f"Column “{column}”: {'; '.join(found.read)}."] if found.read else []
        if len(bad):
            read.append(
                f"{len(bad)} of {len(rows)} rows have no number in column “{column}” and are left out where it is "
                f"used: the first is line {lines[bad[0]]}, which {_complaint(texts_of_it[bad[0]])}."
            )
        if read:
            about[column] = " ".join(read)
    if not columns:
        raise ValueError(f"No column is numeric: {left_out[0][2]}; at least half of a column's cells must be numbers.")
    kind = next((c for c, text in texts.items() if 2 <= len(set(text.tolist()) - {""}) <= MAX_CLASSES), None)
    dropped = [f"“{column}” ({why})" for column, why, _ in left_out if column != kind]
    if dropped:
        more = f" and {len(dropped) - LISTED} more" if len(dropped) > LISTED else ""
        notes.append(
            f"Columns that are left out, as less than half of their cells are numbers: "
            f"{', '.join(dropped[:LISTED])}{more}."
        )
    return Table(name, columns, texts.get(kind), tuple(notes), about)


def _complaint(cell: str) -> str:
    cell = cell.strip()
    if not cell:
        return "is empty"
    return f"says “{cell if len(cell) <= 20 else cell[:19] + '…'}”"
