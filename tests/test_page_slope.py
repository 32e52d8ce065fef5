"""Holding the slope: every view, what a link brings along, and what is refused in a sentence."""

import json
import time

import pytest

from tests.pages import complaints, component, formulas, messages, open_lesson, text
from wgan_demo.experiments import STUDIES
from wgan_demo.experiments.runner import Progress
from wgan_demo.experiments.studies import surfaces
from wgan_demo.plots.slope.numbers import latex, number
from wgan_demo.ui.experiments import panel
from wgan_demo.ui.slope.own_run import parse

LAYERS = {"sl_view": "Layer by layer"}
PLACES = {"sl_view": "Place by place"}
SHOWN = "Just show me"


def test_pictures_stand_there_at_once_and_numbers_after_the_guess():
    app = open_lesson("slope")
    assert not app.exception
    for dataset in surfaces.DATASETS:
        picture = component(app, f"sl_surface_{dataset}")
        assert "c = 0.1" in picture["alt"]
        assert "bound" not in json.dumps(picture)
    assert not app.success
    assert set(app.table[0].value.iloc[:, 1:].to_numpy().ravel()) == {"?"}
    app = open_lesson("slope", sl_guess="A third to three quarters")
    assert "bound 0.709, W₁ 0.75: 9" in component(app, "sl_surface_swiss_roll")["alt"]
    shares = app.table[0].value["Share"]
    assert [f"{result.numbers['share']:.0%}" for result in told()] == shares.tolist()
    assert "Take away" in app.success[0].value


def told() -> list:
    """The results of what is on the screen at first: c = 0.1 and the one-sided penalty at 100."""
    results = panel.shipped("surfaces")
    runs = (f"{dataset},{held}" for dataset in surfaces.DATASETS for held in ("c=0.1", "one_sided=100"))
    return [results[run] for run in runs]


@pytest.mark.parametrize(("c", "weight"), [("0.01", "10"), ("0.001", "1")])
def test_c_and_lambda_in_a_link_show_the_recorded_critics(c, weight):
    app = open_lesson("slope", sl_c=c, sl_side="Two-sided", sl_lambda_two=weight, sl_guess=SHOWN)
    assert complaints(app) == []
    for dataset in surfaces.DATASETS:
        alt = component(app, f"sl_surface_{dataset}")["alt"]
        results = panel.shipped("surfaces")
        clipped = results[f"{dataset},c={c}"].numbers["bound"]
        penalised = results[f"{dataset},gradient_penalty={weight}"].numbers["bound"]
        assert f"c = {c} above, two-sided penalty, λ = {weight} below" in alt
        assert f"bound {number(clipped)}, W₁" in alt
        assert f"bound {number(penalised)}, W₁" in alt


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"sl_c": "-3"}, "“-3” is none of"),
        ({"sl_c": "0.05"}, "other values can be trained below"),
        ({"sl_lambda": "1e999"}, "“1e999” is none of"),
        ({"sl_own": "swiss_roll,c,-3"}, "c must lie between"),
        ({"sl_own": "swiss_roll,c,nan"}, "c must lie between"),
        ({"sl_own": "swiss_roll,two,1e9"}, "λ must lie between"),
        ({"sl_own": "moons,c,0.1"}, "The data must be one of"),
        ({"sl_own": "swiss_roll,hope,1"}, "It is held by one of"),
        ({"sl_own": "rubbish"}, "It should read like"),
    ],
)
def test_a_link_beyond_sense_is_told_in_a_sentence(link, sentence):
    app = open_lesson("slope", **link)
    assert not app.exception
    assert any(sentence in complaint for complaint in complaints(app))


def test_a_c_that_makes_no_sense_cannot_be_trained():
    app = open_lesson("slope", sl_own="swiss_roll,c,0.2")
    app.number_input(key="sl_own_value").set_value(-1.0).run()
    assert "c must lie between 0.000001 and 10, not -1." in complaints(app)
    assert app.button(key="sl_train").disabled


