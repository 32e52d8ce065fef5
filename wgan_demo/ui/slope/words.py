"""What the views of this lesson call data and ways to hold a critic."""

from wgan_demo.datasets import DATASETS
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig

SIDES = {"Two-sided": "gradient_penalty", "One-sided": "one_sided"}  # penalties, as the page calls them


def held(config: PlaneCriticConfig) -> str:
    """How the critic of a config is held, with its number."""
    if config.regularizer == "clipping":
        return f"clipping, c = {config.clip:g}"
    side = next(side for side, name in SIDES.items() if name == config.regularizer)
    return f"{side.lower()} penalty, λ = {config.gp_weight:g}"


def data(name: str) -> str:
    """A data set as the page calls it."""
    return DATASETS[name].label
