"""Named numbers over the steps of a run."""

import numpy as np


class Courses:
    """What every recording offers: `records` (s, r), a row per step, and `evaluations` (e, c), a row now and then.

    `record_columns` and `columns` name what stands in a row of each; the first is always the step.
    """

    record_columns: tuple[str, ...]
    columns: tuple[str, ...]
    records: np.ndarray
    evaluations: np.ndarray

    @property
    def steps(self) -> int:
        """Steps done; a run that goes on from a checkpoint has an evaluation before its first record."""
        newest = self.records if len(self.records) else self.evaluations
        return int(newest[-1, 0]) if len(newest) else 0

    def course(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values of one named quantity, of every step or of every evaluation."""
        in_records = name in self.record_columns
        table, names = (self.records, self.record_columns) if in_records else (self.evaluations, self.columns)
        return table[:, 0], table[:, names.index(name)]

    def value(self, name: str) -> float:
        """The newest value of a named quantity, NaN before there is one."""
        values = self.course(name)[1]
        return float(values[-1]) if len(values) else np.nan

    def row(self, trainer, measures: dict[str, float]) -> tuple[float, ...]:
        """A row of evaluations: what was measured of a trainer, and how far it has come."""
        measures = measures | {"step": trainer.steps_done, "seconds": trainer.seconds}
        return tuple(measures[name] for name in self.columns)
