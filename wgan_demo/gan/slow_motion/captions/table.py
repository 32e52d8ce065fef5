"""What is known of the first samples at one piece of an iteration, as Markdown."""

import numpy as np

from wgan_demo.gan.slow_motion.captions.latex import score_name
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.trace import StepTrace, lengths

ROWS = 6
SMALL = 0.1  # a column whose numbers are all below it has three digits of each instead of three decimals
U, NORM = "u", "‖∇f(x̂)‖"


def table(trace: StepTrace, piece: str, sample: int) -> str:
    """The first samples and the chosen one, with what is known of them at this piece, as Markdown; "" if too little."""
    columns = known(trace, piece)
    if not columns:
        return ""
    forms = {name: ".3g" if np.abs(values).max() < SMALL else ".3f" for name, values in columns.items()}
    heads = (score_name(name, trace.config) for name in columns)
    lines = ["| i | " + " | ".join(heads) + " |", "|---:" * (len(columns) + 1) + "|"]
    for i in sorted({*range(min(ROWS, trace.show)), sample}):
        cells = {"i": str(i + 1)}
        cells |= {name: format(values[i], forms[name]).replace("-", "−") for name, values in columns.items()}
        if NORM in cells:
            cells[NORM] += " ▲ steep" if trace.norms[i] > 1 else " ▽ flat"
        lines.append("| " + " | ".join(f"**{cell}**" if i == sample else cell for cell in cells.values()) + " |")
    return "\n".join(lines)


def known(trace: StepTrace, piece: str) -> dict[str, np.ndarray]:
    """The columns (n,) of the table at this piece, in terms of f."""
    scores = {"f(x)": trace.real_scores, "f(G(z))": trace.fake_scores}
    push = {"push": lengths(trace.push)}
    return {
        "u": {U: trace.u},
        "interpolate": {U: trace.u},
        "gradient": {U: trace.u, **{name: of(trace.gradient) for name, of in WORDS[trace.space.kind].columns.items()}},
        "norm": {U: trace.u, NORM: trace.norms},
        "penalty": {U: trace.u, NORM: trace.norms, "penalty": trace.penalties},
        "scores": scores,
        "loss": scores,
        "push": push,
        "move": {**push, "move": lengths(trace.moves)},
    }.get(piece, {})
