"""What a run minimises and how its critic is held, in words and formulas: OBJECTIVES, CONSTRAINTS. Needs no torch.

The functions behind the same names are in losses.py and lipschitz.py; `code` names them for a reader. What both say of
a run's settings is in wording.py.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple


class Reading(NamedTuple):
    """How raw scores are to be read: `words` may say {real} and {fake} of {n}, the scores that cost the critic."""

    title: str
    words: str


@dataclass(frozen=True)
class Objective:
    """The formulas (LaTeX) of what the critic and the generator minimise.

    `real_cost` and `fake_cost` are what one real and one fake sample cost the critic. The generator pushes a sample by
    `push` (LaTeX, "" is 1) times the slope of the score; `wants` says so in words. `reading` is None where the raw
    scores say it all, and `probability` is made of them, if anything is. `judge` is what the paper calls the critic.
    `score` is the LaTeX of its raw output, and `unit` names the unit of the score and of its gap. `tie` is the least
    critic loss, without a penalty, when samples and data cannot be told apart: the minimum over constant scores.
    `up_to_constant`: the critic's loss is the negative score gap, so that the score means the same with any constant
    added.
    """

    label: str
    critic: str
    generator: str
    reference: str
    code: tuple[str, str]
    real_cost: str
    fake_cost: str
    push: str
    wants: str
    tie: float
    reading: Reading | None = None
    probability: str = ""
    judge: str = "discriminator"
    score: str = "s"
    unit: str = "units of s"
    up_to_constant: bool = False


_CROSS_ENTROPY = r"-\mathbb{E}\ln D(x) - \mathbb{E}\ln(1 - D(G(z)))"
_PROBABILITIES = Reading(
    "Scores become probabilities",
    "s gives any number; the sigmoid squeezes it into **D, the probability of being real**. Far out the sigmoid is "
    "flat: D hardly changes there. Whether a slope is left to learn from depends on the loss: ln(1 − D) has none for "
    "a sure fake, −ln D has −1.",
)

OBJECTIVES: dict[str, Objective] = {
    "wasserstein": Objective(
        "Wasserstein",
        r"\mathbb{E}\,f(G(z)) - \mathbb{E}\,f(x)",
        r"-\mathbb{E}\,f(G(z))",
        "Arjovsky et al. 2017, eq. 3",
        ("wgan_demo.gan.losses:wasserstein_costs", "wgan_demo.gan.losses:wasserstein_generator"),
        real_cost="-f(x)",
        fake_cost="f(G(z))",
        push="",
        wants="Each sample is pushed **up the slope of f**, and the steeper f is, the harder.",
        tie=0.0,
        judge="critic",
        score="f",
        unit="units of f",
        up_to_constant=True,
    ),
    "non_saturating": Objective(
        "GAN, non-saturating",
        _CROSS_ENTROPY,
        r"-\mathbb{E}\ln D(G(z))",
        "Goodfellow et al. 2014, section 3",
        ("wgan_demo.gan.losses:cross_entropy_costs", "wgan_demo.gan.losses:non_saturating_generator"),
        real_cost=r"-\ln D(x)",
        fake_cost=r"-\ln(1 - D(G(z)))",
        push=r"(1 - D(G(z)))\,",
        wants="Each sample is pushed up the slope of s, times 1 − D: hardest where D is sure that it is fake.",
        reading=_PROBABILITIES,
        probability=r"D = \sigma(s) = \frac{1}{1 + e^{-s}}",
        tie=2 * math.log(2),
        unit="logits",
    ),
    "saturating": Objective(
        "GAN, saturating",
        _CROSS_ENTROPY,
        r"\mathbb{E}\ln(1 - D(G(z)))",
        "Goodfellow et al. 2014, eq. 1",
        ("wgan_demo.gan.losses:cross_entropy_costs", "wgan_demo.gan.losses:saturating_generator"),
        real_cost=r"-\ln D(x)",
        fake_cost=r"-\ln(1 - D(G(z)))",
        push=r"D(G(z))\,",
        wants="Each sample is pushed up the slope of s, times D: where D is sure that it is fake, **hardly at all**.",
        reading=_PROBABILITIES,
        probability=r"D = \sigma(s) = \frac{1}{1 + e^{-s}}",
        tie=2 * math.log(2),
        unit="logits",
    ),
    "least_squares": Objective(
        "Least squares",
        r"\tfrac12\mathbb{E}(s(x) - 1)^2 + \tfrac12\mathbb{E}\,s(G(z))^2",
        r"\tfrac12\mathbb{E}(s(G(z)) - 1)^2",
        "Mao et al. 2017, eq. 9",
        ("wgan_demo.gan.losses:least_squares_costs", "wgan_demo.gan.losses:least_squares_generator"),
        real_cost=r"\tfrac12(s(x) - 1)^2",
        fake_cost=r"\tfrac12 s(G(z))^2",
        push=r"(1 - s(G(z)))\,",
        wants="Each sample is pushed towards where s is 1: up the slope below 1, down above it.",
        reading=Reading(
            "Scores and their targets",
            "Real points should score **1** and fakes **0**. Each pays half the square of what is missing.",
        ),
        tie=0.25,
    ),
    "hinge": Objective(
        "Hinge",
        r"\mathbb{E}\max(0, 1 - s(x)) + \mathbb{E}\max(0, 1 + s(G(z)))",
        r"-\mathbb{E}\,s(G(z))",
        "Miyato et al. 2018, eq. 16",
        ("wgan_demo.gan.losses:hinge_costs", "wgan_demo.gan.losses:wasserstein_generator"),
        real_cost=r"\max(0, 1 - s(x))",
        fake_cost=r"\max(0, 1 + s(G(z)))",
        push="",
        wants="Each sample is pushed **up the slope of s**, and the steeper s is, the harder.",
        reading=Reading(
            "Scores and their margins",
            "Real points should score above 1 and fakes below −1; **beyond that nothing counts**. {real} real and "
            "{fake} fake points of {n} each still count.",
        ),
        tie=2.0,
    ),
}


class Price(NamedTuple):
    """What each norm pays of a penalty: in LaTeX, and in words on which side of 1 it does and what that is good for."""

    formula: str
    side: str
    wish: str


@dataclass(frozen=True)
class Constraint:
    """`formula` (LaTeX) is what joins the critic's loss when it `weighs` with lambda, else what is done to weights.

    A penalty has the `price` of each norm; what is done to weights is a `piece` of an iteration in slow motion.
    `note` says in a few words what becomes of the slope of the critic, `ideal` what the best critic so held has to do
    with the exact potential of W1.
    """

    label: str
    formula: str
    reference: str
    note: str
    code: str
    price: Price | None = None
    piece: str = ""
    ideal: str = "what a perfect critic would be"

    @property
    def weighs(self) -> bool:
        """True for a penalty."""
        return self.price is not None


# Between two points d apart it has slope 1 + d / (2 lambda): there the gap's gain, d, is the penalty's price.
STEEPER = "and a penalty of finite λ lets the best critic be steeper than that, the more so the smaller λ is"

CONSTRAINTS: dict[str, Constraint] = {
    "gradient_penalty": Constraint(
        "Gradient penalty",
        r"\lambda\,\mathbb{E}\big(\|\nabla f(\hat x)\|_2 - 1\big)^2",
        "Gulrajani et al. 2017, eq. 3",
        "the penalty pulls it to 1",
        "wgan_demo.gan.lipschitz:penalty",
        price=Price(
            r"(\|\nabla f(\hat x_i)\|_2 - 1)^2",
            "on either side",
            "Norms below 1 are allowed to a 1-Lipschitz f; this penalty pulls them to 1 all the same, because the best "
            "f has norm 1 almost everywhere between points that belong together.",
        ),
        ideal=STEEPER,
    ),
    "one_sided": Constraint(
        "One-sided penalty",
        r"\lambda\,\mathbb{E}\max\big(0, \|\nabla f(\hat x)\|_2 - 1\big)^2",
        "Petzka et al. 2018",
        "the penalty pulls it down to 1, never up",
        "wgan_demo.gan.lipschitz:one_sided_penalty",
        price=Price(
            r"\max(0,\ \|\nabla f(\hat x_i)\|_2 - 1)^2",
            "if it is above 1",
            "This penalty minds only the steep ones.",
        ),
        ideal=STEEPER,
    ),
    "clipping": Constraint(
        "Weight clipping",
        r"w \leftarrow \mathrm{clip}(w, -c, c)",
        "Arjovsky et al. 2017, algorithm 1",
        "as large as clipped weights allow",
        "wgan_demo.gan.lipschitz:clip",
        piece="clip",
        ideal="and under clipping the best critic is no more than K times as steep: K is at most the product of its "
        "layers’ norms, and how much of that it reaches is not known",
    ),
    "spectral_norm": Constraint(
        "Spectral normalisation",
        r"W \leftarrow W / \sigma_{\max}(W)",
        "Miyato et al. 2018, eq. 8",
        "at most 1, up to the error of the estimate",
        "wgan_demo.gan.lipschitz:SpectralLinear",
        piece="spectral",
    ),
    "none": Constraint(
        "No constraint",
        "",
        "Goodfellow et al. 2014",
        "nothing holds it",
        "",
        ideal="and without a constraint no critic is perfect: a steeper one always has a larger gap",
    ),
}
