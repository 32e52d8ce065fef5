"""A presenter's remote control (static/remote.js): Page Down, Page Up, and a full stop to play and pause."""

from wgan_demo.ui.components import assets

_remote = assets.component("remote")


def remote(back: str, on: str) -> None:
    """Listen. The links that lead back and on are the first ones under the keys of these containers, also hidden."""
    _remote(key="remote", data={"back": f".st-key-{back} a", "on": f".st-key-{on} a"}, height="content")
