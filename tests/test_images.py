"""Pictures: their data, what judges them, what is kept of a run."""

from dataclasses import replace

import numpy as np
import ot
import pytest
import scipy.linalg
from scipy.spatial.distance import cdist
from scipy.stats import entropy
from sklearn.datasets import load_digits

from wgan_demo.datasets import DATASETS
from wgan_demo.datasets.images import LABELLED, digits, pixels
from wgan_demo.datasets.table import TableData
from wgan_demo.distances.frechet import frechet, gaussian
from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.fast import FastTrainer, trainer_for
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs import checkpoint, generate
from wgan_demo.gan.runs.record import record
from wgan_demo.gan.spaces.compared import FRESH, LATENTS, SAMPLES, compared, stream
from wgan_demo.gan.spaces.images import GREYS, PICTURES, SHADES, VIEW, evaluate

RNG = np.random.default_rng(0)


# Data and what judges them


def test_the_digits_are_scikit_learns_from_black_to_white():
    pictures, labels = digits()
    assert (pictures.shape, pictures.min(), pictures.max()) == ((1797, 1, 8, 8), -1, 1)
    np.testing.assert_array_equal((pictures[:, 0] + 1) * 8, load_digits().images)
    np.testing.assert_array_equal(np.unique(labels), range(10))


def test_the_frechet_distance_of_gaussians_on_the_line_is_its_closed_form():
    one = gaussian(np.array([1.0]), np.array([4.0]), np.array([[4.0]]), np.array([[0.25]]))
    assert one == pytest.approx(3**2 + (2 - 0.5) ** 2)


def test_the_frechet_distance_of_samples_is_that_of_scipys_matrix_root():
    x, y = RNG.standard_normal((300, 5)) @ RNG.standard_normal((5, 5)), RNG.standard_normal((200, 5)) + 1
    root = scipy.linalg.sqrtm(np.cov(x.T) @ np.cov(y.T)).real
    expected = ((x.mean(0) - y.mean(0)) ** 2).sum() + np.trace(np.cov(x.T) + np.cov(y.T) - 2 * root)
    assert frechet(x, y) == pytest.approx(expected, rel=1e-6)
    assert frechet(x, y) == pytest.approx(frechet(y, x))
    assert frechet(x, x) == pytest.approx(0, abs=1e-9)
    assert frechet(x, x + np.array([3, 0, 0, 0, 4])) == pytest.approx(25)  # a shift is the whole of it


def test_the_frechet_distance_asks_for_samples_of_the_same_coordinates():
    with pytest.raises(ValueError, match="same coordinates"):
        frechet(np.zeros((5, 2)), np.zeros((5, 3)))


def test_the_shipped_classifier_is_as_good_as_it_says_on_digits_it_has_not_seen():
    from sklearn.model_selection import train_test_split

    shipped_one = classifier.load("digits")
    pictures, labels = digits()
    _, unseen, _, right = train_test_split(
        pictures, labels, test_size=classifier.UNSEEN, random_state=0, stratify=labels
    )
    found = shipped_one.probabilities(shipped_one.features(unseen))
    np.testing.assert_allclose(found.sum(axis=1), 1, rtol=1e-5)
    assert len(unseen) == shipped_one.unseen
    assert (found.argmax(axis=1) == right).mean() == pytest.approx(shipped_one.accuracy)
    assert shipped_one.accuracy > 0.96
    assert shipped_one.counts == tuple((labels == k).sum() for k in range(10))


def test_a_classifier_comes_back_from_its_file(tmp_path, monkeypatch):
    made = classifier.load("digits")
    classifier.save(made, tmp_path / "copy.npz")
    monkeypatch.setattr(classifier, "FOLDER", tmp_path)
    back, pictures = classifier.load("copy"), digits()[0][:20]
    np.testing.assert_array_equal(back.features(pictures), made.features(pictures))
    with pytest.raises(ValueError, match="No classifier"):
        classifier.load("letters")


def test_the_inception_score_runs_from_1_to_the_number_of_classes():
    assert classifier.inception_score(np.eye(10)) == pytest.approx(10)
    assert classifier.inception_score(np.full((7, 10), 0.1)) == pytest.approx(1)
    p = RNG.dirichlet(np.ones(10), 50)
    assert classifier.inception_score(p) == pytest.approx(np.exp(np.mean([entropy(row, p.mean(0)) for row in p])))


def test_only_sure_pictures_count_as_digits():
    p = np.full((3, 10), 0.01)
    p[0, 3] = p[1, 3] = 0.91
    p[2, 7] = 0.89
    assert classifier.digits_made(p).tolist() == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0]


def test_the_floor_falls_as_one_over_n():
    """The bias of a Fréchet distance is of the order 1 / n."""
    judge = classifier.load("digits")
    real = judge.features(digits()[0])
    few, many = (classifier.measured_floor(judge, real, n, 40)[0] for n in (256, 1024))
    assert 3 < few / many < 5


