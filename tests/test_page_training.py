"""The training page through AppTest, with the real worker behind it."""

import time
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.messages import decode
from tests.pages import SHOWN, component, components, given, plain, reading_of
from wgan_demo.datasets import TOY
from wgan_demo.engine import JobView
from wgan_demo.engine.kinds import evaluate
from wgan_demo.gan import shipped
from wgan_demo.gan.architectures import ARCHITECTURES
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.objectives import CONSTRAINTS, OBJECTIVES
from wgan_demo.gan.presets import PRESETS, recording_name
from wgan_demo.gan.runs import guess
from wgan_demo.gan.settings import SETTINGS
from wgan_demo.gan.spaces import points
from wgan_demo.plots.stage import Run, pack
from wgan_demo.ui.runs import tab, widgets
from wgan_demo.ui.training import changes
from wgan_demo.ui.training import data as training_data
from wgan_demo.ui.training import settings as training_settings

LIVE = PRESETS["live"].config()
WILD = {"tr_lambda": 0, "tr_lr": 0.1, "tr_decay": 0, "tr_width": 128}  # blows up, and not before its second frame


def open_training(**link) -> AppTest:
    at = AppTest.from_file("../course.py", default_timeout=60)
    at.query_params.update({name: str(value) for name, value in (SHOWN | link).items() if value is not None})
    at.run()
    return at.switch_page("pages/training.py").run()


def wait(at: AppTest, seconds: float = 60) -> JobView:
    """Until nothing more comes from the run without a command; then the page as it is shown."""
    deadline = time.monotonic() + seconds
    while (view := tab.pool().view(at.session_state[tab.JOBS]["tr"])).busy:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    at.run()
    return view


def press(at: AppTest, label: str) -> None:
    next(b for b in at.button if b.label == label).click().run()


def test_shows_a_recording_before_the_first_start():
    at = open_training()
    assert not at.exception
    assert any("Recording" in plain(m.value) for m in at.markdown)
    assert reading_of(at, "Iteration") == "1,500"
    assert len(components(at)) == 6  # one of them draws nothing: presses


def test_one_iteration_shows_the_numbers_of_a_plain_trainer():
    at = open_training(tr_seed=5)
    press(at, "One iteration")
    assert wait(at).state == "paused"
    trainer = trainer_for(replace(LIVE, seed=5))
    trainer.step()
    measures, _ = evaluate(trainer)
    assert reading_of(at, "Iteration") == "1"
    assert reading_of(at, "Exact EMD") == f"{measures['emd']:.3f}"
    assert reading_of(at, "Score gap") == f"{measures['sample_gap']:.3f}"


@pytest.mark.parametrize("name", TOY)
def test_every_toy_set_has_its_recording(name):
    at = open_training(tr_data=TOY[name].label)  # links carry labels
    assert not at.exception
    assert at.selectbox(key="tr_data").value == name
    assert any(f"{TOY[name].label}, seed 0" in plain(m.value) for m in at.markdown)
    assert reading_of(at, "Iteration") == f"{PRESETS['live'].length(name):,}"


@pytest.mark.parametrize("name", training_data.OWN_DATA)
def test_data_of_one_s_own_stand_in_the_stage_s_place_until_they_are_trained_on(name):
    at = open_training(tr_data=training_data.OWN_DATA[name])
    assert not at.exception
    trace = component(at, "tr_untrained")["figure"]["data"][0]
    points = [np.frombuffer(b64decode(trace[axis]["bdata"]), np.float32) for axis in "xy"]
    press(at, "One iteration")
    assert wait(at).state == "paused"
    real = tab.pool().recording(at.session_state[tab.JOBS]["tr"]).real
    np.testing.assert_array_equal(np.stack(points, axis=1), real)
    assert reading_of(at, "Iteration") == "1"
    assert not any("untrained" in data.get("key", "") for data in given(at))


