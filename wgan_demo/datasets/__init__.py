"""Data under their names: DATASETS, points on the line and in the plane (TOY) and pictures (IMAGES).

To add one is one sampler and one entry.
"""

from wgan_demo.datasets.images import CLASSES, from_pictures, pixels, sample_digits
from wgan_demo.datasets.mnist import SOURCES, sample_fashion, sample_mnist, sample_small
from wgan_demo.datasets.spaces import AXES, Space, images, line, plane
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
    "digits": Dataset(
        "digits", "8 × 8 digits", sample_digits, images(8), axes=pixels(8), unit="pixel units", classes=CLASSES
    ),
    "mnist14": Dataset(
        "mnist14", "MNIST, 14 × 14", sample_small, images(14), axes=pixels(14), unit="pixel units", classes=CLASSES
    ),
    "mnist": Dataset(
        "mnist", "MNIST, 28 × 28", sample_mnist, images(28), axes=pixels(28), unit="pixel units", classes=CLASSES
    ),
    "fashion": Dataset(  # without classes: nothing is shipped that tells them apart
        "fashion", "Fashion-MNIST, 28 × 28", sample_fashion, images(28), axes=pixels(28), unit="pixel units"
    ),
}
TOY = {name: dataset for name, dataset in DATASETS.items() if dataset.space.kind in AXES}
SHIPPED = {name: dataset for name, dataset in DATASETS.items() if name not in SOURCES}  # need no files of one's own
IMAGES = {name: dataset for name, dataset in DATASETS.items() if dataset.space.kind == "images"}

__all__ = ["DATASETS", "IMAGES", "SHIPPED", "TOY", "Dataset", "Space", "from_pictures", "from_points"]
