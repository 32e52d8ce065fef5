"""The curves and numbers that decide a claim, computed by the library or read from a shipped run. No torch."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wgan_demo.datasets import DATASETS
from wgan_demo.distances import best_discriminator, duality, sampling
from wgan_demo.distances.one_dim import shift_curves, wasserstein
from wgan_demo.gan import shipped
from wgan_demo.gan.bugs.shipped import case
from wgan_demo.gan.bugs.signs import norms, signs
from wgan_demo.gan.presets import LAST
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.standstill import exact
from wgan_demo.measures import Gaussian

FAR = 35.0  # how far P and Q are moved apart, in units of x, as in the article
WIDTHS = (2, 128, 128, 128, 1)  # of the critics with clipped weights
DRAWS = 200
HELD = 0.02  # of the samples: of 8 even modes each has 12.5 %


class Line(NamedTuple):
    """A curve: x and y (k,); whose it is, "p", "q", "critic", "floor" or "other"; its dash; with markers or not."""

    name: str
    x: np.ndarray
    y: np.ndarray
    role: str
    dash: str = "solid"
    marks: bool = False


class Evidence(NamedTuple):
    """Curves; the names of both axes with their units; the numbers by their names; which axes are logarithmic."""

    lines: Sequence[Line]
    x: str
    y: str
    numbers: dict[str, float]
    log: str = ""


def kl_and_js() -> Evidence:
    """The slopes of KL and JS between N(0, 1) and N(theta, 1): the one is theta, the other vanishes."""
    theta = np.linspace(0.05, FAR, 200)
    curves = shift_curves(Gaussian(), Gaussian(), theta)
    kl, js = curves.slopes["kl"], curves.slopes["js"]
    seen = js > 1e-9
    lines = [Line("slope of KL", theta, kl, "p"), Line("slope of JS", theta[seen], js[seen], "other", "dash")]
    numbers = {
        "KL at θ = 35, nats": curves.values["kl"][-1],
        "its slope there, nats per unit of x": kl[-1],
        "JS at θ = 35, nats": curves.values["js"][-1],
        "its slope there, nats per unit": js[-1],
    }
    return Evidence(lines, "θ, units of x", "slope, nats per unit of x", numbers, "y")


def ceiling() -> Evidence:
    """W1 and the value that the best discriminator reaches, between N(0, 1) and N(theta, 1)."""
    theta = np.linspace(0, FAR, 71)
    w1 = shift_curves(Gaussian(), Gaussian(), theta).values["w1"]
    value = np.array([best_discriminator.best_value(Gaussian(), Gaussian(float(t))) for t in theta])
    lines = [Line("W₁, units of x", theta, w1, "critic"), Line("value of D, nats", theta, value, "other", "dash")]
    numbers = {
        "W₁ at θ = 35, units of x": w1[-1],
        "its slope there": np.diff(w1)[-1] / np.diff(theta)[-1],
        "value of D at θ = 0, nats": value[0],
        "value of D at θ = 35, nats": value[-1],
    }
    return Evidence(lines, "θ, units of x", "W₁; value of D", numbers)


def gan_is_js() -> Evidence:
    """What the best discriminator reaches by its own definition, and -ln 4 + 2 JS."""
    theta = np.linspace(0, 6, 31)
    sides = [(Gaussian(), Gaussian(float(t))) for t in theta]
    by_sum = np.array(
        [best_discriminator.value(lambda x, p=p, q=q: best_discriminator.best_logit(p, q, x), p, q) for p, q in sides]
    )
    by_js = np.array([best_discriminator.best_value(p, q) for p, q in sides])
    lines = [
        Line("E ln D*(x) + E ln(1 − D*(y))", theta, by_sum, "other"),
        Line("−ln 4 + 2 JS", theta, by_js, "q", "dot", marks=True),
    ]
    numbers = {
        "value of D* at θ = 1, nats": by_sum[5],
        "−ln 4 + 2 JS there, nats": by_js[5],
        "greatest difference, nats": np.abs(by_sum - by_js).max(),
    }
    return Evidence(lines, "θ, units of x", "nats", numbers)


def penalty_sign(distance: float = 1.0, gp_weight: float = 10.0) -> Evidence:
    """What a critic f(x) = -a x between two points maximises, with the penalty taken away and with it added."""
    a = np.linspace(-1, 4, 201)
    right = -exact.penalised_loss(-a, distance, gp_weight, two_sided=True)
    wrong = 2 * distance * a - right  # gap + penalty, where right is gap - penalty
    lines = [
        Line("gap − λ · penalty", a, right, "critic"),
        Line("gap + λ · penalty, as printed", a, wrong, "other", "dash"),
    ]
    numbers = {
        "W₁, units of x": distance,
        "best slope with −": a[right.argmax()],
        "by formula, 1 + W₁ / (2 λ)": 1 + distance / (2 * gp_weight),
        "with +, at slope 4": wrong[-1],
    }
    return Evidence(lines, "slope a of the critic", "what the critic maximises, units of f", numbers)


def any_lipschitz() -> Evidence:
    """Three 1-Lipschitz critics on one P and Q, and what each of them says of W1."""
    p, q = (np.array(heights) / sum(heights) for heights in duality.PRESETS["Both sides"])
    x = np.arange(duality.PLACES)
    best = duality.potential_on_line(p, q)
    critics = {"a straight line": x - 4.0, "half as steep as the best": best / 2, "the best f": best}
    roles = ("other", "floor", "critic")
    lines = [Line(name, x, f, role, marks=True) for (name, f), role in zip(critics.items(), roles, strict=True)]
    numbers = {f"{name}: E_P f − E_Q f, steps": duality.value(f, p, q) for name, f in critics.items()}
    return Evidence(lines, "place", "f, steps", numbers)


def generator_lipschitz(spread: float = 3.0) -> Evidence:
    """W1 between a generator G(z) = a z of N(0, 1) and data N(0, spread^2): |spread - a| sqrt(2 / pi)."""
    a = np.linspace(0.05, 5, 67)
    data = Gaussian(0, spread).measure()

    def w1(slope: float) -> float:
        return wasserstein(Gaussian(0, slope).measure(), data)

    found = np.array([w1(float(each)) for each in a])
    at_most_one = a <= 1
    lines = [
        Line("1-Lipschitz generators", a[at_most_one], found[at_most_one], "floor"),
        Line("steeper ones", a[~at_most_one], found[~at_most_one], "q"),
    ]
    numbers = {
        "W₁ at slope 1, units of x": w1(1.0),
        "by formula, 2 √(2/π)": (spread - 1) * np.sqrt(2 / np.pi),
        "W₁ at slope 3, units of x": w1(spread),
    }
    return Evidence(lines, "slope a of the generator G(z) = a z", "W₁ to the data, units of x", numbers)


def norm_everywhere() -> Evidence:
    """Two best critics for masses at 0, 8 against 1, 7: their slopes are free where no mass is moved."""
    p, q = (np.array(heights) / sum(heights) for heights in duality.PRESETS["A gap"])
    x = np.arange(duality.PLACES)
    flat = duality.potential_on_line(p, q)
    rise = np.diff(flat)
    rise[duality.passing(p, q) == 0] = [1, 1, 1, -1, -1, -1]
    steep = np.concatenate([[0.0], np.cumsum(rise)])
    u = (np.arange(1000) + 0.5) / 1000
    pairs = [(a, b) for a in x[p > 0] for b in x[q > 0]]  # all as likely as each other
    at = np.concatenate([u * a + (1 - u) * b for a, b in pairs])
    needed = duality.passing(p, q)[np.minimum(at.astype(int), len(x) - 2)] != 0
    lines = [
        Line("a best f, flat between 1 and 7", x, flat, "critic", marks=True),
        Line("another best f", x, steep, "other", "dash", marks=True),
    ]
    numbers = {
        "W₁ by the one, steps": duality.value(flat, p, q),
        "W₁ by the other, steps": duality.value(steep, p, q),
        "share of x̂ where the slope is free": 1 - needed.mean(),
    }
    return Evidence(lines, "place", "f, steps", numbers)


def two_sided() -> Evidence:
    """What a norm costs, before lambda, by both penalties."""
    norm = np.linspace(0, 2, 81)
    both, one = (exact.penalised_loss(norm, 0.0, 1.0, two_sided=each) for each in (True, False))
    lines = [
        Line("(‖∇f‖ − 1)², the paper’s", norm, both, "critic"),
        Line("max(0, ‖∇f‖ − 1)², one-sided", norm, one, "other", "dash"),
    ]
    half = np.searchsorted(norm, 0.5)
    numbers = {"cost of a norm of 0.5": both[half], "the same, one-sided": one[half], "cost of 1.5, by both": both[60]}
    return Evidence(lines, "‖∇f‖", "cost, before λ", numbers)


def slope_of_w1() -> Evidence:
    """W1 and the slope of the best critic, between N(0, 1) and N(theta, 1)."""
    theta = np.linspace(0.1, FAR, 100)
    curves = shift_curves(Gaussian(), Gaussian(), theta)
    lines = [
        Line("W₁, units of x", theta, curves.values["w1"], "critic"),
        Line("its slope: the generator’s gradient", theta, curves.slopes["w1"], "q", "dash"),
    ]
    numbers = {f"slope at θ = {theta[i]:.3g}": curves.slopes["w1"][i] for i in (0, 50, 99)}
    return Evidence(lines, "θ, units of x", "W₁; its slope", numbers)


def clipping() -> Evidence:
    """The steepest critic of these WIDTHS with every weight in [-c, c], and what recorded ones came to.

    With all weights at c the ReLU critic is linear where its inputs are positive, and its gradient has two components
    of c^4 128^3 each: no critic with such weights is steeper.
    """
    c = np.geomspace(1e-3, 0.2, 40)
    inner = np.prod(WIDTHS[1:-1])
    steepest = c ** (len(WIDTHS) - 1) * inner * np.sqrt(WIDTHS[0])
    found = {0.001: "tight_clipping", 0.01: "wgan_clipping"}
    norm = [float(shipped.load(name).course("gradient_norm_mean")[1][-100:].mean()) for name in found.values()]
    lines = [
        Line("steepest that clipping allows", c, steepest, "critic"),
        Line("slope 1", c, np.ones_like(c), "floor", "dot"),
        Line("recorded runs, mean norm at x̂", np.array([*found]), np.array(norm), "q", marks=True),
    ]
    numbers = {
        "allowed at c = 0.001": 1e-12 * inner * np.sqrt(2),
        "allowed at c = 0.01": 1e-8 * inner * np.sqrt(2),
        "allowed at c = 0.1": 1e-4 * inner * np.sqrt(2),
        "mean norm of a run with c = 0.01": norm[1],
    }
    return Evidence(lines, "c", "slope, units of f per unit of x", numbers, "xy")


def zero_sum() -> Evidence:
    """The two losses without penalty, under the best critic of N(0, 1) and N(3, 1), as the samples move by t."""
    p, q = Gaussian(), Gaussian(3.0)
    t = np.linspace(-3, 3, 25)
    x = np.linspace(-10, 16, 2601)
    f = exact.best_critic(p, q, x)
    fake = np.array([_mass(q.shifted(each), x) @ f for each in t])
    critic, generator = fake - _mass(p, x) @ f, -fake
    lines = [Line("critic’s loss", t, critic, "critic"), Line("generator’s loss", t, generator, "q", "dash")]
    numbers = {
        "slope of the critic’s loss": np.polyfit(t, critic, 1)[0],
        "slope of the generator’s loss": np.polyfit(t, generator, 1)[0],
        "their sum varies by": np.ptp(critic + generator),
    }
    return Evidence(lines, "t, how far the samples are moved, units of x", "loss, units of f", numbers)


def _mass(side: Gaussian, x: np.ndarray) -> np.ndarray:
    """Its mass at each of evenly spaced places x (k,)."""
    return np.exp(side.log_density(x)) * (x[1] - x[0])


def balance() -> Evidence:
    """EMD of a GAN and of a WGAN-GP with one step of the judge for each of the generator, and with 25."""
    runs = {
        "GAN, 1 step of D": ("gan_1", "other", "solid"),
        "GAN, 25 steps": ("gan_25", "other", "dash"),
        "WGAN-GP, 1 step of f": ("wgan_1", "critic", "solid"),
        "WGAN-GP, 25 steps": ("wgan_25", "critic", "dash"),
    }
    loaded = {name: (shipped.load(f"claims/{file}"), *style) for name, (file, *style) in runs.items()}
    lines = [Line(name, *run.distance, role, dash) for name, (run, role, dash) in loaded.items()]
    numbers = {f"{name}: EMD at its end, in noise floors": _late(run, 3) for name, (run, *_) in loaded.items()}
    return Evidence([*lines, _floor(loaded["GAN, 1 step of D"][0])], "iteration", "exact EMD, units of x", numbers, "y")


def collapse() -> Evidence:
    """Modes that hold at least HELD of the samples, over the iterations of three shipped runs on 8 Gaussians."""
    runs = {
        "GAN, fast": ("collapse", "other", "dash"),
        "WGAN-GP, paper’s λ = 10": ("wgan_gp", "q", "solid"),
        "WGAN-GP, live preset": ("eight_gaussians", "critic", "dot"),
    }
    lines, numbers = [], {}
    for name, (file, role, dash) in runs.items():
        steps, held = _held(shipped.load(file))
        lines.append(Line(name, steps, held, role, dash))
        numbers[f"{name}: fewest in its second half"] = held[len(held) // 2 :].min()
    return Evidence(lines, "iteration", f"modes with {HELD:.0%} of the samples", numbers)


def _held(run: Recording) -> tuple[np.ndarray, np.ndarray]:
    """Steps (k,) of the frames, and to how many modes at least HELD of the samples are nearest there (k,)."""
    modes = DATASETS[run.config.dataset].modes

    def held(fake: np.ndarray) -> int:
        nearest = np.linalg.norm(fake[:, None] - modes, axis=2).argmin(axis=1)
        return int((np.bincount(nearest, minlength=len(modes)) >= HELD * len(fake)).sum())

    steps = np.array([frame.step for frame in run.frames])
    return steps, np.array([held(frame["fake"]) for frame in run.frames])


def loss_zero() -> Evidence:
    """A critic with weights that are clipped too tight: its loss is 0 throughout, and the samples are nowhere near."""
    run = shipped.load("tight_clipping")
    step, loss = run.course("critic_loss")
    every = slice(None, None, 10)
    at, emd = run.distance
    lines = [
        Line("|critic’s loss|, units of f", step[every], np.maximum(np.abs(loss[every]), 1e-10), "critic"),
        Line("exact EMD, units of x", at, emd, "q", "dash"),
        Line("noise floor", at[[0, -1]], np.full(2, run.floor[0]), "floor", "dot"),
    ]
    numbers = {"greatest |loss|, units of f": np.abs(loss).max(), "EMD at the end, in noise floors": _late(run)}
    return Evidence(lines, "iteration", "units of f; units of x", numbers, "y")


def lambda_ten() -> Evidence:
    """Two runs that differ in lambda alone, on 8 Gaussians."""
    runs = {"λ = 10": (shipped.load("wgan_gp"), "other", "dash"), "λ = 0.1": (shipped.load("toy_code"), "q", "solid")}
    lines = [Line(name, *run.distance, role, dash) for name, (run, role, dash) in runs.items()]
    numbers = {f"{name}: EMD at its end, in noise floors": _late(run) for name, (run, *_) in runs.items()}
    return Evidence([*lines, _floor(runs["λ = 10"][0])], "iteration", "exact EMD, units of x", numbers, "y")


def optimizers() -> Evidence:
    """The same WGAN-GP with Adam and with RMSProp, each at its paper's learning rate."""
    runs = {
        "Adam, 1e-4 (WGAN-GP’s)": (shipped.load("claims/adam"), "q", "solid"),
        "RMSProp, 5e-5 (clipping’s)": (shipped.load("claims/rmsprop"), "other", "dash"),
    }
    lines = [Line(name, *run.distance, role, dash) for name, (run, role, dash) in runs.items()]
    numbers = {f"{name}: EMD, in noise floors": _late(run) for name, (run, *_) in runs.items()}
    return Evidence([*lines, _floor(next(iter(runs.values()))[0])], "iteration", "exact EMD, units of x", numbers, "y")


