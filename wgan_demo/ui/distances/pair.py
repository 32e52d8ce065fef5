"""Choose what is compared: a ready-made pair, or a P and a Q of one's own, each a family or a column of real data."""

from functools import partial

import numpy as np
import streamlit as st

from wgan_demo.datasets.table import Table, bundled
from wgan_demo.distances.at_theta import THETA_MAX, AtTheta, Pair
from wgan_demo.measures import (
    Distribution,
    Gaussian,
    Histogram,
    Laplace,
    Mixture,
    PointMasses,
    Samples,
    Uniform,
)
from wgan_demo.plots.distances import SIDES, number
from wgan_demo.ui import link
from wgan_demo.ui.components.bars import bars, bars_text, parse_bars
from wgan_demo.ui.distances.readymade import READY_MADE
from wgan_demo.ui.table_source import about_columns, table_source

DATA = "Real data"
DRAWN = "Drawn by you"
FAMILIES = ["Gaussian", "Mixture of two Gaussians", "Uniform", "Laplace", "Point masses", DRAWN, DATA]
FIRST_DRAWINGS = {"P": (1, 4, 9, 7, 5, 3, 2, 2, 1, 1, 1, 1), "Q": (2, 4, 3, 1, 1, 1, 2, 4, 8, 6, 3, 1)}
BIN_NAMES = tuple(str(left) for left in range(12))
TALLEST = 10.0  # of a drawn bar
ALL = "all rows"
HALVES = ("first half of the rows", "second half of the rows")  # of the only column of a table without classes
OWN = "Your own"
METRICS = {
    "w1": "W₁, units of x",
    "w2": "W₂, units of x",
    "kl": "KL(P‖Q), nats",
    "reverse_kl": "KL(Q‖P), nats",
    "js": "JS, nats",
    "js_distance": "√JS, √nats",
    "tv": "TV, no unit",
}


def latex(at: AtTheta, name: str) -> str:
    """One of the numbers for a formula."""
    return number(at.values[name]).replace("∞", r"\infty")


def choose_pair(key: str) -> str:
    """Draw the row of pairs, bound to the link as <key>_pair; returns the name of the chosen one, of READY_MADE or OWN.

    A link from before there was this row has families, or what they are set to, and means a pair of its own.
    """
    name, own = f"{key}_pair", tuple(f"{key}_{part}" for part in ("p_", "q_", "data", "bins"))
    if not link.holds(name) and link.begins(*own):
        st.session_state.setdefault(name, OWN)
    names = [*READY_MADE, OWN]
    chosen = st.segmented_control(
        "P and Q", names, default=names[0], required=True, wrap=True, key=name, label_visibility="collapsed",
        **link.KEPT,
    )  # fmt: skip
    return chosen or names[0]  # a link may hold nothing under this name


def own_pair(key: str) -> Pair:
    """Draw the controls, with keys that begin with `key` and are bound to the link; returns what they say."""
    family, place = {}, {}
    for name, box in zip("PQ", st.columns(2, border=True), strict=True):
        left, right = box.columns([2, 3])
        family[name] = left.selectbox(
            f"Family of {name}",
            FAMILIES,
            key=f"{key}_{name.lower()}_family",
            on_change=partial(_same_table, key) if name == "P" else None,
            **link.KEPT,
        )
        # The names of columns can be long, and a thumb needs wide bars.
        place[name] = box if family[name] in (DATA, DRAWN) else right
        if family[name] != DRAWN:
            link.put(f"{key}_{name.lower()}_bars", None)
    real = [name for name in "PQ" if family[name] == DATA]
    below = st.container()  # also without data: a bound widget that moves to another place falls out of the link
    if real:
        with below.container(border=True):
            left, right = st.columns(2)
            with left:
                source = table_source(f"{key}_data")
                if source is None:
                    st.caption("Until then this page shows the iris flowers.")
                short, table = source or ("iris", bundled("iris"))
            bins = right.slider("Bins of the histogram", 5, 100, 20, key=f"{key}_bins", **link.KEPT)
    side, column = {}, {}
    for name in "PQ":
        with place[name]:
            if name in real:
                column[name], side[name] = _column(f"{key}_{name.lower()}", short, table, "PQ".index(name))
            elif family[name] == DRAWN:
                side[name] = _drawing(f"{key}_{name.lower()}", name)
            else:
                side[name] = _parameters(f"{key}_{name.lower()}", family[name])
    if not real:
        return Pair(side["P"], side["Q"])

    both = np.concatenate([side[name] for name in real])
    spread = np.ptp(both)
    # Bins narrower than 1e-13 of the numbers themselves, 450 to 900 spacings of the float, would be lost in rounding.
    width = max(spread / bins if spread else 1.0, 1e-13 * np.abs(both).max())
    raw = " and ".join(f"{len(side[name]):,} for {name}" for name in real)
    side |= {name: Samples.of(side[name], width) for name in real}
    return Pair(
        side["P"],
        side["Q"],
        THETA_MAX if spread == 0 or 1 <= spread <= THETA_MAX else _round_up(2 * spread),
        column[real[0]] if len(set(column.values())) == 1 else "x",
        f"W₁ and W₂ are those of the raw numbers ({raw}). KL, JS and TV exist for data only once they are smoothed: "
        f"here they are those of histograms with bins {width:.3g} units wide.",
    )