def test_two_columns_of_a_bundled_table_train_in_standard_deviations():
    at = open_training(tr_data="Columns of real data")
    press(at, "One iteration")
    assert wait(at).state == "paused"
    assert reading_of(at, "Exact EMD, standard deviations")


def test_one_column_of_a_table_trains_on_the_line():
    at = open_training(tr_data="Columns of real data")
    at.selectbox(key="tr_iris_x2").set_value(training_data.ONE).run()
    assert not at.exception
    press(at, "One iteration")
    assert wait(at).state == "paused"
    assert reading_of(at, "Exact EMD, standard deviations")
    assert any("exact potential of W₁" in plain(c.value) for c in at.caption)
    recording = tab.pool().recording(at.session_state[tab.JOBS]["tr"])
    assert recording.axes == ("sepal length (cm)",)
    assert recording.frames[-1]["fake"].shape == (512, 1)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fills_the_controls_in_one_step_and_shows_its_recording(name):
    at = open_training()
    at.selectbox(key="tr_preset").set_value(name).run()
    assert not at.exception
    preset, shown = PRESETS[name], [plain(m.value) for m in at.markdown]
    for key in set(widgets.WIDGETS) - {"clip", "network"}:
        widget = next(w for w in every(at) if w.key == f"tr_{key}")
        assert widget.value == widgets.value(preset.config(), key)
    assert at.number_input(key="tr_steps").value == preset.length()
    assert reading_of(at, "Iteration") == f"{preset.length():,}"
    assert any("Recording" in text and preset.label in text for text in shown)
    assert any(preset.lesson in text for text in shown)
    assert any("Fails on purpose" in text for text in shown) == preset.fails
    assert not any("Own settings" in text for text in shown)


def every(at: AppTest):
    """All the widgets that hold a setting."""
    return (*at.number_input, *at.selectbox, *at.select_slider, *at.slider, *at.checkbox)


def test_a_link_with_a_preset_alone_brings_its_settings_and_a_typed_one_wins():
    at = open_training(tr_preset=PRESETS["wgan_clipping"].label, tr_batch=32)
    assert at.selectbox(key="tr_hold").value == "clipping"
    assert at.number_input(key="tr_clip").value == PRESETS["wgan_clipping"].config().clip
    assert at.number_input(key="tr_batch").value == 32
    assert any("Own settings" in m.value and m.value.endswith("Batch size.") for m in at.markdown)


def test_settings_that_differ_from_the_run_are_named_and_the_run_is_kept():
    at = open_training()
    press(at, "One iteration")
    assert wait(at).state == "paused"
    at.number_input(key="tr_seed").set_value(9).run()
    assert any("not this run" in plain(m.value) for m in at.markdown)
    assert reading_of(at, "Iteration") == "1"
    press(at, "Reset")
    assert any("Recording" in plain(m.value) for m in at.markdown)


def test_who_queues_is_told_the_place():
    def page():
        from wgan_demo.engine import JobView
        from wgan_demo.gan import shipped
        from wgan_demo.ui.runs.status import status
        from wgan_demo.ui.runs.tab import TabRun

        status(TabRun("tr"), JobView("queued", rank=3), shipped.load("moons"), False, None)

    assert "your place in the queue: 3" in AppTest.from_function(page).run().markdown[0].value


def note(at: AppTest) -> str:
    """What is said over the picture."""
    messages = [element.proto.bytes for element in at.get("bidi_component") if element.proto.bytes]
    return next(header["runs"][0]["note"] for header, _ in map(decode, messages) if "runs" in header)


def test_a_recording_says_in_what_it_is_not_with_the_chosen_settings():
    at = open_training(tr_lambda=3)
    assert note(at) == "Recorded with λ = 0.1. Start trains with yours."
    at.number_input(key="tr_lambda").set_value(0.1).run()
    at.number_input(key="tr_seed").set_value(5).run()
    assert note(at) == ""


