"""Captions of what a critic step looks at between real points and fakes: u, x_hat, the slope, its norm and price."""

from wgan_demo.gan.objectives import CONSTRAINTS
from wgan_demo.gan.slow_motion.captions.latex import number, point, signed
from wgan_demo.gan.slow_motion.captions.phrases import Caption
from wgan_demo.gan.slow_motion.captions.spaces import WORDS
from wgan_demo.gan.slow_motion.trace import StepTrace

NORM = r"\|\nabla f(\hat x_i)\|_2"


def u(trace: StepTrace, i: int) -> Caption:
    return Caption(
        "u, one for each sample",
        "Each pair gets **one random number** between 0 and 1: where on its line the slope will be looked at. "
        "One u for the whole batch would look at far fewer places; one for each coordinate would leave the line.",
        r"u_i \sim U[0, 1]",
        (rf"u_{{{i + 1}}} = {number(trace.u[i], 3)}",),
    )


def interpolate(trace: StepTrace, i: int) -> Caption:
    u, x, g = trace.u[i], trace.real[i], trace.fake[i]
    return Caption(
        "x̂, between real and fake",
        "u = 1 is the real point, u = 0 the fake one. The pairs are random: they are not the pairs of an optimal plan.",
        r"\hat x_i = u_i\,x_i + (1 - u_i)\,G(z_i)",
        (
            rf"\hat x_{{{i + 1}}} = {number(u, 3)} \cdot {point(x)} + {number(1 - u, 3)} \cdot {point(g)}",
            rf"= {point(trace.x_hat[i])}",
        ),
    )


def gradient(trace: StepTrace, i: int) -> Caption:
    words = WORDS[trace.space.kind]
    return Caption(
        "∇f(x̂), the slope there",
        f"The arrow points where f **{words.rises}**. {words.level} "
        "It is the derivative by the *point*, not by the weights.",
        rf"\nabla f(\hat x_i) = {words.slope}",
        (rf"\nabla f(\hat x_{{{i + 1}}}) = {point(trace.gradient[i])}",),
    )


def norm(trace: StepTrace, i: int) -> Caption:
    norm, steep = trace.norms[i], int((trace.norms > 1).sum())
    squares = " + ".join(f"{signed(part, 3)}^2" for part in trace.gradient[i])
    word = f"**too steep** by {norm - 1:.3f}" if norm > 1 else f"**too flat** by {1 - norm:.3f}"
    return Caption(
        "Its norm, against 1",
        f"Sample {i + 1} is {word}. In the whole batch {steep} of {len(trace.norms)} are too steep; the mean norm is "
        f"{trace.norms.mean():.3f}. {WORDS[trace.space.kind].ring} {CONSTRAINTS[trace.config.regularizer].price.wish}",
        rf"{NORM} = {WORDS[trace.space.kind].norm}",
        (rf"\|\nabla f(\hat x_{{{i + 1}}})\|_2 = \sqrt{{{squares}}} = {number(norm)}",),
    )


def penalty(trace: StepTrace, i: int) -> Caption:
    price = CONSTRAINTS[trace.config.regularizer].price
    return Caption(
        "The penalty",
        f"Each norm pays the **square of its distance from 1**, {price.side}. The batch pays the mean. The numbers in "
        "the picture are what each sample pays.",
        rf"\text{{penalty}} = \frac1n \sum_i {price.formula}",
        (
            f"{price.formula.replace(NORM, number(trace.norms[i]))} = {number(trace.penalties[i])}",
            rf"\text{{mean over }} {len(trace.norms)}:\quad {number(trace.penalty)}",
        ),
    )
