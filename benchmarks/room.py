"""A class in one room, over real websockets: students who look once a second, and then all answer within 10 s.

`python benchmarks/room.py 100` prints how long a look takes, what it costs, and whether every answer was counted once.
Students, app and database (SQLite) share this machine.
"""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import sqlalchemy

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.load import ARRIVAL, spent
from tests.e2e.conftest import serve
from tests.tab import Tab
from wgan_demo.classroom.rooms import Rooms

SECONDS = 15.0  # of looking
WITHIN = 10.0  # seconds in which all answer


async def measure(url: str, rooms: Rooms, students: int) -> None:
    code, _ = rooms.open("moving_boxes")
    tabs = [Tab("moving_boxes", f"room={code}") for _ in range(students)]
    kept = []
    for tab in tabs:
        kept.append(asyncio.create_task(tab.listen(url)))
        await asyncio.sleep(ARRIVAL)
    await asyncio.gather(*(tab.until(lambda tab=tab: tab.intervals and tab.answers) for tab in tabs))

    used, start = spent(), time.perf_counter()
    await asyncio.sleep(SECONDS)
    taken, end = spent().apps - used.apps, time.perf_counter()
    looks = [answer.seconds for tab in tabs for answer in tab.answers if answer.kind == "tick" and answer.sent > start]
    p50, p95 = 1e3 * np.percentile(looks, (50, 95))
    print(f"{students} students: {len(looks) / (end - start):.0f} looks a second, p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    print(f"app: {taken / (end - start):.0%} of a core, {1e3 * taken / len(looks):.1f} ms of CPU a look")
    print(f"in the room: {rooms.look(code).visitors}")

    rng, start = random.Random(0), time.perf_counter()

    async def answer(tab: Tab) -> float:
        await asyncio.sleep(WITHIN * rng.random())
        sent = time.perf_counter()
        await tab.press("That is my guess")
        return time.perf_counter() - sent

    seconds = await asyncio.gather(*map(answer, tabs))
    p50, p95 = 1e3 * np.percentile(seconds, (50, 95))
    with rooms.engine.connect() as connection:
        counted = connection.scalar(sqlalchemy.text("select count(*) from answers"))
    print(f"answers: p50 {p50:.0f} ms, p95 {p95:.0f} ms; {counted} of {students} counted")
    errors = [error for tab in tabs for error in tab.errors]
    print(f"errors: {len(errors)} {sorted(set(errors))}")
    for task in kept:
        task.cancel()
    await asyncio.gather(*kept, return_exceptions=True)


def main(students: int = 100) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/rooms.db"
        rooms = Rooms(sqlalchemy.create_engine(database))
        with serve(WGAN_ROOMS=database) as url:
            asyncio.run(measure(url, rooms, students))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
