"""A button of which no press is lost, however quickly one follows the other (static/presses.js)."""

from wgan_demo.ui.components import assets

_presses = assets.component("presses")


def presses(of: str, shortcut: str, taken: int) -> None:
    """The button with the key `of` and this shortcut, of which the server has taken so many presses.

    Streamlit makes one of several that it has not taken yet.
    """
    _presses(key=f"{of}_presses", data={"of": of, "shortcut": shortcut, "taken": taken}, height="content")
