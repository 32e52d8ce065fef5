"""One table, written in many ways: it comes back as the same numbers, or a note says what is in doubt."""

import itertools

import numpy as np
import pytest

from wgan_demo.datasets.table import read_csv

HEIGHT = [1.5, 2.25, -3.125, 1250.5, 40.75]
PEOPLE = [1250, 987, 1310, 24500, 103]
TOWN = ["Ulm", "Bonn", "Ulm", "Kiel", "Bonn"]

DELIMITERS = [",", ";", "\t", "|"]
DECIMALS = [".", ","]
THOUSANDS = ["", "other"]  # the mark that is not the decimal one
QUOTES = [False, True]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
PREAMBLES = ["", "# measured by hand\n# unit: m\n", "Heights of towns\n\n"]
ENDS = ["\n", "\r\n", "\r"]
HEADERS = [True, False]
ROW_NAMES = [False, True]


def written(value: float, decimal: str, group: str) -> str:
    text = f"{value:,}".replace(",", "_").replace(".", decimal)
    return text.replace("_", group)


def dialects():
    """About 200 of all combinations, every pair of neighbours among them."""
    everything = itertools.product(
        DELIMITERS, DECIMALS, THOUSANDS, QUOTES, ENCODINGS, PREAMBLES, ENDS, HEADERS, ROW_NAMES
    )
    possible = [
        d for d in everything if not (d[0] == "," and ("," in (d[1], d[2]) or d[2] or d[1] == ",") and not d[3])
    ]
    return possible[:: max(1, len(possible) // 200)]


@pytest.mark.parametrize("dialect", dialects(), ids=str)
def test_the_same_numbers_come_back(dialect):
    delimiter, decimal, thousands, quotes, encoding, preamble, end, header, row_names = dialect
    group = {"": "", "other": "," if decimal == "." else "."}[thousands]
    rows = [
        [written(h, decimal, group), written(p, decimal, group), town]
        for h, p, town in zip(HEIGHT, PEOPLE, TOWN, strict=True)
    ]
    names = ["height", "people", "town"]
    if row_names:
        rows = [[f"row {i}", *row] for i, row in enumerate(rows)]
        names = ["", *names]
    lines = ([names] if header else []) + rows
    if quotes:
        lines = [[f'"{cell}"' for cell in line] for line in lines]
    text = preamble + "\n".join(delimiter.join(line) for line in lines) + "\n"
    table = read_csv(text.replace("\n", end).encode(encoding))
    height, people = list(table.columns.values())[:2]
    same = np.array_equal(height, HEIGHT) and np.array_equal(people, PEOPLE)
    assert same or "if that is wrong" in " ".join(table.about.values())
    assert same or thousands  # nothing but thousands may be in doubt
    if header:
        assert list(table.columns) == ["height", "people"]
        assert table.classes == ["Ulm", "Bonn", "Kiel"]
