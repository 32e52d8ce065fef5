"""The files of MNIST: read, refused, fetched; the shipped copy; what judges them."""

import gzip
import http.server
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import torch

from wgan_demo.datasets import DATASETS, mnist
from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.duels import DUELS
from wgan_demo.gan.export import script as export
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.floors import measured_floor, shipped_floors

SHARED = Path(__file__).parents[2] / "shared"
real_files = pytest.mark.skipif(not (SHARED / "mnist").is_dir(), reason="MNIST's files are not beside the repository")
RNG = np.random.default_rng(0)


def idx(values: np.ndarray, magic: bytes | None = None, sides: tuple[int, ...] | None = None) -> bytes:
    head = magic or bytes([0, 0, 8, values.ndim])
    return gzip.compress(head + b"".join(side.to_bytes(4, "big") for side in sides or values.shape) + values.tobytes())


PICTURES = RNG.integers(0, 256, (7, 28, 28), dtype=np.uint8)
DIGITS = np.array([3, 1, 4, 1, 5, 9, 2], np.uint8)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of one's own with small files of both parts, and nothing kept of files seen before."""
    monkeypatch.setenv(mnist.FOLDER, str(tmp_path))
    mnist.load.cache_clear()
    (tmp_path / "mnist").mkdir()
    for part in (mnist.TRAIN, mnist.TEST):
        (tmp_path / "mnist" / f"{part}-{mnist.IMAGES}").write_bytes(idx(PICTURES))
        (tmp_path / "mnist" / f"{part}-{mnist.LABELS}").write_bytes(idx(DIGITS))
    yield tmp_path / "mnist"
    mnist.load.cache_clear()


def test_files_are_read_as_they_were_written(folder):
    pictures, labels = mnist.load("mnist")
    np.testing.assert_array_equal(pictures, PICTURES)
    np.testing.assert_array_equal(labels, DIGITS)
    x = DATASETS["mnist"].sample(50, np.random.default_rng(3))
    assert (x.shape, x.dtype) == ((50, 1, 28, 28), np.float32)
    drawn = np.random.default_rng(3).integers(7, size=50)
    np.testing.assert_allclose(x[:, 0], PICTURES[drawn] / 127.5 - 1, atol=1e-6)


BROKEN = {
    "is cut off": idx(PICTURES, sides=(8, 28, 28)),
    "holds more than its header says": idx(PICTURES, sides=(6, 28, 28)),
    "first bytes": idx(PICTURES, magic=b"\0\0\x0d\3"),
    "says to hold 60001 ×": idx(PICTURES, sides=(60_001, 28, 28)),
    "says to hold 7 × 4000000 ×": idx(PICTURES, sides=(7, 4_000_000, 4_000_000)),
    "says to hold 0": idx(PICTURES[:0]),
    "Not a gzipped file": b"PK\3\4 and so on",
    "cannot be read": idx(PICTURES)[:300],
    "cannot be read: ": idx(PICTURES)[:200] + b"\0" * 50 + idx(PICTURES)[250:],
    "first bytes are not": gzip.compress(b""),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_broken_file_is_refused_in_one_sentence(folder, reason):
    (folder / f"train-{mnist.IMAGES}").write_bytes(BROKEN[reason])
    with pytest.raises(ValueError, match=reason) as caught:
        mnist.load("mnist")
    assert str(caught.value).startswith("train-images-idx3-ubyte.gz")
    assert str(caught.value).endswith(".")


def test_a_bomb_is_not_unpacked(folder):
    bomb = gzip.compress(idx_head(7) + bytes(200_000_000), compresslevel=1)
    (folder / f"train-{mnist.IMAGES}").write_bytes(bomb)
    tracemalloc.start()
    with pytest.raises(ValueError, match="more than its header says"):
        mnist.load("mnist")
    assert tracemalloc.get_traced_memory()[1] < 5e6
    tracemalloc.stop()


def idx_head(n: int) -> bytes:
    return b"\0\0\x08\3" + b"".join(side.to_bytes(4, "big") for side in (n, 28, 28))


def test_a_file_too_large_is_not_opened(folder, monkeypatch):
    monkeypatch.setattr(mnist, "MAX_BYTES", 1000)
    with pytest.raises(ValueError, match="more than 1,000"):
        mnist.load("mnist")


def test_pictures_and_labels_have_to_belong_together(folder):
    (folder / f"train-{mnist.LABELS}").write_bytes(idx(DIGITS[:-1]))
    with pytest.raises(ValueError, match="do not belong together"):
        mnist.load("mnist")
    (folder / f"train-{mnist.LABELS}").write_bytes(idx(PICTURES))
    with pytest.raises(ValueError, match="do not belong together"):
        mnist.load("mnist")


def test_missing_files_are_told_and_other_data_go_on(folder):
    (folder / f"t10k-{mnist.LABELS}").unlink()
    assert not mnist.at_hand("mnist")
    assert mnist.at_hand("digits")
    with pytest.raises(ValueError, match="are not on this machine: fetch them, or put them into the folder"):
        DATASETS["mnist"].sample(3, RNG)
    assert DATASETS["mnist14"].sample(3, RNG).shape == (3, 1, 14, 14)


# Fetched


class Mirror(http.server.BaseHTTPRequestHandler):
    """Has the files of `files` by name."""

    files: dict[str, bytes]

    def do_GET(self):
        content = self.files.get(self.path.strip("/"))
        self.send_response(200 if content else 404)
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def mirror():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def published(monkeypatch, *mirrors: str, wrong: str = "") -> dict[str, bytes]:
    from hashlib import md5

    files = {f"train-{mnist.IMAGES}": idx(PICTURES), f"train-{mnist.LABELS}": idx(DIGITS)}
    hashes = {name: md5(content).hexdigest() for name, content in files.items()}
    monkeypatch.setitem(mnist.SOURCES, "mnist", mnist.Source(mirrors, hashes))
    Mirror.files = files | {wrong: b"something else"}
    return files


def test_files_are_fetched_from_the_first_mirror_that_has_them(tmp_path, monkeypatch, mirror):
    monkeypatch.setenv(mnist.FOLDER, str(tmp_path))
    files, seen = published(monkeypatch, f"{mirror}not/here/", mirror), []
    mnist.fetch("mnist", seen.append)
    assert seen == list(files)
    assert mnist.at_hand("mnist")
    np.testing.assert_array_equal(mnist.load("mnist")[0], PICTURES)
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (tmp_path / "mnist").iterdir())
    Mirror.files = {}
    mnist.fetch("mnist", seen.append)  # nothing is asked for twice
    assert len(seen) == len(files)
    mnist.load.cache_clear()


