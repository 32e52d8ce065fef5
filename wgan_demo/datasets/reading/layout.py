"""Where in a text the table is: what parts its cells, what stands before it, whether it has a header and row names."""

import csv
import io
import math
import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from wgan_demo.datasets.reading.cells import number

MAX_COLUMNS = 500
MAX_FIRST_LINE = 100_000  # characters
MAX_LINES = 250_000  # a second of reading, in which the app does little else
SAMPLE = 200  # lines from which the layout is found
COMMENTS = ("#", "%", "//", "!")
HINT = re.compile(r'^"?sep=(.)"?$', re.IGNORECASE)  # Excel's
SPACES = " "
MARKS = ("\t", ";", "|", ",", SPACES)
BARE_PAIR = re.compile(r"\s*[+-]?\d+,\d+\s*")


class Layout(NamedTuple):
    """`rows` of as many cells as the header has names, `lines` of the file on which they begin, and notes."""

    header: list[str]
    rows: list[list[str]]
    lines: list[int]
    mark: str
    notes: list[str]


def lay_out(text: str) -> Layout:
    """Find the table. Raises ValueError, in one sentence, where there is none."""
    if (many := text.count("\n")) > MAX_LINES:
        raise ValueError(f"This file has {many:,} lines and the limit is {MAX_LINES:,}: upload fewer rows.")
    lines, notes = text.split("\n"), []
    skipped, hint, comment = 0, None, ""
    for line in lines:
        if found := HINT.match(line.strip()):
            hint = found[1]
        elif line.strip().startswith(COMMENTS):
            comment = line.strip().lstrip("#%/! ")
        elif line.strip():
            break
        skipped += 1
    lines = lines[skipped:]
    # Checked before anything is parsed: a line of 200,000 columns would take minutes.
    if lines and len(lines[0]) > MAX_FIRST_LINE:
        raise ValueError(f"The first line has {len(lines[0]):,} characters: put one row of the table on each line.")
    mark = hint or _mark(lines[:SAMPLE])
    if (
        lines
        and max(lines[0].count(mark), *(line.count(mark) for line in lines[1:3]), 0) >= MAX_COLUMNS
        and mark != " "
    ):
        raise ValueError(f"This file has more than {MAX_COLUMNS} columns: upload only those to be compared.")
    rows, starts = _cells(lines, mark, skipped)
    if mark == "," and (one := _decimal_commas_alone(lines)):
        rows, starts, notes = *_whole_lines(lines, skipped), [one]
    if not rows:
        raise ValueError(
            "There is no table in this file: upload one with a header line and at least two rows of numbers."
        )
    rows, starts, before = _without_preamble(rows, starts)
    told = [f"{skipped} lines" if skipped > 1 else "a line"] * bool(skipped) + before
    if (skipped and comment) or before:
        notes.append(f"What stands before the table was passed over: {' and '.join(told)}.")
    header, rows, starts = _header(rows, starts, comment, notes, mark)
    _fit(header, rows, starts)
    header = _named(header, notes)
    if len(rows) < 2:
        raise ValueError(f"This file has {len(rows) or 'no'} row of data below its header: at least two are needed.")
    return Layout(header, rows, starts, mark, notes)


def _parse(text: str, mark: str, strict: bool):
    return csv.reader(io.StringIO(text), delimiter=mark, strict=strict, skipinitialspace=mark == SPACES)


def _spaced(lines: list[str], mark: str) -> list[str]:
    return [line.strip().replace("\t", " ") for line in lines] if mark == SPACES else lines


def _mark(lines: list[str]) -> str:
    """What parts the cells: the mark under which most lines have the same number of cells, and more than one."""
    best, found = 0.0, ","
    for mark in MARKS:
        try:
            rows = [row for row in _parse("\n".join(_spaced(lines, mark)), mark, strict=False) if any(row)]
        except csv.Error:
            continue
        if not rows:
            continue
        counts = Counter(len(row) for row in rows)
        cells, many = max(counts.items(), key=lambda item: (item[1], item[0]))
        if cells < 2:
            continue
        share = many / len(rows)
        if mark == SPACES and best > 0.5:  # a title and cells have spaces too
            continue
        if mark == SPACES:
            body = [cell for row in rows[1:] if len(row) == cells for cell in row]
            share *= bool(body) and 2 * sum(not math.isnan(number(cell)) for cell in body) >= len(body)
        if share > best + 1e-9:
            best, found = share, mark
    return found


