"""Data on the line: the exact potential beside the critic, and what is drawn, kept and written of such a run."""

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.stats import norm, wasserstein_distance

from tests.messages import decode
from wgan_demo.datasets import TOY, from_points
from wgan_demo.engine.kinds import evaluate
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.objectives import OBJECTIVES
from wgan_demo.gan.runs.frame import Frame
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.slow_motion.captions import caption, pieces
from wgan_demo.gan.slow_motion.take_apart import take_apart
from wgan_demo.gan.spaces import line, plane
from wgan_demo.gan.spaces.floors import emd
from wgan_demo.gan.spaces.line import curves, potential, reach
from wgan_demo.gan.spaces.points import FINE, mode_coverage, pack
from wgan_demo.plots import stage, theme
from wgan_demo.plots.film import gif, ink
from wgan_demo.plots.film import line as of_line
from wgan_demo.plots.slow_motion.message import pack as pack_walk
from wgan_demo.plots.slow_motion.places import PLACES

LINE = [name for name, dataset in TOY.items() if dataset.space.kind == "line"]
SMALL = TrainConfig(dataset="three_bumps", hidden=(16, 16), batch_size=16, seed=3)
RNG = np.random.default_rng(0)


@pytest.fixture(scope="module")
def trainer():
    torch.set_num_threads(1)
    made = trainer_for(SMALL)
    list(made.run(3))
    return made


@pytest.fixture(scope="module")
def recording(trainer) -> Recording:
    made = Recording.of(trainer)
    measures, frame = evaluate(trainer)
    made.evaluations, made.frames = np.array([made.row(trainer, measures)]), [frame]
    return made


# Data and numbers


def test_data_on_the_line_are_of_that_space():
    assert LINE == ["three_bumps", "uneven_bumps"]
    assert [TOY[name].space.kind for name in ("moons", "turning")] == ["plane", "plane"]
    column = from_points("mine", np.array([[1.0], [3.0]]), ("a",))
    assert (column.space.kind, column.space.shape, column.sample(5, RNG).shape) == ("line", (1,), (5, 1))
    assert set(column.sample(50, RNG).ravel()) == {-1.0, 1.0}  # mean 0 and deviation 1
    assert (TrainConfig(columns=1, dataset="mine").space.kind, SMALL.space.kind) == ("line", "line")
    with pytest.raises(ValueError, match="dataset must be one of"):
        _ = TrainConfig(dataset="mine").space
    for points, axes in ((np.ones((4, 3)), ("a", "b", "c")), (np.ones((4, 2)), ("a",))):
        with pytest.raises(ValueError, match="one or two columns"):
            from_points("mine", points, axes)


SAME = np.full(100, 293.15)
VARYING = {
    "serial numbers": 20240000000001.0 + np.arange(100),
    "seconds since 1970 at 10 kHz": 1.7e9 + 1e-4 * np.arange(100),
    "far from 0": 1e12 + RNG.random(100),
    "tiny": 1e-200 * RNG.normal(size=100),
    "huge": 1e300 * RNG.uniform(-1, 1, 100),
    "small numbers": 1e-12 * RNG.normal(size=100),
}


@pytest.mark.parametrize("name", VARYING)
def test_a_column_that_varies_is_scaled_whatever_its_size(name):
    column = VARYING[name]
    scaled = from_points("mine", column[:, None], ("a",)).sample(20_000, np.random.default_rng(0)).ravel()
    z = np.unique(scaled)
    exact = (column - column.min()) / np.ptp(column)
    exact = np.unique((exact - exact.mean()) / exact.std())
    np.testing.assert_allclose(z, exact, rtol=1e-9, atol=1e-9)
    with pytest.raises(ValueError, match="The column “same” is constant"):
        from_points("mine", np.column_stack([SAME, column]), ("same", "varies"))
    with pytest.raises(ValueError, match="The column “same” is constant"):
        from_points("mine", np.column_stack([column, SAME]), ("varies", "same"))


