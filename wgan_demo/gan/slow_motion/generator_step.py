"""A generator step in its pieces: looked at before it is taken, and when it is done."""

import copy

import torch
from torch import Tensor

from wgan_demo.gan.slow_motion.look import flat, scores, surface
from wgan_demo.gan.trainer import Trainer


class GeneratorStep:
    """The step that the trainer is about to take; to draw its latents beforehand changes no random state."""

    def __init__(self, trainer: Trainer):
        noise = trainer.noise_rng.get_state()
        self.trainer, self.z = trainer, trainer.noise(trainer.config.batch_size)
        trainer.noise_rng.set_state(noise)  # the step draws the same once more
        self.critic, self.surface = copy.deepcopy(trainer.critic), surface(trainer)
        self.weights = flat(trainer.generator)
        with torch.no_grad():
            self.fake = trainer.generator(self.z)

    def pieces(self, loss: Tensor) -> dict:
        """The step is done and gave this loss: the pieces of StepTrace that belong to it."""
        trainer, leaf = self.trainer, self.fake.clone().requires_grad_(True)
        fake_scores = self.critic(leaf).squeeze(1)
        (slope,) = torch.autograd.grad(fake_scores.sum(), leaf, retain_graph=True)
        (by_sample,) = torch.autograd.grad(trainer.loss.generator(fake_scores), leaf)
        with torch.no_grad():
            after = trainer.generator(self.z)
        return {
            "generator_surface": self.surface,
            "generator_z": self.z,
            "generator_fake": self.fake,
            "generator_scores": fake_scores.detach(),
            "slope": slope,
            "push_factors": -trainer.loss.generator_slope(fake_scores.detach()),
            "push": -len(self.z) * by_sample,
            "generator_fake_after": after,
            "generator_loss": loss.item(),
            "generator_loss_after": trainer.loss.generator(scores(self.critic, after)).item(),
            "generator_update_norm": (flat(trainer.generator) - self.weights).norm().item(),
        }
