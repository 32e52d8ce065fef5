"""What 30 s of training reach: by a known speed and the recordings."""

from dataclasses import replace

import pytest

from wgan_demo.engine.jobs import EVERY, Speed
from wgan_demo.engine.reach import duration, reach
from wgan_demo.engine.rehearsal import rehearse
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.presets import HOME, PRESETS, recording_name

TOY, CLIPPED = PRESETS["toy_code"], PRESETS["wgan_clipping"]


def paced(config: TrainConfig, per_second: float) -> Speed:
    """A machine that does so many iterations a second."""
    return Speed(0, 0, config.step_flop * per_second, 0)


def said(preset: str, per_second: float, *, revealed: bool = True, length: int = 1000, **fields) -> str:
    config, recording = replace(PRESETS[preset].config(), **fields), shipped.load(recording_name(preset, HOME))
    return reach(config, recording, length, revealed, paced(config, per_second))


def test_seconds_add_up():
    speed = Speed(by_hand=0.001, autograd=0.01, flop=1e9, evaluation=0.5)
    config = TrainConfig(hidden=(10,), batch_size=5, n_critic=3)
    arithmetic = (2 * 10 + 10 * 1) * 5 * (22 * 3 + 10) / 1e9
    assert speed.seconds(config) == pytest.approx(3 * 0.001 + arithmetic + 0.5 / EVERY)
    assert speed.seconds(replace(config, activation="tanh")) == pytest.approx(3 * 0.01 + arithmetic + 0.5 / EVERY)


def test_a_paper_s_settings_are_told_what_30_s_reach_and_what_the_paper_takes():
    text = said("toy_code", 10)
    recording = shipped.load("toy_code")
    at = (recording.course("emd")[0] == 300).argmax()
    ratio = recording.course("emd")[1][at] / recording.floor[0]
    assert "about 300 iterations here" in text
    assert f"{recording.course('modes')[1][at]:.0f} of 8 modes and an EMD {ratio:.1f} times the noise floor" in text
    assert "The 1,000 of its recording take about 100 s, the 100,000 of its source about 2.8 hours; " in text
    assert text.endswith("a run ends at 20,000 here.")


def test_only_a_source_that_says_how_long_it_trains_is_quoted():
    assert [name for name, preset in PRESETS.items() if preset.published] == ["toy_code"]
    assert "of its source" not in said("wgan_clipping", 10)


def test_the_recording_tells_nothing_before_the_guess():
    assert "EMD" in said("toy_code", 10)
    assert "EMD" not in said("toy_code", 10, revealed=False)
    assert "modes" not in said("toy_code", 10, revealed=False)


def test_beyond_the_end_of_the_recording_its_end_is_named():
    assert "about 6,000 iterations here, more than the 3,000 of its recording, which take about 15 s." in said(
        "wgan_clipping", 200
    )


@pytest.mark.parametrize("name", PRESETS)
def test_every_paper_is_told_and_no_other_where_30_s_are_enough(name):
    assert said(name, 1e4).startswith("30 s at full speed") == PRESETS[name].of_paper
    assert said(name, 0.01).startswith("30 s at full speed")


def test_settings_for_which_30_s_are_enough_need_no_word():
    config, recording = PRESETS["live"].config(), shipped.load("eight_gaussians")
    assert reach(config, recording, 1500, True, paced(config, 100)) == ""
    assert "about 30 iterations here" in reach(config, recording, 1500, True, paced(config, 1))
    own = reach(replace(config, latent_dim=5), recording, 1500, True, paced(config, 1))
    assert own == "30 s at full speed, if nothing else runs, are about 30 iterations here."


@pytest.mark.parametrize(
    ("seconds", "said"), [(1.4, "1.4 s"), (119, "120 s"), (120, "2 minutes"), (9000, "2.5 hours"), (1e5, "28 hours")]
)
def test_times_are_in_the_unit_that_suits_them(seconds, said):
    assert duration(seconds) == said


def test_the_speed_that_a_worker_measures_is_one():
    speed = rehearse()
    assert min(vars(speed).values()) > 0
    assert speed.autograd > speed.by_hand  # calls of PyTorch alone, without the arithmetic