@pytest.mark.parametrize("value", [0, 293.15, -1e-300, 1e300])
def test_a_column_that_only_rounding_varies_is_constant(value):
    column = np.full((9, 1), float(value))
    column[::2] = np.nextafter(column[::2], np.inf) if value else 0
    with pytest.raises(ValueError, match="is constant"):
        from_points("mine", column, ("a",))


def test_the_uneven_bumps_are_their_mixture():
    x = np.sort(TOY["uneven_bumps"].sample(40_000, np.random.default_rng(1)).ravel())
    law = 0.7 * norm(-0.8, 0.35).cdf(x) + 0.3 * norm(1.3, 0.1).cdf(x)
    assert np.abs(law - np.linspace(0, 1, len(x))).max() < 1.63 / len(x) ** 0.5  # Kolmogorov, 1 %


@pytest.mark.parametrize("name", LINE)
def test_the_emd_on_the_line_is_scipy_s(name):
    x, y = (TOY[name].sample(n, RNG) for n in (300, 200))
    assert emd(x, y + 0.1) == pytest.approx(wasserstein_distance(x.ravel(), y.ravel() + 0.1), rel=1e-9)


@pytest.mark.parametrize("name", LINE)
def test_the_noise_floor_is_that_of_many_pairs(name):
    dataset, rng = TOY[name], np.random.default_rng(5)
    pairs = np.sort(dataset.sample(2000 * 2 * 512, rng).reshape(2000, 2, 512))
    values = np.abs(pairs[:, 0] - pairs[:, 1]).mean(axis=1)
    measured = line.VIEW.floor(replace(dataset, name=""))
    for mean, std, n in ((*line.VIEW.floor(dataset), 1000), (*measured, 400)):
        assert mean == pytest.approx(values.mean(), abs=4 * std * (1 / n + 1 / 2000) ** 0.5)
        assert std == pytest.approx(values.std(), rel=0.2)


def test_real_data_are_of_high_quality():
    dataset = TOY["three_bumps"]
    covered, quality = mode_coverage(dataset.sample(40_000, RNG), dataset.modes, dataset.mode_std)
    assert covered == 3
    assert quality == pytest.approx(line.REAL_QUALITY, abs=0.001)
    ring = TOY["eight_gaussians"]
    assert mode_coverage(ring.sample(40_000, RNG), ring.modes, ring.mode_std)[1] == pytest.approx(
        plane.REAL_QUALITY, abs=0.002
    )


def test_the_critic_s_curve_is_the_critic(trainer, recording):
    surface = line.curve(trainer.score, trainer.dataset.space)
    assert surface.shape == recording.frames[0]["surface"].shape == (1, line.PLACES)
    with torch.no_grad():
        expected = trainer.critic(torch.linspace(-2.2, 2.2, line.PLACES)[:, None])
    np.testing.assert_allclose(surface[0], expected[:, 0], atol=1e-6)


# The potential


@pytest.mark.parametrize(("n", "m"), [(512, 512), (7, 5), (1, 1)])
def test_the_potential_reaches_w1_and_is_1_lipschitz(n, m):
    real, fake = RNG.normal(size=(n, 1)), RNG.normal(1, 2, (m, 1)).round(1)
    x, f = potential(real, fake)
    gap = np.interp(real, x, f).mean() - np.interp(fake, x, f).mean()
    assert gap == pytest.approx(wasserstein_distance(real.ravel(), fake.ravel()), abs=1e-12)
    assert np.abs(np.diff(f) / np.diff(x)).max(initial=0) <= 1 + 1e-9
    assert np.interp(np.concatenate([real, fake]), x, f).mean() == pytest.approx(0, abs=1e-12)


def test_the_potential_between_two_points_is_the_way_from_one_to_the_other():
    x, f = potential(np.array([[2.0]]), np.array([[-1.0]]))
    np.testing.assert_allclose((x, f), ([-1, 2], [-1.5, 1.5]))
    x, f = potential(np.array([[0.5], [1.0]]), np.array([[1.0], [0.5]]))  # the same points: nothing to tell
    np.testing.assert_allclose((x, f), ([0.5, 1.0], [0, 0]))


