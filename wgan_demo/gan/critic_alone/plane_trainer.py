"""A critic trained to its optimum in the plane while the generator stands still: Gulrajani et al. 2017, section 3."""

import copy
from typing import NamedTuple

import numpy as np
import torch
from scipy.spatial.distance import pdist
from torch import Tensor, nn

from wgan_demo.gan.critic_alone.plane import BINS, SIDE, PlaneCriticConfig
from wgan_demo.gan.lipschitz import REGULARIZERS, Regularizer, gradient_norms, interpolate, smooth_root, squared_norms
from wgan_demo.gan.networks.mlp import INITS, NORMS, mlp
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.trainer import OPTIMIZERS

EDGE = 1 - 1e-5  # of c: what is clipped stands there up to rounding
NEARLY_ALL = 99.5  # % of the weights that a histogram shows where nothing is clipped: a few are far out
EVERY_PAIR = 7  # percentiles are of every 7th pair: sorting all of them takes longer than a step


def at_real(real: Tensor, fake: Tensor, *, generator: torch.Generator) -> Tensor:
    """The real points alone."""
    return real


def zero_centred(norms: Tensor) -> Tensor:
    """E ||grad f(x)||^2 of norms (n,): a scalar, before lambda. R1 of Mescheder et al. 2018, eq. 9, without its 1/2."""
    return norms.square().mean()


HELD_BY: dict[str, Regularizer] = REGULARIZERS | {"r1": Regularizer(points=at_real, penalty=zero_centred)}


class PlaneCriticRecord(NamedTuple):
    """The numbers of one step: critic_loss = -score_gap + lambda * gradient_penalty."""

    step: int
    critic_loss: float
    gradient_penalty: float
    gradient_norm_mean: float
    score_gap: float


class PlaneCriticTrainer:
    """One critic f: R^2 -> R, its optimiser and its randomness."""

    seconds = 0.0  # of one core that the steps took: kept by whoever calls `step`

    def __init__(self, config: PlaneCriticConfig):
        self.config = config
        self.regularizer = HELD_BY[config.regularizer]
        self.noise_rng = torch.Generator().manual_seed(config.seed)
        make = {"generator": self.noise_rng, "init": INITS[config.init], "norm": NORMS[config.batch_norm]}
        self.critic = mlp((2, *config.hidden, 1), **make)
        self.number = torch.float64 if config.double else torch.float32
        if self.regularizer.prepare:
            self.regularizer.prepare(self.critic)
        self.critic.to(self.number)
        self.optimizer = OPTIMIZERS[config.optimizer](self.critic.parameters(), config)
        self.points = [torch.from_numpy(side).to(self.number) for side in config.samples()]
        self.steps_done = 0

    def step(self) -> PlaneCriticRecord:
        """One update of the critic: its loss over all points, with the penalty between pairs of them drawn anew."""
        config = self.config
        for group in self.optimizer.param_groups:
            group["lr"] = config.lr * max(config.lr_final, 1 - (1 - config.lr_final) * self.steps_done / config.steps)
        real, fake = (
            points[torch.randint(len(points), (config.interpolates,), generator=self.noise_rng)]
            for points in self.points
        )
        places = self.regularizer.points(real, fake, generator=self.noise_rng)
        penalised = self.regularizer.penalty is not None
        squares = squared_norms(self.critic, places, create_graph=penalised)
        cost = self.regularizer.penalty(smooth_root(squares)) if penalised else torch.zeros((), dtype=self.number)
        gap = score_gap(self.critic, *self.points)
        loss = config.gp_weight * cost - gap if penalised else -gap
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        if self.regularizer.constrain:
            self.regularizer.constrain(self.critic, config)
        self.steps_done += 1
        numbers = torch.stack([loss, cost, squares.detach().sqrt().mean(), gap])
        return PlaneCriticRecord(self.steps_done, *numbers.tolist())


def score_gap(critic: nn.Module, real: Tensor, fake: Tensor) -> Tensor:
    """Mean of f over real points (n, 2) minus that over others (n, 2)."""
    scores, others = critic(torch.cat([real, fake])).squeeze(1).chunk(2)
    return scores.mean() - others.mean()


def layer_norms(critic: nn.Sequential, real: Tensor, fake: Tensor) -> np.ndarray:
    """n ||dL/dh|| for the activations h of every hidden layer (l,), the first one first: root mean square over points.

    L is the critic's loss without penalty, mean f(fake) - mean f(real), over n points a side; times n it is how
    strongly one point's score depends on them. Gulrajani et al. 2017, figure 1b, up to that factor.
    """
    h, hidden = torch.cat([real, fake]), []
    for layer in critic:
        h = layer(h)
        if isinstance(layer, nn.ReLU):
            hidden.append(h)
    scores, others = h.squeeze(1).chunk(2)
    gradients = torch.autograd.grad(others.mean() - scores.mean(), hidden)
    return np.array([(len(real) * g).square().sum(dim=1).mean().sqrt().item() for g in gradients])


def pair_slopes(points: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """|f(a) - f(b)| / |a - b| of all pairs of points (m, 2) with scores (m,): (m (m - 1) / 2,), in float64."""
    return pdist(scores[:, None]) / pdist(points)


def weights_of(critic: nn.Module) -> np.ndarray:
    """All weights of its linear layers, without biases: (w,)."""
    matrices = [p.detach().flatten() for p in critic.parameters() if p.dim() == 2]
    return torch.cat(matrices).numpy()


def evaluate(trainer: PlaneCriticTrainer) -> tuple[dict[str, float], Frame]:
    """The measures of PlaneCriticRecording and the frame of this moment, in float64; the run does not notice.

    Batch normalisation uses what it has learnt, so that f is one function of one point.
    """
    config, critic = trainer.config, copy.deepcopy(trainer.critic).double().eval()
    real, fake = (points.double() for points in trainer.points)
    both, grid = torch.cat([real, fake]), torch.from_numpy(config.grid)
    with torch.no_grad():
        scores, surface = (critic(x).squeeze(1).numpy() for x in (both, grid))
    slopes = pair_slopes(both.numpy(), scores)
    weights = weights_of(critic)
    clipped = config.regularizer == "clipping"
    reach = config.clip if clipped else np.percentile(np.abs(weights), NEARLY_ALL)
    inside = weights.clip(-reach, reach) if clipped else weights  # float32 rounds c, perhaps beyond float64's
    shares = np.histogram(inside, BINS, (-reach, reach))[0] / len(weights)
    between = interpolate(real, fake[torch.randperm(len(fake), generator=_own(config))], generator=_own(config))
    measures = {
        "value": float(scores[: len(real)].mean() - scores[len(real) :].mean()),
        "greatest_slope": float(slopes.max()),
        "at_edge": float((np.abs(weights) >= EDGE * reach).mean()) if clipped else 0.0,
    }
    arrays = {
        "surface": (surface - surface.mean()).reshape(SIDE, SIDE),
        "slopes": np.percentile(slopes[::EVERY_PAIR], range(101)),
        "between": gradient_norms(critic, between[: config.interpolates]).numpy(),
        "data": gradient_norms(critic, real).numpy(),
        "grid": gradient_norms(critic, grid).numpy(),
        "layers": layer_norms(critic, real, fake),
        "weights": shares,
        "reach": np.array([reach]),
    }
    return measures, Frame(trainer.steps_done, arrays)


def _own(config: PlaneCriticConfig) -> torch.Generator:
    """Randomness of a run's seed that its training does not use: the places looked at stay the same throughout."""
    return torch.Generator().manual_seed(config.seed + 2**32)
