"""The time machine: films of runs that stand still, what a run was at a moment, forks that repeat it, two runs."""

import time
from dataclasses import replace

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from tests.messages import decode
from tests.pages import SHOWN, plain, reading_of
from wgan_demo.engine import JobView
from wgan_demo.engine.host import Host
from wgan_demo.engine.spec import RunSpec
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig, branch
from wgan_demo.gan.fast import trainer_for
from wgan_demo.gan.runs.clocks import CLOCKS, computation
from wgan_demo.gan.runs.events import ANSWER, find_events
from wgan_demo.gan.runs.reading import reading, same_until
from wgan_demo.gan.runs.record import record
from wgan_demo.gan.spaces import VIEWS
from wgan_demo.gan.spaces.points import FINE
from wgan_demo.gan.trainer import Trainer
from wgan_demo.plots import stage
from wgan_demo.plots.compare import emd_figure, emd_update
from wgan_demo.plots.training import loss_figure, norm_course_figure
from wgan_demo.ui.runs import compare, film, tab, versus

SMALL = TrainConfig(hidden=(16, 16), batch_size=16)
SHIPPED = shipped.load("eight_gaussians")


@pytest.fixture(autouse=True)
def _one_thread():
    torch.set_num_threads(1)


def finish(host: Host) -> None:
    while host.tick() == 0:
        pass


def trained(config: TrainConfig, end: int, *, changes=(), meanwhile=()) -> tuple:
    """A run in a host, with `meanwhile` (iteration, name, value) set while it stands still; its recording."""
    host = Host()
    host.create("a", RunSpec(config, changes=changes))
    for step, name, value in meanwhile:
        host.start("a", step)
        finish(host)
        host.change("a", name, value)
    host.start("a", end)
    finish(host)
    return host.recording("a")


# Moments


def test_until_a_moment_is_the_recording_as_it_was_then():
    then = SHIPPED.until(400)
    assert (then.steps, then.evaluations[-1, 0], then.frames[-1].step) == (400, 400, 400)
    assert SHIPPED.until(None) is SHIPPED
    assert replace(SHIPPED, frames=SHIPPED.frames[-2:]).until(0).frames  # something to show, always
    changed = replace(SHIPPED, changes=((100, "lr", 1e-3), (500, "lr", 1e-4)))
    assert changed.until(400).changes == ((100, "lr", 1e-3),)


def test_a_moment_is_marked_in_the_charts_and_nowhere_else():
    for draw in (norm_course_figure, loss_figure):
        marked = draw(SHIPPED, 400).layout.shapes
        assert [shape.x0 for shape in marked if shape.x0 == shape.x1] == [400]
        assert not any(shape.x0 == shape.x1 for shape in draw(SHIPPED).layout.shapes)


def test_the_course_of_the_emd_waits_for_the_guess_and_moves_no_axis_when_it_comes():
    told, untold = (loss_figure(SHIPPED, told=told) for told in (True, False))
    emd, kept = (next(c for c in figure.data if c.name.startswith("exact EMD")) for figure in (told, untold))
    assert len(emd.y) == len(SHIPPED.evaluations)
    assert len(kept.y) == 1  # an empty one would not stand in the legend
    assert np.isnan(kept.y[0])
    assert told.layout.yaxis.range == untold.layout.yaxis.range


# Films


class Fetching:
    """A pool whose worker has a whole recording, and counts how often it is asked for it."""

    def __init__(self, recording):
        self.whole, self.asked = recording, 0

    def recording(self, job_id):
        self.asked += 1
        return self.whole


def test_the_whole_film_is_fetched_once_where_a_run_stands_still(monkeypatch):
    pool = Fetching(SHIPPED)
    monkeypatch.setattr(film, "pool", lambda: pool)
    newest = replace(SHIPPED, frames=SHIPPED.frames[-2:])
    assert film.whole("x", JobView("running", "", newest, busy=True)) is newest
    assert pool.asked == 0
    still = JobView("paused", "", newest)
    assert len(film.whole("x", still).frames) == len(SHIPPED.frames)
    assert film.whole("x", still) is film.whole("x", still)
    assert pool.asked == 1


def test_a_lost_worker_leaves_the_newest_frames_and_is_asked_again(monkeypatch):
    pool = Fetching(None)
    monkeypatch.setattr(film, "pool", lambda: pool)
    newest = replace(SHIPPED, frames=SHIPPED.frames[-2:])
    assert film.whole("y", JobView("paused", "", newest)) is newest
    pool.whole = SHIPPED
    assert len(film.whole("y", JobView("paused", "", newest)).frames) == len(SHIPPED.frames)


