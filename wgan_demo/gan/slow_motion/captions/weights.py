"""Captions of how a critic step moves its weights, and of what its constraint then does to them."""

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions.latex import number
from wgan_demo.gan.slow_motion.captions.phrases import Caption, fell, judge, words
from wgan_demo.gan.slow_motion.trace import StepTrace


def update(trace: StepTrace, i: int) -> Caption:
    adam = trace.config.optimizer == "adam"
    rule = r"w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}" if adam else (
        r"w \leftarrow w - \eta\,\frac{\partial_w L}{\sqrt{v} + \epsilon}"
    )  # fmt: skip
    clipped = ", and they are clipped" if trace.config.regularizer == "clipping" else ""
    level = "; the mean change is left out, because f counts only up to a constant"
    level *= OBJECTIVES[trace.config.loss].up_to_constant
    return Caption(
        f"The {judge(trace)}’s weights move",
        f"{'Adam' if adam else 'RMSProp'} moves its {trace.parameters:,} weights a little{clipped}. Under “change” "
        f"{words(trace).change}{level}. On this same batch the loss {fell(trace.loss, trace.loss_after)}.",
        rule,
        (
            rf"\eta = {number(trace.lr)}",
            rf"\|\Delta w\|_2 = {number(trace.update_norm)}, \quad \max|\Delta w| = {number(trace.update_max)}",
            rf"L:\ {number(trace.loss)} \to {number(trace.loss_after)}",
        ),
    )


def clip(trace: StepTrace, i: int) -> Caption:
    c, share = trace.config.clip, trace.clipped / trace.parameters
    return Caption(
        "Every weight is clipped",
        f"**{trace.clipped:,} of {trace.parameters:,} weights** ({share:.1%}) had left the interval and are put back "
        "to its end. That bounds the slope of f by the product of its layers’ norms, far above what it reaches, and "
        "piles the weights up at both ends.",
        r"w \leftarrow \max(-c, \min(c, w))",
        (rf"c = {c:g}", rf"\text{{clipped: }} {trace.clipped} / {trace.parameters} = {100 * share:.1f}\,\%"),
    )


def spectral(trace: StepTrace, i: int) -> Caption:
    estimate, exact = trace.stretches.T
    return Caption(
        "Every layer is divided by its stretch",
        "Each layer’s weights are divided by σ, the most by which they can stretch a vector, so that no layer "
        "stretches and f is 1-Lipschitz. One power iteration a step estimates σ, starting from the last: "
        f"the stretch that is left is at most **{(exact / estimate).max():.3f}** a layer instead of 1.",
        r"W \leftarrow \frac{W}{\sigma}, \qquad \sigma = u^\top W v",
        tuple(
            rf"\sigma_{{{k + 1}}} = {number(mine)} \quad (\text{{exactly }} {number(true)})"
            for k, (mine, true) in enumerate(zip(estimate, exact, strict=True))
        ),
    )
