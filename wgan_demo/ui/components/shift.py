"""P and Q under the hand (static/shift): Q is dragged, and numbers and charts follow without asking the server."""

from collections.abc import Callable, Mapping

from wgan_demo.plots.shift import pack
from wgan_demo.ui.components import assets
from wgan_demo.ui.components.hand import told

_shift = assets.component("shift/shift")


def shift(made: tuple, now: Mapping, *, key: str, on_theta: Callable[[float], None]) -> None:
    """Draw what plots.shift.parts `made`, as it is `now`; `on_theta` is called before the next run with a new theta.

    `now` holds theta, its `step`, the `exact` numbers and their `slopes` as text by name, `names` with the label of
    each in order, and the `charts` that follow: by their keys the names of the distances that they show.
    """

    def let_go() -> None:
        if last := told(key, "theta"):
            on_theta(float(last[0]))

    last = told(key, "theta")
    data = pack(made, {"key": key, "heard": last and last[1], **now})
    _shift(key=key, data=data, default={"theta": None}, on_theta_change=let_go, height="content")
