"""The wait that is foretold, against what is known in closed form and against the host itself."""

import pytest

from wgan_demo.engine.queue import Load, waits

INF = float("inf")


@pytest.mark.parametrize(
    ("running", "queued", "places", "expected"),
    [
        ([Load("a", 7)], [Load("b", 5)], 1, [7]),
        ([Load("a", 7)], [Load("b", 5), Load("c", 1)], 1, [7, 12]),
        ([Load("a", 3), Load("b", 3)], [Load("c", 1)], 2, [6]),  # two share the worker
        ([Load("a", 2), Load("b", 10)], [Load("c", 3), Load("d", 1)], 2, [4, 10]),  # c ends at 4 + 2 * 3
        ([Load("a", 1, least=9)], [Load("b", 1)], 1, [9]),  # its pace holds it
        ([], [Load("a", 1), Load("b", 1)], 1, [0, 1]),
        ([Load("a", 1)], [Load("b", 1)], 2, [0]),
    ],
)
def test_the_wait_of_each_in_the_queue(running, queued, places, expected):
    assert waits(running, queued, places, 4) == pytest.approx(expected)


def test_an_owner_who_has_enough_is_passed_over():
    running, queued = [Load("a", 4), Load("b", 8)], [Load("b", 1), Load("c", 1)]
    assert waits(running, queued, 3, 1) == pytest.approx([13, 0])  # c ends at 3, a at 9, b at 13
