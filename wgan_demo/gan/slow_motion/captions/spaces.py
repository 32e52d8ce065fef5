"""How samples, slopes and places are called and written in each kind of space: WORDS. f stands for the score."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.slow_motion.captions import pictures
from wgan_demo.gan.slow_motion.captions.latex import number, point, signed
from wgan_demo.gan.slow_motion.trace import StepTrace


class Words(NamedTuple):
    """What stands in captions and tables.

    one, many       what a sample is called; `part` is what it consists of
    where           the picture lies
    slopes          how grad f is seen, `pushes` how the push is; `ring`, how a norm of 1 is; `change`, how that of f is
    along           begins the question how much f rises along grad f at sample {}
    unit            what it rises per
    slope, norm     LaTeX of grad f at x_hat and of its length
    columns         of a table: what is told of grad f (n, *shape), by name, (n,) each
    sample          LaTeX of a sample (*shape)
    mixed           of how a sample of the trace became its x_hat: lines
    squares         of the sum of squares of grad f (*shape)
    moved           of a sample before and after
    """

    one: str
    many: str
    part: str
    where: str
    slopes: str
    ring: str
    change: str
    along: str
    unit: str
    slope: str
    norm: str
    columns: Mapping[str, Callable[[np.ndarray], np.ndarray]]
    sample: Callable[[np.ndarray], str]
    mixed: Callable[[StepTrace, int], tuple[str, ...]]
    squares: Callable[[np.ndarray], str]
    moved: Callable[[np.ndarray, np.ndarray], str]
    pushes: str = ""


def mixed(trace: StepTrace, i: int) -> tuple[str, ...]:
    u, x, g = trace.u[i], trace.real[i], trace.fake[i]
    return (
        rf"\hat x_{{{i + 1}}} = {number(u, 3)} \cdot {point(x)} + {number(1 - u, 3)} \cdot {point(g)}",
        rf"= {point(trace.x_hat[i])}",
    )


def squares(gradient: np.ndarray) -> str:
    return " + ".join(f"{signed(part, 3)}^2" for part in gradient)


def moved(before: np.ndarray, after: np.ndarray) -> str:
    return rf"{point(before)} \to {point(after)}"


POINTS = {
    "one": "point", "many": "points", "part": "coordinate", "unit": "unit of x",
    "along": "Along the arrow of sample {}",
    "change": "the picture shows **where f rose (green) and fell (pink)**",
    "sample": point, "mixed": mixed, "squares": squares, "moved": moved,
}  # fmt: skip
WORDS: dict[str, Words] = {
    "line": Words(
        **POINTS,
        where="on the line",
        slopes="The arrow points where f **rises**. f is the green curve.",
        ring="The ticks stand where a norm of 1 would end.",
        slope=r"f'(\hat x_i)",
        norm=r"|f'(\hat x_i)|",
        columns={"f′(x̂)": lambda gradient: gradient[:, 0]},
    ),
    "plane": Words(
        **POINTS,
        where="in the plane",
        slopes="The arrow points where f **rises fastest**. The lines of equal f cross it at a right angle.",
        ring="The circles have radius 1.",
        slope=r"\Big(\frac{\partial f}{\partial x_1},\ \frac{\partial f}{\partial x_2}\Big)(\hat x_i)",
        norm=r"\sqrt{(\partial_1 f)^2 + (\partial_2 f)^2}",
        columns={"∂₁f": lambda gradient: gradient[:, 0], "∂₂f": lambda gradient: gradient[:, 1]},
    ),
    "images": Words(
        one="picture",
        many="pictures",
        part="pixel",
        where="as pictures",
        slopes="It is a picture too: **+ where more ink raises f, − where less does**, the stronger the colour the "
        "more. The green curve is f on the whole way from the fake to the real picture.",
        pushes="It is **where the critic wants ink**: + more, − less.",
        ring="The curve is the norm on the whole way, the dashed line a norm of 1. All pixels’ squares are added, the "
        "greatest first.",
        change="the curve shows **on the way from fake to real where f rose (above 0) and fell (below)**",
        along="Changing the picture of sample {} as its ∇f(x̂) wants",
        unit="pixel unit (half of the way from paper to ink)",
        slope=r"\Big(\frac{\partial f}{\partial x_{11}},\ \frac{\partial f}{\partial x_{12}},\ \dots\Big)(\hat x_i)",
        norm=r"\sqrt{\textstyle\sum_{rc} (\partial_{rc} f)^2}",
        columns={
            "most +": lambda gradient: gradient.reshape(len(gradient), -1).max(axis=1),
            "most −": lambda gradient: gradient.reshape(len(gradient), -1).min(axis=1),
        },
        sample=pictures.sample,
        mixed=pictures.mixed,
        squares=pictures.squares,
        moved=pictures.moved,
    ),
}