@pytest.mark.parametrize("frames", [1, 2, 200, 201, 400])
def test_a_film_is_thinned_evenly_and_keeps_its_ends(frames):
    thin = stage.thinned([SHIPPED.frames[0]] * (frames - 1) + [SHIPPED.frames[-1]])
    assert len(thin) == min(frames, stage.MAX_FRAMES)
    assert thin[-1] is SHIPPED.frames[-1]


def test_a_message_holds_the_frames_to_16_bits():
    header, (group,) = decode(stage.pack({}, [(stage.Run(SHIPPED), SHIPPED.frames[:3])]))
    (run,) = header["runs"]
    assert (run["kind"], run["times"], run["fixed"]) == ("plane", [0, 25, 50], ["real"])
    drawn, newest = len(SHIPPED.frames[0]["interpolates"]), SHIPPED.frames[2]
    shapes = {name: array.shape for name, array in group.items()}
    assert shapes == {
        "real": SHIPPED.real.shape,
        "fake": (3, *newest["fake"].shape),
        "fields": (3, 1, *newest["surface"].shape),
        "range": (3, 1, 2),
        "ends": (3, drawn, 2),
        "u": (3, drawn),
        "norms": (3, drawn),
    }
    ends, u, norms = (group[name][2] / FINE for name in ("ends", "u", "norms"))
    np.testing.assert_allclose((ends * 2 - 1) * run["extent"], newest["interpolates"][:, :2], atol=1e-4)
    np.testing.assert_allclose(u, newest["interpolates"][:, 2], atol=1e-4)
    np.testing.assert_allclose(2 * norms, np.minimum(newest["norms"][:drawn], 2), atol=1e-4)
    for points, sent in ((group["fake"][0], SHIPPED.frames[0]["fake"]), (group["real"], SHIPPED.real)):
        places = (points / FINE * 2 - 1) * run["extent"]
        np.testing.assert_allclose(places, sent.clip(-run["extent"], run["extent"]), atol=1.01 * run["extent"] / FINE)
    low, high = group["range"][2, 0]
    np.testing.assert_array_equal((low, high), (newest["surface"].min(), newest["surface"].max()))
    surface = low + group["fields"][2, 0] / FINE * (high - low)
    np.testing.assert_allclose(surface, newest["surface"], atol=1.1 * (high - low) / FINE)


def test_real_points_that_move_stand_in_every_frame():
    turning = shipped.load("turning")
    header, (group,) = decode(stage.pack({}, [(stage.Run(turning), turning.frames[:3])]))
    assert header["runs"][0]["fixed"] == []
    assert group["real"].shape == (3, *turning.real.shape)
    for points, frame in zip(group["real"] / FINE * 2 - 1, turning.frames, strict=False):
        np.testing.assert_allclose(points, frame["real"] / turning.space.extent, atol=1.01 / FINE)


def test_two_runs_of_any_kind_are_two_groups():
    line = shipped.load("three_bumps")
    films = [(stage.Run(run, name), run.frames[-2:]) for run, name in ((SHIPPED, "A"), (line, "B"))]
    header, groups = decode(stage.pack({}, films))
    assert [(run["kind"], run["name"]) for run in header["runs"]] == [("plane", "A"), ("line", "B")]
    assert [group["fields"].shape for group in groups] == [(2, 1, 40, 40), (2, 2, 161)]


def test_two_runs_tell_what_happened_in_both_once():
    same = stage.events([stage.Run(SHIPPED, name) for name in ("A: one", "B: other")], "iterations")
    assert {whose for whose, *_ in same} == {"A B"}
    assert len(same) == len(stage.events([stage.Run(SHIPPED)], "iterations"))
    other = stage.events([stage.Run(SHIPPED, "B: one"), stage.Run(shipped.load("moons"), "C")], "seconds")
    assert {whose for whose, *_ in other} == {"B", "C"}
    assert [step for _, step, *_ in other] == sorted(step for _, step, *_ in other)


def test_the_kinds_that_give_the_answer_away_can_be_left_out():
    shown = [stage.events([stage.Run(SHIPPED, untold=untold)], "iterations") for untold in ((), ANSWER)]
    kinds = [{kind for _, _, kind, _ in events} for events in shown]
    assert kinds[0] - kinds[1] == set(ANSWER)
    assert kinds[1] > {"all modes"}


