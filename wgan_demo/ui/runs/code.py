"""The code that ran in a run: the critic's and the generator's step, with the numbers of the newest one."""

from wgan_demo.gan.config import settings_at
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.wording import critic_formula, critic_numbers
from wgan_demo.ui import lesson


def code(recording: Recording) -> None:
    """The critic's and the generator's step as they run, with the numbers of the newest one."""
    config = settings_at(recording.config, recording.changes, recording.steps)
    objective, constraint = OBJECTIVES[config.loss], CONSTRAINTS[config.regularizer]
    filled = ""
    if len(recording.records):
        filled = critic_numbers(config, *map(recording.value, ("critic_loss", "score_gap", "gradient_penalty")))
    steps = [
        (critic_formula(config), filled, "wgan_demo.gan.trainer:critic_step"),
        (rf"D = \sigma({objective.score})" if r"\ln D" in objective.critic else "", "", objective.code[0]),
        (r"\hat x = u\,x + (1 - u)\,G(z),\quad u \sim U[0, 1]", "", "wgan_demo.gan.lipschitz:interpolate"),
        (rf"\|\nabla {objective.score}(\hat x)\|_2^2", "", "wgan_demo.gan.lipschitz:squared_norms"),
    ]
    if constraint.code:
        steps.append(("" if constraint.weighs else constraint.formula, "", constraint.code))
    steps.append((f"L_G = {objective.generator}", "", "wgan_demo.gan.trainer:generator_step"))
    steps.append(("", "", objective.code[1]))
    if config.by_hand:
        derived = r"\text{the same critic step, its gradients derived by hand: this one ran}"
        steps.append((derived, "", "wgan_demo.gan.fast:_critic_update"))
    lesson.code_that_ran(*steps)
