"""The pairs of runs on pictures: their recordings, how long they took, and how they stand side by side on Digits."""

import time
from dataclasses import replace
from difflib import ndiff

import numpy as np
import pytest
import torch

from tests.pages import component, open_lesson, text
from wgan_demo.datasets import DATASETS, mnist
from wgan_demo.gan import classifier, shipped
from wgan_demo.gan.duels import DUELS, SIDES, epochs, seconds_for
from wgan_demo.gan.export.script import script
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs import checkpoint, generate
from wgan_demo.gan.runs import record as recorder
from wgan_demo.gan.runs.recording import Recording
from wgan_demo.gan.spaces.compared import LATENTS, SAMPLES, stream
from wgan_demo.gan.spaces.images import GREYS, PICTURES
from wgan_demo.ui.images.duel import SIZES, fids_at
from wgan_demo.ui.images.six_changes import difference
from wgan_demo.ui.runs import tab

SHIPPED = [(duel, side) for duel in DUELS.values() if duel.shipped for side in SIDES]
SMALL_LABEL = DUELS["mnist14"].label
ids = {"ids": [duel.recording(side) for duel, side in SHIPPED]}


@pytest.mark.parametrize(("duel", "side"), SHIPPED, **ids)
def test_a_recording_is_the_run_of_its_duel_and_small(duel, side):
    recording = shipped.load(duel.recording(side))
    assert recording.config == duel.config(side)
    assert recording.steps == duel.length(side) == recording.frames[-1].step
    assert recording.frames[0].step == 0
    assert (shipped.FOLDER / f"{duel.recording(side)}.npz").stat().st_size <= 1e6
    assert (shipped.FOLDER / f"{duel.recording(side)}.safetensors.gz").stat().st_size <= 1.5e6
    assert duel.name == "digits" or recording.machine.startswith("one core of")
    assert recording.label == DATASETS[duel.dataset].label


@pytest.mark.parametrize(("duel", "side"), SHIPPED, **ids)
def test_its_weights_make_its_last_pictures_and_train_on(duel, side):
    torch.set_num_threads(1)
    content = shipped.weights(duel.recording(side))
    run, recording = checkpoint.load(content), shipped.load(duel.recording(side))
    assert (run.config, run.state.steps) == (recording.config, recording.steps)
    z = stream(run.config.seed, LATENTS).standard_normal((SAMPLES, run.config.latent_dim))[:PICTURES]
    pictures = generate.generator(run)(z)
    assert np.abs(pictures - recording.frames[-1]["fake"]).mean() < 0.5 / GREYS
    if not mnist.at_hand(duel.dataset):
        return
    trainer = trainer_for(run.config)
    checkpoint.restore(trainer, run.state)
    np.testing.assert_allclose(trainer.generate(z), pictures, atol=1e-4)
    list(trainer.run(20))
    judge = classifier.load(duel.dataset)
    after = judge.fid(judge.features(trainer.generate(stream(9).standard_normal((SAMPLES, run.config.latent_dim)))))
    assert after < 1.5 * recording.value("fid") + 2  # nothing breaks for want of momentum


@pytest.mark.parametrize("duel", [duel for duel in DUELS.values() if duel.shipped], ids=lambda duel: duel.name)
def test_both_sides_have_the_same_networks_and_the_wgan_gp_makes_all_digits(duel):
    gan, wgan = (duel.config(side) for side in SIDES)
    for name in ("network", "hidden", "latent_dim", "activation", "generator_norm", "batch_norm", "ema", "dataset"):
        assert getattr(gan, name) == getattr(wgan, name)
    recording = shipped.load(duel.recording("live"))
    assert recording.value("modes") == 10
    assert recording.value("fid") < 3 * classifier.load(duel.dataset).floor[0]


def test_the_command_knows_every_recording():
    for duel in DUELS.values():
        for side in SIDES:
            assert recorder.asked(duel.recording(side)) == (duel.config(side), duel.length(side))
            assert duel.recording(side) in recorder.names()
    assert set(recorder.runs()) <= set(recorder.names())


def test_an_epoch_is_as_many_real_pictures_as_there_are():
    recording = shipped.load("mnist14")
    assert epochs(recording) == pytest.approx(6000 * 3 * 64 / 10_000)
    assert seconds_for(recording, epochs(recording)) == pytest.approx(recording.value("seconds"))
    assert np.isnan(seconds_for(recording.until(0), 50))


def test_a_recording_that_was_stopped_goes_on_to_the_same_numbers(tmp_path, monkeypatch):
    torch.set_num_threads(1)
    monkeypatch.setattr(recorder, "UNFINISHED", tmp_path)
    monkeypatch.setattr(recorder, "OFTEN", -1)
    config = replace(DUELS["mnist14"].config("live"), hidden=(4,), batch_size=4, network="conv", generator_norm=True)
    whole = recorder.record(trainer_for(config), 8, 2)

    def stop(self, *_):
        if self.steps_done == 5:
            raise KeyboardInterrupt
        return step(self)

    step = recorder.Trainer.step
    with monkeypatch.context() as patch:
        patch.setattr(recorder.Trainer, "step", stop)
        with pytest.raises(KeyboardInterrupt):
            recorder.resumed("it", config, 8, 2)
    assert Recording.load(tmp_path / "it.npz").steps == 4
    trainer, recording = recorder.resumed("it", config, 8, 2)
    assert trainer.steps_done == 8
    np.testing.assert_allclose(recording.records, whole.records, rtol=1e-6)
    np.testing.assert_allclose(recording.evaluations[:, :-1], whole.evaluations[:, :-1], rtol=1e-6)
    assert [frame.step for frame in recording.frames] == [0, 2, 4, 6, 8]
    assert not list(tmp_path.iterdir())
    few = recorder.thinned(recording, 3)
    assert [frame.step for frame in few.frames] == [0, 2, 8]  # closer together where it begins


