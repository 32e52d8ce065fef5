"""Does the loss tell how good the pictures are? Losses against FID over each run, for a GAN and for three WGAN-GPs."""

from dataclasses import replace

import numpy as np

from wgan_demo.experiments.study import Study, grid
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.recording import EVERY, Recording

STEPS = 4000
SEEDS = range(5)
LOSSES = {"judge": "critic_loss", "generator": "generator_loss"}
# The same networks; what differs is how near its best the critic is kept, and whether the rate falls.
KINDS: dict[str, tuple[str, dict]] = {
    "gan": ("gan", {"lr": 5e-4}),
    "steady": ("live", {"lr": 5e-4, "n_critic": 5}),
    "usual": ("live", {}),
    "falling": ("live", {"lr": 4e-3, "lr_decay_steps": STEPS, "lr_final": 0.02, "n_critic": 1}),
}


def courses(recording: Recording) -> dict[str, np.ndarray]:
    """FID (e,) at the evaluations after the first, and the mean of each loss (e,) over the iterations up to each."""
    step, fid = recording.course("fid")
    found = {"fid": fid[1:]}
    for name, column in LOSSES.items():
        values = recording.course(column)[1]
        found[name] = np.array([values[max(0, int(s) - EVERY) : int(s)].mean() for s in step[1:]])
    return {name: values.astype(np.float32) for name, values in found.items()}


def measure(recording: Recording) -> dict[str, float]:
    """`told` over the whole run, of both losses."""
    return {name: told(courses(recording), name) for name in LOSSES}


def told(found: dict[str, np.ndarray], name: str, since: int = 0) -> float:
    """How a loss and FID rank the moments of a run alike, from iteration `since` on: Spearman's rho.

    Of the judge minus the loss is taken, which stands for a distance. 1: whenever the one falls, so does the other.
    """
    loss, fid = (found[key][since // EVERY :] for key in (name, "fid"))
    return rank_correlation(-loss if name == "judge" else loss, fid)


def rank_correlation(x: np.ndarray, y: np.ndarray) -> float:
    """Spearman's rho of x (n,) and y (n,), all different: the correlation of their ranks."""
    return float(np.corrcoef(*(values.argsort().argsort() for values in (x, y)))[0, 1])


STUDY = Study(
    question="Does the loss tell how good the pictures are?",
    runs={
        f"{kind},{name}": config
        for kind, (preset, settings) in KINDS.items()
        for name, config in grid(replace(PRESETS[preset].config("digits"), **settings), seed=SEEDS).items()
    },
    steps=STEPS,
    measure=measure,
    keep=courses,
)
