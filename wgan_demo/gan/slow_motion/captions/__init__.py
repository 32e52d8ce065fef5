"""The captions of an iteration in slow motion: words, the formula, and the formula with the numbers of this step."""

from collections.abc import Callable

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.slow_motion.captions import between, generator, scoring, weights
from wgan_demo.gan.slow_motion.captions.latex import score_name
from wgan_demo.gan.slow_motion.captions.phrases import Caption
from wgan_demo.gan.slow_motion.trace import StepTrace

BETWEEN = ("u", "interpolate", "gradient", "norm", "penalty")
GENERATOR = ("latent", "push", "move")

CAPTIONS: dict[str, Callable[[StepTrace, int], Caption]] = {
    "real": scoring.real,
    "fake": scoring.fake,
    "u": between.u,
    "interpolate": between.interpolate,
    "gradient": between.gradient,
    "norm": between.norm,
    "penalty": between.penalty,
    "scores": scoring.scores,
    "loss": scoring.loss,
    "update": weights.update,
    "clip": weights.clip,
    "spectral": weights.spectral,
    "latent": generator.latent,
    "push": generator.push,
    "move": generator.move,
}


def pieces(config: TrainConfig) -> tuple[str, ...]:
    """The names of all pieces of an iteration under these settings, in order."""
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    between, scores = BETWEEN if constraint.price else (), ("scores",) if objective.reading else ()
    constrained = (constraint.piece,) if constraint.piece else ()
    return ("real", "fake", *between, *scores, "loss", "update", *constrained, *GENERATOR)


def caption(trace: StepTrace, piece: str, sample: int = 0) -> Caption:
    """What stands beside a piece of this trace, with the numbers of one sample (from 0)."""
    about_f = CAPTIONS[piece](trace, sample)
    words = (about_f.title, about_f.text, about_f.formula, *about_f.numbers)
    title, text, formula, *numbers = (score_name(line, trace.config) for line in words)
    return Caption(title, text, formula, tuple(numbers))
