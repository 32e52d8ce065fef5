"""The speed that a worker measures at its start against the training itself, for every preset and some other settings.

The page says from it what 30 s of training reach. A ratio of 1.2 means that the page foretells 1.2 times the seconds
that an iteration takes, evaluations included.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from wgan_demo.engine.kinds import evaluate
from wgan_demo.engine.rehearsal import rehearse
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.recording import EVERY

SECONDS = 3.0  # of each


def main() -> None:
    speed = rehearse()
    print(f"{'':36}{'ms, foretold':>14}{'taken':>8}{'ratio':>8}")
    live = PRESETS["live"]
    configs = {preset.label: preset.config() for preset in PRESETS.values()}
    configs |= {f"Live, {dataset}": live.config(dataset) for dataset in ("twenty_five_gaussians", "three_bumps")}
    configs["Live, tanh: by autograd"] = replace(live.config(), activation="tanh")
    for label, config in configs.items():
        trainer = trainer_for(config)
        trainer.step()
        begun, steps = time.thread_time(), 0
        while (taken := time.thread_time() - begun) < SECONDS:
            trainer.step()
            steps += 1
            if steps % EVERY == 0:
                evaluate(trainer)
        taken, foretold = taken / steps, speed.seconds(config)
        print(f"{label:36}{1e3 * foretold:14.1f}{1e3 * taken:8.1f}{foretold / taken:8.2f}", flush=True)


if __name__ == "__main__":
    main()
