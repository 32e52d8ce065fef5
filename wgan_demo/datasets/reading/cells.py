"""Numbers as people write them: thousands separators, decimal commas, currencies, percent, units, D exponents.

What a separator means is decided for a whole column, by its cells; where they leave a doubt, a note says how they were
read.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

MAX_VALUE = 1e30  # figures are float32, which ends at 3e38
LONGEST = 40  # characters of a cell that may be a number
GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,'\u2019 ])\d{3})(?:\1\d{3})*")  # 1,250 or 1.250.000
CURRENCY = re.compile(r"^(?:[$€£¥₹]|USD|EUR|GBP|JPY|CHF|CNY)\s*|\s*(?:[$€£¥₹]|USD|EUR|GBP|JPY|CHF|CNY)$")
UNIT = re.compile(r"^([+-]?[\d.,' ]*\d(?:[eE][+-]?\d+)?)\s*([^\W\d_][^\d\s.,;]{0,9}|[%°µΩ‰][^\d\s.,;]{0,4})$")
D_EXPONENT = re.compile(r"^([+-]?[\d.,]*\d)[dD]([+-]?\d{1,3})$")


class Column(NamedTuple):
    """values (n,), NaN where a cell is no number; `read` says how they were read, where that is not plain."""

    values: np.ndarray
    read: tuple[str, ...] = ()


def number(text: str) -> float:
    """The number that a plain text is; NaN if it is none, or none that can be computed with."""
    try:
        value = math.nan if "_" in text else float(text)  # Python would read 1_000
    except ValueError:
        return math.nan
    return value if abs(value) < MAX_VALUE else math.nan


def read_column(cells: Sequence[str], *, commas_part: bool, decimal_commas: bool) -> Column:
    """The numbers of one column.

    `commas_part` says that commas part the cells of this file, so that one inside of a cell is hardly a decimal one;
    `decimal_commas` that other columns of it have decimal commas for sure.
    """
    values = np.array([number(cell) for cell in cells])
    plain = np.isfinite(values)
    dots = decimal_commas and any(GROUPED.fullmatch(cell.strip()) for cell in cells if "." in cell)
    if (
        plain.all() or not any(_may_be_number(cell) for cell, ok in zip(cells, plain, strict=True) if not ok)
    ) and not dots:
        return Column(values)
    texts, read = _bare(cells)
    comma, doubt = comma_means(texts, commas_part=commas_part)
    if decimal_commas and comma is None:
        comma = "decimal"
    values = np.array([number(_plain(text, comma)) for text in texts])
    if comma == "thousands" and any("," in text for text in texts):
        read.append("commas part thousands")
    if comma == "decimal":
        read.append("commas are decimal commas")
        if any(GROUPED.fullmatch(text) and "." in text for text in texts):
            read.append("points part thousands")
    if doubt:
        example = next(text for text in texts if GROUPED.fullmatch(text) and "," in text)
        read.append(f"“{example}” was read as {number(_plain(example, comma)):g}: if that is wrong, write it plainly")
    return Column(values, tuple(read))


def comma_means(texts: Sequence[str], *, commas_part: bool = False) -> tuple[str | None, bool]:
    """What a comma is in a column, "decimal", "thousands" or, without one, None; and whether that is in doubt."""
    decimal = thousands = either = 0
    whole = False
    for text in texts:
        if "," not in text:
            whole = whole or (text.isdecimal() and number(text) >= 100)
            continue
        last_dot, last_comma = text.rfind("."), text.rfind(",")
        if last_dot > last_comma or (text.count(",") > 1 and GROUPED.fullmatch(text)):
            thousands += 1
        elif 0 <= last_dot < last_comma or not GROUPED.fullmatch(text):
            decimal += 1
        else:
            either += 1
    if not decimal + thousands + either:
        return None, False
    if decimal or thousands:
        return ("decimal" if decimal >= thousands else "thousands"), bool(decimal and thousands)
    if whole:
        return "thousands", False
    return ("thousands" if commas_part else "decimal"), True


def _may_be_number(cell: str) -> bool:
    return len(cell) <= LONGEST and any(character.isdigit() for character in cell)


def _bare(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The cells without currency, percent, unit and D exponents; and what was taken off."""
    texts, units, read = [], Counter(), []
    for cell in cells:
        text = cell.strip().replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ")
        if not _may_be_number(text):
            texts.append((text, ""))
            continue
        if text.startswith("(") and text.endswith(")"):  # how accounts write a loss
            text = f"-{text[1:-1].strip()}"
        sign, rest = (text[0], text[1:].lstrip()) if text[:1] in ("+", "-") else ("", text)
        bare = CURRENCY.sub("", rest)
        unit = rest.replace(bare, "", 1).strip() if bare != rest else ""
        bare = sign + bare
        if match := D_EXPONENT.match(bare):
            bare, unit = f"{match[1]}e{match[2]}", unit or "D exponents"
        elif math.isnan(number(bare)) and (match := UNIT.match(bare)):
            bare, unit = match[1], match[2]
        units[unit] += bool(unit)
        texts.append((bare, unit))
    usual = units.most_common(1)[0][0] if +units else ""
    if usual:
        read.append("D exponents" if usual == "D exponents" else f"in {usual}")
    # A cell with another unit than the usual one is no number of this column.
    return [bare if unit in ("", usual) else f"{bare} {unit}" for bare, unit in texts], read


def _plain(text: str, comma: str | None) -> str:
    """The text as Python writes numbers."""
    if comma == "decimal":
        text = text.replace(".", "") if GROUPED.fullmatch(text.partition(",")[0]) else text
        text = text.replace(",", ".")
    elif comma == "thousands":
        text = text.replace(",", "") if GROUPED.fullmatch(re.split(r"[.eE]", text)[0]) else text
    if GROUPED.fullmatch(re.split(r"[.,eE]", text)[0]):
        text = text.replace(" ", "").replace("'", "").replace("\u2019", "")
    return text
