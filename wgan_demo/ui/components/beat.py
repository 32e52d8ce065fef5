"""A timer for a fragment that may be left by going to another page at any moment (static/beat.js)."""

from wgan_demo.ui.components import assets

_beat = assets.component("beat")


def beat(name: str, seconds: float) -> None:
    """The fragment in which this is drawn runs again every so many seconds, while nothing else runs."""
    _beat(
        key=f"beat_{name}", data={"seconds": seconds}, default={"at": None}, on_at_change=lambda: None, height="content"
    )
