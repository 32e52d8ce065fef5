"""Real data: scikit-learn's bundled tables, and a CSV read so that a bad file ends in one clear sentence.

What is done with bad cells, so that nothing is changed in silence: a column counts as numeric if at least half of its
cells are numbers. Its other cells (text, empty, NaN, infinite) become NaN, so that their rows are left out wherever
that column is used, and `Table.notes` says how many they are and where the first one is.
"""

import codecs
import csv
import io
import math
import re
from dataclasses import dataclass

import numpy as np

from wgan_demo.datasets.toy import Dataset, from_points

MAX_BYTES = 5 * 2**20
MAX_COLUMNS = 500
MAX_FIRST_LINE = 100_000  # characters
MAX_ROWS = 10_000  # used; a file may have more
MAX_VALUE = 1e30  # figures are float32, which ends at 3e38
MAX_CLASSES = 20
DECIMAL_COMMA = re.compile(r"^\s*([+-]?\d*),(\d+(?:[eE][+-]?\d+)?)\s*$")

BUNDLED = {"iris": "Iris flowers", "wine": "Wines", "breast_cancer": "Breast cancer cells"}


@dataclass(frozen=True, eq=False)
class Table:
    """Numeric columns (n,) of one length by name, NaN where a cell is no number; perhaps a class (n,) for each row.

    `notes` are sentences about what was left out of the file and why.
    """

    name: str
    columns: dict[str, np.ndarray]
    labels: np.ndarray | None = None
    notes: tuple[str, ...] = ()

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
    """Rows to train on, as they are in a table: points (n, d), names of the d columns, and what the data are called."""

    points: np.ndarray
    axes: tuple[str, ...]
    label: str

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, TableData) and (self.axes, self.label) == (other.axes, other.label)
        return same and np.array_equal(self.points, other.points)

    @property
    def dataset(self) -> Dataset:
        """The rows as a distribution. Raises ValueError where they cannot be one (`from_points`)."""
        return from_points(self.label, self.points, self.axes)


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
    """A table from the bytes of a CSV file; delimiter, decimal comma, encoding and header are recognised.

    Raises ValueError with one sentence that says what is wrong and what to do. Bad cells: see the module's docstring.
    """
    if len(content) > MAX_BYTES:
        raise ValueError(
            f"This file has {len(content) / 2**20:.1f} MB and the limit is {MAX_BYTES // 2**20} MB: upload fewer rows."
        )
    header, rows, lines, notes = _split(_decode(content))
    numeric, texts, first_bad = {}, [], None
    for i, column in enumerate(header):
        cells = [row[i] for row in rows]
        values = [_number(cell) for cell in cells]
        bad = [j for j, value in enumerate(values) if math.isnan(value)]
        if bad and first_bad is None:
            first_bad = f"line {lines[bad[0]]} of column “{column}” {_complaint(cells[bad[0]])}"
        if 2 * len(bad) > len(cells):
            texts.append(np.array([cell.strip() for cell in cells]))
            continue
        numeric[column] = np.array(values)
        if bad:
            notes.append(
                f"{len(bad)} of {len(cells)} rows have no number in column “{column}” and are left out where it is "
                f"used: the first is line {lines[bad[0]]}, which {_complaint(cells[bad[0]])}."
            )
    if not numeric:
        raise ValueError(f"No column is numeric: {first_bad}; at least half of a column's cells must be numbers.")
    labels = next((text for text in texts if 2 <= len(set(text.tolist()) - {""}) <= MAX_CLASSES), None)
    return Table(name, numeric, labels, tuple(notes))


def _decode(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with a byte order mark, or Latin-1; ValueError where it is no table at all."""
    advice = "save the table as CSV (comma separated values) and upload that."
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ValueError("This file is empty: upload one with a header line and at least two rows of numbers.")
    if any(character < " " and character not in "\t\n\f" for character in text[:10_000]) or text.startswith("%PDF"):
        raise ValueError(f"This is not a text file (an image, a spreadsheet or a program?): {advice}")
    if text.lstrip().startswith(("{", "[")):
        raise ValueError(f"This looks like JSON, not like a CSV: {advice}")
    if re.match(r"\s*<(!|\?|html|head|body|table|svg)", text, re.IGNORECASE):
        raise ValueError(f"This looks like a web page or XML, not like a CSV: {advice}")
    return text


def _split(text: str) -> tuple[list[str], list[list[str]], list[int], list[str]]:
    """Column names, rows of cells, the line of the file on which each row starts, and notes."""
    first = text.lstrip("\n").partition("\n")[0]
    # Checked before anything is parsed: a line of 200,000 columns would take minutes.
    if len(first) > MAX_FIRST_LINE:
        raise ValueError(f"The first line has {len(first):,} characters: put one row of the table on each line.")
    first, second, *_ = [*re.sub('"[^"]*"', "", text.lstrip("\n")).split("\n", 2), ""]
    delimiter = next((mark for mark in ";\t|" if mark in first and mark in second), ",")
    if first.count(delimiter) >= MAX_COLUMNS:
        raise ValueError(f"This file has more than {MAX_COLUMNS} columns: upload only those to be compared.")
    rows, lines = [], []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row if delimiter == "," else [DECIMAL_COMMA.sub(r"\1.\2", cell) for cell in row])
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        raise ValueError(
            f"A quotation mark on line {start} is not closed, or in the wrong place: correct it."
        ) from None
    header = [" ".join(cell.split()) or f"column {i}" for i, cell in enumerate(rows[0], 1)]
    if all(not math.isnan(_number(cell)) for cell in rows[0]):  # numbers from the first line on
        header = [f"column {i}" for i in range(1, len(header) + 1)]
    else:
        rows, lines = rows[1:], lines[1:]
    twice = next((column for column in header if header.count(column) > 1), None)
    if twice:
        raise ValueError(f"Two columns are called “{twice}”: give each column a name of its own.")
    if len(rows) < 2:
        raise ValueError(f"This file has {len(rows) or 'no'} row of data below its header: at least two are needed.")
    notes = []
    if len(rows) > MAX_ROWS:
        notes.append(f"Only the first {MAX_ROWS:,} of {len(rows):,} rows are used.")
        rows = rows[:MAX_ROWS]
    for row, line in zip(rows, lines, strict=False):
        if any(cell.strip() for cell in row[len(header) :]):
            raise ValueError(
                f"Line {line} has {len(row)} cells and the header {len(header)}: give both the same number."
            )
        row.extend([""] * (len(header) - len(row)))
    return header, rows, lines, notes


def _number(cell: str) -> float:
    """The number in a cell; NaN if there is none, or none that can be computed with."""
    try:
        value = math.nan if "_" in cell else float(cell)  # Python would read 1_000
    except ValueError:
        return math.nan
    return value if abs(value) < MAX_VALUE else math.nan


def _complaint(cell: str) -> str:
    cell = cell.strip()
    if not cell:
        return "is empty"
    return f"says “{cell if len(cell) <= 20 else cell[:19] + '…'}”"
