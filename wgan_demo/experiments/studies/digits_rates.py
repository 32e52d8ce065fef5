"""How much does the learning rate matter, to a GAN and to a WGAN-GP, on the same pictures?"""

import numpy as np

from wgan_demo.experiments.study import Study, grid
from wgan_demo.gan.presets import LAST, PRESETS
from wgan_demo.gan.runs.recording import Recording

RATES = (1e-4, 2e-4, 5e-4, 1e-3, 2e-3)
KEPT = 16  # pictures of each run


def measure(recording: Recording) -> dict[str, float]:
    """digits made and fid (means of the last evaluations), and the least fid of the run."""
    fid, digits = (recording.course(name)[1] for name in ("fid", "modes"))
    return {"digits": float(digits[-LAST:].mean()), "fid": float(fid[-LAST:].mean()), "least_fid": float(fid.min())}


def keep(recording: Recording) -> dict[str, np.ndarray]:
    """The first generated pictures at the end (KEPT, side, side) as uint8, paper 0 to ink 255."""
    fake = recording.frames[-1]["fake"][:KEPT, 0]
    return {"fake": np.clip((fake + 1) * 127.5, 0, 255).round().astype(np.uint8)}


STUDY = Study(
    question="How much does the learning rate matter, to a GAN and to a WGAN-GP, on the same pictures?",
    runs={
        f"{preset},{name}": config
        for preset in ("gan", "live")
        for name, config in grid(PRESETS[preset].config("digits"), lr=RATES, seed=range(3)).items()
    },
    steps=8000,
    measure=measure,
    keep=keep,
)
