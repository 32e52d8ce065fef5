"""The value surfaces of critics held in two ways, as tightly as one likes: Gulrajani et al. 2017, figure 1a."""

from wgan_demo.experiments.studies import critic_alone
from wgan_demo.experiments.study import Study
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig

DATASETS = ("eight_gaussians", "twenty_five_gaussians", "swiss_roll")
CLIPS = (0.1, 0.03, 0.01, 0.003, 0.001)
LAMBDAS = {"gradient_penalty": (0.1, 1.0, 10.0, 100.0), "one_sided": (1.0, 10.0, 100.0)}
SIZE = {"points": 256, "hidden": (64, 64, 64), "steps": 4000}


def clipped(dataset: str, clip: float) -> PlaneCriticConfig:
    """A critic whose weights are clipped to c: RMSProp moves each by about c / 100 a step, so all can get there."""
    return PlaneCriticConfig(
        dataset, "clipping", clip=clip, optimizer="rmsprop", lr=min(1.0, max(1e-8, clip / 100)), **SIZE
    )


def penalised(dataset: str, regularizer: str, gp_weight: float) -> PlaneCriticConfig:
    """A critic with a penalty of weight lambda."""
    return PlaneCriticConfig(dataset, regularizer, gp_weight, lr=3e-3, **SIZE)


def name(config: PlaneCriticConfig) -> str:
    """A run's name."""
    held = f"c={config.clip:g}" if config.regularizer == "clipping" else f"{config.regularizer}={config.gp_weight:g}"
    return f"{config.dataset},{held}"


CONFIGS = [
    *(clipped(dataset, clip) for dataset in DATASETS for clip in CLIPS),
    *(penalised(dataset, side, weight) for dataset in DATASETS for side in LAMBDAS for weight in LAMBDAS[side]),
]
STUDY = Study(
    question="How much of W₁ does a critic find that is held by clipping, and how much one held by a penalty?",
    runs={name(config): config for config in CONFIGS},
    steps=SIZE["steps"],
    measure=critic_alone.measure,
    keep=lambda recording: critic_alone.surface(recording) | critic_alone.course(recording),
)
