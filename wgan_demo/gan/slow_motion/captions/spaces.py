"""How slopes and places are called in each kind of space: WORDS. f stands for the score, whatever its name."""

from typing import NamedTuple


class Words(NamedTuple):
    """`slope` and `norm` are the LaTeX of grad f and its length at x_hat; `columns` name the parts of grad f.

    `level` says how f is seen beside its arrow, and `ring` how a norm of 1 is.
    """

    where: str
    rises: str
    level: str
    ring: str
    slope: str
    norm: str
    columns: tuple[str, ...]


WORDS: dict[str, Words] = {
    "line": Words(
        where="on the line",
        rises="rises",
        level="f is the green curve.",
        ring="The ticks stand where a norm of 1 would end.",
        slope=r"f'(\hat x_i)",
        norm=r"|f'(\hat x_i)|",
        columns=("f′(x̂)",),
    ),
    "plane": Words(
        where="in the plane",
        rises="rises fastest",
        level="The lines of equal f cross it at a right angle.",
        ring="The circles have radius 1.",
        slope=r"\Big(\frac{\partial f}{\partial x_1},\ \frac{\partial f}{\partial x_2}\Big)(\hat x_i)",
        norm=r"\sqrt{(\partial_1 f)^2 + (\partial_2 f)^2}",
        columns=("∂₁f", "∂₂f"),
    ),
}