def faster() -> Evidence:
    """EMD over the iterations of four shipped runs on 8 Gaussians."""
    runs = {
        "GAN, 2e-4": ("gan", "other", "dash"),
        "WGAN, clipping": ("wgan_clipping", "p", "dot"),
        "WGAN-GP, toy code": ("toy_code", "q", "solid"),
        "WGAN-GP, live preset": ("eight_gaussians", "critic", "solid"),
    }
    loaded = {name: (shipped.load(file), *style) for name, (file, *style) in runs.items()}
    lines = [Line(name, *run.distance, role, dash) for name, (run, role, dash) in loaded.items()]
    numbers = {f"{name}: first iteration below 4 floors": _first_below(run, 4) for name, (run, *_) in loaded.items()}
    return Evidence([*lines, _floor(loaded["GAN, 2e-4"][0])], "iteration", "exact EMD, units of x", numbers, "y")


def u_per_pixel() -> Evidence:
    """Where x_hat lies when every coordinate has a u of its own: x - y has d equal coordinates."""
    d = np.array([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 784])
    rng = np.random.default_rng(0)
    spread, off = [], []
    for each in d:
        u = rng.random((2000, each))
        along = u.mean(axis=1)
        spread.append(along.std())
        off.append(np.sqrt(np.square(u - along[:, None]).mean()))
    spread, off = np.array(spread), np.array(off)
    lines = [
        Line("spread of x̂ along the line", d, spread, "critic", marks=True),
        Line("its distance from the line", d[1:], off[1:], "other", "dash", marks=True),
        Line("1 / √(12 d)", d, 1 / np.sqrt(12 * d), "floor", "dot"),
    ]
    numbers = {
        "spread along the line at d = 1": spread[0],
        "at d = 784": spread[-1],
        "by formula, 1 / √(12 · 784)": 1 / np.sqrt(12 * 784),
        "distance from the line at d = 784": off[-1],
        "share of a normal u outside of [0, 1]": 1 - (Gaussian().cdf(1.0) - Gaussian().cdf(0.0)),
    }
    return Evidence(lines, "d, coordinates of a sample", "in lengths of the way from x to G(z)", numbers, "xy")