def test_a_short_file_loads_and_packs():
    torch.set_num_threads(1)
    trainer = trainer_for(replace(DUELS["mnist14"].config("live"), hidden=(8,), batch_size=4))
    list(trainer.run(3))
    run, short = (checkpoint.load(checkpoint.save(trainer, short=short)) for short in (False, True))
    for name, array in run.state.arrays.items():
        rounded = short.state.arrays[name]
        if name.endswith(".exp_avg"):
            assert not rounded.any()
        elif name.endswith(".exp_avg_sq"):
            np.testing.assert_allclose(rounded, array, rtol=2**-5)
        else:
            np.testing.assert_allclose(rounded, array, rtol=2**-11)


# On the page


def test_the_difference_is_that_of_the_two_scripts():
    duel, recording = DUELS["mnist14"], shipped.load("mnist14")
    gan, wgan = (script(replace(recording, config=duel.config(side))).splitlines() for side in SIDES)
    lines = difference("mnist14").splitlines()
    for sign, before, after in (("-", gan, wgan), ("+", wgan, gan)):
        found = [line[1:] for line in lines if line.startswith(sign)]
        assert set(before) - set(after) <= set(found) <= set(before)
    assert any("softplus(-real_scores)" in line and line.startswith("-") for line in lines)
    assert "+    n_critic: int = 3  # critic steps for each step of the generator" in lines
    assert len(lines) < len(list(ndiff(gan, wgan))) / 3


def test_mnist_has_a_guess_of_its_own_and_says_seconds_and_epochs():
    at = open_lesson("digits", im_data=SMALL_LABEL)
    assert "epochs" not in text(at)
    assert not at.success
    at = open_lesson("digits", im_data=SMALL_LABEL, im_guess_mnist14="only B")
    recording = shipped.load("mnist14")
    notes = " ".join(caption.value for caption in at.caption)
    assert f"**{epochs(recording):.1f} epochs**" in notes
    assert f"**{recording.value('seconds'):,.0f} s** of one core" in notes
    ends = [int(shipped.load(name).value("modes")) for name in ("mnist14_gan", "mnist14")]
    assert f"A ends with {ends[0]} digits and B with {ends[1]}" in text(at)
    assert any("Six changes" in told.value for told in at.success)
    assert [code.language for code in at.code].count("diff") == 1


def press(at, label: str):
    next(button for button in at.button if button.label.startswith(label)).click().run()
    assert not at.exception
    return at


def views(at):
    return [tab.pool().view(job_id) for job_id in at.session_state[tab.JOBS].values()]


def test_both_train_on_from_their_recordings_and_other_pictures_end_them():
    at = press(open_lesson("digits", im_data=SMALL_LABEL), "Train on")
    ends = {shipped.load(duel_side).steps for duel_side in ("mnist14", "mnist14_gan")}
    deadline = time.monotonic() + 60
    while not all(view.recording and view.recording.steps > min(ends) + 2 for view in views(at)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    recordings = [view.recording for view in views(at)]
    assert {recording.records[0, 0] - 1 for recording in recordings} == ends
    at.run()
    assert not at.exception
    assert component(at, "im_two_versus")
    at.selectbox(key="im_data").set_value("digits").run()
    assert not at.exception
    assert at.session_state[tab.JOBS] == {}


@pytest.mark.skipif(not DUELS["mnist"].shipped, reason="its recordings are not there")
def test_without_the_files_and_a_network_start_says_so_and_nothing_begins(tmp_path, monkeypatch):
    monkeypatch.setenv(mnist.FOLDER, str(tmp_path))
    here = mnist.Source(("http://127.0.0.1:1/",), mnist.SOURCES["mnist"].md5)
    monkeypatch.setitem(mnist.SOURCES, "mnist", here)
    at = press(open_lesson("digits", im_data=DUELS["mnist"].label), "Start")
    assert "could not be fetched: no mirror answers" in text(at)
    assert at.session_state[tab.JOBS] == {}
    at = open_lesson("digits", im_data=DUELS["mnist"].label, im_view="Is it memorised?", im_new="new digits")
    assert "once MNIST’s files are here" in text(at)


def test_the_larger_networks_are_ahead_by_iterations_and_behind_by_seconds():
    if not all(DUELS[name].shipped for name in SIZES):
        pytest.skip("the recordings of the larger networks are not there")
    small, large = (shipped.load(name) for name in SIZES)
    for seconds in (20, 60):
        few, many = fids_at(small, large, "seconds", seconds)
        assert few < many
    few, many = fids_at(small, large, "step", 3000)
    assert many < few
    at = open_lesson("digits", im_data=DUELS["mnist"].label, im_guess_mnist="both")
    assert f"**{few:.3g}** and **{many:.3g}** at iteration 3,000" in text(at)


def test_the_walk_among_mnists_digits_says_among_how_many_it_looks():
    at = open_lesson("digits", im_data=SMALL_LABEL, im_view="Is it memorised?", im_new="new digits")
    assert "both among 5,000 of the data" in text(at)
