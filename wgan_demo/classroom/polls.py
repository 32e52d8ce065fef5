"""A question that is put to a room, what was guessed, and the same as CSV."""

import csv
import io
import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import numpy as np

LONGEST = 200  # letters of a guess
BINS = 20  # of a histogram, at most
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True)
class Question:
    """A question of a page: one of some `options`, or without them a number from `low` to `high` in steps of `step`.

    Of a `form`, an answer is an array of numbers, separated by spaces, and `best` is one that none beats. A "plan" has
    for each box the number of its slot, counted from 0; their `places` are both. A "curve" has a height from `low` to
    `high` at each place.
    `truth` is the number that it asks for, where the page knows it. Who would rather not guess answers `none`. `kept`
    is the name under which a page keeps its visitor's guess.
    """

    key: str
    prompt: str
    options: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    step: float = 0.0
    unit: str = ""
    truth: float | None = None
    none: str = ""
    kept: str = ""
    form: str = ""
    places: tuple[tuple[float, ...], ...] = ()
    best: tuple[float, ...] = ()

    def text(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, text: str) -> "Question":
        """Of what `text()` gave."""
        values = json.loads(text)
        arrays = {name: tuple(values[name]) for name in ("options", "best")}
        return cls(**values | arrays | {"places": tuple(map(tuple, values["places"]))})

    def accepts(self, value: str) -> bool:
        """It is a guess at this question."""
        if self.form:
            return self.array(value) is not None
        if self.options or value == self.none:
            return value in (*self.options, self.none) and value != ""
        try:
            return self.low <= float(value) <= self.high
        except ValueError:
            return False

    def array(self, value: str) -> tuple[float, ...] | None:
        """The numbers of an answer, None if they are not what this form has."""
        words = value.split()
        if len(words) != len(self.places[0]) or not all(map(NUMBER.fullmatch, words)):
            return None
        numbers = tuple(map(float, words))
        if self.form == "plan":
            return numbers if sorted(numbers) == list(range(len(numbers))) else None
        return numbers if all(self.low <= number <= self.high for number in numbers) else None

    def arrays(self, answers: Counter[str]) -> np.ndarray:
        """The answers (n, k), one for each who has answered."""
        found = [self.array(value) for value in answers.elements()]
        return np.array([numbers for numbers in found if numbers]).reshape(-1, len(self.places[0]))


def bins(question: Question, guesses: Counter[str]) -> list[tuple[float, float, int]]:
    """Histogram of numbers: (left, right, how many), with edges half a step beside what can be guessed.

    Every bin holds as many of the numbers that can be guessed, but for the last, which may hold fewer.
    """
    step = question.step or (question.high - question.low) / BINS
    values = round((question.high - question.low) / step) + 1  # that can be guessed
    each = math.ceil(values / BINS)
    heights = [0] * math.ceil(values / each)
    for value, many in guesses.items():
        if NUMBER.fullmatch(value):
            at = round((float(value) - question.low) / step) // each
            heights[min(max(at, 0), len(heights) - 1)] += many
    left, width = question.low - step / 2, each * step
    return [(left + i * width, left + (i + 1) * width, many) for i, many in enumerate(heights)]


def to_csv(rows: Iterable[tuple[Question, str, str, float]]) -> str:
    """Rows of (question, visitor, guess, seconds since 1970) as CSV; visitors are numbered as they come.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    numbers: dict[str, int] = {}
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(["question", "prompt", "unit", "visitor", "guess", "at (UTC)"])
    for question, visitor, guess, at in rows:
        number = numbers.setdefault(visitor, len(numbers) + 1)
        when = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")
        told = (harmless(text) for text in (question.key, question.prompt, question.unit))
        table.writerow([*told, number, harmless(guess), when])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs. A number stays one."""
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text