def test_a_wasserstein_critic_is_moved_and_not_stretched_and_another_score_stays(recording):
    (frame,) = recording.frames
    grid, critic, exact = curves(recording, frame)
    assert (grid[0], grid[-1], len(grid)) == (-2.2, 2.2, line.PLACES)
    assert np.ptp(critic - frame["surface"][0]) < 1e-6
    points = np.concatenate([recording.real, frame["fake"]]).ravel()
    assert np.interp(points, grid, critic).mean() == pytest.approx(0, abs=1e-9)
    assert np.abs(np.diff(exact)).max() <= 1.0001 * np.diff(grid)[0]
    other = replace(recording, config=replace(SMALL, loss="hinge"))
    np.testing.assert_array_equal(curves(other, frame)[1], frame["surface"][0])


@pytest.mark.parametrize("loss", OBJECTIVES)
def test_a_score_that_counts_up_to_a_constant_leaves_the_critic_s_loss_as_it_is(loss):
    real, fake = (torch.from_numpy(RNG.normal(size=9)) for _ in range(2))
    before, after = (LOSSES[loss].critic(real + c, fake + c).item() for c in (0, 1))
    assert (after == pytest.approx(before)) == OBJECTIVES[loss].up_to_constant


def framed(recording, fake, f, steps=1) -> Recording:
    """The recording with `steps` equal frames: points fake (n,) below a critic f (k,)."""
    arrays = {"fake": np.array(fake, float)[:, None], "surface": np.array(f, float)[None]}
    frame = Frame(5, arrays | {"norms": np.ones(1), "interpolates": np.empty((0, 2))})
    return replace(recording, frames=[frame] * steps)


def test_points_beyond_the_extent_count_for_the_potential_and_not_for_the_means(recording):
    grid = np.linspace(-2.2, 2.2, line.PLACES)
    far = framed(replace(recording, real=np.full((8, 1), 0.5)), [-0.5] * 4 + [4.4] * 4, grid)
    _, critic, exact = curves(far, far.frames[0])
    # Twelve points lie within: 8 at 0.5 and 4 at -0.5, where f = x has the mean 1/6.
    np.testing.assert_allclose(critic, grid - 1 / 6, atol=1e-12)
    # Half the mass goes 1 to the left and half 3.9 to the right: f falls both ways, to -1 at -0.5, so its mean is -1/3.
    expected = np.where(grid < 0.5, np.maximum(grid - 0.5, -1), 0.5 - grid) + 1 / 3
    np.testing.assert_allclose(exact, expected, atol=1e-9)
    gone = framed(replace(recording, real=np.full((8, 1), 4.4)), [-4.4] * 4, grid)
    np.testing.assert_allclose(curves(gone, gone.frames[0])[1:], [grid, grid], atol=1e-9)


# The axis of both curves


@pytest.mark.parametrize("name", LINE)
def test_every_potential_of_a_film_fits_its_axis_and_so_does_nearly_all_of_f_where_points_lie(name):
    film_of = shipped.load(name)
    high = reach(film_of, film_of.frames) * film_of.space.extent
    values = []
    for frame in film_of.frames:
        grid, critic, exact = curves(film_of, frame)
        assert np.abs(exact).max() <= high
        assert reach(film_of, [frame]) * film_of.space.extent >= np.abs(exact).max()
        values.append(np.interp(np.concatenate([film_of.real, frame["fake"]]).ravel(), grid, critic))
    assert (np.abs(np.concatenate(values)) <= high).mean() >= 0.98
    assert reach(film_of, film_of.frames) * 4 % 1 == 0


def test_the_axis_follows_f_until_the_potential_would_have_less_than_half_of_it(recording):
    grid = np.linspace(-2.2, 2.2, line.PLACES)
    apart = replace(recording, real=np.full((20, 1), 2.2))
    reaches = [reach(run, run.frames) for run in (framed(apart, [-2.2], c * grid, 2) for c in (0, 1, 1.5, 1000))]
    # The mean place is 20/21 of the way from the fake to the real points: there the potential is 1.905 extents deep.
    assert reaches == [2.0, 2.0, 3.0, 4.0]
    one = framed(apart, [-2.2], 1000 * grid)
    assert reach(one, one.frames) == 2.0