def _same_table(key: str) -> None:
    """Once P is real data, Q is too, from the same table: what else would it be compared with?"""
    if st.session_state[f"{key}_p_family"] == DATA:
        st.session_state[f"{key}_q_family"] = DATA


def _parameters(key: str, family: str) -> Distribution:
    """The sliders of a family that is not data; the distribution lies near 0."""

    def slider(label: str, name: str, low: float, high: float, value: float, step: float) -> float:
        return next(cells).slider(label, low, high, value, step, key=f"{key}_{name}", **link.KEPT)

    cells = iter(st.columns({"Mixture of two Gaussians": 3, "Point masses": 2}.get(family, 1)))
    match family:
        case "Gaussian":
            return Gaussian(0.0, slider("Standard deviation σ", "std", 0.1, 5.0, 1.0, 0.1))
        case "Mixture of two Gaussians":
            gap = slider("Gap", "gap", 0.0, 10.0, 4.0, 0.1)
            share = slider("Left share", "share", 0.05, 0.95, 0.5, 0.05)
            std = slider("σ of both", "part_std", 0.1, 3.0, 0.7, 0.1)
            return Mixture((Gaussian(-gap / 2, std), Gaussian(gap / 2, std)), (share, 1 - share))
        case "Uniform":
            return Uniform(0.0, slider("Width, from 0 on", "width", 0.1, 10.0, 1.0, 0.1))
        case "Laplace":
            return Laplace(0.0, slider("Scale b", "scale", 0.1, 5.0, 1.0, 0.1))
        case "Point masses":
            atoms = slider("Atoms, from 0 on", "atoms", 1, 6, 1, 1)
            spacing = slider("Spacing", "spacing", 0.5, 5.0, 1.0, 0.5)
            return PointMasses(tuple(spacing * i for i in range(atoms)), (1.0,) * atoms)
    raise ValueError(f"There is no family {family}.")


def _drawing(key: str, name: str) -> Histogram:
    """A histogram drawn by hand, in the link as <key>_bars. Bars that are all 0 leave the last good ones in use."""
    linked, first = f"{key}_bars", FIRST_DRAWINGS[name]
    if link.renewed(f"{key}_drawing") or f"{key}_drawing" not in st.session_state:
        complaint = f"The drawing of {name} in this link cannot be read."
        drawing = link.linked(linked, lambda text: parse_bars(text, len(first), TALLEST), first, complaint)
        st.session_state[f"{key}_drawing"] = drawing
        st.session_state[f"{key}_good"] = drawing if any(drawing) else first
    heights = bars(
        linked,
        st.session_state[f"{key}_drawing"],
        names=BIN_NAMES,
        color=dict(SIDES)[name],
        label="Drag the bars, or sweep across them. Each is a bin 1 unit of x wide; its left end stands below it.",
        top=TALLEST,
    )
    if any(heights):
        st.session_state[f"{key}_good"] = heights
    else:
        st.warning(f"All bars of {name} are 0: raise one. Until then the last drawing counts.", icon=":material/edit:")
    good = st.session_state[f"{key}_good"]
    link.put(linked, None if good == first else bars_text(good))
    return Histogram(0.0, 1.0, good)


def _column(key: str, short: str, table: Table, side: int) -> tuple[str, np.ndarray]:
    """The choice of a column and of rows of the table: the column's name and its numbers (n,).

    P is side 0 and Q side 1. They begin with two classes of the same column, or with two columns, or with the halves of
    the only one.
    """
    left, right = st.columns(2)
    name = _choose(left, "Column", list(table.columns), 0 if table.classes else side, f"{key}_column_{short}")
    values = table.values(name)
    rows = {label: table.values(name, label) for label in table.classes} | {ALL: values}
    default = side
    if not table.classes and len(values) > 1:
        rows |= dict(zip(HALVES, (values[: len(values) // 2], values[len(values) // 2 :]), strict=True))
        default = 0 if len(table.columns) > 1 else 1 + side
    label = _choose(right, "Rows", list(rows), default, f"{key}_class_{short}")
    about_columns(table, [name])
    if len(rows[label]):
        return name, rows[label]
    st.warning("No row of this class has a number in this column: all rows are used.")
    return name, values


def _choose(place, label: str, options: list[str], default: int, key: str) -> str:
    if st.session_state.get(key) not in options:  # another CSV has other columns
        st.session_state.pop(key, None)
    return place.selectbox(label, options, min(default, len(options) - 1), key=key, **link.KEPT)


def _round_up(x: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, ..."""
    power = 10 ** np.floor(np.log10(x))
    return float(next(factor for factor in (1, 2, 5, 10) if factor * power >= x * (1 - 1e-9)) * power)