def test_what_is_not_what_was_published_is_not_kept(tmp_path, monkeypatch, mirror):
    monkeypatch.setenv(mnist.FOLDER, str(tmp_path))
    published(monkeypatch, mirror, wrong=f"train-{mnist.LABELS}")
    with pytest.raises(ValueError, match=r"train-labels.*: what came is not what was published\.$"):
        mnist.fetch("mnist")
    assert not mnist.at_hand("mnist")


def test_without_a_network_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv(mnist.FOLDER, str(tmp_path))
    published(monkeypatch, "http://127.0.0.1:1/", "http://127.0.0.1:2/")
    with pytest.raises(ValueError, match=r"^train-images-idx3-ubyte.gz of mnist could not be fetched: no mirror answe"):
        mnist.fetch("mnist")


# The shipped copy, and the real files


def test_a_pixel_of_the_copy_is_the_mean_of_four():
    halved = mnist.halved(PICTURES)
    assert halved.shape == (7, 14, 14)
    assert halved[2, 3, 5] == round(PICTURES[2, 6:8, 10:12].mean())


def test_the_shipped_copy_holds_ten_thousand_digits_of_all_kinds_and_names_its_licence():
    pictures, labels = mnist.load_small()
    assert (pictures.shape, pictures.dtype, labels.shape) == ((10_000, 14, 14), np.uint8, (10_000,))
    assert np.bincount(labels).min() > 800
    assert mnist.SMALL.stat().st_size < 1e6
    about = mnist.SMALL.with_suffix(".md").read_text()
    for word in ("LeCun", "Cortes", "Burges", "Attribution-Share Alike 3.0"):
        assert word in about


@real_files
def test_the_shipped_copy_is_that_of_the_published_files(monkeypatch):
    monkeypatch.setenv(mnist.FOLDER, str(SHARED))
    mnist.load.cache_clear()
    pictures, labels = mnist.load("mnist")
    assert pictures.shape == (60_000, 28, 28)
    assert mnist.load("mnist", mnist.TEST)[0].shape == (10_000, 28, 28)
    np.testing.assert_array_equal(mnist.load_small()[0], mnist.halved(pictures[: mnist.KEPT]))
    np.testing.assert_array_equal(mnist.load_small()[1], labels[: mnist.KEPT])


@real_files
@pytest.mark.parametrize("name", ["mnist14", "mnist"])
def test_the_shipped_judges_are_as_good_as_they_say_on_digits_they_have_not_seen(name, monkeypatch):
    monkeypatch.setenv(mnist.FOLDER, str(SHARED))
    mnist.load.cache_clear()
    judge, examples = classifier.load(name), classifier.examples(name)
    right = judge.probabilities(judge.features(examples.unseen)).argmax(axis=1) == examples.of_unseen
    assert len(right) == judge.unseen == 10_000
    assert right.mean() == pytest.approx(judge.accuracy)
    assert judge.accuracy > 0.97


@pytest.mark.parametrize("name", ["mnist14", "mnist"])
def test_the_judges_are_small_and_say_how_good_they_are(name):
    judge = classifier.load(name)
    assert judge.accuracy > 0.97
    assert (classifier.FOLDER / f"{name}.npz").stat().st_size < 5e5


@real_files
def test_a_script_that_trains_on_the_files_repeats_its_run(monkeypatch, capsys):
    torch.set_num_threads(1)
    monkeypatch.setenv(mnist.FOLDER, str(SHARED))
    trainer = trainer_for(DUELS["mnist"].config("live"))
    recording = Recording.of(trainer)
    recording.records = np.array(list(trainer.run(2)))
    names = {"__name__": "__main__"}
    exec(compile(export.script(recording), "script", "exec"), names)
    np.testing.assert_array_equal(names["samples"], trainer.sample(512))


@pytest.mark.parametrize("name", ["mnist14", "mnist"])
def test_the_shipped_floor_of_the_emd_is_measured_again(name, monkeypatch):
    if name == "mnist":
        if not (SHARED / "mnist").is_dir():
            pytest.skip("MNIST's files are not beside the repository")
        monkeypatch.setenv(mnist.FOLDER, str(SHARED))
        mnist.load.cache_clear()
    mean, std = shipped_floors()[name]
    fresh, _ = measured_floor(DATASETS[name], 4, seed=1)
    assert abs(fresh - mean) < 3 * std
    assert shipped.load(name).floor == pytest.approx((mean, std))
