"""A widget for every setting, made from its row in SETTINGS; several numbers have a widget for each part of them.

A `key` is a widget's name in the link, without the prefix of its page: those of WIDGETS.
"""

from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple

import streamlit as st

from wgan_demo.gan.architectures import ARCHITECTURES
from wgan_demo.gan.config import TrainConfig
from wgan_demo.gan.settings import SETTINGS

WIDTHS = (16, 32, 64, 128, 256, 512)
DEEPEST = 6  # hidden layers
STEPS = {
    "lr": 1e-4, "lambda": 0.1, "clip": 0.001, "beta1": 0.1, "beta2": 0.1, "decay": 500, "ema": 0.01, "batch": 32,
}  # fmt: skip
ELSEWHERE = ("dataset", "columns", "lr_final")  # data are chosen in a way of their own; the last is as it is


class Widget(NamedTuple):
    """What one widget sets: a field, or what `read` takes out of its value."""

    field: str
    label: str
    read: Callable = lambda value: value


class Parts(NamedTuple):
    """The widgets of a field by their keys, and how their values make up that of the field."""

    widgets: dict[str, Widget]
    join: Callable


PARTS = {
    "hidden": Parts(
        {"width": Widget("hidden", "Width", itemgetter(0)), "depth": Widget("hidden", "Hidden layers", len)},
        lambda width, depth: (width,) * depth,
    ),
    "betas": Parts(
        {"beta1": Widget("betas", "Adam’s β₁", itemgetter(0)), "beta2": Widget("betas", "Adam’s β₂", itemgetter(1))},
        lambda *betas: betas,
    ),
}
FIELDS: dict[str, Parts] = {
    name: PARTS.get(name) or Parts({row.key or name: Widget(name, row.label)}, lambda value: value)
    for name, row in SETTINGS.items()
    if name not in ELSEWHERE
}
WIDGETS: dict[str, Widget] = {key: widget for parts in FIELDS.values() for key, widget in parts.widgets.items()}


def value(config: TrainConfig, key: str):
    """The value of a widget at these settings."""
    field, _, read = WIDGETS[key]
    return read(getattr(config, field))


def in_words(config: TrainConfig, key: str) -> str:
    """The same in words, a dash where it means nothing beside the others."""
    if not config.reads(WIDGETS[key].field):
        return "–"
    return SETTINGS[WIDGETS[key].field].choices.get(value(config, key)) or f"{value(config, key):g}"


def differing(a: TrainConfig, b: TrainConfig) -> dict[str, str]:
    """The widgets whose values differ at two settings: what each is called in short, by its key."""
    return {
        key: SETTINGS[field].short if field not in PARTS else label
        for key, (field, label, _) in WIDGETS.items()
        if value(a, key) != value(b, key)
    }


def choices(field: str) -> dict:
    """The values of a field among which a page on points lets one choose: networks for pictures alone are none."""
    found = SETTINGS[field].choices
    return {name: found[name] for name in found if field != "network" or not ARCHITECTURES[name].spaces}


def widget(key: str, start: TrainConfig, name: str, note: str = "", **options):
    """Draw a widget that begins as it is in `start`, under its whole `name`; returns its value.

    The note stands behind its label; all other options are Streamlit's.
    """
    row, first = SETTINGS[WIDGETS[key].field], value(start, key)
    label = f"{WIDGETS[key].label} {note}".rstrip()
    options |= {"key": name, "help": row.help or None}
    if key == "width":
        return st.select_slider(label, WIDTHS, first, **options)
    if key == "depth":
        return st.slider(label, 1, DEEPEST, first, **options)
    if isinstance(first, bool):
        return st.checkbox(label, first, **options)
    if row.choices:
        names = list(choices(WIDGETS[key].field))
        return st.selectbox(label, names, names.index(first), format_func=row.choices.get, **options)
    kind = type(first)
    plain = "%.6g" if kind is float else None
    return st.number_input(label, kind(row.low), kind(row.high), first, STEPS.get(key), plain, **options)