@pytest.mark.parametrize("name", LABELLED)
def test_the_shipped_floor_is_the_one_that_is_measured(name):
    assert classifier.COMPARED == SAMPLES
    shipped_one = classifier.load(name)
    real = shipped_one.features(LABELLED[name]()[0])
    np.testing.assert_allclose(shipped_one.mean, real.mean(axis=0), rtol=1e-4)
    np.testing.assert_allclose(shipped_one.covariance, np.cov(real.T), atol=1e-3)
    assert shipped_one.fid(real) == pytest.approx(0, abs=1e-3)
    assert classifier.measured_floor(shipped_one, real) == pytest.approx(shipped_one.floor, rel=1e-4)


# A run


@pytest.fixture(scope="module")
def trainer():
    made = trainer_for(PRESETS["live"].config("digits"))
    for _ in made.run(30):
        pass
    return made


def test_it_is_evaluated_on_the_pictures_that_it_makes(trainer):
    assert isinstance(trainer, FastTrainer)
    before = trainer.state_dict()["noise_rng"]
    measures, frame = evaluate(trainer)
    assert tuple(measures) == VIEW.columns
    assert (trainer.state_dict()["noise_rng"] == before).all()
    again, _ = evaluate(trainer)
    assert again == measures
    x = frame["fake"]
    assert x.shape == frame["ink"].shape == (PICTURES, 1, 8, 8)
    np.testing.assert_allclose(x * GREYS, np.round(x * GREYS), atol=1e-4)
    assert np.abs(frame["ink"]).max() == 1


def test_ink_is_the_gradient_of_the_critic(trainer):
    x = digits()[0][:4]
    found, h = trainer.gradients(x), 1e-2
    for pixel in ((2, 3), (5, 5)):
        moved = x.copy()
        moved[:, 0, *pixel] += h
        slope = (trainer.score(moved) - trainer.score(x)) / h
        np.testing.assert_allclose(found[:, 0, *pixel], slope, atol=2e-2)
    np.testing.assert_allclose(np.linalg.norm(found.reshape(4, -1), axis=1), trainer.slopes(x), rtol=1e-5)
    _, frame = evaluate(trainer)
    raw = trainer.gradients(compared(trainer, RNG)[1][:PICTURES])
    np.testing.assert_allclose(frame["ink"], raw / np.abs(raw).max(), atol=0.5 / SHADES + 1e-5)


def test_a_perfect_generator_makes_all_digits_and_stands_at_its_floors(trainer):
    drawn, dataset = np.random.default_rng(4), DATASETS["digits"]
    perfect = trainer_for(trainer.config)
    perfect.generate = lambda z: dataset.sample(len(z), drawn)
    measures, _ = evaluate(perfect)
    floor, spread = VIEW.floor(dataset)
    assert measures["emd"] == pytest.approx(floor, abs=5 * spread)
    best, off = classifier.load("digits").floor
    assert measures["fid"] == pytest.approx(best, abs=5 * off)
    assert (measures["modes"], measures["sure"] > 0.95) == (10, True)
    perfect.generate = lambda z: np.repeat(digits()[0][:1], len(z), axis=0)
    collapsed, _ = evaluate(perfect)
    assert collapsed["modes"] == 1
    assert collapsed["fid"] > 50 * best


def test_the_recordings_tell_the_story_of_the_lesson():
    held, free = shipped.load("digits"), shipped.load("digits_gan")
    assert held.value("modes") == 10
    assert held.distance[1][-5:].mean() < 1.3 * held.floor[0]
    assert held.value("fid") < 2 * classifier.load("digits").floor[0]
    assert free.value("modes") < 10
    assert free.value("fid") > 10 * held.value("fid")
    best = free.course("fid")[1].min()
    assert free.value("fid") > 2 * best  # it was better once


def test_a_frame_counts_the_digits_of_all_pictures_that_are_compared(trainer):
    measures, frame = evaluate(trainer)
    _, fake = compared(trainer, RNG)
    judge = classifier.load("digits")
    p = judge.probabilities(judge.features(fake))
    expected = [sum(1 for row in p if row.argmax() == k and row.max() >= classifier.SURE) for k in range(10)]
    assert frame["digits"].tolist() == expected
    assert measures["sure"] == sum(expected) / SAMPLES
    held, free = shipped.load("digits"), shipped.load("digits_gan")
    for run in (held, free):  # in a file too
        step, modes = run.course("modes")
        assert [frame.step for frame in run.frames] == step.tolist()
        assert [(frame["digits"] >= classifier.SEEN * SAMPLES).sum() for frame in run.frames] == modes.tolist()


# Of one's own


