"""The page Digits, run without a browser: two runs that are begun, paused and judged together."""

import base64
import io
import re
import time

import numpy as np
import pytest
import torch
from PIL import Image, ImageColor
from scipy.stats import spearmanr
from sklearn.datasets import load_digits
from streamlit.testing.v1 import AppTest

from tests.pages import component, given, messages, open_lesson, text
from wgan_demo.experiments import STUDIES, finished
from wgan_demo.experiments.result import SHIPPED
from wgan_demo.experiments.studies.digits_losses import rank_correlation
from wgan_demo.gan import shipped
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.presets import PRESETS, recording_name
from wgan_demo.plots.theme import TARGET
from wgan_demo.ui.images import losses, rates
from wgan_demo.ui.runs import tab


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def column(at: AppTest, name: str) -> list[str]:
    """A row of the table by its name: what stands there of A and of B."""
    groups = component(at, "im_two_versus")["groups"]
    return next(row[1:] for _, rows in groups for row in rows if row[0].startswith(name))


def views(at: AppTest):
    return [tab.pool().view(job_id) for job_id in at.session_state[tab.JOBS].values()]


def wait(at: AppTest, until) -> None:
    deadline = time.monotonic() + 60
    while not until([view.recording.steps if view.recording else 0 for view in views(at)]):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_before_the_guess_the_recordings_stop_early_and_nothing_tells_the_end():
    at = open_lesson("digits")
    assert "FID" not in text(at).split("The code that ran")[0].replace("FID and digits by", "")
    assert not any("Take away" in told.value for told in at.success)
    seen = [int(steps.replace(",", "")) for steps in column(at, "Iteration")]
    assert max(seen) < 1000


@pytest.mark.parametrize("guess", ["only A", "only B", "both", "neither", "Just show me"])
def test_a_guess_is_judged_by_the_recordings(guess):
    at = open_lesson("digits", im_guess=guess)
    said = " ".join(element.value for element in at.markdown)
    assert ("Yes." in said) == (guess == "only B")
    assert column(at, "Digits made")[1] == "10 of 10"
    assert column(at, "λ") == ["–", "10"]  # the GAN has no penalty
    assert any("Take away" in told.value for told in at.success)


def test_bars_count_the_digits_of_both_beside_the_data_and_follow_the_film():
    assert not any(data.get("key") == "im_two_digits" for data in given(open_lesson("digits")))
    at = open_lesson("digits", im_guess="both")
    data, *of_runs, threshold = component(at, "im_two_digits")["figure"]["data"]
    labels = np.bincount(load_digits().target)
    np.testing.assert_allclose(drawn(data), labels / labels.sum() * 512, rtol=1e-6)
    assert (data["name"], threshold["y"]) == ("data", [5.12, 5.12])
    beside = messages(at)["im_two_stage"][0]["beside"]
    for i, (bars, name) in enumerate(zip(of_runs, ("digits_gan", "digits"), strict=True)):
        frames = shipped.load(name).frames
        assert drawn(bars).tolist() == frames[-1]["digits"].tolist()
        moved = [news["digits"][1][f"{i + 1} y"]["array"] for news in beside[i]]
        assert moved == [frame["digits"].tolist() for frame in frames]


def drawn(trace: dict) -> np.ndarray:
    """The heights of bars, as plotly packs them."""
    return np.frombuffer(base64.b64decode(trace["y"]["bdata"]), trace["y"]["dtype"])


def test_both_start_pause_and_begin_anew_together():
    at = press(open_lesson("digits", im_lr="0.0005", im_seed="3"), "Start")
    wait(at, lambda steps: len(steps) == 2 and min(steps) > 0)
    configs = [view.recording.config for view in views(at)]
    assert {(config.lr, config.seed, config.dataset) for config in configs} == {(5e-4, 3, "digits")}
    assert {config.loss for config in configs} == {"wasserstein", "non_saturating"}
    press(at, "Pause")
    assert [view.state for view in views(at)] == ["paused"] * 2
    press(at, "Another seed")
    wait(at, lambda steps: min(steps) > 0)
    assert {view.recording.config.seed for view in views(at)} == {4}
    assert at.session_state.im_seed == 4
    press(at, "Reset")
    assert at.session_state[tab.JOBS] == {}


