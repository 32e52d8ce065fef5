"""What papers have published of GANs: rows of their tables with sources. Context for what this program measures, not
a league table: each paper has networks, data, samples and settings of its own.
"""

from collections.abc import Sequence
from typing import NamedTuple

SCORES = "Gulrajani et al. 2017, table 3 (arXiv:1704.00028), most of them from the papers of those methods"
SEARCH = "Lucic et al. 2018, table 2 (arXiv:1711.10337): the best of a search over settings, trained anew 50 times"
PACGAN = "Lin et al. 2018, PacGAN (arXiv:1712.04086)"
VEEGAN = "Srivastava et al. 2017, VEEGAN (arXiv:1705.07761)"


class Published(NamedTuple):
    """A number of a table.

    on      data, and what else all numbers that stand together have in common
    method  as the table calls it
    value   in the unit of its quantity (Quantity.unit)
    spread  what the table writes after ±, None where it writes nothing
    source  the paper
    """

    on: str
    method: str
    value: float
    spread: float | None
    source: str

    @property
    def interval(self) -> tuple[float, float]:
        """From value - spread to value + spread."""
        return self.value - (self.spread or 0), self.value + (self.spread or 0)


class Quantity(NamedTuple):
    """A measured quantity: its name with its unit, whether less of it is better, and what was published of it."""

    unit: str
    less_is_better: bool
    rows: Sequence[Published]

    def places(self) -> list[str]:
        """Each `on`, in the order of the table."""
        return list(dict.fromkeys(row.on for row in self.rows))

    def at(self, on: str) -> list[Published]:
        """The rows of one place, the best first."""
        return sorted((row for row in self.rows if row.on == on), key=self._badness)

    def level_with_best(self, on: str) -> list[Published]:
        """The rows besides the best one whose intervals overlap with its interval, both having one."""
        best, *others = self.at(on)
        return [row for row in others if row.spread and best.spread and _overlap(best.interval, row.interval)]

    def _badness(self, row: Published) -> float:
        return row.value if self.less_is_better else -row.value


def _overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _scores(on: str, **methods: tuple) -> list[Published]:
    return [Published(on, method, value, spread, SCORES) for method, (value, spread) in methods.items()]


def _fids(method: str, *found: tuple[float, float]) -> list[Published]:
    """On the four data sets, in the order of the table."""
    places = ("MNIST", "Fashion-MNIST", "CIFAR-10", "CelebA")
    return [Published(on, method, *pair, SEARCH) for on, pair in zip(places, found, strict=True)]


RING, GRID = "ring of 8", "grid of 25"
QUANTITIES: dict[str, Quantity] = {
    "FID": Quantity(
        "FID, no unit",
        True,
        [
            *_fids("MM GAN", (9.8, 0.9), (29.6, 1.6), (72.7, 3.6), (65.6, 4.2)),
            *_fids("NS GAN", (6.8, 0.5), (26.5, 1.6), (58.5, 1.9), (55.0, 3.3)),
            *_fids("LSGAN", (7.8, 0.6), (30.7, 2.2), (87.1, 47.5), (53.9, 2.8)),
            *_fids("WGAN", (6.7, 0.4), (21.5, 1.6), (55.2, 2.3), (41.3, 2.0)),
            *_fids("WGAN-GP", (20.3, 5.0), (24.5, 2.1), (55.8, 0.9), (30.0, 1.0)),
            *_fids("DRAGAN", (7.6, 0.4), (27.7, 1.2), (69.8, 2.0), (42.3, 3.0)),
            *_fids("BEGAN", (13.1, 1.0), (22.9, 0.9), (71.4, 1.6), (38.9, 0.9)),
            *_fids("VAE", (23.8, 0.6), (58.7, 1.2), (155.7, 11.6), (85.7, 3.8)),
        ],
    ),
    "Inception score": Quantity(
        "inception score, no unit",
        False,
        [
            *_scores(
                "CIFAR-10, without labels",
                **{
                    "ALI": (5.34, 0.05),
                    "BEGAN": (5.62, None),
                    "DCGAN": (6.16, 0.07),
                    "Improved GAN": (6.86, 0.06),
                    "EGAN-Ent-VI": (7.07, 0.10),
                    "DFM": (7.72, 0.13),
                    "WGAN-GP": (7.86, 0.07),
                },
            ),
            *_scores(
                "CIFAR-10, with labels",
                **{
                    "SteinGAN": (6.35, None),
                    "DCGAN": (6.58, None),
                    "Improved GAN": (8.09, 0.07),
                    "AC-GAN": (8.25, 0.07),
                    "SGAN-no-joint": (8.37, 0.08),
                    "WGAN-GP": (8.42, 0.10),
                    "SGAN": (8.59, 0.12),
                },
            ),
        ],
    ),
    "Modes": Quantity(
        "modes covered",
        False,
        [
            Published(RING, "GAN (PacGAN’s paper)", 6.3, None, PACGAN),
            Published(RING, "PacGAN4", 7.8, None, PACGAN),
            Published(RING, "GAN (VEEGAN’s paper)", 1.0, None, VEEGAN),
            Published(RING, "VEEGAN", 8.0, None, VEEGAN),
            Published(GRID, "GAN (PacGAN’s paper)", 17.3, None, PACGAN),
            Published(GRID, "PacGAN4", 24.8, None, PACGAN),
            Published(GRID, "GAN (VEEGAN’s paper)", 3.3, None, VEEGAN),
            Published(GRID, "VEEGAN", 24.6, None, VEEGAN),
        ],
    ),
    "Samples near a mode": Quantity(
        "samples near a mode, %",
        False,
        [
            Published(RING, "GAN (PacGAN’s paper)", 98.2, None, PACGAN),
            Published(RING, "PacGAN4", 95.9, None, PACGAN),
            Published(RING, "GAN (VEEGAN’s paper)", 99.3, None, VEEGAN),
            Published(RING, "VEEGAN", 52.9, None, VEEGAN),
            Published(GRID, "GAN (PacGAN’s paper)", 94.8, None, PACGAN),
            Published(GRID, "PacGAN4", 93.6, None, PACGAN),
            Published(GRID, "GAN (VEEGAN’s paper)", 0.5, None, VEEGAN),
            Published(GRID, "VEEGAN", 40.0, None, VEEGAN),
        ],
    ),
}
