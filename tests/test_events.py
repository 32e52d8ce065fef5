"""The events of made-up courses, where they are known, and of the recordings that ship."""

from dataclasses import replace

import numpy as np
import pytest

from wgan_demo.datasets import DATASETS, plane
from wgan_demo.gan import shipped
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.runs.events import EXPLODED, LASTING, NEAR, SETTLED, find_events
from wgan_demo.gan.runs.recording import RECORD_COLUMNS, Recording

EVERY = 25

COLUMNS = shipped.load("moons").columns


def run(*, modes=None, emd=None, loss=None, norm=None, floor=0.1, total=8, changes=()) -> Recording:
    """A recording of the courses given; modes and emd at every EVERY-th iteration, loss and norm at every one."""
    looks = max(len(course) for course in (modes, emd, [0, 0]) if course is not None)
    steps = max([EVERY * (looks - 1)] + [len(course) for course in (loss, norm) if course is not None])
    evaluations = np.full((looks, len(COLUMNS)), np.nan)
    evaluations[:, 0] = EVERY * np.arange(looks)
    evaluations[:, COLUMNS.index("emd")] = 1.0 if emd is None else emd
    if modes is not None:
        evaluations[:, COLUMNS.index("modes")] = modes
    records = np.zeros((steps, len(RECORD_COLUMNS)))
    records[:, 0] = np.arange(1, steps + 1)
    for name, course in (("critic_loss", loss), ("gradient_norm_mean", norm)):
        if course is not None:
            records[: len(course), RECORD_COLUMNS.index(name)] = course
            records[len(course) :, RECORD_COLUMNS.index(name)] = course[-1]
    return Recording(
        TrainConfig(), "made up", plane(1.0), ("x", "y"), "units", np.zeros((4, 2)), (floor, 0.01),
        total if modes is not None else 0, changes, records, evaluations,
    )  # fmt: skip


def kinds(recording: Recording) -> list[tuple[int, str]]:
    return [(event.step, event.kind) for event in find_events(recording)]


def test_what_was_so_at_a_checkpoint_did_not_happen_there():
    whole = run(modes=[0, 4, 8, 8, 8, 8, 4, 4, 4], emd=[1, 0.5, 0.12, 0.11, 0.1, 0.1, 0.1, 0.1, 0.1])
    assert {(50, "all modes"), (50, "near"), (150, "lost")} <= set(kinds(whole))
    later = replace(whole, evaluations=whole.evaluations[3:], records=whole.records[75:])
    assert not {"all modes", "near"} & {kind for _, kind in kinds(later)}
    assert (150, "lost") in kinds(later)


def test_a_run_in_which_nothing_happens_has_no_events():
    assert find_events(run()) == []
    assert find_events(replace(run(), records=np.empty((0, 7)), evaluations=np.empty((0, 6)))) == []
    assert find_events(run(modes=[0] * 10)) == []


def test_modes_are_told_when_they_come_to_stay():
    told = find_events(run(modes=[0, 2, 3, 2, 4, 4, 4, 8, 8, 8, 8]))
    assert [(event.step, event.text) for event in told] == [
        (25, "2 of 8 modes"), (100, "4 of 8 modes"), (175, "all 8 modes"),
    ]  # fmt: skip
    assert find_events(run(modes=[0, 8, 0, 8, 8, 0])) == []  # never for LASTING evaluations
    assert LASTING == 3


def test_a_lost_mode_is_told_once_it_stays_away():
    assert kinds(run(modes=[8] * 5 + [7] + [8] * 5)) == [(0, "all modes")]
    assert kinds(run(modes=[8] * 5 + [7] * 5 + [3] * 5)) == [(0, "all modes"), (125, "lost"), (250, "lost")]


def test_counts_that_flicker_make_few_events():
    rng = np.random.default_rng(0)
    flicker = np.clip(np.linspace(0, 25, 120) + rng.integers(-3, 4, 120), 0, 25).round()
    assert len(find_events(run(modes=flicker, total=25))) <= 8
    still = 12 + rng.integers(-3, 4, 400)
    assert len(find_events(run(modes=still, total=25))) <= 2


def test_the_norm_passes_1_once_from_either_side():
    noisy = np.concatenate([np.full(40, 0.5), np.tile([1.1, 0.9], 50)])
    assert kinds(run(norm=noisy)) == [(41, "norm")]
    assert kinds(run(norm=np.concatenate([np.full(10, 3.0), np.full(10, 0.8)]))) == [(11, "norm")]


def test_the_emd_comes_near_its_floor_and_has_a_least():
    assert kinds(run(emd=[1, 0.5, 0.14, 0.12, 0.2, 0.12])) == [(75, "near"), (75, "least")]
    assert kinds(run(emd=[1, 0.5, 0.3])) == [(50, "least")]
    assert kinds(run(emd=[1, 2, 3])) == []  # at its least where it began
    assert kinds(run(emd=[1, np.nan, 0.5, np.inf])) == [(50, "least")]
    assert NEAR == 1.3


def test_an_explosion_is_told_and_a_usual_loss_is_not():
    usual = np.sin(np.arange(400)) + 1.5
    assert kinds(run(loss=usual)) == []
    burst = usual.copy()
    burst[300:] = -EXPLODED * 2
    assert kinds(run(loss=burst)) == [(301, "exploded")]
    burst[250] = np.nan
    events = find_events(run(loss=burst))
    assert (events[0].step, events[0].text) == (251, "critic loss is no longer a number")
    first = np.full(171, 0.1)
    first[150:], first[170] = 50, np.nan
    assert kinds(run(loss=first)) == [(151, "exploded")]
    early = np.concatenate([np.full(10, 1e-6), np.full(SETTLED, 1.0)])
    assert kinds(run(loss=early)) == []  # an untrained critic's loss is no yardstick


def test_changes_are_events_from_their_iteration_on():
    changed = run(emd=[1.0] * 5, changes=((50, "lr", 0.001), (60, "n_critic", 5), (5000, "gp_weight", 1.0)))
    assert [(event.step, event.text) for event in find_events(changed)] == [
        (50, "learning rate becomes 0.001"), (60, "n_critic becomes 5"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(DATASETS.keys() - {"fashion"}))  # its pictures come with the files alone
def test_the_shipped_recordings_have_a_few_true_events(name):
    recording = shipped.load(name)
    events = find_events(recording)
    assert 2 <= len(events) <= 12
    assert [event.step for event in events] == sorted(event.step for event in events)
    assert all(0 <= event.step <= recording.steps for event in events)
    assert "exploded" not in {event.kind for event in events}
    step, emd = recording.course("emd")
    by_kind = {event.kind: event for event in events}
    assert by_kind["least"].step == step[emd.argmin()]
    if "near" in by_kind:
        assert by_kind["near"].step == step[emd <= NEAR * recording.floor[0]][0]
    if "all modes" in by_kind:
        at = list(step).index(by_kind["all modes"].step)
        assert (recording.course("modes")[1][at : at + LASTING] == recording.total_modes).all()


def test_a_long_usual_run_has_no_explosion():
    long = run(loss=np.sin(np.arange(20_000)) + 1.5)
    assert find_events(long) == []