def test_a_run_on_columns_of_any_name_is_called_by_it_in_plain_text():
    def page():
        from dataclasses import replace

        from wgan_demo.engine import JobView
        from wgan_demo.gan import shipped
        from wgan_demo.ui.runs.status import status
        from wgan_demo.ui.runs.tab import TabRun

        recording = replace(shipped.load("moons"), label="a.csv: **x**, " + "y" * 5000)
        status(TabRun("tr"), JobView("running"), recording, True, None)

    line = AppTest.from_function(page).run().markdown[0].value
    assert "\\*\\*x" in line
    assert len(line) < 200


@pytest.mark.parametrize("value", ["abc", "nan", "1e999", "<script>alert(1)</script>", "../../etc", "9" * 5000, "-1"])
def test_hand_edited_links_fall_back(value):
    at = open_training(tr_seed=value, tr_lambda=value, tr_data=value, tr_steps=value, tr_pace=value, tr_width=value)
    assert not at.exception
    assert at.number_input(key="tr_seed").value == 0
    assert at.selectbox(key="tr_data").value == "eight_gaussians"


def test_an_exploding_run_says_where_and_is_kept():
    at = open_training(tr_steps=2000, tr_pace="Full", **WILD)
    press(at, "Start")
    view = wait(at)
    assert not at.exception
    assert view.state == "failed"
    assert all(b.disabled for b in at.button if b.label in ("Continue", "One iteration"))
    assert any(
        "Stopped" in m.value and "grew to" in m.value and f"iteration {view.recording.steps:,}" in m.value
        for m in at.markdown
    )
    assert int(reading_of(at, "Iteration")) == view.recording.evaluations[-1, 0] > 0  # that of the numbers beside it


SPANS = {
    8: ["none", "1 to 4", "5 to 7", "all 8"],
    25: ["none", "1 to 12", "13 to 24", "all 25"],
    3: ["none", "1", "2", "all 3"],
    0: ["more than half", "a half to a fifth", "less than a fifth"],
}


@pytest.mark.parametrize("modes", SPANS)
def test_every_answer_lies_in_exactly_one_of_the_choices(modes):
    choices = guess.choices(modes)
    assert list(choices) == SPANS[modes]
    for value in range(modes + 1) if modes else (0.0, 0.1, 0.2, 0.21, 0.5, 0.51, 1.0, 3.0):
        assert sum(low < value <= high for low, high in choices.values()) == 1


@pytest.mark.parametrize(
    ("made", "reached", "word"),
    [("none", 0, "right"), ("1 to 4", 4, "right"), ("1 to 4", 5, "not this time"), ("all 8", 8, "right")],
)
def test_the_guess_is_judged_by_what_happened_at_its_iteration(made, reached, word):
    run = shipped.load("eight_gaussians")
    evaluations = run.evaluations.copy()
    evaluations[:, run.columns.index("modes")] = np.where(evaluations[:, 0] == guess.ASKED, reached, 3)
    run = replace(run, evaluations=evaluations)
    assert guess.verdict(run, made) == (f"Your guess for iteration 500, {made}: **{word}**. It was {reached} of 8.")
    assert guess.verdict(run.until(guess.ASKED - 25), made).endswith("**still open**.")
    later = replace(run, evaluations=evaluations[1:])  # it goes on from a checkpoint
    assert guess.verdict(later, made) == ""


@pytest.mark.parametrize("name", ["moons", "swiss_roll", "uneven_bumps"])
def test_data_without_modes_are_judged_by_the_way_that_is_left(name):
    run = shipped.load(name)
    emd = dict(zip(*run.distance, strict=True))
    left, words = guess.answer(run)
    assert left == emd[500] / emd[0]
    assert words == f"{left:.0%}"
    assert sum("**right**" in guess.verdict(run, made) for made in guess.choices(0)) == 1


def test_before_a_guess_only_the_first_part_of_a_recording_is_shown():
    at = open_training(tr_guess_8=None)
    assert reading_of(at, "Iteration") == str(guess.SEEN)
    assert component(at, "tr_numbers")["readings"][0][2] == "first part of the recording"
    assert not any("**right**" in c.value or "not this time" in plain(c.value) for c in at.caption)
    at.segmented_control(key="tr_guess_8").set_value("5 to 7").run()
    assert reading_of(at, "Iteration") == "1,500"
    assert any("Your guess for iteration 500, 5 to 7" in plain(c.value) for c in at.caption)


