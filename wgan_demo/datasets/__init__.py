"""Two-dimensional data under their names: DATASETS. To add one is one sampler and one entry."""

from wgan_demo.datasets.toy import Dataset, eight_gaussians, from_points, swiss_roll, twenty_five_gaussians, two_moons

DATASETS: dict[str, Dataset] = {
    "eight_gaussians": eight_gaussians(),
    "twenty_five_gaussians": twenty_five_gaussians(),
    "swiss_roll": Dataset("Swiss roll", swiss_roll, extent=2.4),
    "moons": Dataset("Two moons", two_moons),
    "turning": eight_gaussians("8 turning Gaussians", period=4000),
}

__all__ = ["DATASETS", "Dataset", "from_points"]
