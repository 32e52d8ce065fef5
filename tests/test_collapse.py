"""Mode collapse over seeds: the settings are those of the sweep, the counts those of the results, the words follow."""

import numpy as np
import pytest

from tests.pages import messages, open_lesson, text
from wgan_demo.datasets import DATASETS
from wgan_demo.experiments import STUDIES, finished
from wgan_demo.experiments.result import SHIPPED
from wgan_demo.experiments.studies import collapse
from wgan_demo.gan.spaces.points import mode_coverage
from wgan_demo.plots.collapse import piled
from wgan_demo.ui.standstill import collapse as view


def test_the_chosen_settings_are_the_best_of_the_sweep():
    assert collapse.best(finished(collapse.SWEEP, SHIPPED / "collapse_sweep")) == collapse.CHOSEN


def test_every_kind_is_tried_with_as_many_settings_and_counted_with_other_seeds():
    assert {len(settings) for settings in collapse.SETTINGS.values()} == {4}
    assert not set(collapse.SEEDS) & set(collapse.SWEEP_SEEDS)
    assert len(collapse.STUDY.runs) == 2 * 4 * 20
    for name in ("collapse", "collapse_sweep"):
        configs = STUDIES[name].runs.values()
        assert {(run.hidden, run.batch_size, run.lr_decay_steps, run.ema) for run in configs} == {
            ((64, 64, 64), 64, collapse.STEPS, 0.99)
        }


@pytest.mark.parametrize("data", collapse.DATA)
def test_the_points_that_are_drawn_lie_in_the_modes_that_are_counted(data):
    modes, fakes, _ = view.found(data)
    dataset = DATASETS[collapse.DATA[data]]
    for kind in collapse.KINDS:
        assert len(modes[kind]) == len(fakes[kind]) == 20
        assert modes[kind].min() >= 0
        assert modes[kind].max() <= int(data)
        for count, fake in zip(modes[kind], fakes[kind], strict=True):
            seen, _ = mode_coverage(fake, dataset.modes, dataset.mode_std)
            assert seen <= count + 1  # half precision may move a point over a border


def test_a_pile_is_as_high_as_its_count():
    assert piled(np.array([8, 7, 8, 8, 7])).tolist() == [0, 0, 1, 2, 1]


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ({"gan": 20, "wgan_gp": 3}, "less often than the GAN, but it does"),
        ({"gan": 12, "wgan_gp": 0}, "20 seeds cannot say"),
        ({"gan": 2, "wgan_gp": 2}, "no less often"),
    ],
)
def test_the_verdict_follows_the_counts_and_promises_no_cure(lost, told):
    assert told in view.verdict(lost)
    assert "cure" not in view.verdict(lost)


@pytest.mark.parametrize("data", collapse.DATA)
def test_the_page_counts_the_seeds(data):
    app = open_lesson("vanishing", va_view="Collapse", va_collapse_data=data, va_collapse_guess="in some")
    assert not app.exception
    header, _ = messages(app)["va_piles"]
    modes, _, _ = view.found(data)
    assert [told for _, told in header["numbers"]] == [[str(count) for count in counts] for counts in modes.values()]
    lost = (modes["wgan_gp"] < int(data)).sum()
    assert f"WGAN-GP in {lost}." in header["sentence"]
    assert f"in {(view.found('25')[0]['wgan_gp'] < 25).sum()} of 20" in text(app)