def test_a_critic_of_ones_own_is_trained_here_and_now():
    app = open_lesson("slope", sl_own="swiss_roll,one,50")
    app.button(key="sl_train").click().run()
    deadline = time.monotonic() + 60
    while not any(metric.label == "Gap" for metric in app.metric):
        assert time.monotonic() < deadline
        time.sleep(0.1)
        app.run()
    assert not app.exception
    assert "one-sided penalty, λ = 50" in component(app, "sl_own_surface")["alt"]
    app.button(key="sl_remove").click().run()
    assert not any(metric.label == "Gap" for metric in app.metric)


def test_links_of_ones_own_are_read_as_they_are_written():
    assert parse("eight_gaussians,two,0.5") == ("eight_gaussians", "two", 0.5)


def test_before_the_guess_only_the_untrained_networks_are_seen():
    header, _ = messages(open_lesson("slope", **LAYERS))["sl_layers"]
    assert header["places"] == ["0"]
    app = open_lesson("slope", **LAYERS, sl_layer_guess="It depends on c")
    header, groups = messages(app)["sl_layers"]
    assert header["places"][-1] == f"{STUDIES['layers'].steps:,}"
    assert len(groups) == len(STUDIES["layers"].runs)
    assert "multiplied by 10⁹ at c = 0.1" in text(app)
    assert "Take away" in app.success[0].value


def test_the_slopes_in_four_places_stand_there_after_the_guess_with_and_without_batch_norm():
    app = open_lesson("slope", **PLACES)
    assert not app.exception
    assert len(app.table) == 0
    app = open_lesson("slope", **PLACES, sl_place_guess=SHOWN)
    without = component(app, "sl_spread")["alt"]
    assert "spectral norm: median" in without
    app.toggle(key="sl_batch_norm").set_value(True).run()
    assert component(app, "sl_spread")["alt"] != without
    assert "With batch norm" in text(app)


@pytest.mark.parametrize(
    ("view", "formula"), [({}, r"\mathrm{clip}(w, -c, c)"), (LAYERS, r"\partial h_l"), (PLACES, r"\sigma_{\max}")]
)
def test_every_view_shows_the_code_that_ran(view, formula):
    assert formula in formulas(open_lesson("slope", **view))


def test_a_study_is_done_here_cancelled_and_gone_on_with(tmp_path, monkeypatch):
    monkeypatch.setenv("WGAN_STUDIES", str(tmp_path))
    panel._runners().clear()
    app = open_lesson("slope")
    assert "36 runs of 4,000 steps" in " ".join(caption.value for caption in app.caption)
    app.button(key="study_begin_surfaces").click().run()
    assert panel.running() == "surfaces"
    runner = panel._runners()["surfaces"]
    app.button(key="study_cancel_surfaces").click().run()
    assert runner.state == "cancelled"
    assert panel.running() is None
    app.run()
    assert any("Start the study again, and it goes on from there." in info.value for info in app.info)
    assert app.button(key="study_begin_surfaces").label == "Go on"
    panel._runners().clear()


def test_how_a_study_stands_is_told_in_a_sentence():
    now = Progress("running", 3, 36, 0.1, 61.4, "", ())
    assert panel.told(now) == "3 of 36 runs finished: about 61 s to go."
    assert panel.told(now._replace(seconds=None)) == "3 of 36 runs finished: how long is not known yet."
    assert panel.told(now._replace(state="finished", done=36)) == "36 of 36 runs finished."


@pytest.mark.parametrize(
    ("value", "text", "formula"),
    [
        (0, "0", "0"),
        (0.70734, "0.707", "0.707"),
        (2190.4, "2,190", r"2.19 \cdot 10^{3}"),
        (-7.05e7, "-7.0·10⁷", r"-7.05 \cdot 10^{7}"),
        (1.887e-8, "1.9·10⁻⁸", r"1.89 \cdot 10^{-8}"),
    ],
)
def test_numbers_over_many_powers_of_ten_can_be_read(value, text, formula):
    assert number(value) == text
    assert latex(value) == formula
