"""Data on the line and in the plane under their names: DATASETS. To add one is one sampler and one entry."""

from wgan_demo.datasets.toy import (
    LINE,
    PLANE,
    Dataset,
    eight_gaussians,
    from_points,
    swiss_roll,
    three_bumps,
    twenty_five_gaussians,
    two_moons,
    uneven_bumps,
)

DATASETS: dict[str, Dataset] = {
    "eight_gaussians": eight_gaussians(),
    "twenty_five_gaussians": twenty_five_gaussians(),
    "swiss_roll": Dataset("Swiss roll", swiss_roll, extent=2.4),
    "moons": Dataset("Two moons", two_moons),
    "turning": eight_gaussians("8 turning Gaussians", period=4000),
    "three_bumps": three_bumps(),
    "uneven_bumps": Dataset("Uneven bumps on a line", uneven_bumps, extent=2.4, axes=LINE),
}

__all__ = ["DATASETS", "LINE", "PLANE", "Dataset", "from_points"]