def test_recordings_tell_how_they_end_after_the_guess_or_a_run_of_one_s_own():
    at = open_training(tr_guess_8=None)
    told = [plain(m.value) for m in at.markdown]
    assert not any("ends at an EMD" in text for text in told)
    at.segmented_control(key="tr_guess_8").set_value("all 8").run()
    assert any("ends at an EMD" in plain(m.value) for m in at.markdown)
    at = open_training(tr_steps=5, tr_pace="Full")
    press(at, "Start")
    wait(at)
    at.run()
    assert any("ends at an EMD" in plain(m.value) for m in at.markdown)


def test_another_data_set_brings_its_length_and_leaves_a_typed_one():
    at = open_training()
    at.selectbox(key="tr_data").set_value("swiss_roll").run()
    assert at.number_input(key="tr_steps").value == PRESETS["live"].length("swiss_roll")
    at.number_input(key="tr_steps").set_value(700).run()
    at.selectbox(key="tr_data").set_value("moons").run()
    assert at.number_input(key="tr_steps").value == 700


def test_data_that_turn_bring_their_settings_and_their_sentence_and_take_them_away_again():
    at, live = open_training(), PRESETS["live"]
    for name in ("turning", "eight_gaussians"):
        at.selectbox(key="tr_data").set_value(name).run()
        assert not at.exception
        assert (at.number_input(key="tr_ema").value, at.number_input(key="tr_decay").value) == (
            live.config(name).ema, live.config(name).lr_decay_steps,
        )  # fmt: skip
        assert any(live.teaches(name) in plain(m.value) for m in at.markdown)
        assert not any("Own settings" in plain(m.value) for m in at.markdown)


def test_a_live_setting_changes_the_run_that_waits_and_the_page_says_when():
    at = open_training()
    press(at, "One iteration")
    wait(at)
    at.number_input(key="tr_lr").set_value(1e-3).run()
    at.number_input(key="tr_ncritic").set_value(4).run()
    view = wait(at)
    assert view.recording.changes == ((1, "lr", 1e-3), (1, "n_critic", 4))
    assert any(
        "after iteration 1: learning rate 0.001; after iteration 1: n_critic 4" in plain(c.value) for c in at.caption
    )
    assert not any("not this run" in plain(m.value) for m in at.markdown)
    at.number_input(key="tr_batch").set_value(32).run()
    assert any("not this run" in plain(m.value) for m in at.markdown)
    press(at, "One iteration")
    wait(at)
    trainer = trainer_for(LIVE, changes=view.recording.changes)
    trainer.step()
    trainer.step()
    assert reading_of(at, "Exact EMD") == f"{evaluate(trainer)[0]['emd']:.3f}"


def test_from_an_explosion_the_way_back_repeats_the_run_with_a_smaller_rate():
    at = open_training(tr_steps=2000, tr_pace="Full", **WILD)
    press(at, "Start")
    failed = wait(at).recording
    frame = failed.frames[-1]
    press(at, f"Back to iteration {frame.step:,}, on with learning rate 0.01")
    again = wait(at)
    assert not at.exception
    assert again.state == "finished"
    assert again.recording.changes == ((frame.step, "lr", 0.01),)
    np.testing.assert_array_equal(again.recording.frames[-1]["fake"], frame["fake"])
    assert at.number_input(key="tr_lr").value == 0.01
    assert not any("not this run" in plain(m.value) for m in at.markdown)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_words_are_those_of_the_objective(name):
    at = open_training(tr_objective=OBJECTIVES[name].label, tr_hold=CONSTRAINTS["none"].label)
    press(at, "One iteration")
    wait(at)
    assert not at.exception
    assert reading_of(at, f"Score gap, {OBJECTIVES[name].unit}")
    assert any(note == "nothing holds it" for _, _, note in component(at, "tr_numbers")["readings"])
    assert not any("W1" in name or "W₁" in name for name, _, _ in component(at, "tr_numbers")["readings"])


