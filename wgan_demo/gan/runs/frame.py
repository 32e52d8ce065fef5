"""What is kept of a run at one of its steps, beside its numbers."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Frame:
    """Arrays by their names, at one step. Which there are depends on the space (gan/spaces)."""

    step: int
    arrays: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]

    @property
    def nbytes(self) -> int:
        """Bytes of all its arrays."""
        return sum(array.nbytes for array in self.arrays.values())

    @property
    def finite(self) -> bool:
        """False where a network has blown up."""
        return all(np.isfinite(array).all() for array in self.arrays.values())
