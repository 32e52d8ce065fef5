"""The claims: who says them, whether they are so, and what decides that: CLAIMS. To add one is an entry. No torch."""

from collections.abc import Callable
from typing import NamedTuple

from wgan_demo.distances import best_discriminator, duality, one_dim, sampling
from wgan_demo.gan.claims import evidence
from wgan_demo.gan.claims.evidence import Evidence
from wgan_demo.gan.standstill import exact

TRUE, FALSE, DEPENDS = "true", "false", "it depends"

FOY = "P. Foy, “Introduction to Wasserstein GANs with Gradient Penalty”"
HUI = "J. Hui, “GAN — Wasserstein GAN & WGAN-GP”, 2018"
STABILITY = "“Enhancing GAN Stability with Wasserstein Loss and Gradient Penalty”, 2024"
BETTER = "“Better GANs — Gradient Penalisation”"
MNIST = "“Wasserstein GANs”, an article that trains both on MNIST"


class Claim(NamedTuple):
    """`says` is the claim in our words, `source` who makes it, `answer` whether it is so.

    truth     what is so
    place     where a paper says it, or what was measured
    evidence  the curves and numbers that decide it
    formula   LaTeX: what they come from
    code      the function behind it; one that brings torch along is named
    """

    says: str
    source: str
    answer: str
    truth: str
    place: str
    evidence: Callable[[], Evidence]
    formula: str
    code: Callable | str


