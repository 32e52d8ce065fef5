"""What processes take of the machine, from Linux's /proc, so that no package is needed for it."""

import os
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Vitals(NamedTuple):
    """Of one process since its start: `seconds` of processor time, user and system; `memory` in bytes, resident."""

    seconds: float
    memory: int


def vitals(pid: int) -> Vitals | None:
    """Of the process with this id; None if it has ended, or the system is not Linux."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()  # the name may hold anything
    except OSError:
        return None
    ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
    return Vitals(ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE"))
