"""Grids of runs, described once and run by the engine: STUDIES, whose results ship with the program.

To add one is a module in studies/ with a `STUDY`, an entry here, and `python -m wgan_demo.experiments NAME`, which
trains what is not finished yet and writes a small file a run. Needs no torch.
"""

from wgan_demo.experiments.result import Result, finished
from wgan_demo.experiments.runner import Progress, Runner
from wgan_demo.experiments.studies import (
    collapse,
    digits_losses,
    digits_networks,
    digits_rates,
    digits_soon,
    holds,
    layers,
    standstill,
    surfaces,
)
from wgan_demo.experiments.study import Study, grid

STUDIES: dict[str, Study] = {  # by the names of their folders
    "digits_losses": digits_losses.STUDY,
    "digits_networks_sweep": digits_networks.SWEEP,
    "digits_networks": digits_networks.STUDY,
    "digits_rates": digits_rates.STUDY,
    "digits_soon": digits_soon.STUDY,
    "surfaces": surfaces.STUDY,
    "layers": layers.STUDY,
    "holds": holds.STUDY,
    "standstill": standstill.STUDY,
    "collapse_sweep": collapse.SWEEP,
    "collapse": collapse.STUDY,
}

__all__ = ["STUDIES", "Progress", "Result", "Runner", "Study", "finished", "grid"]
