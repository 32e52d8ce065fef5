"""Modes covered, seed by seed: a dot for each seed of each kind of GAN, and what the generators of one seed make."""

from collections.abc import Mapping, Sequence

import numpy as np

from wgan_demo.plots.sweep import axis, line
from wgan_demo.plots.theme import CRITIC, NEUTRAL, SOURCE, TARGET

ROW = 1.0  # between two kinds, on the axis of the histograms
PILE = 0.9  # of a row that a pile of all seeds takes
WIDE = 0.8  # of the way from one count to the next that a pile takes
POINTS = 160  # of each generator that are drawn


def piled(counts: np.ndarray) -> np.ndarray:
    """How many of the counts (n,) before each one are equal to it: its height in the pile, from 0."""
    return np.array([(counts[:i] == count).sum() for i, count in enumerate(counts)])


def histogram_panel(counts: Mapping[str, np.ndarray], total: int) -> dict:
    """For each kind, by a label of four letters at most, the modes (seeds,) that each seed covers, as piles of dots;
    that of the seed shown is large.
    """
    abreast, width = (4, 7) if total <= 8 else (2, 5)
    tallest = max(-(-len(found) // abreast) for found in counts.values())
    lines = []
    for row, found in zip(range(len(counts))[::-1], counts.values(), strict=True):
        place = piled(found)
        x = found + (place % abreast - (abreast - 1) / 2) * WIDE / abreast
        y = ROW * row + PILE * (place // abreast + 0.5) / tallest
        lines.append(line(np.array([-0.5, total + 0.5]), np.full(2, ROW * row), color=NEUTRAL, width=1))
        lines.append(line(x, y, color=TARGET, width=width, kind="dots", opacity=1))
        here = [np.array([value]) for value in x], [np.array([value]) for value in y]
        lines.append(line(*here, color=CRITIC, width=13, kind="dots"))
    names = {ROW * (row + 0.4): name for row, name in zip(range(len(counts))[::-1], counts, strict=True)}
    marks = range(0, total + 1, 1 if total <= 8 else 5)
    return {
        "title": "a dot for each seed; the large one is shown",
        "height": 300,
        "x": axis(-0.5, total + 0.5, f"modes covered, of {total}", marks={count: f"{count}" for count in marks}),
        "y": axis(-0.05, ROW * len(counts), marks=names),
        "lines": lines,
    }


def samples_panel(fakes: Mapping[str, Sequence[np.ndarray]], modes: np.ndarray, extent: float) -> dict:
    """Side by side what the generator of each kind makes with each seed (seeds of (n, 2)), on the modes (m, 2)."""
    width = 2 * extent
    lines = []
    for column, points in enumerate(fakes.values()):
        middle = width * (column + 0.5)
        lines.append(line(modes[:, 0] + middle, modes[:, 1], color=SOURCE, width=14, kind="dots", opacity=0.4))
        drawn = [np.clip(fake[:POINTS], -0.98 * extent, 0.98 * extent) for fake in points]
        across, up = [fake[:, 0] + middle for fake in drawn], [fake[:, 1] for fake in drawn]
        lines.append(line(across, up, color=TARGET, width=3.5, kind="dots", opacity=0.9))
    names = {width * (column + 0.5): name for column, name in enumerate(fakes)}
    return {
        "title": "x₂; blue: modes, orange: samples of this seed",
        "height": 300,
        "x": axis(0, width * len(fakes), "x₁, each from its own middle", marks=names),
        "y": axis(-extent, extent, marks={-1: "−1", 0: "0", 1: "1"}),
        "lines": lines,
    }
