"""Make the recordings of the bug clinic: `python -m wgan_demo.engine.cases [bug ...]`; those that are there are kept.

Each is a run as a host trains it, which ends where a live one would: when its numbers blow up.
"""

import argparse
import time
from dataclasses import replace

import torch

from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan.bugs.bugs import BUGS, STEPS
from wgan_demo.gan.bugs.config import BuggyConfig
from wgan_demo.gan.bugs.shipped import path
from wgan_demo.gan.runs.recording import Recording

EVERY, FRAMES = 10, 16  # iterations between two evaluations; frames that are kept, of 5 kB each


def run(config: BuggyConfig, steps: int = STEPS, every: int = EVERY) -> Recording:
    """Train to the end, or until the run blows up; of its frames FRAMES or a few more are kept, evenly spaced."""
    host = Host(every=every)
    host.create("case", RunSpec(config))
    host.start("case", steps)
    while host.tick() == 0:
        pass
    recording = host.recording("case")
    return replace(recording, frames=recording.frames[:: max(1, len(recording.frames) // FRAMES)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bugs", nargs="*", metavar="bug", help=", ".join(BUGS))
    chosen = parser.parse_args().bugs
    torch.set_num_threads(1)
    for name in chosen or BUGS:
        for config in (BuggyConfig(BUGS[name].config(), name), BuggyConfig(BUGS[name].config())):
            file = path(config)
            if file.exists() and not (chosen and config.bug):
                continue
            begun = time.perf_counter()
            recording = run(config)
            file.parent.mkdir(exist_ok=True)
            recording.save(file)
            emd = recording.course("emd")[1][-3:].mean() / recording.floor[0]
            took = time.perf_counter() - begun
            end = f"{recording.steps} iterations, EMD {emd:.3g} times its floor"
            print(f"{file.name}: {file.stat().st_size / 1e3:.0f} kB, {end}, {took:.1f} s", flush=True)