@pytest.mark.parametrize("seed", range(5))
def test_no_potential_is_higher_than_two_extents(recording, seed):
    rng = np.random.default_rng(seed)
    real, fake = (rng.normal(rng.uniform(-4, 4), rng.uniform(0.01, 4), (n, 1)) for n in (40, 30))
    far = framed(replace(recording, real=real), fake.ravel(), np.zeros(line.PLACES))
    assert np.abs(curves(far, far.frames[0])[2]).max() <= 2 * 2.2 + 1e-9


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "a penalty of finite λ lets the best critic be steeper"),
        ({"regularizer": "spectral_norm"}, "what a perfect critic would be"),
        ({"regularizer": "clipping"}, "the best critic is no more than K times as steep"),
        ({"regularizer": "none"}, "without a constraint no critic is perfect"),
        ({"gp_weight": 0.0}, "without a constraint no critic is perfect"),
        ({"loss": "hinge", "regularizer": "none"}, "what a perfect Wasserstein critic would be"),
    ],
)
def test_the_caption_says_what_the_potential_is_to_the_critic(recording, settings, said):
    assert said in line.caption(replace(recording, config=replace(SMALL, **settings)))


# What is drawn


def test_a_message_holds_both_curves_to_16_bits(recording):
    header, (group,) = decode(stage.pack({}, [(stage.Run(recording), recording.frames)]))
    (run,), (frame,) = header["runs"], recording.frames
    for shares, points in ((group["real"], recording.real), (group["fake"][0], frame["fake"])):
        np.testing.assert_allclose((shares / FINE * 2 - 1) * 2.2, points.clip(-2.2, 2.2), atol=4.5 / FINE)
    for shares, (low, high), values in zip(
        group["fields"][0] / FINE, group["range"][0], curves(recording, frame)[1:], strict=True
    ):
        np.testing.assert_allclose(low + shares * (high - low), values, atol=1.1 * (high - low) / FINE)
    x, share = frame["interpolates"].T
    np.testing.assert_allclose(group["ends"][0, :, 0] / FINE, x / 4.4 + 0.5, atol=1.1 / FINE)
    np.testing.assert_allclose(group["u"][0] / FINE, share, atol=1.1 / FINE)
    assert run["units"] == ["units of x", "units of f"]
    assert (run["up_to_constant"], run["reach"]) == (True, reach(recording, recording.frames))
    assert "Kantorovich potential" in run["alt"]
    assert "by" not in run["alt"].partition("spread over")[2].partition(";")[0]


def test_a_critic_of_tiny_values_is_drawn_as_well_as_any(recording):
    (frame,) = recording.frames
    fields = np.stack(curves(recording, frame)[1:])
    tiny, flat = (pack(recording, frame, size * fields)["fields"] for size in (2.0**-60, 0))
    np.testing.assert_array_equal(tiny, pack(recording, frame, fields)["fields"])
    np.testing.assert_array_equal(flat, 0)


def frame_of(recording, fake, f) -> np.ndarray:
    """The film's picture of points fake (n,) below a critic f (k,)."""
    film = gif.film_gif(framed(recording, fake, f))
    return np.array(Image.open(io.BytesIO(film)).convert("RGB"))[ink.STRIP :].astype(int)


def near(picture: np.ndarray, color: str) -> np.ndarray:
    return np.abs(picture - ink._rgb(color)).max(axis=2) <= 2


def test_the_film_s_histograms_lie_where_the_points_are_and_its_critic_has_its_slope(recording):
    picture = frame_of(recording, [-1.1] * 9, np.linspace(-2.2, 2.2, line.PLACES))
    axis = round(of_line.AXIS * 360)
    hanging = near(picture, theme.TARGET)
    assert not hanging[: axis - 2].any()
    assert np.nonzero(hanging.any(axis=0))[0] == pytest.approx(90, abs=8)  # a quarter of 360
    upright = near(picture, theme.SOURCE)
    assert not upright[axis + 3 :].any()
    filled = upright[axis - 3]
    assert filled[[round((mode / 2.2 + 1) * 180) for mode in (-1.4, 0.2, 1.4)]].all()
    assert not filled[[10, 120, 350]].any()
    # f = x rises one unit for each: half the curves' height is `reach` extents.
    rows, columns = np.nonzero(near(picture, theme.CRITIC)[: round(of_line.TOP * 360) - 40, 30:-30])
    slope = np.polyfit(columns, -rows, 1)[0]
    (frame,) = framed(recording, [-1.1] * 9, np.linspace(-2.2, 2.2, line.PLACES)).frames
    assert slope == pytest.approx(of_line.TOP / reach(recording, [frame]), rel=0.05)


