"""Pictures (1, height, width) in formulas: what they are as a whole, and the pixel at which most happens."""

import numpy as np

from wgan_demo.gan.slow_motion.captions.latex import number, signed
from wgan_demo.gan.slow_motion.trace import StepTrace

FIRST = 3  # squares that are written


def sample(x: np.ndarray) -> str:
    """How large it is, and its least and greatest value."""
    height, width = x.shape[-2:]
    ends = rf"{number(x.min(), 3)}\text{{ to }}{number(x.max(), 3)}"
    return rf"[{height} \times {width}\text{{ values from }}{ends}]"


def mixed(trace: StepTrace, i: int) -> tuple[str, ...]:
    """How x_hat comes about, and the same at the pixel at which real and fake differ most."""
    u, x, g = trace.u[i], trace.real[i], trace.fake[i]
    at = _most(x - g)
    return (
        rf"\hat x_{{{i + 1}}} = {number(u, 3)} \cdot x_{{{i + 1}}} + {number(1 - u, 3)} \cdot G(z_{{{i + 1}}})",
        rf"{_place(at)}{number(u, 3)} \cdot {signed(x[at], 3)} + {number(1 - u, 3)} \cdot {signed(g[at], 3)} = "
        rf"{number(trace.x_hat[i][at], 3)}",
    )


def squares(gradient: np.ndarray) -> str:
    """The greatest ones of the sum."""
    flat = gradient.ravel()
    greatest = flat[np.argsort(-np.abs(flat))[:FIRST]]
    return " + ".join([*(f"{signed(part, 3)}^2" for part in greatest), r"\dots"])


def moved(before: np.ndarray, after: np.ndarray) -> str:
    """The pixel that has changed most."""
    at = _most(after - before)
    return rf"{_place(at)}{number(before[at], 3)} \to {number(after[at], 3)}"


def _most(x: np.ndarray) -> tuple[int, ...]:
    """Where a picture is farthest from 0."""
    return tuple(int(k) for k in np.unravel_index(np.abs(x).argmax(), x.shape))


def _place(at: tuple[int, ...]) -> str:
    *_, row, column = at
    return rf"\text{{row {row + 1}, column {column + 1}: }}"
