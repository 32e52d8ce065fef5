"""Captions of what a critic step looks at between real samples and fakes: u, x_hat, the slope, its norm and price."""

from wgan_demo.gan.objectives import CONSTRAINTS
from wgan_demo.gan.slow_motion.captions.latex import number
from wgan_demo.gan.slow_motion.captions.phrases import Caption, words
from wgan_demo.gan.slow_motion.trace import StepTrace

NORM = r"\|\nabla f(\hat x_i)\|_2"


def u(trace: StepTrace, i: int) -> Caption:
    return Caption(
        "u, one for each sample",
        "Each pair gets **one random number** between 0 and 1: where on its line the slope will be looked at. "
        f"One u for the whole batch would look at far fewer places; one for each "
        f"{words(trace).part} would leave the line.",
        r"u_i \sim U[0, 1]",
        (rf"u_{{{i + 1}}} = {number(trace.u[i], 3)}",),
    )


def interpolate(trace: StepTrace, i: int) -> Caption:
    return Caption(
        "x̂, between real and fake",
        f"u = 1 is the real {words(trace).one}, u = 0 the fake one. The pairs are random: they are not the pairs "
        "of an optimal plan.",
        r"\hat x_i = u_i\,x_i + (1 - u_i)\,G(z_i)",
        words(trace).mixed(trace, i),
    )


def gradient(trace: StepTrace, i: int) -> Caption:
    return Caption(
        "∇f(x̂), the slope there",
        f"{words(trace).slopes} It is the derivative by the *{words(trace).one}*, not by the weights.",
        rf"\nabla f(\hat x_i) = {words(trace).slope}",
        (rf"\nabla f(\hat x_{{{i + 1}}}) = {words(trace).sample(trace.gradient[i])}",),
    )


def norm(trace: StepTrace, i: int) -> Caption:
    norm, steep = trace.norms[i], int((trace.norms > 1).sum())
    squares = words(trace).squares(trace.gradient[i])
    word = f"**too steep** by {norm - 1:.3f}" if norm > 1 else f"**too flat** by {1 - norm:.3f}"
    return Caption(
        "Its norm, against 1",
        f"Sample {i + 1} is {word}. In the whole batch {steep} of {len(trace.norms)} are too steep; the mean norm is "
        f"{trace.norms.mean():.3f}. {words(trace).ring} {CONSTRAINTS[trace.config.regularizer].price.wish}",
        rf"{NORM} = {words(trace).norm}",
        (rf"\|\nabla f(\hat x_{{{i + 1}}})\|_2 = \sqrt{{{squares}}} = {number(norm)}",),
    )


def penalty(trace: StepTrace, i: int) -> Caption:
    price = CONSTRAINTS[trace.config.regularizer].price
    return Caption(
        "The penalty",
        f"Each norm pays the **square of its distance from 1**, {price.side}. The batch pays the mean. The numbers in "
        "the picture are what is paid.",
        rf"\text{{penalty}} = \frac1n \sum_i {price.formula}",
        (
            f"{price.formula.replace(NORM, number(trace.norms[i]))} = {number(trace.penalties[i])}",
            rf"\text{{mean over }} {len(trace.norms)}:\quad {number(trace.penalty)}",
        ),
    )
