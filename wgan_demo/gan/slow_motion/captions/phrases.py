"""What stands beside one piece of an iteration, and the turns of phrase that several pieces share."""

from dataclasses import dataclass

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions.latex import point
from wgan_demo.gan.slow_motion.captions.spaces import WORDS, Words
from wgan_demo.gan.slow_motion.trace import StepTrace


@dataclass(frozen=True)
class Caption:
    """Formula and numbers are lines of LaTeX, the numbers of one sample or of the batch."""

    title: str
    text: str
    formula: str
    numbers: tuple[str, ...]


def judge(trace: StepTrace) -> str:
    """What the critic of this run is called."""
    return OBJECTIVES[trace.config.loss].judge


def words(trace: StepTrace) -> Words:
    """Those of its space."""
    return WORDS[trace.space.kind]


def generated(trace: StepTrace, title: str, text: str, z: np.ndarray, fake: np.ndarray, i: int) -> Caption:
    """Latents z (n, latent_dim) and what G makes of them (n, *shape)."""
    numbers = (rf"z_{{{i + 1}}} = {point(z[i])}", rf"G(z_{{{i + 1}}}) = {words(trace).sample(fake[i])}")
    return Caption(title, text, r"z_i \sim N(0, I), \qquad G(z_i)", numbers)


def fell(before: float, after: float) -> str:
    """What a loss did."""
    if after == before:
        return "stayed the same"
    return "**fell**" if after < before else "**rose**, which happens: the optimiser goes by earlier batches too"
