"""The browser's part of a room (static/room.js): it knows the visitor again, and says or goes where the lecturer is."""

from collections.abc import Callable

from wgan_demo.ui.components import assets

_room = assets.component("room")


def room(
    code: str,
    visitor: str,
    key: str | None,
    *,
    go: dict | None,
    heard: int,
    film: dict | None,
    on_known: Callable[[], None],
    on_place: Callable[[], None],
) -> None:
    """Draws nothing. `go` is where to (page, query, version), None to stay; `film` how the lecturer's plays, None where
    that is not followed; `heard` the number of the newest place that the server has taken.

    What the browser knows of this room from before comes as "known", and with a key, each address as "place".
    """
    data = {"code": code, "visitor": visitor, "key": key, "go": go, "heard": heard, "film": film}
    _room(
        key="room",
        data=data,
        default={"known": None, "place": None},
        on_known_change=on_known,
        on_place_change=on_place,
        height="content",
        width="content",
    )
