"""Digits, the view "Your own": pictures that are drawn or uploaded, what is made of them, and whether it is copied."""

import io
import re
import time

import numpy as np
import pytest
import torch
from PIL import Image
from scipy.spatial.distance import cdist
from streamlit.testing.v1 import AppTest

from tests.pages import complaints, component, given, open_lesson, reading_of, text
from wgan_demo.datasets.examples import LEVELS, examples
from wgan_demo.datasets.images import digits, from_pictures, pixels
from wgan_demo.gan import shipped
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import PRESETS
from wgan_demo.gan.runs.record import record
from wgan_demo.ui.components.pad import parse_letters, pictures_text
from wgan_demo.ui.images import own, own_copies, own_data
from wgan_demo.ui.runs import tab

LINK = {"im_view": "Your own"}
DRAWN = np.random.default_rng(3).integers(0, LEVELS + 1, (21, 64))


def button(at: AppTest, label: str):
    return next(button for button in at.button if button.label == label)


def press(at: AppTest, label: str) -> AppTest:
    button(at, label).click().run()
    assert not at.exception
    return at


def begun(at: AppTest, steps: int = 1) -> AppTest:
    """Started, paused once it has come so far."""
    press(at, "Start")
    wait(lambda: (now := view(at).recording) is not None and now.steps >= steps)
    press(at, "Pause")
    wait(lambda: not view(at).busy)
    return at.run()


def wait(until) -> None:
    deadline = time.monotonic() + 60
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def view(at: AppTest):
    return tab.pool().view(at.session_state[tab.JOBS]["my"])


def on_pad(at: AppTest) -> np.ndarray:
    return parse_letters(component(at, "my_pad")["text"])


def test_examples_stand_there_and_can_be_trained_on_at_once():
    at = open_lesson("digits", **LINK)
    np.testing.assert_array_equal(on_pad(at), examples())
    assert not button(at, "Start").disabled
    assert not at.success
    begun(at)
    run = view(at).recording
    assert (run.label, run.config.columns, run.config.regularizer) == ("20 examples", 64, "gradient_penalty")
    assert set(map(bytes, run.real.astype(np.float32).reshape(-1, 64))) <= set(
        map(bytes, (2 * examples() / LEVELS - 1).astype(np.float32))
    )
    press(at, "Reset")


def test_what_was_drawn_comes_from_the_link_and_stays_on_another_view_and_after_an_error():
    at = open_lesson("digits", my_pictures=pictures_text(DRAWN), my_seed="5", **LINK)
    np.testing.assert_array_equal(on_pad(at), DRAWN)
    begun(at)
    run = view(at).recording
    assert (run.label, run.config.seed) == ("21 own pictures", 5)
    np.testing.assert_array_equal(at.session_state["my_rows"].points, 2 * DRAWN / LEVELS - 1)
    for elsewhere in ("Side by side", "Your own"):
        at.session_state["im_view"] = elsewhere
        at.run()
    at.session_state["my_source"] = own_data.UPLOAD
    at.run()
    assert not at.exception
    at.get("file_uploader")[0].set_value(("x.png", b"no picture", "image/png")).run()
    assert "no PNG" in complaints(at)[0]
    at.session_state["my_source"] = own_data.DRAW
    at.run()
    np.testing.assert_array_equal(on_pad(at), DRAWN)
    assert view(at).recording.label == "21 own pictures"
    press(at, "Reset")


def test_damaged_pictures_in_the_link_are_named_and_the_examples_stand_there():
    at = open_lesson("digits", my_pictures="<b>", **LINK)
    assert "draw them anew" in complaints(at)[0]
    np.testing.assert_array_equal(on_pad(at), examples())


@pytest.mark.parametrize("count", [1, 19])
def test_too_few_pictures_say_how_many_are_missing(count):
    at = open_lesson("digits", my_pictures=pictures_text(DRAWN[:count]), **LINK)
    assert f"Draw {20 - count} more" in at.info[0].value
    assert button(at, "Start").disabled


def test_pictures_that_are_all_the_same_are_told():
    at = open_lesson("digits", my_pictures=pictures_text(DRAWN[:1].repeat(20, 0)), **LINK)
    assert "the same" in complaints(at)[0]
    assert button(at, "Start").disabled


