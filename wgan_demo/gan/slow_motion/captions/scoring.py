"""Captions of what a critic step is given and what it makes of it: samples, scores, loss."""

from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.slow_motion.captions.latex import number, signed, stacked
from wgan_demo.gan.slow_motion.captions.phrases import Caption, generated, judge, words
from wgan_demo.gan.slow_motion.trace import StepTrace


def real(trace: StepTrace, i: int) -> Caption:
    n, many = len(trace.real), words(trace).many
    return Caption(
        f"Real {many} x",
        f"The {judge(trace)}’s step begins with **{n} real {many}**, drawn anew for every step. "
        f"The first {trace.show} are drawn here.",
        r"x_i \sim P_{\text{real}}",
        (rf"x_{{{i + 1}}} = {words(trace).sample(trace.real[i])}",),
    )


def fake(trace: StepTrace, i: int) -> Caption:
    return generated(
        trace,
        "Latent z, fake G(z)",
        f"The generator turns **{len(trace.z)} latents** z, plain noise, into as many {words(trace).many}. It never "
        "sees the data. In this step it stands still: no gradient goes back into it.",
        trace.z,
        trace.fake,
        i,
    )


def scores(trace: StepTrace, i: int) -> Caption:
    objective, reading = OBJECTIVES[trace.config.loss], OBJECTIVES[trace.config.loss].reading
    real, fake = number(trace.real_scores[i]), number(trace.fake_scores[i])
    numbers = [rf"f(x_{{{i + 1}}}) = {real}, \quad f(G(z_{{{i + 1}}})) = {fake}"]
    if objective.probability:
        x, g = trace.real_probabilities[i], trace.fake_probabilities[i]
        numbers.append(rf"D(x) = {number(x)}, \quad D(G(z)) = {number(g)}")
    numbers.append(rf"{objective.real_cost} = {number(trace.real_costs[i])}")
    numbers.append(rf"{objective.fake_cost} = {number(trace.fake_costs[i])}")
    paying = {"real": (trace.real_costs > 0).sum(), "fake": (trace.fake_costs > 0).sum(), "n": len(trace.real)}
    return Caption(
        reading.title,
        reading.words.format(**paying),
        objective.probability or rf"{objective.real_cost}, \quad {objective.fake_cost}",
        tuple(numbers),
    )


def loss(trace: StepTrace, i: int) -> Caption:
    objective, added, price, paid = OBJECTIVES[trace.config.loss], "", "", ""
    if trace.penalties is not None:
        added = " The penalty is **added**, because L is made small."
        price = r" + \lambda \cdot \text{penalty}"
        paid = rf" + {trace.config.gp_weight:g} \cdot {number(trace.penalty)}"
    if objective.up_to_constant:
        real, fake = trace.real_scores.mean(), trace.fake_scores.mean()
        return Caption(
            f"The {judge(trace)}’s loss",
            f"Real {words(trace).many} should score high, fakes low: the **score gap** should grow.{added} "
            "The gap is no distance: it is sure to be at most W₁ where f is 1-Lipschitz.",
            r"L = -\big(\overline{f(x)} - \overline{f(G(z))}\big)" + price,
            (
                rf"\text{{gap}} = {number(real)} - {signed(fake)} = {number(trace.score_gap)}",
                rf"L = -{signed(trace.score_gap)}{paid} = {number(trace.loss)}",
            ),
        )
    real, fake = trace.real_costs.mean(), trace.fake_costs.mean()
    return Caption(
        f"The {judge(trace)}’s loss",
        f"The mean over all real {words(trace).many}, and the mean over all fakes, of what each pays.{added}",
        stacked(
            rf"L = \mathbb{{E}}\big[{objective.real_cost}\big]",
            rf"+\, \mathbb{{E}}\big[{objective.fake_cost}\big]{price}",
        ),
        (rf"L = {number(real)} + {signed(fake)}{paid} = {number(trace.loss)}",),
    )
