"""Captions of a generator step: its latents, the push on every sample, and where they go."""

import math

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions.latex import number, stacked
from wgan_demo.gan.slow_motion.captions.phrases import Caption, fell, generated, judge, words
from wgan_demo.gan.slow_motion.trace import StepTrace, lengths


def latent(trace: StepTrace, i: int) -> Caption:
    n_critic = trace.config.n_critic
    return generated(
        trace,
        "The generator’s turn: new latents",
        f"After {n_critic} step{'s' * (n_critic > 1)} of the {judge(trace)} it stands still, and the "
        "generator takes one step, with **new noise** and no data at all. (These are G’s own weights, not their "
        "average.)",
        trace.generator_z,
        trace.generator_fake,
        i,
    )


def push(trace: StepTrace, i: int) -> Caption:
    objective, sample = OBJECTIVES[trace.config.loss], words(trace).sample
    numbers = [rf"\nabla f(G(z_{{{i + 1}}})) = {sample(trace.slope[i])}"]
    if objective.push:
        numbers = [rf"{number(trace.push_factors[i])} \cdot {sample(trace.slope[i])}", f"= {sample(trace.push[i])}"]
    long = lengths(trace.push)
    return Caption(
        f"What the {judge(trace)} tells every sample",
        f"{objective.wants} {words(trace).pushes} Over the batch a push is {long.mean():.3g} long on average, from "
        f"{long.min():.3g} to {long.max():.3g}.",
        stacked(
            rf"L_G = {objective.generator}",
            rf"-n\,\frac{{\partial L_G}}{{\partial G(z_i)}} = {objective.push}\nabla f(G(z_i))",
        ),
        tuple(numbers),
    )


def move(trace: StepTrace, i: int) -> Caption:
    together = "" if math.isnan(trace.alignment) else f" (mean cosine of push and move: {trace.alignment:.2f})"
    return Caption(
        "The generator moves its samples",
        f"All samples hang on the **same weights**, so none goes exactly where it was pushed{together}. They move by "
        f"{lengths(trace.moves).mean():.3g} on average. On the same z the generator’s loss "
        f"{fell(trace.generator_loss, trace.generator_loss_after)}.",
        r"G_{\text{before}}(z_i) \to G_{\text{after}}(z_i)",
        (
            rf"G(z_{{{i + 1}}}):\ {words(trace).moved(trace.generator_fake[i], trace.generator_fake_after[i])}",
            rf"L_G:\ {number(trace.generator_loss)} \to {number(trace.generator_loss_after)}",
        ),
    )
