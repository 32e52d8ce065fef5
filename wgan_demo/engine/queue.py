"""How long a queued run waits, foretold from what is ahead of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Load:
    """What is left of a run: `seconds` of the whole worker, and `least` seconds by the clock where a pace holds it."""

    owner: str | None
    seconds: float
    least: float = 0.0


def waits(running: Sequence[Load], queued: Sequence[Load], places: int, of_owner: int) -> list[float]:
    """Seconds until each of the queued runs, first come first served, gets one of the `places`; inf if none comes free.

    The worker's time is shared evenly by all that run (processor sharing), and everything goes on as it is asked for:
    nobody stops early or asks for more.
    """
    now, left, ahead = 0.0, list(running), list(enumerate(queued))
    told = [float("inf")] * len(queued)
    while True:
        owners = Counter(load.owner for load in left)
        for i, load in list(ahead):
            if len(left) < places and (load.owner is None or owners[load.owner] < of_owner):
                told[i] = now
                owners[load.owner] += 1
                left.append(load)
                ahead.remove((i, load))
        if not ahead or not left:
            return told
        ends = [max(load.seconds * len(left), load.least) for load in left]
        step = min(ends)
        now += step
        shares = [1 - step / end if end else 0.0 for end in ends]
        left = [
            replace(load, seconds=load.seconds * share, least=load.least * share)
            for load, share in zip(left, shares, strict=True)
            if share > 1e-9
        ]