def test_a_grid_is_read_and_trained_on():
    at = open_lesson("digits", my_source=own_data.UPLOAD, my_across="6", **LINK)
    assert button(at, "Start").disabled
    pictures = digits()[0][:24]
    sheet = pictures.reshape(4, 6, 8, 8).swapaxes(1, 2).reshape(32, 48)
    file = io.BytesIO()
    Image.fromarray(((1 - sheet) * 127.5).round().astype(np.uint8)).save(file, "PNG")
    at.get("file_uploader")[0].set_value(("mine_[x](y).png", file.getvalue(), "image/png")).run()
    assert not complaints(at)
    begun(at)
    np.testing.assert_allclose(at.session_state["my_rows"].points, pictures.reshape(24, 64), atol=0.01)
    assert "24 pictures of mine" in text(at).replace("\\", "")
    at.number_input(key="my_across").set_value(5).run()
    assert "cannot be cut" in complaints(at)[0].replace("\\", "")
    assert view(at).state == "paused"
    press(at, "Reset")


def test_copies_are_kept_back_until_the_guess_and_are_those_of_the_frame():
    at = begun(open_lesson("digits", my_pictures=pictures_text(DRAWN), **LINK), 30)
    assert not any(data.get("key") == "my_course" for data in given(at))
    assert not any(name.startswith("Copies") for name, *_ in component(at, "my_numbers")["readings"])
    at.session_state["my_guess"] = "more and more copies"
    at.run()
    assert not at.exception
    frame = tab.pool().recording(at.session_state[tab.JOBS]["my"]).frames[-1]
    distances = np.sort(cdist(frame["fake"].reshape(64, -1), 2 * DRAWN / LEVELS - 1), axis=1)
    copies = int((distances[:, 0] < distances[:, 1] / 3).sum())
    assert reading_of(at, "Copies", "my_numbers") == f"{copies} of 64"
    assert reading_of(at, "To the nearest", "my_numbers") == f"{distances[:, 0].mean():.2f}"
    assert f"So far: At iteration {frame.step:,} **{copies} of 64** are copies" in text(at)
    assert component(at, "my_course")
    assert not any("Take away" in told.value for told in at.success)  # it has not trained for long
    press(at, "Reset")


@pytest.mark.parametrize(
    ("guess", "right"),
    [("more and more copies", "copies"), ("more and more new ones", "new"), ("Just show me", None)],
)
def test_a_guess_is_judged_by_what_is_made_in_the_end(guess, right, monkeypatch):
    rows = 2 * DRAWN / LEVELS - 1
    data = own_data.TableData(rows, pixels(8), "mine")
    config = own.config(data, 0)
    run = record(trainer_for(config, data.dataset), 25)
    told = []
    monkeypatch.setattr(own_copies.lesson, "say", told.append)
    for made, what in ((np.resize(rows, (64, 64)), "copies"), (np.zeros((64, 64)), "new")):
        run.frames[-1].arrays["fake"] = made.reshape(64, 1, 8, 8)
        own_copies.verdict(run, own_copies.Originals.of(data), guess, 25)
        word = re.match(r"(Yes\. |Not with these\. |)At iteration 25 \*\*(\d+) of 64\*\*", told[-1])
        assert word[1] == ("" if right is None else "Yes. " if what == right else "Not with these. ")
        assert int(word[2]) == (64 if what == "copies" else 0)


def test_a_handful_is_copied_and_hundreds_are_not():
    """What the take-away says, in a part of the page's iterations."""
    torch.set_num_threads(1)
    shares = {}
    for n, steps in ((20, 2000), (400, 1000)):
        rows = digits()[0][:n].reshape(n, -1).astype(float)
        data = from_pictures("mine", rows, pixels(8))
        config = own.config(own_data.TableData(rows, pixels(8), "mine"), 0)
        run = record(trainer_for(config, data), steps, every=steps)
        distances = np.sort(cdist(run.frames[-1]["fake"].reshape(64, -1), rows), axis=1)
        shares[n] = (distances[:, 0] < distances[:, 1] / 3).mean()
    assert shares[20] > 0.02
    assert shares[400] == 0


def test_the_settings_are_those_of_the_digits():
    data = own_data.TableData(2 * DRAWN / LEVELS - 1, pixels(8), "mine")
    found, known = own.config(data, 0), PRESETS["live"].config("digits")
    assert {name for name, value in found.as_dict().items() if value != known.as_dict()[name]} == {"dataset", "columns"}
    assert found.space == shipped.load("digits").space