CLAIMS: dict[str, Claim] = {
    "kl_saturates": Claim(
        "Move two Gaussians apart, and the slope of KL fades away as that of JS does: nothing is left to learn from.",
        HUI,
        FALSE,
        "JS flattens out, at ln 2. KL does not: between N(0, σ²) and N(θ, σ²) it is θ² / (2σ²), and its slope θ / σ² "
        "grows and grows. What KL really suffers from is another thing: where P has mass and Q none, it is infinite.",
        "Arjovsky et al. 2017, section 2, example 1: KL infinite, JS = ln 2 on parallel lines",
        evidence.kl_and_js,
        r"\mathrm{KL} = \frac{\theta^2}{2\sigma^2},\qquad \mathrm{JS} \to \ln 2",
        one_dim.shift_curves,
    ),
    "penalty_sign": Claim(
        "The critic’s aim is max E c(x) − E c(G(z)) + λ · penalty.",
        f"{FOY}; {STABILITY}",
        FALSE,
        "A maximum that adds the penalty rewards every slope but 1, and most of all a very steep one. Written as a "
        "maximum, the penalty is taken away; the paper writes a minimum, E f(G(z)) − E f(x) + λ · penalty.",
        "Gulrajani et al. 2017, equation 3",
        evidence.penalty_sign,
        r"\max_a\ a\,W_1 - \lambda\,(a - 1)^2\quad\text{at}\quad a = 1 + \frac{W_1}{2\lambda}",
        exact.penalised_loss,
    ),
    "ceiling": Claim(
        "The earth mover’s distance has no ceiling: however far the samples are, its slope does not vanish.",
        FOY,
        TRUE,
        "Between two equal Gaussians W₁ = θ at any distance. The value that the best discriminator reaches is at most "
        "0, and is 0 as soon as the two hardly overlap. A trained critic has to be near its best for that to help.",
        "Arjovsky et al. 2017, section 2, example 1, and figure 2",
        evidence.ceiling,
        r"W_1\big(N(0, \sigma^2), N(\theta, \sigma^2)\big) = |\theta|",
        one_dim.shift_curves,
    ),
    "generator_lipschitz": Claim(
        "The 1-Lipschitz condition is imposed on the critic and on the generator.",
        FOY,
        FALSE,
        "On the critic alone. A generator of slope 1 at most could not spread its samples wider than its noise: from "
        "N(0, 1) it never reaches data N(0, 9). The best G here has slope 3.",
        "Arjovsky et al. 2017, equation 2 (‖f‖ ≤ 1 is about f); their theorem 1 asks of G only that it is locally "
        "Lipschitz, with any constant",
        evidence.generator_lipschitz,
        r"W_1\big(N(0, a^2), N(0, 3^2)\big) = |3 - a|\,\sqrt{2/\pi}",
        one_dim.wasserstein,
    ),
    "norm_everywhere": Claim(
        "The best critic has a gradient of norm 1 at every point between data and samples.",
        HUI,
        DEPENDS,
        "Almost everywhere on the lines between points that belong together: x and y that an optimal plan couples. "
        "Between others its slope may be anything up to 1. The penalty mixes x and G(z) as they come, so it asks for "
        "more.",
        "Gulrajani et al. 2017, proposition 1 and corollary 1",
        evidence.norm_everywhere,
        r"\gamma\text{-almost surely}\quad \nabla f^*(x_t) = \frac{y - x_t}{\|y - x_t\|}",
        duality.potential_on_line,
    ),
    "two_sided": Claim(
        "The gradient penalty punishes the critic where its norm is greater than 1.",
        FOY,
        FALSE,
        "On both sides: a norm of 0.5 costs as much as one of 1.5. The definition of a 1-Lipschitz f asks for at most "
        "1; the penalty pulls to 1. A one-sided penalty exists too, and is another method.",
        "Gulrajani et al. 2017, section 4, “two-sided penalty”; one-sided: Petzka et al. 2018",
        evidence.two_sided,
        r"\big(\|\nabla f(\hat x)\|_2 - 1\big)^2",
        exact.penalised_loss,
    ),
    "any_lipschitz": Claim(
        "To compute the Wasserstein distance one only has to find a 1-Lipschitz function.",
        HUI,
        FALSE,
        "Every 1-Lipschitz f gives a lower bound, and most give a bad one. W₁ is what the best of them gives: that is "
        "the supremum. So the critic needs its many steps.",
        "Arjovsky et al. 2017, equation 2",
        evidence.any_lipschitz,
        r"W_1 = \sup_{\|f\|_L \le 1} \mathbb{E}_P f - \mathbb{E}_Q f",
        duality.value,
    ),
    "slope_of_w1": Claim(
        "The critic’s gradient is proportional to how far apart data and samples are.",
        BETTER,
        FALSE,
        "The distance is; its gradient is not. The best critic has slope 1 from near and from far, so a point learns "
        "where to go, and not how far.",
        "Gulrajani et al. 2017, corollary 1",
        evidence.slope_of_w1,
        r"\frac{\mathrm{d}}{\mathrm{d}\theta} W_1 = 1\quad\text{for every}\ \theta > 0",
        one_dim.shift_curves,
    ),
    "clipping": Claim(
        "Weight clipping makes the critic 1-Lipschitz.",
        f"{FOY}; {STABILITY}",
        FALSE,
        "It makes it K-Lipschitz for a K that nobody chooses. With three layers of 128 the steepest critic with "
        "weights in [−0.1, 0.1] has slope 297, with 0.01 it has 0.03. So the score gap is a multiple of a distance, "
        "and by what factor is not known.",
        "Arjovsky et al. 2017, section 3: K · W₁, K depends on the set of weights alone",
        evidence.clipping,
        r"K = \sqrt{2}\cdot 128^3\, c^4",
        "wgan_demo.gan.lipschitz:clip",
    ),
    "gan_is_js": Claim(
        "With the best discriminator the GAN’s objective is the JS divergence.",
        HUI,
        TRUE,
        "Up to a factor and a constant: −ln 4 + 2 JS. And with the best one alone: a discriminator that still learns "
        "gives less.",
        "Goodfellow et al. 2014, proposition 1 and theorem 1",
        evidence.gan_is_js,
        r"\max_D V(D) = -\ln 4 + 2\,\mathrm{JS}(P, Q)",
        best_discriminator.best_value,
    ),
    "zero_sum": Claim(
        "In a WGAN the two networks play no zero-sum game: they minimise one loss together.",
        MNIST,
        FALSE,
        "But for the penalty and a part that the generator cannot move, one network’s loss is minus the other’s: min "
        "over G, max over f. Move the samples, and what the one wins the other loses. What has changed is that a "
        "critic near its best does no harm.",
        "Arjovsky et al. 2017, equation 2 and algorithm 1",
        evidence.zero_sum,
        r"\min_G \max_{\|f\|_L \le 1} \mathbb{E}\,f(x) - \mathbb{E}\,f(G(z))",
        exact.best_critic,
    ),
    "balance": Claim(
        "A WGAN needs no balance between its two networks.",
        f"{MNIST}; {BETTER}",
        DEPENDS,
        "On the side that was the trouble of GANs it needs none: with 25 steps of the discriminator for one of the "
        "generator this saturating GAN stands still, and the WGAN-GP learns best of all. On the other side it does: "
        "with one step the critic lags behind, and the samples come late.",
        "Arjovsky et al. 2017, section 3: the critic can and should be trained to optimality; n_critic = 5 in both "
        "papers",
        evidence.balance,
        r"n_{\text{critic}} = 1\ \text{and}\ 25",
        "wgan_demo.gan.trainer:critic_steps",
    ),
    "collapse": Claim(
        "A WGAN prevents mode collapse.",
        f"{MNIST}; {HUI}",
        FALSE,
        "Less often is not never. With its paper’s λ = 10 this WGAN-GP crowds as well: at times nearly all of its "
        "samples are at one mode of 8, then at others. With other settings it holds all 8. The paper itself says no "
        "more than that it saw no collapse in its experiments.",
        "Arjovsky et al. 2017, section 4.3",
        evidence.collapse,
        r"\text{held: nearest to } 2\,\% \text{ of the samples or more}",
        evidence.collapse,
    ),
    "loss_zero": Claim(
        "The critic’s loss has come down to 0: so the WGAN has converged.",
        MNIST,
        FALSE,
        "The loss is −(score gap) + λ · penalty. It is near 0 when the samples are right, and also when the critic is "
        "weak: with clipping at 0.001 it never leaves 0, and no sample is anywhere near the data.",
        "Gulrajani et al. 2017, section 3: clipped critics",
        evidence.loss_zero,
        r"L = -\big(\mathbb{E}\,f(x) - \mathbb{E}\,f(G(z))\big) + \lambda \cdot \text{penalty}",
        "wgan_demo.gan.losses:wasserstein_costs",
    ),
    "optimizers": Claim(
        "WGAN-GP is trained with RMSProp, at a learning rate of 5e-5.",
        MNIST,
        FALSE,
        "That is the older WGAN’s, with clipping. WGAN-GP uses Adam, at 1e-4, with β = (0, 0.9). RMSProp at 5e-5 can "
        "train it too: here it comes less far in the same time.",
        "Gulrajani et al. 2017, algorithm 1, and figure 3, which has both; Arjovsky et al. 2017, algorithm 1",
        evidence.optimizers,
        r"\alpha = 10^{-4},\ \beta_1 = 0,\ \beta_2 = 0.9",
        "wgan_demo.gan.trainer:_set_learning_rate",
    ),
    "lambda_ten": Claim(
        "λ is to be 10.",
        f"{MNIST}; {HUI}",
        DEPENDS,
        "10 is the paper’s value for images, and it says that it works on many of them. Its own code for points in the "
        "plane has 0.1. On 8 Gaussians, with nothing else changed, λ = 10 swings to and fro.",
        "Gulrajani et al. 2017, section 4; the value 0.1 stands in its toy code",
        evidence.lambda_ten,
        r"\lambda\,\mathbb{E}\big(\|\nabla f(\hat x)\|_2 - 1\big)^2",
        "wgan_demo.gan.lipschitz:penalty",
    ),
    "u_per_pixel": Claim(
        "u may be drawn anew for each pixel: x̂ lies between data and samples all the same.",
        "public code, [eriklindernoren/PyTorch-GAN 5](https://github.com/eriklindernoren/PyTorch-GAN/issues/5)",
        DEPENDS,
        "In the plane one hardly sees it (the bug clinic). With 784 pixels x̂ never lies on the line: it is 0.29 of "
        "the way off, always half-way along, and near the data or the samples there is no penalty at all. A normal u "
        "is a bug of the same kind: two thirds of the x̂ lie outside.",
        "Gulrajani et al. 2017, algorithm 1, line 4: one number for each sample",
        evidence.u_per_pixel,
        r"\mathrm{std}\Big(\tfrac1d \textstyle\sum_i u_i\Big) = \frac{1}{\sqrt{12\,d}}",
        "wgan_demo.gan.lipschitz:interpolate",
    ),
    "wrong_axis": Claim(
        "The norm of a gradient of shape (n, 1, 28, 28) is taken along dim=1.",
        "public code, [caogang/wgan-gp 25](https://github.com/caogang/wgan-gp/issues/25)",
        FALSE,
        "dim=1 is the channel: what is left are the sizes of single partial derivatives, and each of them is pulled "
        "to 1. The norm then comes to √d: 1.41 in the plane, 28 with 784 pixels.",
        "Gulrajani et al. 2017, algorithm 1, line 7: the norm of the whole gradient by one sample",
        evidence.wrong_axis,
        r"|\partial_i f| = 1\ \text{for all}\ i \quad\Rightarrow\quad \|\nabla f\|_2 = \sqrt{d}",
        "wgan_demo.gan.lipschitz:squared_norms",
    ),
    "batch_norm": Claim(
        "Batch norm belongs into the critic, as into every discriminator.",
        "public code, [eriklindernoren/Keras-GAN 48](https://github.com/eriklindernoren/Keras-GAN/issues/48)",
        FALSE,
        "With batch norm f(x) depends on the other samples of its batch, and the penalty is about the slope of a "
        "function of one. Here the gap grows into the hundreds while the samples come no nearer.",
        "Gulrajani et al. 2017, section 4, “no critic batch normalization”; layer norm is what they advise",
        evidence.batch_norm,
        r"f(x_i) = f(x_i;\ x_1, \dots, x_n)",
        "wgan_demo.gan.networks.mlp:mlp",
    ),
    "not_zero": Claim(
        "As the two distributions become alike, the Wasserstein loss goes to 0.",
        BETTER,
        DEPENDS,
        "Between the distributions it does. Between two batches it does not: of the same P two samples of 64 points "
        "are 0.22 apart, and only as 1/√n does that fade. It is the noise floor of this course.",
        "del Barrio, Giné & Matrán 1999; Bobkov & Ledoux 2019, section 3.2",
        evidence.not_zero,
        r"\mathbb{E}\,W_1(P_n, P'_n) \approx \frac{c}{\sqrt n}",
        sampling.noise_floor,
    ),
    "faster": Claim(
        "A WGAN converges faster than a standard GAN.",
        MNIST,
        DEPENDS,
        "On the settings. Here a standard GAN gets near sooner than two of the three WGANs, and then does not come to "
        "the floor. The paper’s own curves have the DCGAN ahead of WGAN-GP in time; what WGAN-GP promises is that "
        "more settings work.",
        "Gulrajani et al. 2017, section 5.3 and figure 3",
        evidence.faster,
        r"\text{EMD below 4 noise floors, three times on end}",
        "wgan_demo.gan.spaces.points:evaluate",
    ),
}
