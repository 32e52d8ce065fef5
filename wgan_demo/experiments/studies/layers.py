"""What is left of the critic's gradient layer by layer, and where its weights go: Gulrajani et al. 2017, figure 1b.

Twelve hidden layers of ReLU on the Swiss roll, in float64: at c = 0.001 a gradient falls below what float32 can hold.
"""

import numpy as np

from wgan_demo.experiments.study import Study
from wgan_demo.gan.critic_alone.plane import PlaneCriticConfig, PlaneCriticRecording

CLIPS = (0.1, 0.01, 0.001)
DEEP = {
    "dataset": "swiss_roll", "hidden": (128,) * 12, "init": "he", "double": True, "points": 64, "interpolates": 64,
    "steps": 800,
}  # fmt: skip
PENALTY = "gradient_penalty=10"


def measure(recording: PlaneCriticRecording) -> dict[str, float]:
    """log10 of the norm at the first hidden layer less that at the last: how many powers of ten it gains on its way
    back; and the share of the weights that stand at c or -c.
    """
    layers = recording.frames[-1]["layers"]
    return {"gained": float(np.log10(layers[0] / layers[-1])), "at_edge": recording.value("at_edge")}


def keep(recording: PlaneCriticRecording) -> dict[str, np.ndarray]:
    """Of every frame: its step (k,), log10 of the norms by layer (k, 12), the shares of the weights in bins (k, BINS)
    from -reach to reach (k,).
    """
    frames = recording.frames
    return {
        "step": np.array([frame.step for frame in frames]),
        "layers": np.log10([frame["layers"] for frame in frames]).astype(np.float32),
        "weights": np.array([frame["weights"] for frame in frames], np.float32),
        "reach": np.array([frame["reach"][0] for frame in frames], np.float32),
    }


STUDY = Study(
    question="What becomes of the critic's gradient on its way back through twelve layers?",
    runs={
        **{
            f"c={clip:g}": PlaneCriticConfig(
                regularizer="clipping", clip=clip, optimizer="rmsprop", lr=clip / 1000, lr_final=1.0, **DEEP
            )
            for clip in CLIPS
        },
        PENALTY: PlaneCriticConfig(regularizer="gradient_penalty", gp_weight=10.0, lr=1e-3, **DEEP),
    },
    steps=DEEP["steps"],
    measure=measure,
    keep=keep,
)
