"""Do a study, or what is left of it: `python -m wgan_demo.experiments NAME [--steps N] [--only PATTERN ...]`.

Without a name: which studies there are, and how much of each is finished. Results are written to the folder that ships
with the program unless `--to` names another one. With WGAN_SCHEDULER set, the workers of that cluster train. Ctrl+C
ends it; what is finished stays, and the same command goes on from there.
"""

import argparse
import sys
import time
from fnmatch import fnmatch
from pathlib import Path

from wgan_demo.engine.pool import Pool
from wgan_demo.environment import Environment
from wgan_demo.experiments import STUDIES
from wgan_demo.experiments.result import SHIPPED, finished
from wgan_demo.experiments.runner import Progress, Runner

LOOK = 0.5  # seconds between two looks
TELL = 10.0  # and between two lines, where nothing has changed but the time left


def main(arguments: list[str] | None = None) -> int:
    """0 when all that was asked for is finished, 1 otherwise, 2 for what makes no sense."""
    parser = argparse.ArgumentParser(prog="python -m wgan_demo.experiments", description=__doc__)
    parser.add_argument("name", nargs="?", help=", ".join(STUDIES))
    parser.add_argument("--steps", type=int, help="shorten every run to so many steps")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="PATTERN", help='runs by name, "*" stands for anything'
    )
    parser.add_argument("--to", type=Path, default=SHIPPED, metavar="FOLDER", help="has a folder for each study")
    asked = parser.parse_args(arguments)
    if asked.name is None:
        for name, study in STUDIES.items():
            done = finished(study, asked.to / name)
            print(f"{name}: {len(done)} of {len(study.runs)} runs finished. {study.question}")
        return 0
    if asked.name not in STUDIES:
        parser.error(f"there is no study {asked.name!r}; there are {', '.join(STUDIES)}")
    study = STUDIES[asked.name]
    if asked.steps is not None and not 1 <= asked.steps <= study.steps:
        parser.error(f"a run of {asked.name} has 1 to {study.steps:,} steps, not {asked.steps}")
    only = [run for run in study.runs if any(fnmatch(run, pattern) for pattern in asked.only)]
    if asked.only and not only:
        parser.error(f"no run of {asked.name} is named so; there are {', '.join(study.runs)}")
    pool = Pool(Environment.read().scheduler, every=study.every)
    pool.start()
    runner = Runner(study, asked.to / asked.name, pool, steps=asked.steps, only=only)
    try:
        progress = follow(runner)
    except KeyboardInterrupt:
        progress = runner.cancel()
        print(progress.message)
    finally:
        pool.close()
    return int(progress.state != "finished")


def follow(runner: Runner) -> Progress:
    """Look until it has come to an end, and print how it stands."""
    told, when = None, 0.0
    while (progress := runner.look()).state == "running":
        if (progress.done, progress.message) != told or time.monotonic() > when + TELL:
            told, when = (progress.done, progress.message), time.monotonic()
            print(words(progress), flush=True)
        time.sleep(LOOK)
    print(words(progress), flush=True)
    return progress


def words(progress: Progress) -> str:
    """One line on how it stands."""
    left = ""
    if progress.state == "running":
        left = ", time left unknown yet" if progress.seconds is None else f", about {progress.seconds:.0f} s left"
    line = f"{progress.done} of {progress.total} runs finished{left}"
    return f"{line}. {progress.message}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
