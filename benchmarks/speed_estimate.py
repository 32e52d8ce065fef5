"""The speed that a worker measures at its start against the steps themselves, for every preset.

The page says from it what 30 s of training reach. A ratio of 1.2 means that the page foretells 1.2 times the seconds
that an iteration takes, evaluations included.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from wgan_demo.engine.host import rehearse
from wgan_demo.engine.jobs import EVERY
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import PRESETS

SECONDS = 2.0  # of every preset


def main() -> None:
    speed = rehearse()
    print(f"{'':36}{'ms, foretold':>14}{'taken':>8}{'ratio':>8}")
    for preset in PRESETS.values():
        config = preset.config()
        trainer = trainer_for(config)
        trainer.step()
        begun, steps = time.thread_time(), 0
        while (taken := time.thread_time() - begun) < SECONDS:
            trainer.step()
            steps += 1
        taken, foretold = taken / steps + speed.evaluation / EVERY, speed.seconds(config)
        print(f"{preset.label:36}{1e3 * foretold:14.1f}{1e3 * taken:8.1f}{foretold / taken:8.2f}", flush=True)


if __name__ == "__main__":
    main()
