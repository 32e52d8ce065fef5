"""The generator that is made to stand still: two numbers, a place and a width, learnt as a GAN for so many epochs.

Arjovsky & Bottou 2017, figures 2 and 3, train a DCGAN for 1, 10 and 25 epochs. On the line g(z) = m + s z is the
equivalent for which everything is known: what it makes is N(m, s^2) after every epoch.

`python -m wgan_demo.gan.standstill.epochs` makes the file that ships, in some seconds.
"""

import json
import time
from dataclasses import asdict
from pathlib import Path

import torch

from wgan_demo import __version__
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.networks.mlp import mlp
from wgan_demo.gan.standstill.config import StandstillConfig

FILE = Path(__file__).parents[2] / "recordings" / "stopped_generators.json"
EPOCHS = (1, 10, 25)  # after which the generator is stopped
ITERATIONS = 100  # of an epoch, each with one step of the discriminator and one of the generator
START = (10.0, 0.2)  # m and s at first
LR = 5e-3  # of the generator


def train(config: StandstillConfig, epochs: tuple[int, ...]) -> dict[int, tuple[float, float]]:
    """The place m and the width s of the generator after each of these epochs, by the epoch.

    Its loss is -ln D; layers, batch, rate of the discriminator and seed are those of `config`.
    """
    rng = torch.Generator().manual_seed(config.seed)
    discriminator = mlp((1, *config.hidden, 1), generator=rng)
    place, width = (torch.tensor(number, requires_grad=True) for number in START)
    rates = ((discriminator.parameters(), config.lr), ([place, width], LR))
    ours, theirs = (torch.optim.Adam(parameters, lr=lr) for parameters, lr in rates)
    loss, found = LOSSES["non_saturating"], {}
    for iteration in range(1, ITERATIONS * max(epochs) + 1):
        real = config.std * torch.randn(config.batch_size, 1, generator=rng)
        fake = place + width * torch.randn(config.batch_size, 1, generator=rng)
        ours.zero_grad()
        loss.critic(discriminator(real), discriminator(fake.detach())).backward()
        ours.step()
        theirs.zero_grad()
        loss.generator(discriminator(fake)).backward()
        theirs.step()
        if iteration % ITERATIONS == 0 and iteration // ITERATIONS in epochs:
            found[iteration // ITERATIONS] = float(place.detach()), abs(float(width.detach()))
    return found


if __name__ == "__main__":
    torch.set_num_threads(1)
    begun, config = time.thread_time(), StandstillConfig()
    made = {
        "generators": train(config, EPOCHS),
        "iterations": ITERATIONS,
        "start": START,
        "config": asdict(config),
        "seconds": round(time.thread_time() - begun, 1),
        "version": __version__,
    }
    FILE.write_text(json.dumps(made, indent=1) + "\n")
