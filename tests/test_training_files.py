"""The panel of a run's files through AppTest, with the real worker behind it: taken away, put back, gone on."""

import json
import time

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from tests.pages import plain
from wgan_demo.datasets import from_points
from wgan_demo.datasets.table import TableData
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs import checkpoint, layout
from wgan_demo.plots.film import gif
from wgan_demo.ui.runs import tab
from wgan_demo.ui.runs.files import _Files

SMALL = TrainConfig(hidden=(8, 8), batch_size=8)
TABLE = TrainConfig(hidden=(8, 8), batch_size=8, dataset="Iris: a, b", columns=2)
POINTS = np.random.default_rng(0).normal(5, 2, (2500, 2))


def page(name: str) -> None:
    from wgan_demo.gan import shipped
    from wgan_demo.ui.runs import tab
    from wgan_demo.ui.runs.files import files_panel

    tab.pool()
    job_id = tab.TabRun("tr").job_id
    recording = job_id and tab.pool().view(job_id).recording
    files_panel(tab.TabRun("tr"), recording or shipped.load(name), job_id if recording else None)


def opened() -> AppTest:
    return AppTest.from_function(page, default_timeout=60, kwargs={"name": "moons"}).run()


def saved(steps: int = 3, config: TrainConfig = SMALL) -> bytes:
    torch.set_num_threads(1)
    trainer = trainer_for(config)
    list(trainer.run(steps))
    return checkpoint.save(trainer)


def put(at: AppTest, content: bytes) -> AppTest:
    return at.file_uploader(key="tr_checkpoint").set_value(("x.safetensors", content, "")).run()


def wait(job_id: str):
    deadline = time.monotonic() + 60
    while (view := tab.pool().view(job_id)).busy:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return view


def test_a_recording_gives_everything_but_weights(monkeypatch):
    at = opened()
    assert not at.exception
    enabled = {button.label: not button.disabled for button in at.download_button}
    assert enabled.pop("Weights") is False
    assert set(enabled) == {"Python script", "Notebook", "Every iteration", "Evaluations", "Samples", "Film", "Frames"}
    assert all(enabled.values())
    assert any("has no weights" in plain(caption.value) for caption in at.caption)
    files = _Files(shipped.load("moons"), None)
    assert files.script().startswith('"""Wasserstein')
    assert json.loads(files.notebook())["nbformat"] == 4
    assert files.records().count("\n") == 1 + len(files.recording.records)
    first = files.film()
    monkeypatch.setattr(gif, "film_gif", None)
    assert files.film() == first  # kept, not made again
    assert files.frames() == gif.film_frames(files.recording)
    with pytest.raises(ValueError, match="has ended"):
        files.weights()


def test_weights_that_are_put_back_go_on_where_they_stood():
    at = put(opened(), saved(3))
    assert any("8 Gaussians, seed 0, that stands at iteration 3" in plain(m.value) for m in at.markdown)
    at.button[0].click().run()
    job_id = at.session_state[tab.JOBS]["tr"]
    view = wait(job_id)
    assert (view.state, view.recording.steps) == ("paused", 3)
    tab.pool().start(job_id, 6)
    assert wait(job_id).state == "finished"
    torch.set_num_threads(1)
    whole = np.array(list(trainer_for(SMALL).run(6)))
    files = _Files(tab.pool().view(job_id).recording, job_id)
    np.testing.assert_array_equal(files.recording.records, whole[3:])
    assert checkpoint.load(files.weights()).state.steps == 6
    assert "ITERATIONS = 6 " in files.script()
    at.run()
    assert not next(button for button in at.download_button if button.label == "Weights").disabled
    tab.pool().drop(job_id)


def test_a_run_on_a_table_takes_its_rows_along():
    job_id = tab.pool().create(RunSpec(TABLE, TableData(POINTS, ("a", "b"), "Iris: a, b")), owner="test")
    recording = wait(job_id).recording
    files = _Files(recording, job_id)
    rows = np.loadtxt(files.table().splitlines(), delimiter=",", skiprows=1)
    np.testing.assert_array_equal(rows, POINTS)
    assert "wgan_iris_a_b_seed0_points.csv" in files.script()
    again = checkpoint.load(files.weights()).state.data.dataset
    ours = from_points("", POINTS, ("a", "b")).sample(9, np.random.default_rng(1))
    np.testing.assert_array_equal(again.sample(9, np.random.default_rng(1)), ours)
    tab.pool().drop(job_id)


WIDE = TrainConfig(hidden=(1024,) * 2, batch_size=4096, n_critic=100)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda: saved()[:-3], "cut off"),
        (lambda: b"hello", "not a checkpoint"),
        (lambda: saved(0, WIDE), "hold up everybody"),
        (lambda: saved(0, TrainConfig("digits", hidden=(8,))), "a run on pictures, and here runs learn points"),
    ],
    ids=["cut off", "text", "too slow", "pictures"],
)
def test_a_bad_file_is_explained_and_changes_nothing(content, message):
    at = put(opened(), content())
    assert not at.exception
    assert len(at.error) == 1
    assert message in at.error[0].value.replace("\\", "")
    assert not at.button
    assert not at.session_state[tab.JOBS]


def test_networks_too_wide_to_come_back_are_told_so():
    assert layout.size(SMALL) == pytest.approx(len(saved()), abs=5000)
    wide = TrainConfig(hidden=(512,) * 3, ema=0)
    job_id = tab.pool().create(RunSpec(wide), owner="test")
    wait(job_id)
    at = AppTest.from_function(page, default_timeout=60, kwargs={"name": "moons"})
    at.session_state[tab.JOBS] = {"tr": job_id}
    at.run()
    assert any("12 MB" in plain(caption.value) for caption in at.caption)
    tab.pool().drop(job_id)
