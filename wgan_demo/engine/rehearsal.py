"""What a worker does before its first job: load what loads late, and measure how fast its machine trains."""

import time
from collections.abc import Callable

import torch

from wgan_demo.engine.jobs import Speed
from wgan_demo.engine.kinds import evaluate
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.trainer import Trainer


def rehearse() -> Speed:
    """Load what POT and torch load at first use only, which takes seconds, before anybody waits and in one thread.

    Then measure how fast this machine is, which takes another second.
    """
    torch.set_num_threads(1)
    config, large = PRESETS["live"].config(), PRESETS["toy_code"].config()
    trainer, plain = trainer_for(config), Trainer(config)
    Recording.of(trainer)
    for job in (trainer, plain):
        job.step()
    evaluate(trainer)
    flop = large.step_flop / _seconds(trainer_for(large).step, 2)
    beside = [_seconds(job.step, 9) / config.n_critic for job in (trainer, plain)]
    arithmetic = config.step_flop / config.n_critic / flop
    by_hand, autograd = (max(0.0, seconds - arithmetic) for seconds in beside)
    return Speed(by_hand, autograd, flop, _seconds(lambda: evaluate(trainer), 3))


def _seconds(work: Callable[[], object], times: int) -> float:
    """Processor time, for pages may be busy meanwhile: the median of so many times, the lesser of two."""
    taken = []
    for _ in range(times):
        begun = time.thread_time()
        work()
        taken.append(time.thread_time() - begun)
    return sorted(taken)[(times - 1) // 2]
