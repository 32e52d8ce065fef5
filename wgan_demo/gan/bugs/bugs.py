"""The bugs of the clinic, each a few lines of the trainer that runs and what stands in their place: BUGS.

To add one is an entry and its place in CASES; then `python -m wgan_demo.gan.bugs.record NAME` makes its recording, by
which its tests judge what is said of it. Needs no torch.
"""

import textwrap
from dataclasses import dataclass, field
from difflib import unified_diff
from functools import cached_property

from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.export.sources import read

STEPS = 800  # generator iterations of a case
BASE = {
    "hidden": (64, 64, 64), "gp_weight": 1.0, "n_critic": 3, "lr": 4e-3, "lr_decay_steps": STEPS,
}  # fmt: skip


@dataclass(frozen=True)
class Bug:
    """`place` is the function it sits in, "module:name"; there `buggy` stands in place of the lines `healthy`.

    name     as an answer to the question which bug it is
    shows    what in the curves gives it away, or why nothing does
    why      what is wrong with it, and what is right
    report   Markdown: where it was reported
    decoys   three other names of BUGS that one might take it for
    hides    nothing in the curves gives it away
    fields   settings of its case, of both runs, that are not those of BASE
    """

    name: str
    place: str
    healthy: str
    buggy: str
    shows: str
    why: str
    report: str
    decoys: tuple[str, str, str]
    hides: bool = False
    fields: dict = field(default_factory=dict)

    def config(self, seed: int | None = None) -> TrainConfig:
        """The settings of its case; those of its recording without a seed."""
        return TrainConfig(**BASE | self.fields | ({} if seed is None else {"seed": seed}))

    @cached_property
    def source(self) -> str:
        """The healthy function as it is written, without the indentation of its class."""
        module, _, path = self.place.partition(":")
        first, *inner = path.split(".")
        text = read(module)
        node = text.definitions[first]
        for name in inner:
            node = next(each for each in node.body if getattr(each, "name", None) == name)
        return textwrap.dedent(text.text(text.start(node), node.end_lineno)) + "\n"

    @cached_property
    def infected(self) -> str:
        """The same with the bug in it: what runs. Raises ValueError where the healthy lines are not there once."""
        healthy, buggy = (textwrap.indent(textwrap.dedent(lines), "    ") for lines in (self.healthy, self.buggy))
        if self.source.count(healthy) != 1:
            raise ValueError(f"{self.place} does not hold these lines once:\n{healthy}")
        return self.source.replace(healthy, buggy)

    @property
    def diff(self) -> str:
        """The guilty lines between two of their neighbours on each side, as a unified diff without its file names."""
        lines = unified_diff(self.source.splitlines(), self.infected.splitlines(), n=2, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def _issue(repository: str, number: int, what: str = "issues") -> str:
    return f"[{repository} {number}](https://github.com/{repository}/{what}/{number})"


_INTERPOLATE = "wgan_demo.gan.lipschitz:interpolate"
_NETWORKS = "wgan_demo.gan.networks.mlp:perceptrons"
_CRITIC_STEP = "wgan_demo.gan.trainer:Trainer.critic_step"
_U = "u = torch.rand(len(real), *[1] * (real.dim() - 1), generator=generator, dtype=real.dtype)"
_MADE = "critic = mlp((space.size, *config.hidden, 1), norm=NORMS[config.batch_norm], **make)"

BUGS: dict[str, Bug] = {
    "u_per_coordinate": Bug(
        "u for each coordinate",
        _INTERPOLATE,
        _U,
        "u = torch.rand(real.shape, generator=generator, dtype=real.dtype)",
        "In the plane nothing: x̂ then lies in the box between x and G(z), and not on the line, but box and line are "
        "nearly the same places where there are two coordinates. With 784 pixels they are not.",
        "u is one number for each sample, so that x̂ lies on the line from x to G(z): there the best critic has slope "
        "1, and nowhere else is that promised.",
        f"{_issue('eriklindernoren/PyTorch-GAN', 5)}, "
        f"{_issue('hwalsuklee/tensorflow-generative-model-collections', 33)}",
        ("normal_u", "real_points", "wrong_axis"),
        hides=True,
    ),
    "u_per_batch": Bug(
        "one u for the whole batch",
        _INTERPOLATE,
        _U,
        "u = torch.rand((), generator=generator, dtype=real.dtype)",
        "Hardly anything: over many steps u still takes every value from 0 to 1, only each batch sees just one of "
        "them, so the penalty is noisier.",
        "Every sample draws its own u: so each batch looks at all parts of the lines between data and samples.",
        "No public report at hand; the shape of u is what goes wrong most often (see “u for each coordinate”).",
        ("u_per_coordinate", "no_graph", "penalty_sign"),
        hides=True,
    ),
    "normal_u": Bug(
        "u from a normal distribution",
        _INTERPOLATE,
        _U,
        _U.replace("torch.rand(", "torch.randn("),
        "Almost nothing here: two thirds of the x̂ lie beyond x or beyond G(z), where nobody needs the penalty, and the "
        "slopes between them are held a little less.",
        "u ~ U[0, 1]: x̂ lies between x and G(z). A normal u falls outside of [0, 1] in 66 % of all cases.",
        f"{_issue('keras-team/keras-io', 143)}, {_issue('keras-team/keras-io', 415)}",
        ("u_per_batch", "wrong_axis", "no_detach"),
        hides=True,
    ),
    "wrong_axis": Bug(
        "norm over the wrong axis",
        "wgan_demo.gan.lipschitz:squared_norms",
        "return gradient.flatten(1).square().sum(dim=1)",
        "return gradient.unflatten(1, (1, -1)).square().sum(dim=1).flatten()",
        "The norms settle at about √2 = 1.41 and not at 1: the penalty pulls each of the two partial derivatives to ±1 "
        "by itself. With 784 pixels it would be √784 = 28.",
        "A gradient of shape (n, 1, 28, 28) is reduced over all axes but the first. dim=1 is the channel: what is left "
        "are the sizes of single partial derivatives.",
        ", ".join(_issue("caogang/wgan-gp", number) for number in (25, 47, 56)),
        ("real_points", "u_per_coordinate", "no_graph"),
    ),
    "real_points": Bug(
        "penalty at the data alone",
        _INTERPOLATE,
        "return u * real + (1 - u) * fake",
        "return real",
        "The norms between data and samples are too large and spread wide: the slope is held at the blue points, and "
        "between them it does what it likes.",
        "The penalty is taken at x̂ between data and samples. At the data alone another method takes it, R1, with a "
        "slope of 0 as its aim.",
        "No public report at hand; Mescheder et al. 2018 take the penalty there on purpose",
        ("wrong_axis", "normal_u", "penalty_sign"),
    ),
    "no_graph": Bug(
        "create_graph left out",
        _CRITIC_STEP,
        "squares = squared_norms(self.critic, x_hat, create_graph=penalty is not None)",
        "squares = squared_norms(self.critic, x_hat)",
        "The norms run away, into the thousands, and the score gap with them: nothing holds the slope, though the log "
        "shows a penalty. It is a number without a gradient.",
        "Without create_graph the norms are constants for autograd: the penalty is added to the loss, is large, and "
        "moves no weight. That is λ = 0.",
        f"{_issue('igul222/improved_wgan_training', 18)}, {_issue('caogang/wgan-gp', 4)}",
        ("batch_norm", "generator_sign", "penalty_sign"),
    ),
    "batch_norm": Bug(
        "batch norm in the critic",
        _NETWORKS,
        _MADE,
        _MADE.replace("NORMS[config.batch_norm]", "nn.BatchNorm1d"),
        "The score gap grows evenly, into the hundreds, while the samples come no nearer; in a healthy run the gap "
        "shrinks with the distance. Norms that are measured point by point are in the hundreds too.",
        "With batch norm f(x) depends on the whole batch: it can see which half of it is data. The penalty is about "
        "the slope of a function of one sample, which there is not. Layer norm does no such harm.",
        f"{_issue('eriklindernoren/Keras-GAN', 48)}; Gulrajani et al. 2017, section 4",
        ("no_graph", "sigmoid", "real_points"),
    ),
    "sigmoid": Bug(
        "sigmoid at the critic’s end",
        _NETWORKS,
        _MADE,
        "critic = nn.Sequential(*mlp((space.size, *config.hidden, 1), norm=NORMS[config.batch_norm], **make), "
        "nn.Sigmoid())",
        "The score gap never passes 1, however far the samples are. Slopes are spread twice as wide, their mean below "
        "1, and the samples come late: where the sigmoid is flat it pulls on nothing. From another seed they may never "
        "come.",
        "A critic gives any number, a score; only a discriminator gives a probability.",
        f"{_issue('hwalsuklee/tensorflow-generative-model-collections', 14)}, "
        f"{_issue('ozanciga/gans-with-pytorch', 2)}",
        ("penalty_sign", "clip_first", "batch_norm"),
    ),
    "generator_sign": Bug(
        "wrong sign of the generator’s loss",
        "wgan_demo.gan.losses:wasserstein_generator",
        "return -fake_scores.mean()",
        "return fake_scores.mean()",
        "The samples run away from the data, and never stop: EMD, score gap and norms grow together without end.",
        "The generator climbs the critic: it minimises −E f(G(z)). Without the minus it goes where f is lowest.",
        _issue("Zeleni9/pytorch-wgan", 53, "pull"),
        ("penalty_sign", "no_graph", "batch_norm"),
    ),
    "penalty_sign": Bug(
        "wrong sign of the penalty",
        _CRITIC_STEP,
        "if penalty:\n    loss = loss + self.config.gp_weight * penalty(smooth_root(squares))",
        "if penalty:\n    loss = loss - self.config.gp_weight * penalty(smooth_root(squares))",
        "Norms and score gap fall to 0 and stay there: the critic is flat, and the samples stop where they are. The "
        "penalty now pays for being away from slope 1, and 0 is near.",
        "The critic minimises E f(G(z)) − E f(x) + λ · penalty. Who writes its aim as a maximum has to subtract the "
        "penalty.",
        "No public report at hand: it is what the formulas of two of the course’s articles say at their word",
        ("generator_sign", "sigmoid", "root"),
    ),
    "clip_first": Bug(
        "clipping before the step",
        _CRITIC_STEP,
        """
        self.critic_optimizer.step()
        if self.regularizer.constrain:
            self._moment("constraint")
            self.regularizer.constrain(self.critic, self.config)
        """.strip("\n"),
        """
        if self.regularizer.constrain:
            self._moment("constraint")
            self.regularizer.constrain(self.critic, self.config)
        self.critic_optimizer.step()
        """.strip("\n"),
        "Nothing to speak of: every weight lies outside of [−c, c] by at most one step of the optimiser, so the critic "
        "is a little steeper. Only its weights show it.",
        "First the step, then the clipping. The other way round the weights that the generator meets lie outside of "
        "[−c, c] by one step of the optimiser.",
        _issue("martinarjovsky/WassersteinGAN", 50),
        ("sigmoid", "no_detach", "generator_sign"),
        hides=True,
        fields={"regularizer": "clipping", "clip": 0.1, "n_critic": 5, "optimizer": "rmsprop", "lr": 1e-3},
    ),
    "no_detach": Bug(
        "samples not detached",
        _CRITIC_STEP,
        "with torch.no_grad():\n    fake = self.fake(self.config.batch_size)",
        "fake = self.fake(self.config.batch_size)",
        "Nothing at all: every number is the same, because the generator’s gradients are set to 0 before its own step. "
        "Only the clock shows it.",
        "The critic’s step needs no gradients of the generator. They are computed and thrown away; where nobody sets "
        "them to 0, they are added to the generator’s own.",
        f"{_issue('eriklindernoren/PyTorch-GAN', 136)}, {_issue('eriklindernoren/PyTorch-GAN', 21)}",
        ("u_per_batch", "normal_u", "clip_first"),
        hides=True,
    ),
    "root": Bug(
        "root without a floor",
        "wgan_demo.gan.lipschitz:smooth_root",
        "return (squares + TINY).sqrt()",
        "return squares.sqrt()",
        "The run ends at once: from one iteration to the next every number is NaN. Until a critic is flat somewhere, "
        "nothing shows; this one has a narrow last layer, of 6, and is flat somewhere soon.",
        "The derivative of √s at s = 0 is infinite. Where the critic is flat at a single x̂, every weight becomes NaN. "
        "1e-12 under the root is enough.",
        f"{_issue('pytorch/pytorch', 2421)}, {_issue('keras-team/keras-io', 910)}",
        ("no_graph", "penalty_sign", "batch_norm"),
        fields={"hidden": (64, 64, 6), "seed": 3},
    ),
}

# Cases by their numbers, from 1: a link holds a number and not a name.
CASES = (
    "generator_sign", "wrong_axis", "no_graph", "u_per_coordinate", "penalty_sign", "batch_norm", "real_points",
    "root", "normal_u", "sigmoid", "clip_first", "u_per_batch", "no_detach",
)  # fmt: skip