# The link


def test_the_link_points_at_the_nearest_frame():
    steps = np.array([0, 25, 50, 100])
    assert [film.parse_at(text, steps, "tr_at") for text in ("0", "30", "99", "100")] == [0, 25, 100, 100]


@pytest.mark.parametrize("text", ["101", "-1", "abc", "", "1e3", "9" * 5000, "²", "٣", " 3", "+3", "<b>"])
def test_a_link_that_points_nowhere_is_told_where_it_may_point(text):
    with pytest.raises(ValueError, match=r"tr_at=.* whole number of iterations from 0 to 100"):
        film.parse_at(text, np.array([0, 50, 100]), "tr_at")


# Forks


def test_a_fork_without_new_values_equals_the_run_that_was_never_stopped():
    whole = trained(SMALL, 60, meanwhile=[(20, "lr", 1e-3), (30, "n_critic", 3)])
    for step in (0, 20, 25, 45):
        moment = whole.until(step)
        now = {
            name: getattr(settings, name)
            for settings in [current(whole, step)]
            for name in ("lr", "gp_weight", "n_critic")
        }
        changes = branch(whole.config, whole.changes, step, now)
        assert changes == moment.changes
        late = tuple(change for change in whole.changes if change[0] > step)
        np.testing.assert_array_equal(trained(SMALL, 60, changes=changes + late).records, whole.records)


def current(recording, step: int) -> TrainConfig:
    """The settings of the iteration after `step`, the plain way."""
    settings = recording.config
    for at, name, value in recording.changes:
        if at <= step:
            settings = replace(settings, **{name: value})
    return settings


def test_a_fork_with_new_values_is_the_same_up_to_there_and_parts_then():
    whole = trained(SMALL, 60)
    changes = branch(
        whole.config, whole.changes, 25, {"lr": 1e-4, "gp_weight": SMALL.gp_weight, "n_critic": SMALL.n_critic}
    )
    assert changes == ((25, "lr", 1e-4),)
    fork = trained(SMALL, 60, changes=changes)
    assert same_until(whole, fork) == 25
    assert "up to iteration **25**" in versus.reading(whole, fork)
    np.testing.assert_array_equal(fork.frames[1]["fake"], whole.frames[1]["fake"])  # that of iteration 25
    assert "equal, number for number, in all iterations that both have done, 60" in versus.reading(
        whole, trained(SMALL, 60)
    )


def test_a_run_from_a_checkpoint_is_compared_where_both_have_been():
    whole = trained(SMALL, 75)
    later = replace(whole, records=whole.records[25:], evaluations=whole.evaluations[1:], frames=whole.frames[1:])
    first = replace(whole, records=whole.records[:50], evaluations=whole.evaluations[:3])
    assert same_until(whole, later) == 75
    assert same_until(first, later) == 50
    assert "in all iterations that both have done" in versus.reading(first, later)
    apart = replace(whole, records=whole.records[:25], evaluations=whole.evaluations[:2])
    assert same_until(apart, later) is None
    assert "no iteration in common" in versus.reading(apart, later)
    rounded = whole.records.copy()
    rounded[30:, 1] += 1e-6
    assert "up to iteration **30**; then they part: rounding differs" in versus.reading(
        whole, replace(whole, records=rounded)
    )
    assert "taken up at iteration 25" in reading(later)
    assert "guess" not in reading(later)


def test_the_readings_of_runs_that_cannot_be_compared_say_so():
    moons = shipped.load("moons")
    assert "different data" in versus.reading(SHIPPED, moons)
    other = trained(replace(SMALL, seed=3), 25)
    assert "differ from the first iteration on" in versus.reading(trained(SMALL, 25), other)


def test_a_table_tells_the_settings_that_differ_and_no_other():
    assert versus.differences(SHIPPED, SHIPPED) == []
    assert ("Data", "8 Gaussians", "Two moons") in versus.differences(SHIPPED, shipped.load("moons"))
    small = trained(SMALL, 25)
    assert versus.differences(small, trained(replace(SMALL, seed=3), 25)) == [("Seed", "0", "3")]
    rate = versus.differences(small, replace(small, changes=((10, "lr", 1e-5),)))
    assert rate == [("Learning rate", f"{SMALL.lr:g}", "1e-05")]
    rows = versus.differences(SHIPPED, shipped.load("gan"))
    assert ("Objective", "Wasserstein", "GAN, non-saturating") in rows
    assert all(a != b for _, a, b in rows)