def own(n: int) -> TableData:
    return TableData(digits()[0][:n].reshape(n, -1).astype(float), pixels(8), "Mine")


def test_pictures_of_ones_own_are_rows_of_a_table_and_a_run_on_them_is_kept_like_any_other(tmp_path):
    data = own(24)
    config = replace(PRESETS["live"].config("digits"), dataset=data.label, columns=64, hidden=(16,))
    assert config.space == DATASETS["digits"].space
    made = trainer_for(config, data.dataset)
    recording = record(made, 50, every=25)
    real = data.points.astype(np.float32).reshape(-1, 1, 8, 8)
    assert all((picture == real).all(axis=(1, 2, 3)).any() for picture in recording.real)
    assert np.isnan(recording.value("fid"))
    assert recording.total_modes == 0
    measures, frame = evaluate(made)
    fake = compared(made, RNG)[1].reshape(SAMPLES, -1)
    fresh = data.dataset.sample(SAMPLES, stream(config.seed, FRESH, 50)).reshape(SAMPLES, -1)
    assert measures["emd"] == pytest.approx(ot.emd2([], [], cdist(fresh, fake)), rel=1e-5)
    assert frame["digits"].shape == (0,)
    assert frame.finite
    recording.save(tmp_path / "own.npz")
    back = type(recording).load(tmp_path / "own.npz")
    assert (back.config, back.space, back.axes) == (config, config.space, pixels(8))
    run = checkpoint.load(checkpoint.save(made))
    assert run.state.data == data
    resumed = trainer_for(run.config, run.state.data.dataset)
    checkpoint.restore(resumed, run.state)
    assert list(resumed.run(5)) == list(made.run(5))


def test_the_floor_of_pictures_of_ones_own_is_between_two_draws_of_them():
    floor, spread = VIEW.floor(own(20).dataset)
    exact = [ot.emd2([], [], cdist(*draws)) for draws in pairs_of(own(20), 4)]
    assert floor == pytest.approx(np.mean(exact), abs=4 * spread)


def pairs_of(data: TableData, count: int):
    rng = np.random.default_rng(5)
    for _ in range(count):
        yield [data.dataset.sample(SAMPLES, rng).reshape(SAMPLES, -1) for _ in range(2)]


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (np.zeros((1, 64)), "at least two of 8 × 8"),
        (np.zeros((5, 64)), "are the same"),
        (np.full((5, 64), np.nan), "does not lie between"),
        (np.linspace(-1, 1.01, 128).reshape(2, 64), "does not lie between"),
    ],
)
def test_pictures_that_nothing_can_be_learnt_from_are_told(rows, complaint):
    with pytest.raises(ValueError, match=complaint):
        _ = TableData(rows, pixels(8), "Mine").dataset


# Its latents


@pytest.mark.parametrize("activation", generate.ACTIVATIONS)
@pytest.mark.parametrize("ema", [0.0, 0.9])
def test_a_generator_runs_from_its_file_as_it_does_in_torch(activation, ema):
    config = replace(PRESETS["live"].config("digits"), activation=activation, ema=ema, hidden=(16, 24))
    made = trainer_for(config)
    list(made.run(2))
    z = RNG.standard_normal((5, config.latent_dim))
    found = generate.generator(checkpoint.load(checkpoint.save(made)))(z)
    np.testing.assert_allclose(found, made.generate(z), atol=1e-5)


@pytest.mark.parametrize("name", ["digits", "digits_gan"])
def test_the_shipped_weights_are_those_of_the_recordings_end(name):
    run, recording = checkpoint.load(shipped.weights(name)), shipped.load(name)
    assert (run.config, run.state.steps) == (recording.config, recording.steps)
    z = stream(run.config.seed, LATENTS).standard_normal((SAMPLES, run.config.latent_dim))
    shown = generate.generator(run)(z[:PICTURES])
    np.testing.assert_allclose(shown, recording.frames[-1]["fake"], atol=0.5 / GREYS + 2e-3)


def test_a_great_arc_begins_and_ends_where_it_should_and_keeps_its_distance_from_0():
    a, b = RNG.standard_normal((2, 32))
    arc = generate.slerp(a, b, np.linspace(0, 1, 7))
    np.testing.assert_allclose(arc[[0, -1]], [a, b])
    lengths = np.linalg.norm([a, b], axis=1)
    np.testing.assert_allclose(np.linalg.norm(arc, axis=1), np.linspace(*lengths, 7))
    turned = arc / np.linalg.norm(arc, axis=1, keepdims=True)
    angles = np.arccos((turned[1:] * turned[:-1]).sum(axis=1))
    np.testing.assert_allclose(angles, angles[0])  # even steps
    np.testing.assert_allclose(generate.slerp(a, 2 * a, np.array([0.5])), [1.5 * a])
