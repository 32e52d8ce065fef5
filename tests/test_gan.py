"""WGAN-GP: closed forms of its parts, laws of a run, and a critic held against exact optimal transport."""

import io
import pickle
import re
import zipfile
from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.datasets import make_moons, make_swiss_roll

from wgan_demo.datasets import DATASETS, SHIPPED, Dataset, from_points, spaces
from wgan_demo.datasets.toy import turned
from wgan_demo.engine.kinds import evaluate
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.lipschitz import REGULARIZERS, SpectralLinear, gradient_norms, gradient_penalty, interpolate
from wgan_demo.gan.losses import LOSSES
from wgan_demo.gan.networks.mlp import INITS, mlp
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.recording import RECORD_COLUMNS, Recording
from wgan_demo.gan.spaces import VIEWS, plane
from wgan_demo.gan.spaces.floors import emd, measured_floor
from wgan_demo.gan.spaces.points import mode_coverage
from wgan_demo.gan.trainer import Trainer

SMALL = TrainConfig(hidden=(16, 16), batch_size=32, seed=5)


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def weights(trainer: Trainer) -> list[torch.Tensor]:
    return [
        p.detach().clone() for net in (trainer.generator, trainer.critic, trainer.averaged) for p in net.parameters()
    ]


def same(first: list[torch.Tensor], second: list[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


# Gradient penalty


@pytest.mark.parametrize("shape", [(2,), (1, 4, 4), (3, 2, 2)])
def test_penalty_of_a_linear_critic_of_slope_5_is_16(shape):
    direction = torch.randn(shape, generator=rng())
    direction *= 5 / direction.norm()
    real, fake = torch.randn(2, 10, *shape, generator=rng(1))

    def critic(x):
        return (x * direction).flatten(1).sum(dim=1)

    assert gradient_penalty(critic, real, fake, generator=rng()).item() == pytest.approx(16, rel=1e-5)
    torch.testing.assert_close(gradient_norms(critic, real), torch.full((10,), 5.0))


def test_norms_are_over_all_axes_of_a_sample():
    x = torch.randn(6, 1, 4, 4, generator=rng())
    tiny = gradient_norms(lambda x: 1e-8 * x.flatten(1).sum(dim=1), torch.zeros(3, 4))
    torch.testing.assert_close(tiny, torch.full((3,), 2e-8))  # no floor: that is the penalty's
    norms = gradient_norms(lambda x: 0.5 * x.square().flatten(1).sum(dim=1), x)  # the gradient is x itself
    torch.testing.assert_close(norms, x.flatten(1).norm(dim=1))


def test_u_is_one_per_sample_and_uniform():
    u = interpolate(torch.ones(4000, 1, 4, 4), torch.zeros(4000, 1, 4, 4), generator=rng()).flatten(1)
    assert (u == u[:, :1]).all()
    assert 0 <= u.min() < 0.01
    assert 0.99 < u.max() <= 1
    assert u[:, 0].mean().item() == pytest.approx(0.5, abs=4 * (1 / 12 / 4000) ** 0.5)
    assert u[:, 0].var().item() == pytest.approx(1 / 12, rel=0.1)


def test_a_flat_critic_has_penalty_1_and_no_nan_in_its_gradient():
    slope = torch.zeros(2, requires_grad=True)
    loss = gradient_penalty(lambda x: x @ slope, torch.ones(4, 2), torch.zeros(4, 2), generator=rng())
    loss.backward()
    assert loss.item() == pytest.approx(1, abs=1e-5)
    assert torch.isfinite(slope.grad).all()


def test_penalty_moves_a_flat_and_a_steep_critic_towards_slope_1():
    for start in (0.3, 4.0):
        slope = torch.tensor([start, 0.0], requires_grad=True)
        gradient_penalty(
            lambda x, slope=slope: x @ slope, torch.ones(4, 2), torch.zeros(4, 2), generator=rng()
        ).backward()
        assert (slope.grad[0] * (start - 1)).item() > 0


# Losses, networks, settings


def test_wasserstein_losses_are_differences_of_means():
    real, fake = torch.tensor([1.0, 5.0]), torch.tensor([2.0, -4.0])
    assert LOSSES["wasserstein"].critic(real, fake).item() == -1 - 3
    assert LOSSES["wasserstein"].generator(fake).item() == 1


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("regularizer", REGULARIZERS)
def test_every_entry_trains(loss, regularizer):
    trainer = Trainer(replace(SMALL, loss=loss, regularizer=regularizer))
    assert np.isfinite(list(trainer.run(3))).all()


def test_a_critic_prefers_real_scores_high_and_a_generator_its_own():
    for loss in LOSSES.values():
        scores = torch.full((2, 8), 0.1, requires_grad=True)
        loss.critic(*scores).backward()
        assert (scores.grad[0] < 0).all()
        assert (scores.grad[1] > 0).all()
        fake = torch.zeros(8, requires_grad=True)
        loss.generator(fake).backward()
        assert (fake.grad < 0).all()


def test_clipping_keeps_every_weight_within_c():
    trainer = Trainer(replace(SMALL, regularizer="clipping", clip=0.03, optimizer="rmsprop"))
    list(trainer.run(2))
    assert max(parameter.abs().max().item() for parameter in trainer.critic.parameters()) <= 0.03 + 1e-8


def test_spectral_normalisation_makes_a_critic_1_lipschitz():
    trainer = Trainer(replace(SMALL, regularizer="spectral_norm", loss="hinge"))
    list(trainer.run(20))
    for layer in trainer.critic:
        if isinstance(layer, SpectralLinear):
            sigma = layer.u @ layer.weight @ layer.v
            assert sigma.item() == pytest.approx(torch.linalg.matrix_norm(layer.weight, 2).item(), rel=0.02)
    x = 3 * torch.randn(500, 2, generator=rng())
    assert gradient_norms(trainer.critic, x).max().item() < 1.05


def test_batch_norm_stands_in_the_critic_alone_and_looking_does_not_move_it():
    trainer = Trainer(replace(SMALL, batch_norm=True))
    assert any(isinstance(layer, torch.nn.BatchNorm1d) for layer in trainer.critic)
    assert not any(isinstance(layer, torch.nn.BatchNorm1d) for layer in trainer.generator)
    trainer.step()
    before = {name: value.clone() for name, value in trainer.critic.state_dict().items()}
    evaluate(trainer)
    assert all(torch.equal(before[name], value) for name, value in trainer.critic.state_dict().items())
    assert trainer.critic.training


def test_mlp_sizes_and_initial_spread():
    net = mlp((2, 300, 300, 1), init=INITS["he"], generator=rng())
    assert [tuple(p.shape) for p in net.parameters()] == [(300, 2), (300,), (300, 300), (300,), (1, 300), (1,)]
    assert net[2].weight.std().item() == pytest.approx((2 / 300) ** 0.5, rel=0.02)
    assert not net[2].bias.any()
    plain = mlp((2, 300, 300, 1), init=INITS["torch"], generator=rng())
    assert plain[2].weight.abs().max().item() <= 300**-0.5
    assert plain[2].weight.std().item() == pytest.approx((3 * 300) ** -0.5, rel=0.02)


@pytest.mark.parametrize(
    "field",
    [
        {"gp_weight": -1},
        {"gp_weight": float("nan")},
        {"lr": 0},
        {"lr": float("inf")},
        {"n_critic": 0},
        {"batch_size": 1},
        {"ema": 1},
        {"betas": (0.5, 1.0)},
        {"betas": (0.5,)},
        {"hidden": ()},
        {"hidden": (0,)},
        {"hidden": (5000,)},
        {"seed": -1},
        {"init": "magic"},
    ],
    ids=str,
)
def test_settings_that_make_no_sense_are_refused(field):
    with pytest.raises(ValueError, match=next(iter(field))):
        TrainConfig(**field)


@pytest.mark.parametrize("field", ["dataset", "loss", "regularizer", "optimizer"])
def test_unknown_names_are_refused(field):
    with pytest.raises(ValueError, match=f"{field} must be one of"):
        Trainer(TrainConfig(**{field: "magic"}))


def test_a_config_survives_a_dictionary_and_hashes():
    for config in (TrainConfig(), *(preset.config("swiss_roll") for preset in PRESETS.values())):
        assert TrainConfig.from_dict(config.as_dict() | {"of_a_later_version": 1}) == config
        assert hash(TrainConfig.from_dict(config.as_dict())) == hash(config)


# A run


def test_critic_loss_is_minus_gap_plus_lambda_times_penalty():
    for record in Trainer(replace(SMALL, gp_weight=7.0)).run(20):
        assert record.critic_loss == pytest.approx(-record.score_gap + 7 * record.gradient_penalty, abs=1e-5)


def test_same_seed_same_run_and_another_seed_another():
    first, second, other = (Trainer(replace(SMALL, seed=seed)) for seed in (5, 5, 6))
    assert list(first.run(20)) == list(second.run(20)) != list(other.run(20))
    assert same(weights(first), weights(second))
    assert not same(weights(first), weights(other))


def test_a_run_does_not_touch_global_randomness():
    torch.manual_seed(0)
    before, numpy_before = torch.get_rng_state(), np.random.get_state()[1].copy()  # noqa: NPY002
    trainer = Trainer(SMALL)
    trainer.step()
    evaluate(trainer)
    assert torch.equal(before, torch.get_rng_state())
    assert (numpy_before == np.random.get_state()[1]).all()  # noqa: NPY002


def test_looking_does_not_change_the_run_nor_later_looks():
    watched, alone = Trainer(SMALL), Trainer(SMALL)
    for _ in range(6):
        watched.sample(10)
        evaluate(watched)
        watched.step()
    list(alone.run(6))
    assert same(weights(watched), weights(alone))
    assert watched.step() == alone.step()
    assert evaluate(watched)[0] == evaluate(alone)[0]


def test_a_restored_run_continues_bit_for_bit():
    trainer = Trainer(SMALL)
    list(trainer.run(7))
    state = trainer.state_dict()
    expected = list(trainer.run(7)), trainer.sample(5).tolist(), evaluate(trainer)[0]
    restored = Trainer(SMALL)
    restored.load_state_dict(state)
    assert (list(restored.run(7)), restored.sample(5).tolist(), evaluate(restored)[0]) == expected
    assert same(weights(restored), weights(trainer))


def test_ema_averages_the_generator_and_0_turns_it_off():
    trainer = Trainer(replace(SMALL, ema=0.9))
    expected = [p.detach().clone() for p in trainer.generator.parameters()]
    for _ in range(5):
        trainer.step()
        expected = [
            0.9 * old + 0.1 * new.detach() for old, new in zip(expected, trainer.generator.parameters(), strict=True)
        ]
    for average, by_hand in zip(trainer.averaged.parameters(), expected, strict=True):
        torch.testing.assert_close(average.detach(), by_hand)
    plain = Trainer(replace(SMALL, ema=0.0))
    assert plain.averaged is plain.generator


def test_learning_rate_falls_linearly_to_its_final_share():
    trainer = Trainer(replace(SMALL, lr=1e-3, lr_decay_steps=10, lr_final=0.1))
    rates = [trainer.step() and trainer.critic_optimizer.param_groups[0]["lr"] for _ in range(15)]
    np.testing.assert_allclose(rates[:11], np.linspace(1e-3, 1e-4, 11))
    np.testing.assert_allclose(rates[10:], 1e-4)


def test_the_gap_of_a_trained_critic_is_the_exact_w1_of_a_known_shift():
    blob = Dataset("", "blob", lambda n, rng: 0.3 * rng.standard_normal((n, 2)), spaces.plane())
    # lambda = 100: the best slope of a critic under the penalty is 1 + W1 / (2 lambda) = 1.01.
    trainer = Trainer(TrainConfig(hidden=(64, 64), batch_size=128, gp_weight=100, ema=0, lr_decay_steps=0), blob)
    trainer.generator = torch.nn.Linear(2, 2)
    with torch.no_grad():
        trainer.generator.weight.copy_(0.3 * torch.eye(2))
        trainer.generator.bias.copy_(torch.tensor([2.0, 0.0]))
        for _ in range(300):
            with torch.enable_grad():
                trainer.critic_step()
        real, fake = trainer.real(512), trainer.fake(512)
        gap = trainer.critic(real).mean() - trainer.critic(fake).mean()
    w1 = emd(real.numpy(), fake.numpy())
    assert w1 == pytest.approx(2, abs=0.1)
    assert gap.item() == pytest.approx(w1, rel=0.1)


def test_a_table_can_be_learned():
    table = np.random.default_rng(0).normal([3, -5], [0.1, 20], (200, 2))
    trainer = Trainer(replace(SMALL, dataset="mine", columns=2), from_points("mine", table, ("a", "b")))
    recording = Recording.of(trainer)
    measures, frame = evaluate(trainer)
    assert recording.axes == ("a", "b")
    assert np.abs(recording.real).max() <= recording.space.extent
    assert np.isnan(measures["modes"])
    assert frame["fake"].shape == recording.real.shape


# Evaluation


def test_the_interpolates_of_a_frame_are_where_its_norms_were_measured():
    trainer = Trainer(SMALL)
    _, frame = evaluate(trainer)
    real, u = np.split(frame["interpolates"], [2], axis=1)
    x_hat = u * real + (1 - u) * frame["fake"][: len(u)]
    norms = gradient_norms(trainer.critic, torch.from_numpy(x_hat)).numpy()
    np.testing.assert_allclose(norms, frame["norms"][: len(u)], rtol=1e-5)
    assert ((u > 0) & (u < 1)).all()
    modes = DATASETS[SMALL.dataset].modes
    assert np.linalg.norm(real[:, None] - modes, axis=2).min(axis=1).max() < 0.1  # real points they are


def test_the_noise_floor_is_the_known_one():
    mean, std = measured_floor(DATASETS["eight_gaussians"], 16, n=1000)
    assert mean * 1.414 == pytest.approx(0.119, abs=0.03)
    assert 0 < std < mean


@pytest.mark.parametrize("name", [name for name, dataset in DATASETS.items() if dataset.space.kind == "plane"])
def test_shipped_noise_floors_are_those_of_other_pairs(name):
    mean, std = VIEWS[DATASETS[name].space.kind].floor(DATASETS[name])
    fresh, _ = measured_floor(DATASETS[name], 24, seed=1)
    assert fresh == pytest.approx(mean, abs=4 * std / 24**0.5)
    assert shipped.load(name).floor == (mean, std)


@pytest.mark.parametrize("name", ["eight_gaussians", "twenty_five_gaussians"])
def test_real_data_cover_all_modes_with_quality_98_9_percent(name):
    dataset, n = DATASETS[name], 20_000
    modes, quality = mode_coverage(dataset.sample(n, np.random.default_rng(1)), dataset.modes, dataset.mode_std)
    expected = 1 - np.exp(-4.5)
    assert modes == len(dataset.modes)
    assert quality == pytest.approx(expected, abs=4 * (expected * (1 - expected) / n) ** 0.5)


def test_a_collapsed_generator_covers_one_mode():
    dataset = DATASETS["eight_gaussians"]
    assert mode_coverage(np.repeat(dataset.modes[:1], 50, axis=0), dataset.modes, dataset.mode_std) == (1, 1.0)
    assert mode_coverage(np.zeros((50, 2)), dataset.modes, dataset.mode_std) == (0, 0.0)


def test_the_surface_is_the_critic_row_by_row():
    surface = plane.surface(lambda x: x[:, 0] + 10 * x[:, 1], spaces.plane(2.0), k=5)
    np.testing.assert_allclose(surface, np.linspace(-2, 2, 5) + 10 * np.linspace(-2, 2, 5)[:, None], rtol=1e-5)


# Data


@pytest.mark.parametrize("name", SHIPPED)
def test_every_data_set_is_seeded_and_fits_its_square(name):
    dataset = DATASETS[name]
    points = dataset.sample(5000, np.random.default_rng(3))
    assert points.shape == (5000, *dataset.space.shape)
    assert np.abs(points).max() <= dataset.space.extent
    np.testing.assert_array_equal(points, dataset.sample(5000, np.random.default_rng(3)))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_data_set_stands_still_or_turns_as_a_whole(name):
    dataset = DATASETS[name]
    points = dataset.sample(500, np.random.default_rng(3))
    if not dataset.period:
        assert dataset.at(77) is dataset
        return
    for quarters in range(5):
        later = dataset.at(quarters * dataset.period // 4)
        expected = points[:, 0] + 1j * points[:, 1]
        x, y = later.sample(500, np.random.default_rng(3)).T
        np.testing.assert_allclose(x + 1j * y, expected * 1j**quarters, atol=1e-12)
        np.testing.assert_allclose(later.modes @ [1, 1j], (dataset.modes @ [1, 1j]) * 1j**quarters, atol=1e-12)
    eighth = dataset.at(dataset.period // 8)  # the modes are where they were, each in the place of its neighbour
    np.testing.assert_allclose(eighth.modes, np.roll(dataset.modes, -1, axis=0), atol=1e-12)
    for step in range(0, dataset.period, 100):
        assert np.abs(dataset.at(step).sample(500, np.random.default_rng(3))).max() <= dataset.space.extent


def test_a_run_is_trained_and_judged_on_the_distribution_of_its_iteration():
    dataset = DATASETS["turning"]
    trainer = Trainer(replace(SMALL, dataset="turning"))
    started = Recording.of(trainer)
    frames = []
    for step in (0, 250, 700):
        trainer.steps_done = step
        modes = dataset.at(step).modes
        batch = trainer.real(64).numpy()
        assert np.linalg.norm(batch[:, None] - modes, axis=2).min(axis=1).max() < 6 * dataset.mode_std
        _, frame = evaluate(trainer)
        frames.append(frame)
        expected = turned(started.real, step / dataset.period)
        np.testing.assert_allclose(started.real_of(frame), expected, atol=1e-5)  # each point can be followed
    assert "real" not in evaluate(Trainer(SMALL))[1].arrays
    drawn = np.random.default_rng(9)
    trainer.generate = lambda z: trainer.dataset.at(trainer.steps_done).sample(len(z), drawn).astype(np.float32)
    measures, _ = evaluate(trainer)
    assert (measures["modes"], measures["high_quality"]) == (8, pytest.approx(0.989, abs=0.01))
    assert measures["emd"] < 1.3 * plane.VIEW.floor(dataset)[0]  # a perfect generator
    trainer.steps_done += dataset.period // 16  # half way to the next mode
    trainer.generate = lambda z: dataset.at(700).sample(len(z), drawn).astype(np.float32)
    assert evaluate(trainer)[0]["modes"] == 0


@pytest.mark.parametrize(("name", "count"), [("eight_gaussians", 8), ("twenty_five_gaussians", 25), ("three_bumps", 3)])
def test_gaussians_have_distinct_equal_round_modes(name, count):
    dataset, n = DATASETS[name], 40_000
    modes, std = dataset.modes, dataset.mode_std
    assert len(np.unique(modes.round(6), axis=0)) == len(modes) == count
    if count == 8:
        np.testing.assert_allclose(np.linalg.norm(modes, axis=1), 2 / 1.414)
    points = dataset.sample(n, np.random.default_rng(0))
    nearest = np.linalg.norm(points[:, None] - modes, axis=2).argmin(axis=1)
    counts = np.bincount(nearest, minlength=len(modes))
    assert ((counts - n / len(modes)) ** 2 / (n / len(modes))).sum() < 3 * len(modes)  # chi squared
    np.testing.assert_allclose((points - modes[nearest]).std(axis=0), std, rtol=0.03)
    np.testing.assert_allclose(points.mean(axis=0), modes.mean(axis=0), atol=4 * points.std() / n**0.5)


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("swiss_roll", lambda n: make_swiss_roll(n, noise=0.25, random_state=0)[0][:, [0, 2]] / 7.5),
        ("moons", lambda n: make_moons(n, noise=0.05, random_state=0)[0] - [0.5, 0.25]),
    ],
)
def test_curves_have_the_distribution_of_scikit_learns(name, reference):
    n = 1000
    theirs, ours = reference(n), DATASETS[name].sample(n, np.random.default_rng(0))
    floor, spread = measured_floor(DATASETS[name], 4, n=n)
    assert emd(theirs, ours) < floor + 4 * spread + 0.02


# Recordings


@pytest.fixture(params=["eight_gaussians", "turning", "three_bumps"])
def recording(request):
    trainer = Trainer(replace(SMALL, dataset=request.param))
    made = Recording.of(trainer)
    made.records = np.array(list(trainer.run(4)))
    measures, made.frames = zip(*[evaluate(trainer) for _ in range(2)], strict=True)
    made.evaluations = np.array([made.row(trainer, row) for row in measures])
    return made


def test_a_recording_survives_its_file(recording, tmp_path):
    recording.save(tmp_path / "run.npz")
    loaded = Recording.load(tmp_path / "run.npz")
    for name in ("config", "label", "space", "axes", "unit", "floor", "total_modes", "version", "steps"):
        assert getattr(loaded, name) == getattr(recording, name)
    np.testing.assert_allclose(loaded.records, recording.records, rtol=1e-6)
    np.testing.assert_allclose(loaded.evaluations, recording.evaluations, rtol=1e-6)
    np.testing.assert_array_equal(loaded.real, recording.real)
    for one, other in zip(loaded.frames, recording.frames, strict=True):
        assert one.step == other.step
        moves = ["real"] * (recording.config.dataset == "turning")
        assert list(one.arrays) == list(other.arrays) == ["fake", "surface", "norms", "interpolates", *moves]
        for name in other.arrays:
            np.testing.assert_allclose(one[name], other[name], rtol=1e-3, atol=1e-3)


def test_courses_are_found_by_name(recording):
    for name in (*RECORD_COLUMNS, *recording.columns):
        steps, values = recording.course(name)
        assert len(steps) == len(values) == (2 if name in recording.columns[1:] else 4)
    np.testing.assert_array_equal(recording.course("score_gap")[0], [1, 2, 3, 4])


def bad_files(good: bytes) -> dict[str, bytes]:
    def rezipped(change) -> bytes:
        with np.load(io.BytesIO(good)) as archive:
            arrays = change(dict(archive))
        out = io.BytesIO()
        np.savez_compressed(out, **arrays)
        return out.getvalue()

    def in_space(arrays: dict) -> dict:
        header = re.sub(rb'"space": ..\w+.,', b'"space": ["space",', arrays["header"].tobytes())
        at_0 = lambda name: np.concatenate([arrays[name], np.zeros_like(arrays[name][..., :1])], -1)  # noqa: E731
        deeper = {name: at_0(name) for name in arrays if name in ("real", "frame_fake", "frame_interpolates")}
        return arrays | deeper | {"header": np.frombuffer(header, np.uint8)}

    lone = io.BytesIO()
    np.save(lone, np.zeros(3))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.npy", bytes(65 * 2**20))
    return {
        "empty": b"",
        "text": b"step,loss\n1,2\n",
        "pickle": pickle.dumps({"a": 1}),
        "a single array": lone.getvalue(),
        "cut off": good[: len(good) // 2],
        "damaged": good[:2000] + bytes(200) + good[2200:],
        "huge": bomb.getvalue(),
        "pickled objects": rezipped(lambda arrays: arrays | {"header": np.array([{"a": 1}], object)}),
        "no records": rezipped(lambda arrays: {name: array for name, array in arrays.items() if name != "records"}),
        "records of another shape": rezipped(lambda arrays: arrays | {"records": np.zeros(5)}),
        "frames of another shape": rezipped(lambda arrays: arrays | {"frame_fake": np.zeros((2, 3, 3))}),
        "a surface that is no square": rezipped(lambda arrays: arrays | {"frame_surface": np.zeros((2, 2, 40))}),
        "points in space": rezipped(in_space),
        "frames without their samples": rezipped(lambda arrays: {n: a for n, a in arrays.items() if n != "frame_fake"}),
        "an array that no frame has": rezipped(lambda arrays: arrays | {"frame_more": np.zeros(2)}),
        "moved points on a line": rezipped(lambda arrays: arrays | {"frame_real": np.zeros((2, 9))}),
        "moved points for one frame": rezipped(lambda arrays: arrays | {"frame_real": np.zeros((1, 9, 2))}),
        "real points on a line": rezipped(lambda arrays: arrays | {"real": np.zeros(9)}),
        "text for numbers": rezipped(lambda arrays: arrays | {"real": np.full((9, 2), "x")}),
        "a header that is a list": rezipped(lambda arrays: arrays | {"header": np.frombuffer(b"[1]", np.uint8)}),
        "settings out of range": rezipped(
            lambda arrays: (
                arrays
                | {
                    "header": np.frombuffer(
                        arrays["header"].tobytes().replace(b'"lr": 0.002', b'"lr": 9.002'), np.uint8
                    )
                }
            )
        ),
    }


def test_files_that_are_no_recordings_are_refused(recording, tmp_path):
    recording.save(tmp_path / "good.npz")
    for name, content in bad_files((tmp_path / "good.npz").read_bytes()).items():
        path = tmp_path / "bad.npz"
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"bad\.npz is not a recording"):
            pytest.fail(f"{name}: accepted as {Recording.load(path)!r:.80}")
