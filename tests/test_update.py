"""Charts of a run that goes on: brought up to date they are what they would be if they were built anew."""

import json

import numpy as np
import pytest

from wgan_demo.datasets import TOY
from wgan_demo.gan import shipped
from wgan_demo.gan.presets import PRESETS, recording_name
from wgan_demo.plots.training import (
    POINTS,
    loss_figure,
    loss_update,
    norm_course_figure,
    norm_course_update,
    norms_figure,
    norms_update,
)
from wgan_demo.ui.components.figure import news
from wgan_demo.ui.components.news import News

RUNS = sorted({recording_name(name, dataset) for name in PRESETS for dataset in TOY})
PAIRS = [(norm_course_figure, norm_course_update), (loss_figure, loss_update)]


def plain(figure) -> dict:
    """A figure as a tree of plain values and arrays."""
    return figure.to_dict()


def same(a, b) -> bool:
    """Equal, NaN with NaN and -0 with 0 too."""
    match a, b:
        case dict(), dict():
            return a.keys() == b.keys() and all(same(a[name], b[name]) for name in a)
        case ((list() | tuple()), (list() | tuple())):
            return len(a) == len(b) and all(map(same, a, b))
        case np.ndarray(), np.ndarray():
            return np.array_equal(a, b, equal_nan=True)
    return a == b


@pytest.mark.parametrize("name", RUNS)
def test_brought_up_to_date_is_built_anew(name):
    whole = shipped.load(name)
    for draw, update in PAIRS:
        begun = draw(whole.until(whole.frames[2].step))
        assert not same(plain(begun), plain(draw(whole)))
        assert same(plain(update(whole).applied(begun)), plain(draw(whole)))
        assert json.dumps(update(whole).layout)  # so it travels
    first, last = whole.frames[1], whole.frames[-1]
    begun = norms_figure(first["norms"], first.step)
    assert same(
        plain(norms_update(last["norms"], last.step).applied(begun)), plain(norms_figure(last["norms"], last.step))
    )


def test_a_long_course_is_thinned_from_its_first_to_its_newest_point():
    whole = shipped.load("eight_gaussians")
    loss = loss_update(whole).data[1]["x"]
    assert len(loss) == POINTS
    assert (loss[0], loss[-1]) == (whole.records[0, 0], whole.steps)
    assert (np.diff(loss) > 0).all()


def test_news_name_each_array_by_its_trace_and_axis():
    update = norms_update(np.array([0.5, 1.5]), 3)
    values, arrays = news(update)
    assert values == update.layout
    assert list(arrays) == ["0 x", "0 y"]
    assert all(array.dtype == np.float32 for array in arrays.values())
    assert arrays["0 y"].sum() == 1
    assert News(values) == (values, {})
