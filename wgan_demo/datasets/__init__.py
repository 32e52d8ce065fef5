"""Data on the line and in the plane under their names: DATASETS. To add one is one sampler and one entry."""

from wgan_demo.datasets.spaces import Space, line, plane
from wgan_demo.datasets.toy import (
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
    "eight_gaussians": eight_gaussians("eight_gaussians", "8 Gaussians"),
    "twenty_five_gaussians": twenty_five_gaussians("twenty_five_gaussians", "25 Gaussians"),
    "swiss_roll": Dataset("swiss_roll", "Swiss roll", swiss_roll, plane(2.4)),
    "moons": Dataset("moons", "Two moons", two_moons, plane()),
    "turning": eight_gaussians("turning", "8 turning Gaussians", period=4000),
    "three_bumps": three_bumps("three_bumps", "Three bumps on a line"),
    "uneven_bumps": Dataset("uneven_bumps", "Uneven bumps on a line", uneven_bumps, line(2.4)),
}

__all__ = ["DATASETS", "Dataset", "Space", "from_points"]
