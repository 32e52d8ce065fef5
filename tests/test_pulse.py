"""How often runs are looked at: by how many are, and by what a look costs this process."""

import pytest

from wgan_demo.ui.runs.pulse import FORGET, SHARE, STEPS, House


def house(pages: int, cost: float) -> House:
    """So many pages that were looked at just now, each look of so many seconds."""
    full = House()
    for _ in range(200):  # the cost is a running mean
        full.look(0, cost, now=0.0)
    for page in range(pages):
        full.look(page, cost, now=0.0)
    return full


@pytest.mark.parametrize(
    ("pages", "cost", "interval"),
    [(1, 0.005, 0.5), (30, 0.005, 0.5), (30, 0.01, 1.0), (100, 0.01, 4.0), (1000, 0.05, 4.0)],
)
def test_all_looks_together_stay_within_their_share_of_a_core(pages, cost, interval):
    assert house(pages, cost).interval(STEPS[0]) == interval
    if interval < STEPS[-1]:
        assert pages * cost / interval <= SHARE


def test_a_page_that_is_not_looked_at_any_more_is_not_counted():
    full = house(200, 0.01)
    assert full.interval(STEPS[0]) == STEPS[-1]
    full.look(0, 0.01, now=FORGET + 1)
    assert full.interval(STEPS[0]) == STEPS[0]


def test_it_does_not_swing_between_two_intervals():
    """At the border a slower one stays, until a faster one would leave room to spare."""
    border = house(45, 0.01)  # needs 1.125 s
    assert border.interval(0.5) == border.interval(2.0) == 2.0
    near = house(38, 0.01)  # needs 0.95 s: within 1 s, but hardly
    assert near.interval(0.5) == 1.0
    assert near.interval(2.0) == 2.0
    assert house(24, 0.01).interval(2.0) == 1.0
