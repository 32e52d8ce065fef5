"""A class in one room: all answer a question within ten seconds, all follow the lecturer's page, and all watch one run.

`python benchmarks/classroom.py [students] [answer|watch]`, 200 and both unless told; with `200 answer 2` they are dealt
to two app processes on one database. A student is a tab over a real websocket, as in load.py. The lecturer who asks is
the room's own code in this process, at the same database as the apps; the one who trains is a tab too, and students see
a run in the process of its lecturer alone. Printed are the times of a student's answer, of the look that every
student's bar takes once a second and of a tick that brings what is new of the run, the apps' share of a core, and
whether every answer was counted once.
"""

import asyncio
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import psutil
import sqlalchemy as sql

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.load import spent, watch_health
from tests.e2e.conftest import serve
from tests.tab import Tab
from wgan_demo.classroom.rooms import ANSWERS, Rooms, connect

VIEW = "d_view=Samples"  # asks for a number, with a button
QUESTION = "That is my guess"
ARRIVAL = 0.15  # seconds from one student to the next
WITHIN = 10.0  # seconds in which all of them answer
SECONDS = 20.0  # of following
KINDS = ("tick", "look")  # of what a tab asks again and again: what is new of the run, and of the room
EVERY = 5.0  # seconds between two places of the lecturer


async def answer(tab: Tab, after: float) -> float:
    """Guess after so many seconds; the seconds until the page is drawn again."""
    await asyncio.sleep(after)
    sent = time.perf_counter()
    await tab.press(QUESTION)
    return time.perf_counter() - sent


async def measure(urls: list[str], rooms: Rooms, students: int) -> None:
    """Print the numbers of one class."""
    rng, healths = random.Random(0), []
    code, key = rooms.open()
    rooms.lead(code, key, "distances", VIEW)
    tabs = [Tab("distances", f"{VIEW}&room={code}") for _ in range(students)]
    kept = [asyncio.create_task(watch_health(url, healths)) for url in urls]
    for tab, url in zip(tabs, cycle(urls), strict=False):
        kept.append(asyncio.create_task(tab.listen(url)))
        await asyncio.sleep(ARRIVAL)
    await asyncio.gather(*(tab.until(lambda tab=tab: tab.answers) for tab in tabs))

    before, begun = spent(), time.perf_counter()
    waited = await asyncio.gather(*(answer(tab, rng.uniform(0, WITHIN)) for tab in tabs))
    took = time.perf_counter() - begun
    used = spent().apps - before.apps
    await asyncio.sleep(2)
    with rooms.engine.begin() as connection:
        counted = connection.scalar(sql.select(sql.func.count()).where(ANSWERS.c.room == code))
    print(f"{students} students answer within {WITHIN:.0f} s: {_milliseconds(waited)}, app {used / took:.0%} of a core")
    print(f"answers counted: {counted} of {students}")

    before, begun = spent(), time.perf_counter()
    for number in range(int(SECONDS / EVERY)):
        rooms.lead(code, key, "distances", f"{VIEW}&d_theta={number}")
        await asyncio.sleep(EVERY)
    took, used = time.perf_counter() - begun, spent().apps - before.apps
    looks = [a.seconds for tab in tabs for a in tab.answers if a.kind == "look" and a.sent >= begun]
    follows = [a.seconds for tab in tabs for a in tab.answers if a.kind == "follow" and a.sent >= begun]
    health = [seconds for sent, seconds in healths if sent >= begun]
    print(
        f"{students} students follow: each draws its page anew {len(follows) / students:.1f} times, "
        f"{_milliseconds(follows)}; {len(looks) / took / students:.2f} looks a second each, {_milliseconds(looks)}; "
        f"app {used / took:.0%} of a core, {1e3 * used / len(follows):.1f} ms of CPU for each page; "
        f"health {_milliseconds(health)}"
    )
    errors = [error for tab in tabs for error in tab.errors]
    print(f"errors: {len(errors)}", *sorted(set(errors)))
    _print_memory()
    for task in kept:
        task.cancel()
    await asyncio.gather(*kept, return_exceptions=True)


async def watch_run(url: str, students: int) -> None:
    """Print the numbers of a class that watches its lecturer's run."""
    lecturer, healths = Tab("class"), []
    kept = [asyncio.create_task(watch_health(url, healths)), asyncio.create_task(lecturer.listen(url))]
    await lecturer.press("Open a room")
    code = dict(parse_qsl(lecturer.query))["room"]
    await lecturer.go("training", f"room={code}&tr_steps=20000")
    await lecturer.press("Start")
    await lecturer.until(lambda: any(answer.kind == "tick" for answer in lecturer.answers))
    tabs = [Tab("training", f"room={code}") for _ in range(students)]
    for tab in tabs:
        kept.append(asyncio.create_task(tab.listen(url)))
        await asyncio.sleep(ARRIVAL)
    await asyncio.gather(*(tab.until(lambda tab=tab: any(a.kind == "tick" for a in tab.answers)) for tab in tabs))

    before, begun = spent(), time.perf_counter()
    received = sum(tab.received for tab in tabs)
    await asyncio.sleep(SECONDS)
    took, after = time.perf_counter() - begun, spent()
    received = sum(tab.received for tab in tabs) - received
    seconds = {
        kind: [a.seconds for tab in tabs for a in tab.answers if a.kind == kind and a.sent >= begun] for kind in KINDS
    }
    print(
        f"{students} students watch one run: "
        + "; ".join(
            f"{len(s) / took / students:.2f} {kind}s a second each, {_milliseconds(s)}" for kind, s in seconds.items()
        )
        + f"; app {(after.apps - before.apps) / took:.0%} of a core, "
        f"{1e3 * (after.apps - before.apps) / sum(map(len, seconds.values())):.1f} ms of CPU each; "
        f"worker {(after.workers - before.workers) / took:.0%}; {received / took / students / 1e3:.0f} kB/s each; "
        f"health {_milliseconds([s for sent, s in healths if sent >= begun])}"
    )
    errors = [error for tab in (lecturer, *tabs) for error in tab.errors]
    print(f"errors: {len(errors)}", *sorted(set(errors)))
    _print_memory()
    for task in kept:
        task.cancel()
    await asyncio.gather(*kept, return_exceptions=True)


def _print_memory() -> None:
    app = psutil.Process().children(recursive=True)
    print(f"memory of app and worker: {sum(process.memory_info().rss for process in app) / 2**20:,.0f} MiB")


def _milliseconds(seconds: list[float]) -> str:
    middle, high = np.percentile(seconds, (50, 95))
    return f"p50 / p95 {1e3 * middle:,.0f} / {1e3 * high:,.0f} ms"


def main(students: str = "200", which: str = "", apps: str = "1") -> None:
    for name in [which] if which else ["answer", "watch"]:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
            database = f"sqlite:///{folder}/rooms.db"
            urls = [servers.enter_context(serve(WGAN_ROOMS=database)) for _ in range(int(apps))]
            if name == "watch":
                asyncio.run(watch_run(urls[0], int(students)))
            else:
                asyncio.run(measure(urls, Rooms(connect(sql.create_engine, database)), int(students)))


if __name__ == "__main__":
    main(*sys.argv[1:])