def wrong_axis() -> Evidence:
    """Norms at x_hat of the clinic's run whose penalty is on single partial derivatives."""
    patient, healthy = case("wrong_axis")
    lines = [
        Line("norm over the wrong axis", *norms(patient)[:2], "other", marks=True),
        Line("over the right ones", *norms(healthy)[:2], "critic", "dash", marks=True),
        Line("√2", np.array([0, patient.steps]), np.full(2, np.sqrt(2)), "floor", "dot"),
    ]
    numbers = {
        "mean ‖∇f(x̂)‖, second half": signs(patient).norm,
        "√d at d = 2": np.sqrt(2),
        "√d at d = 784": np.sqrt(784),
        "the healthy run": signs(healthy).norm,
    }
    return Evidence(lines, "iteration", "mean ‖∇f(x̂)‖", numbers)


def batch_norm() -> Evidence:
    """Score gap and EMD of the clinic's run with batch norm in the critic."""
    patient, healthy = case("batch_norm")
    step, gap = patient.course("score_gap")
    every = slice(None, None, 10)
    lines = [
        Line("score gap, batch norm", step[every], np.maximum(gap[every], 1e-2), "critic"),
        Line("exact EMD, batch norm", *patient.distance, "q"),
        Line("exact EMD, healthy", *healthy.distance, "q", "dash"),
    ]
    numbers = {
        "score gap, second half, units of f": signs(patient).gap,
        "EMD, second half, in noise floors": signs(patient).emd,
        "EMD of the healthy run": signs(healthy).emd,
    }
    return Evidence(lines, "iteration", "units of f; units of x", numbers, "y")