def test_what_two_runs_have_come_to_follows_their_film():
    a, b = SHIPPED, shipped.load("gan")
    films = [(run, run.frames[::8]) for run in (a, b)]
    of_a, of_b = versus.beside(films, "iterations")
    assert [len(of_a), len(of_b)] == [len(frames) for _, frames in films]
    (_, frames), now = films[0], dict(of_a[3]["versus"][0]["columns"][0])
    assert now["Iteration"] == f"{frames[3].step:,}"
    assert list(of_b[3]["versus"][0]["columns"]) == [1]
    assert "emd" not in of_a[3]  # the mark goes to the end of the longer one
    assert of_b[-1]["emd"][0]["shapes"][0]["x0"] == films[1][1][-1].step
    names = {name for name, _, _ in versus.moments(a, b)}
    assert names >= set(now)


def test_computation_counts_the_critic_steps_that_were_done():
    run = record(trainer_for(SMALL), 50)
    steps = run.evaluations[:, 0]
    np.testing.assert_allclose(computation(run, steps), steps * SMALL.step_flop / 1e12)
    more = 2 * SMALL.n_critic
    twice = 25 * replace(SMALL, n_critic=more).step_flop / SMALL.step_flop
    # Of two changes at one iteration the later one holds.
    changed = replace(run, changes=((25, "lr", 1e-3), (25, "n_critic", 10 * more), (25, "n_critic", more)))
    np.testing.assert_allclose(computation(changed, steps) * 1e12 / SMALL.step_flop, [0, 25, 25 + twice])


def test_the_chart_of_two_runs_is_told_only_what_is_new():
    runs = [SHIPPED, shipped.load("moons")]
    whole, early = emd_figure(dict(zip("AB", runs, strict=True))), emd_update([run.until(400) for run in runs])
    assert len(early.data) == len(whole.data)
    assert early.layout["xaxis"]["range"] == [0, 400]
    floors = early.data[-1]["y"]
    np.testing.assert_allclose(floors[~np.isnan(floors)], np.repeat([run.floor[0] for run in runs], 2), rtol=1e-4)


def test_the_two_courses_differ_in_colour_dash_and_name():
    a, b = (trace for trace in emd_figure({"A": SHIPPED, "B": SHIPPED}, at=400).data if trace.name in ("A", "B"))
    assert (a.line.color, a.line.dash) != (b.line.color, b.line.dash)
    assert b.line.dash == "dash"
    assert emd_figure({"A": SHIPPED, "B": SHIPPED}, clock="computation").layout.xaxis.title.text.startswith(
        "computation"
    )


def test_the_seconds_of_a_run_are_those_of_its_steps_alone(monkeypatch):
    now = 0.0
    trainer, step, plane = trainer_for(SMALL), Trainer.step, VIEWS["plane"]

    def spend(seconds, work, *args):
        nonlocal now
        now += seconds
        return work(*args)

    monkeypatch.setattr(time, "thread_time", lambda: now)
    monkeypatch.setattr(trainer, "step", lambda: spend(0.5, step, trainer))
    slow = plane._replace(evaluate=lambda trainer: spend(100.0, plane.evaluate, trainer))
    monkeypatch.setitem(VIEWS, "plane", slow)
    run = record(trainer, 50)
    np.testing.assert_allclose(run.course("seconds")[1], [0, 12.5, 25])
    clock = CLOCKS["seconds"]
    np.testing.assert_array_equal(clock.ticks(run, [0, 10, 50]), [0, 5_000_000, 25_000_000])
    assert [clock.step(run, tick) for tick in (0, 12_400_000, 12_500_000, 10**12)] == [0, 0, 25, 50]


def test_the_finest_ticks_tell_iterations_of_the_smallest_network_apart():
    small = replace(SHIPPED, config=TrainConfig(hidden=(16,), batch_size=2, n_critic=1))
    assert (np.diff(CLOCKS["computation"].ticks(small, np.arange(5))) > 0).all()


