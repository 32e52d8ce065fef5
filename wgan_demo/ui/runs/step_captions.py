"""The captions of an iteration in slow motion: words, the formula, and the formula with the numbers of this step."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.slow_motion.trace import StepTrace

BETWEEN = ("u", "interpolate", "gradient", "norm", "penalty")
GENERATOR = ("latent", "push", "move")
CROSS_ENTROPY = ("non_saturating", "saturating")


@dataclass(frozen=True)
class Caption:
    """What is said at one piece; formula and numbers are lines of latex, the numbers of one sample or of the batch."""

    title: str
    text: str
    formula: str
    numbers: tuple[str, ...]


class Terms(NamedTuple):
    """A loss in scores (n,), as it is written and as it is computed: gan/losses.py without torch."""

    real: Callable[[np.ndarray], np.ndarray]  # what each real score costs the critic
    fake: Callable[[np.ndarray], np.ndarray]
    real_latex: str
    fake_latex: str
    push_latex: str  # the factor before grad f in the push
    push: Callable[[np.ndarray], np.ndarray]
    generator_wants: str


def sigmoid(score: np.ndarray) -> np.ndarray:
    return np.exp(-np.logaddexp(0, -score))


TERMS: dict[str, Terms] = {
    "wasserstein": Terms(
        lambda s: -s, lambda s: s, "-f(x)", "f(G(z))", "", np.ones_like,
        "Each sample is pushed **up the slope of f**, and the steeper f is, the harder.",
    ),
    "non_saturating": Terms(
        lambda s: np.logaddexp(0, -s), lambda s: np.logaddexp(0, s), r"-\ln D(x)", r"-\ln(1 - D(G(z)))",
        r"(1 - D(G(z)))\,", lambda s: sigmoid(-s),
        "Each sample is pushed up the slope of f, times 1 − D: hardest where D is sure that it is fake.",
    ),
    "saturating": Terms(
        lambda s: np.logaddexp(0, -s), lambda s: np.logaddexp(0, s), r"-\ln D(x)", r"-\ln(1 - D(G(z)))",
        r"D(G(z))\,", sigmoid,
        "Each sample is pushed up the slope of f, times D: where D is sure that it is fake, "
        "**hardly at all**.",
    ),
    "least_squares": Terms(
        lambda s: (s - 1) ** 2 / 2, lambda s: s**2 / 2, r"\tfrac12(f(x) - 1)^2", r"\tfrac12 f(G(z))^2",
        r"(1 - f(G(z)))\,", lambda s: 1 - s,
        "Each sample is pushed towards where f is 1: up the slope below 1, down above it.",
    ),
    "hinge": Terms(
        lambda s: np.maximum(0, 1 - s), lambda s: np.maximum(0, 1 + s), r"\max(0, 1 - f(x))", r"\max(0, 1 + f(G(z)))",
        "", np.ones_like,
        "Each sample is pushed **up the slope of f**, and the steeper f is, the harder.",
    ),
}  # fmt: skip


def pieces(config: TrainConfig) -> tuple[str, ...]:
    """The names of all pieces of an iteration under these settings, in order."""
    names = ["real", "fake"]
    names += BETWEEN if CONSTRAINTS[config.regularizer].weighs else ()
    names += ["scores"] if config.loss != "wasserstein" else []
    names += ["loss", "update"]
    names += {"clipping": ["clip"], "spectral_norm": ["spectral"]}.get(config.regularizer, [])
    return (*names, *GENERATOR)


def caption(trace: StepTrace, piece: str, sample: int = 0) -> Caption:
    """What to say about a piece of this trace, with the numbers of one sample (from 0)."""
    said = _CAPTIONS[piece](trace, sample)
    name = lambda text: score_name(text, trace.config)  # noqa: E731
    return Caption(name(said.title), name(said.text), name(said.formula), tuple(map(name, said.numbers)))


def score_name(text: str, config: TrainConfig) -> str:
    """Words or latex about f as they are meant: only a critic is called f, the raw score of another judge is s."""
    return re.sub(r"(?<![A-Za-z\\])f(?![A-Za-z])", OBJECTIVES[config.loss].score, text)


def number(value: float, digits: int = 4) -> str:
    """A number for latex: `digits` decimals, with a power of ten where one figure of them or none would be left."""
    if not math.isfinite(value):
        return r"\text{not finite}"
    if value and abs(value) < 10 ** (1 - digits):
        mantissa, exponent = f"{value:.2e}".split("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    return f"{value:.{digits}f}"


def _judge(trace: StepTrace) -> str:
    return OBJECTIVES[trace.config.loss].judge


def stacked(*lines: str) -> str:
    """Lines of latex below each other, so that a phone shows them whole."""
    return r"\begin{gathered}" + r"\\".join(lines) + r"\end{gathered}"


def _point(x: np.ndarray) -> str:
    """Coordinates, the first three of many."""
    shown = [number(float(value), 3) for value in x[:3]]
    more = [r"\dots"] if len(x) > 3 else []
    return "(" + r",\ ".join(shown + more) + ")"


def _signed(value: float, digits: int = 4) -> str:
    """In brackets if it is negative, to stand after another sign."""
    return f"({number(value, digits)})" if value < 0 else number(value, digits)


def _fell(before: float, after: float) -> str:
    if after == before:
        return "stayed the same"
    return "**fell**" if after < before else "**rose**, which happens: the optimiser goes by earlier batches too"


def _real(trace: StepTrace, i: int) -> Caption:
    n = len(trace.real)
    return Caption(
        "Real points x",
        f"The {_judge(trace)}’s step begins with **{n} real points**, drawn anew for every step. "
        f"The first {trace.show} are drawn large here.",
        r"x_i \sim P_{\text{real}}",
        (rf"x_{{{i + 1}}} = {_point(trace.real[i])}",),
    )


def _generated(title: str, text: str, z: np.ndarray, fake: np.ndarray, i: int) -> Caption:
    """Latents z (n, latent_dim) and what G makes of them (n, d)."""
    numbers = (rf"z_{{{i + 1}}} = {_point(z[i])}", rf"G(z_{{{i + 1}}}) = {_point(fake[i])}")
    return Caption(title, text, r"z_i \sim N(0, I), \qquad G(z_i)", numbers)


def _fake(trace: StepTrace, i: int) -> Caption:
    return _generated(
        "Latent z, fake G(z)",
        f"The generator turns **{len(trace.z)} latents** z, plain noise, into as many points. It never sees the data. "
        "In this step it stands still: no gradient goes back into it.",
        trace.z,
        trace.fake,
        i,
    )


def _u(trace: StepTrace, i: int) -> Caption:
    return Caption(
        "u, one for each sample",
        "Each pair gets **one random number** between 0 and 1: where on its line the slope will be looked at. "
        "One u for the whole batch would look at far fewer places; one for each coordinate would leave the line.",
        r"u_i \sim U[0, 1]",
        (rf"u_{{{i + 1}}} = {number(trace.u[i], 3)}",),
    )


def _interpolate(trace: StepTrace, i: int) -> Caption:
    u, x, g = trace.u[i], trace.real[i], trace.fake[i]
    return Caption(
        "x̂, between real and fake",
        "u = 1 is the real point, u = 0 the fake one. The pairs are random: they are not the pairs of an optimal plan.",
        r"\hat x_i = u_i\,x_i + (1 - u_i)\,G(z_i)",
        (
            rf"\hat x_{{{i + 1}}} = {number(u, 3)} \cdot {_point(x)} + {number(1 - u, 3)} \cdot {_point(g)}",
            rf"= {_point(trace.x_hat[i])}",
        ),
    )


def _gradient(trace: StepTrace, i: int) -> Caption:
    plane = len(trace.axes) == 2
    slope = r"\Big(\frac{\partial f}{\partial x_1},\ \frac{\partial f}{\partial x_2}\Big)" if plane else "f'"
    return Caption(
        "∇f(x̂), the slope there",
        f"The arrow points where f **rises{' fastest' * plane}**; the lines of equal f cross it at a right angle. "
        "It is the derivative by the *point*, not by the weights.",
        rf"\nabla f(\hat x_i) = {slope}(\hat x_i)",
        (rf"\nabla f(\hat x_{{{i + 1}}}) = {_point(trace.gradient[i])}",),
    )


def _norm(trace: StepTrace, i: int) -> Caption:
    norm, steep = trace.norms[i], int((trace.norms > 1).sum())
    parts = trace.gradient[i]
    whole = r"\sqrt{(\partial_1 f)^2 + (\partial_2 f)^2}" if len(parts) == 2 else r"|f'(\hat x_i)|"
    squares = " + ".join(f"{_signed(part, 3)}^2" for part in parts)
    word = f"**too steep** by {norm - 1:.3f}" if norm > 1 else f"**too flat** by {1 - norm:.3f}"
    wish = (
        "This penalty minds only the steep ones."
        if trace.config.regularizer == "one_sided"
        else "Norms below 1 are allowed to a 1-Lipschitz f; this penalty pulls them to 1 all the same, because the "
        "best f has norm 1 almost everywhere between points that belong together."
    )
    return Caption(
        "Its norm, against 1",
        f"Sample {i + 1} is {word}. In the whole batch {steep} of {len(trace.norms)} are too steep; the mean norm is "
        f"{trace.norms.mean():.3f}. The circles have radius 1. {wish}",
        rf"\|\nabla f(\hat x_i)\|_2 = {whole}",
        (rf"\|\nabla f(\hat x_{{{i + 1}}})\|_2 = \sqrt{{{squares}}} = {number(norm)}",),
    )


def _penalty(trace: StepTrace, i: int) -> Caption:
    one_sided = trace.config.regularizer == "one_sided"
    paid = r"\|\nabla f(\hat x_i)\|_2 - 1"
    wrap = (lambda inner: rf"\max(0,\ {inner})^2") if one_sided else (lambda inner: rf"({inner})^2")
    return Caption(
        "The penalty",
        "Each norm pays the **square of its distance from 1**"
        + (", if it is above 1" if one_sided else ", on either side")
        + ". The batch pays the mean. The numbers in the picture are what each sample pays.",
        rf"\text{{penalty}} = \frac1n \sum_i {wrap(paid)}",
        (
            rf"{wrap(f'{number(trace.norms[i])} - 1')} = {number(trace.penalties[i])}",
            rf"\text{{mean over }} {len(trace.norms)}:\quad {number(trace.penalty)}",
        ),
    )


def _scores(trace: StepTrace, i: int) -> Caption:
    terms, (a, b) = TERMS[trace.config.loss], (trace.real_scores[i], trace.fake_scores[i])
    costs = (
        rf"{terms.real_latex} = {number(terms.real(a))}",
        rf"{terms.fake_latex} = {number(terms.fake(b))}",
    )
    scores = rf"f(x_{{{i + 1}}}) = {number(a)}, \quad f(G(z_{{{i + 1}}})) = {number(b)}"
    if trace.config.loss in CROSS_ENTROPY:
        return Caption(
            "Scores become probabilities",
            "f gives any number; the sigmoid squeezes it into **D, the probability of being real**. Far out the "
            "sigmoid is flat, and what is flat has no slope to learn from.",
            r"D = \sigma(f) = \frac{1}{1 + e^{-f}}",
            (scores, rf"D(x) = {number(sigmoid(a))}, \quad D(G(z)) = {number(sigmoid(b))}", *costs),
        )
    if trace.config.loss == "hinge":
        inside = int((trace.real_scores < 1).sum()), int((trace.fake_scores > -1).sum())
        return Caption(
            "Scores and their margins",
            "Real points should score above 1 and fakes below −1; **beyond that nothing counts**. "
            f"{inside[0]} real and {inside[1]} fake points of {len(trace.real)} each still count.",
            rf"{terms.real_latex}, \quad {terms.fake_latex}",
            (scores, *costs),
        )
    return Caption(
        "Scores and their targets",
        "Real points should score **1** and fakes **0**. Each pays half the square of what is missing.",
        rf"{terms.real_latex}, \quad {terms.fake_latex}",
        (scores, *costs),
    )


def _loss(trace: StepTrace, i: int) -> Caption:
    config, terms = trace.config, TERMS[trace.config.loss]
    penalised = trace.penalties is not None
    extra = r" + \lambda \cdot \text{penalty}" if penalised else ""
    paid = rf" + {config.gp_weight:g} \cdot {number(trace.penalty)}" if penalised else ""
    tail = "" if not penalised else " The penalty is **added**, because L is made small."
    if config.loss == "wasserstein":
        real, fake = trace.real_scores.mean(), trace.fake_scores.mean()
        return Caption(
            "The critic’s loss",
            "Real points should score high, fakes low: the **score gap** should grow."
            + tail
            + " The gap is no distance: "
            "it is at most W₁ only if f is 1-Lipschitz.",
            r"L = -\big(\overline{f(x)} - \overline{f(G(z))}\big)" + extra,
            (
                rf"\text{{gap}} = {number(real)} - {_signed(fake)} = {number(trace.score_gap)}",
                rf"L = -{_signed(trace.score_gap)}{paid} = {number(trace.loss)}",
            ),
        )
    real, fake = terms.real(trace.real_scores).mean(), terms.fake(trace.fake_scores).mean()
    return Caption(
        f"The {_judge(trace)}’s loss",
        f"The mean over all real points, and the mean over all fakes, of what each pays.{tail}",
        stacked(
            rf"L = \mathbb{{E}}\big[{terms.real_latex}\big]", rf"+\, \mathbb{{E}}\big[{terms.fake_latex}\big]{extra}"
        ),
        (rf"L = {number(real)} + {_signed(fake)}{paid} = {number(trace.loss)}",),
    )


def _update(trace: StepTrace, i: int) -> Caption:
    adam = trace.config.optimizer == "adam"
    rule = r"w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}" if adam else (
        r"w \leftarrow w - \eta\,\frac{\partial_w L}{\sqrt{v} + \epsilon}"
    )  # fmt: skip
    clipped = ", and they are clipped" if trace.config.regularizer == "clipping" else ""
    level = (
        ""
        if not OBJECTIVES[trace.config.loss].up_to_constant
        else "; the mean change is left out, because f counts only up to a constant"
    )
    return Caption(
        f"The {_judge(trace)}’s weights move",
        f"{'Adam' if adam else 'RMSProp'} moves its {trace.parameters:,} weights a little{clipped}. Under “change” the "
        f"picture shows **where f rose (green) and fell (pink)**{level}. On this same batch "
        f"the loss {_fell(trace.loss, trace.loss_after)}.",
        rule,
        (
            rf"\eta = {number(trace.lr)}",
            rf"\|\Delta w\|_2 = {number(trace.update_norm)}, \quad \max|\Delta w| = {number(trace.update_max)}",
            rf"L:\ {number(trace.loss)} \to {number(trace.loss_after)}",
        ),
    )


def _clip(trace: StepTrace, i: int) -> Caption:
    c, share = trace.config.clip, trace.clipped / trace.parameters
    return Caption(
        "Every weight is clipped",
        f"**{trace.clipped:,} of {trace.parameters:,} weights** ({share:.1%}) had left the interval and are put back "
        "to its end. That bounds the slope of f, by what constant nobody knows, and piles the weights up at both ends.",
        r"w \leftarrow \max(-c, \min(c, w))",
        (rf"c = {c:g}", rf"\text{{clipped: }} {trace.clipped} / {trace.parameters} = {100 * share:.1f}\,\%"),
    )


def _spectral(trace: StepTrace, i: int) -> Caption:
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


def _latent(trace: StepTrace, i: int) -> Caption:
    n_critic = trace.config.n_critic
    return _generated(
        "The generator’s turn: new latents",
        f"After {n_critic} step{'s' * (n_critic > 1)} of the {_judge(trace)} it stands still, and the "
        "generator takes one step, with **new noise** and no data at all. (These are G’s own weights, not their "
        "average.)",
        trace.generator_z,
        trace.generator_fake,
        i,
    )


def _push(trace: StepTrace, i: int) -> Caption:
    terms, slope = TERMS[trace.config.loss], trace.slope[i]
    numbers = [rf"\nabla f(G(z_{{{i + 1}}})) = {_point(slope)}"]
    if terms.push_latex:
        factor = terms.push(trace.generator_scores[i])
        numbers = [rf"{number(factor)} \cdot {_point(slope)}", f"= {_point(trace.push[i])}"]
    lengths = np.linalg.norm(trace.push, axis=1)
    return Caption(
        f"What the {_judge(trace)} tells every sample",
        f"{terms.generator_wants} Over the batch a push is {lengths.mean():.3f} long on average, from "
        f"{lengths.min():.3f} to {lengths.max():.3f}.",
        stacked(
            rf"L_G = {OBJECTIVES[trace.config.loss].generator}",
            rf"-n\,\frac{{\partial L_G}}{{\partial G(z_i)}} = {terms.push_latex}\nabla f(G(z_i))",
        ),
        tuple(numbers),
    )


def _move(trace: StepTrace, i: int) -> Caption:
    lengths = np.linalg.norm(trace.moves, axis=1)
    together = "" if math.isnan(trace.alignment) else f" (mean cosine of push and move: {trace.alignment:.2f})"
    return Caption(
        "The generator moves its samples",
        f"All samples hang on the **same weights**, so none goes exactly where it was pushed{together}. They move by "
        f"{lengths.mean():.3f} on average. On the same z the generator’s loss "
        f"{_fell(trace.generator_loss, trace.generator_loss_after)}.",
        r"G_{\text{before}}(z_i) \to G_{\text{after}}(z_i)",
        (
            rf"G(z_{{{i + 1}}}):\ {_point(trace.generator_fake[i])} \to {_point(trace.generator_fake_after[i])}",
            rf"L_G:\ {number(trace.generator_loss)} \to {number(trace.generator_loss_after)}",
        ),
    )


_CAPTIONS: dict[str, Callable[[StepTrace, int], Caption]] = {
    "real": _real, "fake": _fake, "u": _u, "interpolate": _interpolate, "gradient": _gradient, "norm": _norm,
    "penalty": _penalty, "scores": _scores, "loss": _loss, "update": _update, "clip": _clip, "spectral": _spectral,
    "latent": _latent, "push": _push, "move": _move,
}  # fmt: skip
