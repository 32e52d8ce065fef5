"""What a run's settings make of its objective and its constraint, in words and formulas. Needs no torch."""

from math import isfinite

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES, Constraint


def held_by(config: TrainConfig) -> Constraint:
    """What holds the critic under these settings: nothing where a penalty has no weight."""
    constraint = CONSTRAINTS[config.regularizer]
    return CONSTRAINTS["none"] if constraint.weighs and config.gp_weight == 0 else constraint


def slope_note(config: TrainConfig) -> str:
    """What becomes of the norm of the critic's gradient under these settings, in a few words."""
    if config.batch_norm and config.regularizer == "spectral_norm":
        return "nothing holds it: batch norm scales every layer up again"
    return held_by(config).note


def critic_formula(config: TrainConfig) -> str:
    """What the critic minimises under these settings, in LaTeX."""
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    penalty = f" + {constraint.formula.replace('f(', f'{objective.score}(')}" if constraint.weighs else ""
    return f"L = {objective.critic}{penalty}"


def critic_numbers(config: TrainConfig, loss: float, gap: float, penalty: float) -> str:
    """`critic_formula` with the numbers of one critic step put in: its loss, its score gap, its penalty before lambda.

    The part of a loss that is not the penalty is known by subtraction.
    """
    weight = config.gp_weight if CONSTRAINTS[config.regularizer].weighs else 0
    base = f"-({_latex(gap)})" if OBJECTIVES[config.loss].up_to_constant else _latex(loss - weight * penalty)
    return f"{_latex(loss)} = {base}" + rf" + {weight:g} \cdot {_latex(penalty)}" * bool(weight)


def _latex(value: float) -> str:
    """Four digits after the point, or a power of ten where they would say little."""
    if not isfinite(value):  # of the step at which a run blew up
        return rf"\text{{{value}}}"
    if value == 0 or abs(value) >= 0.001:
        return f"{value:.4f}"
    digits, _, power = f"{value:.2e}".partition("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}"
