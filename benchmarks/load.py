"""A class on the app: visitors over real websockets, some of whom train while the others move theta on Distances.

`python benchmarks/load.py` prints a table; `python benchmarks/load.py 50 15` one line of it, for 50 visitors of whom 15
train, and `python benchmarks/load.py 50 15 2` deals them to two app processes, as a proxy would that stays with its
choice. A visitor asks as a browser does and draws nothing; visitors, apps and workers share this machine. Each line has
servers of its own.
"""

import asyncio
import random
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.e2e.conftest import serve
from tests.tab import Answer, Tab

CASES = ((6, 6), (6, 3), (24, 12), (50, 15), (100, 30))  # visitors, and how many of them train
RUN = "tr_steps=20000"  # longer than the measuring
ARRIVAL = 0.3  # seconds from one visitor to the next
THINK = 4.0  # seconds from one step of theta to a visitor's next: they look at what it did
SECONDS = 20.0  # of measuring, once all pages are drawn and all runs asked for
GRACE = 10.0  # seconds for answers that are still to come; after that they count as errors
HEALTH = 0.25  # seconds between two looks at /_stcore/health


class Spent(NamedTuple):
    """CPU seconds so far: of the apps, of their workers, and of the visitors."""

    apps: float
    workers: float
    visitors: float


def spent() -> Spent:
    """What this process, the apps that it started, and what those started have used."""

    def seconds(processes: list[psutil.Process]) -> float:
        return sum(process.cpu_times().user + process.cpu_times().system for process in processes)

    apps = psutil.Process().children()
    workers = [worker for app in apps for worker in app.children(recursive=True)]
    return Spent(seconds(apps), seconds(workers), seconds([psutil.Process()]))


async def train(tab: Tab) -> None:
    """Press Start; returns when the page has looked at its run."""
    await tab.press("Start")
    await tab.until(lambda: any(answer.kind == "tick" for answer in tab.answers))


async def explore(tab: Tab, rng: random.Random) -> None:
    """A step of theta every THINK seconds, each to a new place."""
    await asyncio.sleep(THINK * rng.random())
    while True:
        due = time.perf_counter() + THINK
        await tab.slide("θ", round(rng.uniform(0, 35), 1))
        await asyncio.sleep(due - time.perf_counter())


async def watch_health(url: str, into: list[tuple[float, float]]) -> None:
    """Notes again and again when /_stcore/health was asked, and the seconds that it took."""
    host, port = url.removeprefix("http://").split(":")
    while True:
        sent = time.perf_counter()
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(f"GET /_stcore/health HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
        await reader.read()
        into.append((sent, time.perf_counter() - sent))
        writer.close()
        await asyncio.sleep(sent + HEALTH - time.perf_counter())


async def measure(urls: list[str], visitors: int, training: int) -> dict[str, str]:
    """The line of the table for so many visitors of the apps at `urls`, of whom `training` train."""
    rng, healths, kept, ready = random.Random(0), [], [], []
    trains = [(i + 1) * training // visitors > i * training // visitors for i in range(visitors)]  # evenly among all
    tabs = [Tab("training", RUN) if run else Tab("distances") for run in trains]
    kept += [asyncio.create_task(watch_health(url, healths)) for url in urls]
    for i, (tab, run) in enumerate(zip(tabs, trains, strict=True)):
        kept.append(asyncio.create_task(tab.listen(urls[i % len(urls)])))
        ready.append(asyncio.create_task(train(tab) if run else tab.until(lambda tab=tab: tab.answers)))
        await asyncio.sleep(ARRIVAL)
    unready = sum(result is not None for result in await asyncio.gather(*ready, return_exceptions=True))
    kept += [asyncio.create_task(explore(tab, rng)) for tab, run in zip(tabs, trains, strict=True) if not run]

    used, bytes_before, start = spent(), sum(tab.received for tab in tabs), time.perf_counter()
    await asyncio.sleep(SECONDS)
    end = time.perf_counter()
    used = Spent(*(after - before for before, after in zip(used, spent(), strict=True)))
    rate = (sum(tab.received for tab in tabs) - bytes_before) / (end - start) / visitors
    intervals = [min(tab.intervals.values()) for tab in tabs if tab.intervals]

    def due() -> list[Answer]:
        """What was asked for and has not come, with the time that it has taken so far."""
        now = time.perf_counter()
        return [Answer(kind, sent, now - sent) for tab in tabs for kind, sent in tab.unanswered if sent < end]

    while due() and time.perf_counter() < end + GRACE:
        await asyncio.sleep(0.1)
    lost = due()
    errors = [error for tab in tabs for error in tab.errors] + ["lost"] * len(lost) + ["not ready"] * unready
    for task in kept:
        task.cancel()
    await asyncio.gather(*kept, return_exceptions=True)
    for error in sorted(set(errors)):
        print(f"{errors.count(error)} x {error}", file=sys.stderr)

    answers = lost + [answer for tab in tabs for answer in tab.answers if start <= answer.sent < end]
    ticks, steps = ([answer.seconds for answer in answers if answer.kind == kind] for kind in ("tick", "slide"))
    return {
        "visitors": f"{visitors} ({training})",
        "tick p50 / p95": _milliseconds(ticks, 50, 95),
        "every, s": f"{np.median(intervals):g}" if intervals else "",
        "theta p50 / p95": _milliseconds(steps, 50, 95),
        "health p95": _milliseconds([seconds for sent, seconds in healths if start <= sent < end], 95),
        "app CPU": f"{used.apps / (end - start):.0%}",
        "CPU a tick": f"{1e3 * used.apps / len(ticks):.1f}" if ticks and not steps else "",
        "workers": f"{used.workers / (end - start):.0%}",
        "clients": f"{used.visitors / (end - start):.0%}",
        "kB/s each": f"{rate / 1e3:.0f}",
        "errors": f"{len(errors)}",
    }


def _milliseconds(seconds: list[float], *percentiles: int) -> str:
    values = np.percentile(seconds, percentiles) if seconds else ()
    return " / ".join(f"{1e3 * value:,.0f}" for value in values)


def main(cases: tuple[tuple[int, int], ...], apps: int = 1) -> None:
    print(f"{apps} app process(es); times in ms, CPU in % of one core")
    for number, (visitors, training) in enumerate(cases):
        with ExitStack() as servers:
            urls = [servers.enter_context(serve()) for _ in range(apps)]
            line = asyncio.run(measure(urls, visitors, training))
        widths = [max(len(name), 9) + 2 for name in line]
        for cells in [line.values()] if number else [line, line.values()]:
            print("".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)), flush=True)


if __name__ == "__main__":
    match [int(word) for word in sys.argv[1:]]:
        case []:
            main(CASES)
        case [visitors, training, *apps]:
            main(((visitors, training),), *apps)
        case _:
            sys.exit(__doc__)
