"""Where samples live. The kind of a Space is the one key by which everything that depends on it is looked up:
architectures, what is evaluated and kept (gan/spaces), what is drawn.
"""

from dataclasses import dataclass
from math import nan, prod


@dataclass(frozen=True)
class Space:
    """`kind` names it, `shape` is that of one sample, and coordinates within [-extent, extent] are worth showing.

    The extent is NaN as long as the data are not at hand.
    """

    kind: str
    shape: tuple[int, ...]
    extent: float = nan

    @property
    def size(self) -> int:
        """Numbers in one sample."""
        return prod(self.shape)


def line(extent: float = 2.0) -> Space:
    """Points with one coordinate."""
    return Space("line", (1,), extent)


def plane(extent: float = 2.0) -> Space:
    """Points with two coordinates."""
    return Space("plane", (2,), extent)


def images(side: int) -> Space:
    """Grey pictures of side x side pixels, black -1 to white 1."""
    return Space("images", (1, side, side), 1.0)


SIDE = 8  # pixels of a picture of one's own
# The space of a table, by how many of its columns are taken; a picture has one for each of its pixels.
COLUMNS = {1: line, 2: plane, SIDE * SIDE: lambda extent=1.0: images(SIDE)}
AXES = {"line": ("x",), "plane": ("x₁", "x₂")}  # names of coordinates that have none of their own