def not_zero() -> Evidence:
    """W1 between two samples of n points of the same N(0, 1), and its law c / sqrt(n)."""
    measure = Gaussian().measure()
    n = np.array([16, 32, 64, 128, 256, 512, 1024, 2048])
    found = np.array([sampling.noise_floor(measure, int(each), 0, draws=DRAWS).mean() for each in n])
    c = sampling.floor_constant(measure)
    lines = [
        Line("W₁ of two samples", n, found, "q", marks=True),
        Line("c / √n", n, c / np.sqrt(n), "floor", "dot"),
    ]
    numbers = {
        "W₁ of two samples of 64, units of x": found[2],
        "of 2,048": found[-1],
        "c / √64": c / 8,
        "between the distributions": wasserstein(measure, measure),
    }
    return Evidence(lines, "n, points a side", "W₁, units of x", numbers, "xy")


def _late(run: Recording, last: int = LAST) -> float:
    """The mean EMD of its last evaluations, in noise floors."""
    return float(run.distance[1][-last:].mean() / run.floor[0])


def _first_below(run: Recording, floors: float) -> float:
    """The first iteration from which three evaluations on end have an EMD below so many noise floors; NaN for never."""
    step, emd = run.distance
    below = emd < floors * run.floor[0]
    first = np.flatnonzero(below[:-2] & below[1:-1] & below[2:])
    return float(step[first[0]]) if len(first) else np.nan


def _floor(run: Recording) -> Line:
    return Line("noise floor", np.array([0.0, run.steps]), np.full(2, run.floor[0]), "floor", "dot")
