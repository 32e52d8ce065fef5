"""Fashion-MNIST on Digits, from files of one's own: it is chosen, trains, and is judged by nobody."""

import gzip

import numpy as np
import pytest

from tests.pages import complaints, component, open_lesson, text
from tests.test_page_digits import press, views, wait
from wgan_demo.datasets import mnist
from wgan_demo.gan.duels import DUELS
from wgan_demo.gan.runs.events import LASTING
from wgan_demo.gan.runs.recording import EVERY
from wgan_demo.ui.runs import tab

LABEL = DUELS["fashion"].label
N = 600


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A folder of data, empty at first, and what puts the four files there."""
    monkeypatch.setenv(mnist.FOLDER, str(tmp_path))
    mnist.load.cache_clear()

    def put() -> None:
        rng, where = np.random.default_rng(0), tmp_path / "fashion"
        where.mkdir()
        for part in (mnist.TRAIN, mnist.TEST):
            for end, values in ((mnist.IMAGES, rng.integers(0, 256, (N, 28, 28))), (mnist.LABELS, np.arange(N) % 10)):
                sides = b"".join(side.to_bytes(4, "big") for side in values.shape)
                content = bytes([0, 0, 8, values.ndim]) + sides + values.astype(np.uint8).tobytes()
                (where / f"{part}-{end}").write_bytes(gzip.compress(content))

    yield put
    mnist.load.cache_clear()


def test_without_its_files_the_page_says_where_they_belong(files):
    at = open_lesson("digits", im_data=LABEL)
    assert complaints(at) == []
    assert "put them into `fashion/` of the folder that `WGAN_DATA` names" in text(at)
    files()
    assert "**Start** trains both on this machine" in text(open_lesson("digits", im_data=LABEL))


def test_when_no_mirror_answers_the_sentence_names_it(files, monkeypatch):
    monkeypatch.setitem(mnist.SOURCES, "fashion", mnist.SOURCES["fashion"]._replace(mirrors=("http://127.0.0.1:9/",)))
    at = press(open_lesson("digits", im_data=LABEL), "Start")
    said = text(at)
    assert "of fashion could not be fetched: no mirror answers. The 8 × 8 digits" in said
    assert "into `fashion/` of the folder" in said
    assert at.session_state[tab.JOBS] == {}


@pytest.fixture
def worker_that_sees_them(files):
    """A worker reads its environment when it starts: one for these files, and none of it for other tests."""
    files()
    _new_pool()
    yield
    _new_pool()


def _new_pool() -> None:
    tab.pool().close()
    tab.pool.clear()


def test_with_its_files_both_train_and_nobody_judges_them(worker_that_sees_them):
    at = press(open_lesson("digits", im_data=LABEL), "Start")
    wait(at, lambda steps: len(steps) == 2 and min(steps) >= EVERY * LASTING)  # evaluations enough to find events
    assert {view.recording.config.dataset for view in views(at)} == {"fashion"}
    at.run()
    assert not at.exception
    names = [row[0] for _, rows in component(at, "im_two_versus")["groups"] for row in rows]
    assert any(name.startswith("Exact EMD") for name in names)
    assert not any("FID" in name or "Digits" in name for name in names)
    assert "No classifier is shipped for these pictures" in " ".join(element.value for element in at.caption)
    press(at, "Reset")


@pytest.mark.parametrize("view", ["In slow motion", "Is it memorised?"])
def test_the_other_views_of_both_stand_without_a_recording(files, view):
    files()
    at = open_lesson("digits", im_data=LABEL, im_view=view)
    assert not at.exception
    assert complaints(at) == []