def test_both_keep_the_chosen_speed_and_take_another_one_while_they_train():
    at = open_lesson("digits", im_pace="1 / s")
    begun = time.monotonic()
    press(at, "Start")
    wait(at, lambda steps: len(steps) == 2 and min(steps) > 0)
    assert max(view.recording.steps for view in views(at)) <= time.monotonic() - begun + 2
    at.segmented_control(key="im_pace").set_value("full").run()
    wait(at, lambda steps: min(steps) > 100)  # at the old one this would take minutes
    press(at, "Reset")


@pytest.mark.parametrize(
    "link", [{"im_lr": "7"}, {"im_seed": "-3"}, {"im_seed": "1e99"}, {"im_guess": "<b>"}, {"im_pace": "9"}]
)
def test_a_link_that_makes_no_sense_is_as_none(link):
    at = open_lesson("digits", **link)
    assert column(at, "Iteration")


MEMORY = {"im_view": "Is it memorised?"}


def test_the_nearest_real_digits_wait_for_the_guess():
    at = open_lesson("digits", **MEMORY)
    assert len(rows_of(at)) == 1
    assert not at.success
    at = open_lesson("digits", im_new="copies of digits it has seen", **MEMORY)
    assert [len(row) for row in rows_of(at)] == [9] * 3
    said = text(at)
    assert "No. A generated picture lies" in said
    fake, real = (float(number) for number in re.findall(r"lies \*\*([\d.]+)\*\*", said))
    assert 0.8 * real < fake < 2 * real
    assert any("Take away" in told.value for told in at.success)


def test_a_walk_begins_at_the_one_and_ends_at_the_other_picture():
    at = open_lesson("digits", im_whose="A: standard GAN", im_from="5", im_to="9", **MEMORY)
    (row,) = rows_of(at)
    frame = shipped.load("digits_gan").frames[-1]["fake"][:, 0]
    for shown, picture in ((row[0], 4), (row[-1], 8)):
        ink = np.clip((frame[picture] + 1) / 2, 0, 1)
        np.testing.assert_allclose(shown[..., 3] / 255, ink, atol=0.02)
        assert set(map(tuple, shown[..., :3].reshape(-1, 3))) == {ImageColor.getrgb(TARGET)}


def rows_of(at: AppTest) -> list[list[np.ndarray]]:
    """The pictures of each row of tiles, as red, green, blue and ink."""
    rows = [re.findall(r"base64,([^\"]+)", element.proto.body) for element in at.get("html")]
    return [[np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))) for data in found] for found in rows if found]


# The wall


WALL = {"im_view": "The learning rate"}


def test_the_wall_waits_for_the_guess_and_its_sentence_counts_the_cells():
    at = open_lesson("digits", **WALL)
    assert [len(row) for row in rows_of(at)] == [3, 3]  # of A and of B, at one rate
    assert not at.success
    runs = finished(STUDIES["digits_rates"], SHIPPED / "digits_rates")
    ten = {  # at how many rates all three seeds make all digits
        preset: sum(
            all(runs[f"{preset},lr={rate:g},seed={seed}"].numbers["digits"] == 10 for seed in range(3))
            for rate in (1e-4, 2e-4, 5e-4, 1e-3, 2e-3)
        )
        for preset in ("gan", "live")
    }
    right = next(option for option, (low, high) in rates.LOW.items() if low <= ten["gan"] <= high)
    at = open_lesson("digits", im_wall_guess=right, **WALL)
    assert [len(row) for row in rows_of(at)] == [3] * 10
    assert (
        f"Right. The GAN keeps all ten from every seed at **{ten['gan']}** of 5 rates, the WGAN-GP at **{ten['live']}**"
        in text(at)
    )
    assert ten["live"] > ten["gan"] > 0  # what the take-away says