def test_batch_norm_is_warned_about_and_the_engine_is_named():
    at = open_training()
    assert any("by hand" in plain(c.value) for c in at.caption)
    at.checkbox(key="tr_norm").check().run()
    assert any("paper leaves it out" in w.value for w in at.warning)
    assert any("autograd, because batch normalisation" in plain(c.value) for c in at.caption)


def test_a_setting_is_changed_once_and_only_to_something_else():
    at = open_training()
    press(at, "One iteration")
    wait(at)
    for value in (0.004, 0.002, 0.002):
        at.number_input(key="tr_lr").set_value(value).run()
    run = tab.pool().recording(at.session_state[tab.JOBS]["tr"])
    assert [change[1:] for change in run.changes] in ([("lr", 0.004), ("lr", 0.002)], [("lr", 0.002)])


@pytest.mark.parametrize(("echo", "expected"), [(0.0, (("lr", 2e-4),)), (60.0, ())])
def test_what_a_preset_brought_counts_as_typed_only_after_a_while(monkeypatch, echo, expected):
    monkeypatch.setattr(changes, "ECHO", echo)
    at = open_training()
    press(at, "One iteration")
    wait(at)
    at.selectbox(key="tr_preset").set_value("gan").run()
    for value in (LIVE.lr, 2e-4):
        at.number_input(key="tr_lr").set_value(value).run()
    wait(at)
    run = tab.pool().recording(at.session_state[tab.JOBS]["tr"])
    assert tuple(change[1:] for change in run.changes)[-1:] == expected  # before it, perhaps, what the run has anyway


@pytest.mark.parametrize("name", ["gan", "live"])
def test_the_stage_calls_the_score_by_its_name(name):
    recording = shipped.load(recording_name(name, "eight_gaussians"))
    header, _ = decode(pack({}, [(Run(recording), recording.frames[-1:])]))
    (head,) = header["runs"]
    assert (head["judge"], head["score"]) == {"gan": ("discriminator", "s"), "live": ("critic", "f")}[name]


def test_numbers_too_small_or_too_large_for_their_place_are_powers_of_ten():
    said = [points._short(value, 3) for value in (0, 0.5, -0.0004, 1.4e9)]
    assert said == [
        "0.000",
        "0.500",
        "-0.0004",
        "1.4e+09",
    ]


def test_there_is_a_widget_for_every_setting_that_is_read():
    at = open_training()
    drawn = {widget.key for widget in every(at)}
    for name, parts in widgets.FIELDS.items():
        there = {f"tr_{key}" for key in parts.widgets} <= drawn
        assert there == (len(widgets.choices(name)) != 1 and (LIVE.reads(name) or name in training_settings.DIMMED))
    assert set(widgets.FIELDS) == set(SETTINGS) - set(widgets.ELSEWHERE)


def test_a_network_hides_what_it_does_not_read_and_a_new_field_finds_its_place(monkeypatch):
    plain = ARCHITECTURES["mlp"]._replace(label="Plain", settings=("hidden",))
    monkeypatch.setitem(ARCHITECTURES, "plain", plain)
    monkeypatch.setitem(SETTINGS, "network", SETTINGS["network"]._replace(choices={"mlp": "MLP", "plain": "Plain"}))
    at = open_training()
    hidden = {f"tr_{SETTINGS[name].key or name}" for name in ("activation", "init", "batch_norm")}
    assert hidden <= {widget.key for widget in every(at)}
    at.selectbox(key="tr_network").set_value("plain").run()
    assert not at.exception
    assert not hidden & {widget.key for widget in every(at)}
    assert at.slider(key="tr_depth").value == 3
    assert any("Own settings" in m.value and m.value.endswith("Networks.") for m in at.markdown)