def test_the_film_cuts_a_curve_that_leaves_and_says_so(recording):
    top = round(of_line.TOP * 360)
    green = near(frame_of(recording, [0.0], 10 * np.linspace(-2.2, 2.2, line.PLACES)), theme.CRITIC)
    assert not green[top + 1 :].any()  # nothing below, in the histograms
    for words in (green[4:20, 200:], green[top - 19 : top - 3, 200:]):
        assert 60 < np.ptp(np.nonzero(words.any(axis=0))[0]) < 160
    assert not green[:2, 230:].any()
    assert not green[top - 2 : top + 1, :130].any()  # no line along the border
    inside = near(frame_of(recording, [0.0], np.linspace(-0.1, 0.1, line.PLACES)), theme.CRITIC)
    assert not inside[4:20, 200:].any()


def test_the_film_says_that_a_score_has_its_own_scale(recording):
    words = slice(round(of_line.TOP * 360) - 34, round(of_line.TOP * 360) - 20)
    widths = []
    for loss in ("wasserstein", "hinge"):
        green = near(frame_of(replace(recording, config=replace(SMALL, loss=loss)), [0.0], np.zeros(161)), theme.CRITIC)
        widths.append(np.ptp(np.nonzero(green[words].any(axis=0))[0]))
    assert widths[0] < 60 < 120 < widths[1]


def test_the_film_and_the_stage_have_the_same_proportions():
    folder = Path(__file__).parent.parent / "static/stage"
    source = "".join((folder / f"{name}.js").read_text() for name in ("line", "curves", "histogram"))
    for name in ("TOP", "AXIS", "BINS"):
        (value,) = re.findall(rf"\b{name} = ([\d.]+)", source)
        assert float(value) == getattr(of_line, name)


@pytest.mark.parametrize("loss", ["wasserstein", "non_saturating"])
def test_an_iteration_in_slow_motion(loss):
    trainer = trainer_for(replace(SMALL, loss=loss))
    list(trainer.run(2))
    trace = take_apart(trainer)
    assert trace.real.shape == trace.gradient.shape == trace.moves.shape == (16, 1)
    np.testing.assert_allclose(trace.norms, np.abs(trace.gradient[:, 0]), rtol=1e-4)
    plane = PLACES["line"].lifted(trace)
    u = trace.u[:, None]
    np.testing.assert_allclose(plane.x_hat, u * plane.real + (1 - u) * plane.fake, atol=1e-5)  # on its line there too
    np.testing.assert_array_equal(plane.gradient[:, 1], 0)
    assert PLACES["plane"].lifted(plane) is plane
    for piece in pieces(trace.config):
        said = caption(trace, piece, 2)
        assert not any("x_2" in text or "partial_2" in text for text in (said.formula, *said.numbers))
    header, (_, samples, surfaces) = decode(pack_walk(trace, {}))
    assert header["heights"] is False  # they are the picture's alone
    np.testing.assert_array_equal(samples["x_hat"][:, 0], trace.x_hat[: trace.show, 0])
    assert surfaces["before"].shape == (1, line.PLACES)


def test_a_file_with_a_square_on_the_line_is_refused(recording, tmp_path):
    recording.save(tmp_path / "good.npz")
    Recording.load(tmp_path / "good.npz")
    with np.load(tmp_path / "good.npz") as archive:
        np.savez(tmp_path / "bad.npz", **dict(archive) | {"frame_surface": np.zeros((1, 40, 40))})
    with pytest.raises(ValueError, match=r"“frame_surface” holds float64 of shape \(1, 40, 40\)"):
        Recording.load(tmp_path / "bad.npz")