def _cells(lines: list[str], mark: str, skipped: int) -> tuple[list[list[str]], list[int]]:
    """All rows that are not blank, and the lines of the file on which they begin."""
    rows, starts, start = [], [], 1
    reader = _parse("\n".join(_spaced(lines, mark)), mark, strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
                starts.append(skipped + start)
            start = reader.line_num + 1
    except csv.Error:
        raise ValueError(
            f"A quotation mark on line {skipped + start} is not closed, or in the wrong place: correct it."
        ) from None
    return rows, starts


def _decimal_commas_alone(lines: list[str]) -> str:
    """A note, where every line is one number with a decimal comma under a header of one word; else ""."""
    full = [line for line in lines if line.strip()]
    if (
        len(full) < 3
        or "," in full[0]
        or not all(BARE_PAIR.fullmatch(line) or line.strip().isdigit() for line in full[1:])
    ):
        return ""
    if not any("," in line for line in full[1:]):
        return ""
    return "Commas were read as decimal commas, because the header has one name."


def _whole_lines(lines: list[str], skipped: int) -> tuple[list[list[str]], list[int]]:
    kept = [(i, line.strip()) for i, line in enumerate(lines, skipped + 1) if line.strip()]
    return [[line] for _, line in kept], [i for i, _ in kept]


def _without_preamble(rows: list[list[str]], starts: list[int]) -> tuple[list[list[str]], list[int], list[str]]:
    """The rows from the table on: titles and remarks before it have fewer cells than it has."""
    usual = Counter(_width(row) for row in rows[: 5 * SAMPLE]).most_common(1)[0][0]
    begin = 0
    while usual > 1 and begin < len(rows) - 2 and _width(rows[begin]) < usual - (usual > 2):
        begin += 1
    if not begin:
        return rows, starts, []
    first = " ".join(" ".join(rows[0]).split())
    shown = first if len(first) <= 40 else f"{first[:39]}…"
    return rows[begin:], starts[begin:], [f"{begin} line{'s' * (begin > 1)} that begin with “{shown}”"]


def _width(row: list[str]) -> int:
    """Cells up to the last one that is not empty."""
    return max((i for i, cell in enumerate(row, 1) if cell.strip()), default=0)


def _header(rows, starts, comment: str, notes: list[str], mark: str):
    """Names of the columns, and the rows below; row names lose their column."""
    first, body = rows[0], rows[1 : 1 + SAMPLE]
    width = Counter(_width(row) for row in body).most_common(1)[0][0] if body else len(first)
    numeric = [i for i in range(width) if _is_numeric([row[i] for row in body if i < len(row)])]
    has_numbers = [i for i in numeric if i < len(first) and not math.isnan(number(first[i]))]
    if _width(first) == width - 1 and body and not has_numbers:  # R leaves the name of its row names out
        notes.append("The first column has no name: its cells name the rows.")
        return first[: width - 1], [row[1:] for row in rows[1:]], starts[1:]
    if all(not math.isnan(number(cell)) for cell in first) or (
        numeric and has_numbers == numeric and not _years(first)
    ):
        names = comment.split(mark) if comment and mark != SPACES else comment.split()
        if len(names) == len(first) and any(math.isnan(number(name)) for name in names):
            return names, rows, starts  # a header behind a comment sign
        return [f"column {i}" for i in range(1, len(first) + 1)], rows, starts
    if len(first) > 1 and not first[0].strip() and _counts([row[0] for row in rows[1:] if row]):
        notes.append("The first column has no name: its cells name the rows.")
        return first[1:], [row[1:] for row in rows[1:]], starts[1:]
    return first, rows[1:], starts[1:]


def _is_numeric(cells: list[str]) -> bool:
    return bool(cells) and 2 * sum(not math.isnan(number(cell)) for cell in cells) > len(cells)


def _years(row: list[str]) -> bool:
    """Whole numbers that rise by one step are names of columns, such as years."""
    values = [value for value in map(number, row) if not math.isnan(value)]
    steps = {b - a for a, b in pairwise(values)}
    return len(values) > 2 and len(steps) == 1 and min(steps) > 0 and all(value == int(value) > 999 for value in values)


def _counts(cells: list[str]) -> bool:
    """The cells count on from 0 or 1, or all differ and are no numbers: they name rows."""
    values = [number(cell) for cell in cells]
    if any(math.isnan(value) for value in values):
        return len(set(cells)) == len(cells)
    return values[0] in (0, 1) and all(value == values[0] + i for i, value in enumerate(values))


def _fit(header: list[str], rows: list[list[str]], starts: list[int]) -> None:
    """Every row gets as many cells as the header has; ValueError for one that has more."""
    for row, line in zip(rows, starts, strict=True):
        if any(cell.strip() for cell in row[len(header) :]):
            raise ValueError(
                f"Line {line} has {len(row)} cells and the header {len(header)}: give both the same number, and put "
                "numbers with decimal commas into quotation marks."
            )
        del row[len(header) :]
        row.extend([""] * (len(header) - len(row)))


def _named(header: list[str], notes: list[str]) -> list[str]:
    """One line for each name, and no name twice."""
    names, seen, renamed = [], set(), []
    for i, cell in enumerate(header, 1):
        name = base = " ".join(cell.split()) or f"column {i}"
        count = 1
        while name in seen:
            count += 1
            name = f"{base} ({count})"
        if name != base:
            renamed.append(name)
        seen.add(name)
        names.append(name)
    if renamed:
        notes.append(f"A name that stands there twice got a number: {listed(renamed)}.")
    return names


def listed(names: list[str], most: int = 5) -> str:
    """Names in quotation marks, the first few of them."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(f"“{name if len(name) <= 40 else name[:39] + '…'}”" for name in names[:most]) + more
