"""Numbers, points and formulas of a trace as LaTeX."""

import math
import re

import numpy as np

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.objectives import OBJECTIVES


def score_name(text: str, config: TrainConfig) -> str:
    """Words or LaTeX about f as they are meant: only a critic is called f, the raw score of another judge is s."""
    return re.sub(r"(?<![A-Za-z\\])f(?![A-Za-z])", OBJECTIVES[config.loss].score, text)


def number(value: float, digits: int = 4) -> str:
    """`digits` decimals, with a power of ten where one figure of them or none would be left."""
    if not math.isfinite(value):
        return r"\text{not finite}"
    if value and abs(value) < 10 ** (1 - digits):
        mantissa, exponent = f"{value:.2e}".split("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    return f"{value:.{digits}f}"


def signed(value: float, digits: int = 4) -> str:
    """In brackets if it is negative, to stand after another sign."""
    return f"({number(value, digits)})" if value < 0 else number(value, digits)


def point(x: np.ndarray) -> str:
    """Coordinates of x (d,), the first three of many."""
    first = [number(float(value), 3) for value in x[:3]]
    more = [r"\dots"] if len(x) > 3 else []
    return "(" + r",\ ".join(first + more) + ")"


def stacked(*lines: str) -> str:
    """Lines below each other, so that a phone has room for them."""
    return r"\begin{gathered}" + r"\\".join(lines) + r"\end{gathered}"