def test_events_and_frames_stand_at_the_same_times_on_every_clock():
    for name, clock in CLOCKS.items():
        told, _ = decode(stage.pack({}, [(stage.Run(SHIPPED), SHIPPED.frames)], name))
        assert (told["unit"], told["scale"]) == (clock.unit, clock.scale)
        times = dict(zip((frame.step for frame in SHIPPED.frames), told["runs"][0]["times"], strict=True))
        on_frames = [event for event in find_events(SHIPPED) if event.step in times]
        assert on_frames
        events = {(kind, text): tick for _, tick, kind, text in stage.events([stage.Run(SHIPPED)], name)}
        for event in on_frames:
            assert events[event.kind, event.text] == times[event.step]


# The page


def open_training(**link) -> AppTest:
    at = AppTest.from_file("../course.py", default_timeout=60)
    at.query_params.update({name: str(value) for name, value in (SHOWN | link).items() if value is not None})
    at.run()
    return at.switch_page("pages/training.py").run()


def test_a_link_to_a_moment_shows_its_numbers():
    at = open_training(tr_at=400)
    assert not at.exception
    assert reading_of(at, "Iteration") == "400"
    row = SHIPPED.evaluations[SHIPPED.evaluations[:, 0] == 400][0]
    assert reading_of(at, "Exact EMD") == f"{row[1]:.3f}"


@pytest.mark.parametrize("value", ["abc", "-1", "99999999999999999999", "²", "<script>alert(1)</script>"])
def test_hand_edited_moments_are_named_and_the_end_is_shown(value):
    at = open_training(tr_at=value, tr_layers=value)
    assert not at.exception
    assert reading_of(at, "Iteration") == f"{SHIPPED.steps:,}"
    assert sum("tr_at=" in warning.value for warning in at.warning) == 1
    assert "tr_layers" not in at.query_params


@pytest.mark.parametrize(
    ("second", "told"),
    [("your second run", "no second run yet"), ("recording: Two moons", "different data"), ("nonsense", "")],
)
def test_a_link_to_a_comparison_opens(second, told):
    at = open_training(tr_second=second)
    assert not at.exception
    assert any(told in plain(text.value) for text in [*at.info, *at.markdown])
    if not told:
        assert at.selectbox(key="tr_second").value == compare.NOTHING


def wait(lesson: str, at: AppTest, seconds: float = 60) -> JobView:
    """Until nothing more comes from the lesson's run without a command."""
    deadline = time.monotonic() + seconds
    while (view := tab.pool().view(at.session_state[tab.JOBS][lesson])).busy:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return view


def press(at: AppTest, label: str) -> None:
    next(b for b in at.button if b.label.startswith(label)).click().run()


def test_a_run_on_two_columns_is_forked_with_its_table():
    at = open_training(tr_data="Columns of real data", tr_pace="Full")
    press(at, "One iteration")
    first = wait("tr", at)
    at.run()
    press(at, "Fork, and train")
    assert not at.exception
    second = wait("tr_b", at)
    assert second.state == "finished", second.message
    assert second.recording.label == first.recording.label
    np.testing.assert_array_equal(second.recording.records[:1], first.recording.records)
    at.run()
    assert any(
        "equal, number for number, in all iterations that both have done, 1" in plain(text.value)
        for text in at.markdown
    )
    press(at, "Remove B")
    at.run()
    assert any("no second run yet" in text.value for text in at.info)


@pytest.mark.parametrize(("guess", "untold"), [({"tr_guess_8": None}, ANSWER), ({"tr_guess_8": "all 8"}, ())])
def test_a_comparison_does_not_give_the_answer_away(monkeypatch, guess, untold):
    seen, show = [], film.show

    def watched(film, *runs, link):
        if link == "tr_two":
            seen.extend(run.untold for run in runs)
        return show(film, *runs, link=link)

    monkeypatch.setattr(film, "show", watched)
    at = open_training(tr_second="recording: Two moons", **guess)
    assert not at.exception
    assert seen == [untold] * 2
    assert any("come after your guess" in plain(text.value) for text in at.caption) == (untold == ANSWER)


def test_the_second_run_goes_on_at_the_speed_of_the_page(monkeypatch):
    at = open_training(tr_pace="25 / s", tr_steps=20_000)
    press(at, "Train B")
    tab.pool().pause(at.session_state[tab.JOBS]["tr_b"])
    wait("tr_b", at)
    started = []
    monkeypatch.setattr(tab.pool(), "start", lambda *given: started.append(given[1:]))
    at.run()
    press(at, "Continue B")
    assert (20_000, 25) in started