def test_a_cell_of_the_wall_is_trained_here():
    at = open_lesson("digits", im_wall_guess="Just show me", **WALL)
    at.selectbox(key="im_wall_lr").set_value("0.002")
    at.selectbox(key="im_wall_seed").set_value(2)
    press(at, "Train both here")
    wait(at, lambda steps: len(steps) == 2 and min(steps) > 0)
    assert {(view.recording.config.lr, view.recording.config.seed) for view in views(at)} == {(2e-3, 2)}
    assert component(at, "im_two_versus")
    press(at, "Reset")


# Losses


LOSSES = {"im_view": "Does the loss tell?"}


def test_the_rank_correlation_is_that_of_scipy():
    x, y = np.random.default_rng(0).standard_normal((2, 40))
    assert rank_correlation(x, y) == pytest.approx(spearmanr(x, y).statistic)


def test_what_the_page_says_of_the_losses_is_so():
    at = open_lesson("digits", **LOSSES)
    assert not at.success
    assert "over 5 seeds" not in text(at)
    at = open_lesson("digits", im_loss_guess="none of them", **LOSSES)
    assert "Yes. At first" in text(at)
    for kind in losses.NAMES:
        assert losses.rho(kind, "judge").max() < 0.5  # none tells it over the whole run
    assert losses.rho("usual", "judge", losses.LATE).min() > 0.85
    assert losses.rho("falling", "judge").max() < -0.85
    runs = losses.results()
    assert len(runs) == 20
    for run in runs.values():  # the pictures get better in all
        assert run.arrays["fid"][-1] < 0.1 * run.arrays["fid"][0]
        assert losses.told(run.arrays, "judge") == pytest.approx(run.numbers["judge"], abs=1e-6)


# A fork


@pytest.mark.parametrize(
    ("whose", "kind", "setting"), [("B: WGAN-GP", "live", "lambda"), ("A: standard GAN", "gan", "lr")]
)
def test_a_fork_repeats_its_run_and_goes_on_with_its_own_setting(whose, kind, setting):
    torch.set_num_threads(1)
    at = open_lesson("digits", im_guess="both", im_at="200000")
    at.segmented_control(key="im_fork_whose").set_value(whose).run()
    run = f"im_{whose[0].lower()}"
    field = next(box for box in at.number_input if box.key.startswith(f"{run}_fork_{setting}_"))
    step = int(field.key.rsplit("_", 1)[1])
    assert 50 < step < 400
    field.set_value(field.value / 2).run()
    press(at, f"Fork, and train to iteration {shipped.load(recording_name(kind, 'digits')).steps:,}")
    job_id = at.session_state[tab.JOBS][f"{run}_b"]
    assert list(at.session_state[tab.JOBS]) == [f"{run}_b"]
    wait(at, lambda steps: steps[0] > step + 20)
    press(at, "Pause C")
    recording = tab.pool().recording(job_id)
    config = PRESETS[kind].config("digits")
    name = {"lambda": "gp_weight", "lr": "lr"}[setting]
    assert recording.changes == ((step, name, getattr(config, name) / 2),)
    trainer, forked = trainer_for(config), trainer_for(config, changes=recording.changes)
    own = np.array([tuple(trainer.step()) for _ in range(step + 20)])
    np.testing.assert_allclose(
        recording.records[: step + 20], [tuple(forked.step()) for _ in range(step + 20)], rtol=1e-6
    )
    np.testing.assert_allclose(recording.records[:step], own[:step], rtol=1e-6)
    assert not np.allclose(recording.records[step : step + 20], own[step:], rtol=1e-6)
    at.run()
    names = f"{whose[0]} and C"
    assert names in text(at)
    assert component(at, f"{run}_two_versus")["heads"] == [whose[0], "C"]
    press(at, "Remove C")
    assert component(at, "im_two_versus")


def test_while_one_of_the_two_trains_a_fork_waits():
    at = press(open_lesson("digits"), "Start")
    wait(at, lambda steps: min(steps) > 0)
    at.run()
    assert not at.segmented_control or "im_fork_whose" not in [box.key for box in at.segmented_control]
    press(at, "Reset")
