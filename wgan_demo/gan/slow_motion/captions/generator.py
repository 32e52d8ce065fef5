"""Captions of a generator step: its latents, the push on every sample, and where they go."""

import math

import numpy as np

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions.latex import number, point, stacked
from wgan_demo.gan.slow_motion.captions.phrases import Caption, fell, generated, judge
from wgan_demo.gan.slow_motion.trace import StepTrace


def latent(trace: StepTrace, i: int) -> Caption:
    n_critic = trace.config.n_critic
    return generated(
        "The generator’s turn: new latents",
        f"After {n_critic} step{'s' * (n_critic > 1)} of the {judge(trace)} it stands still, and the "
        "generator takes one step, with **new noise** and no data at all. (These are G’s own weights, not their "
        "average.)",
        trace.generator_z,
        trace.generator_fake,
        i,
    )


def push(trace: StepTrace, i: int) -> Caption:
    objective, slope = OBJECTIVES[trace.config.loss], trace.slope[i]
    numbers = [rf"\nabla f(G(z_{{{i + 1}}})) = {point(slope)}"]
    if objective.push:
        numbers = [rf"{number(trace.push_factors[i])} \cdot {point(slope)}", f"= {point(trace.push[i])}"]
    lengths = np.linalg.norm(trace.push, axis=1)
    return Caption(
        f"What the {judge(trace)} tells every sample",
        f"{objective.wants} Over the batch a push is {lengths.mean():.3g} long on average, from "
        f"{lengths.min():.3g} to {lengths.max():.3g}.",
        stacked(
            rf"L_G = {objective.generator}",
            rf"-n\,\frac{{\partial L_G}}{{\partial G(z_i)}} = {objective.push}\nabla f(G(z_i))",
        ),
        tuple(numbers),
    )


def move(trace: StepTrace, i: int) -> Caption:
    lengths = np.linalg.norm(trace.moves, axis=1)
    together = "" if math.isnan(trace.alignment) else f" (mean cosine of push and move: {trace.alignment:.2f})"
    return Caption(
        "The generator moves its samples",
        f"All samples hang on the **same weights**, so none goes exactly where it was pushed{together}. They move by "
        f"{lengths.mean():.3g} on average. On the same z the generator’s loss "
        f"{fell(trace.generator_loss, trace.generator_loss_after)}.",
        r"G_{\text{before}}(z_i) \to G_{\text{after}}(z_i)",
        (
            rf"G(z_{{{i + 1}}}):\ {point(trace.generator_fake[i])} \to {point(trace.generator_fake_after[i])}",
            rf"L_G:\ {number(trace.generator_loss)} \to {number(trace.generator_loss_after)}",
        ),
    )
