"""The beginning of every run of who is in a room, or has a link to one."""

from contextlib import suppress

from wgan_demo.classroom.errors import NoSuchRoom, Unreachable
from wgan_demo.ui.room import follow, poll, shared
from wgan_demo.ui.room import seat as room


def arrive() -> None:
    """Come in or stay; read the address anew where the lecturer has led; open what was revealed, and look at what is
    shared.
    """
    room.come()
    if (now := room.seat()) is None:
        return
    follow.arrive(now)
    with suppress(NoSuchRoom, Unreachable):  # the bar tells
        poll.open_answers(now)
        shared.watch(now)
