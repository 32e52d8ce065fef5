"""Modes covered, seed by seed: a dot for each seed of each kind of GAN, and what the generators of one seed make."""

from collections.abc import Mapping, Sequence

import numpy as np

from wgan_demo.plots.sweep import axis, line
from wgan_demo.plots.theme import CRITIC, NEUTRAL, SOURCE, TARGET

ROW = 1.0  # between two kinds, on the axis of the histograms
PILE = 0.78  # of a row that the tallest pile of dots may take
POINTS = 160  # of each generator that are drawn


def piled(counts: np.ndarray) -> np.ndarray:
    """How many of the counts (n,) before each one are equal to it: its height in the pile, from 0."""
    return np.array([(counts[:i] == count).sum() for i, count in enumerate(counts)])


def histogram_panel(counts: Mapping[str, np.ndarray], total: int) -> dict:
    """For each kind, by a label of four letters at most, the modes (seeds,) that each seed covers, as piles of dots;
    that of the seed shown is large.
    """
    tallest = max(piled(found).max() for found in counts.values()) + 1
    step = PILE * ROW / tallest
    lines = []
    for row, found in zip(range(len(counts))[::-1], counts.values(), strict=True):
        base = ROW * row
        heights = base + step * (piled(found) + 0.5)
        lines.append(line(np.array([-0.5, total + 0.5]), np.full(2, base), color=NEUTRAL, width=1))
        lines.append(line(found.astype(float), heights, color=TARGET, width=8, kind="dots"))
        here = [np.array([float(place)]) for place in found]
        lines.append(line(here, [np.array([height]) for height in heights], color=CRITIC, width=13, kind="dots"))
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
        lines.append(line(modes[:, 0] + middle, modes[:, 1], color=SOURCE, width=9, kind="dots"))
        drawn = [np.clip(fake[:POINTS], -0.98 * extent, 0.98 * extent) for fake in points]
        across, up = [fake[:, 0] + middle for fake in drawn], [fake[:, 1] for fake in drawn]
        lines.append(line(across, up, color=TARGET, width=3, kind="dots"))
    names = {width * (column + 0.5): name for column, name in enumerate(fakes)}
    return {
        "title": "x₂; blue: modes, orange: samples of this seed",
        "height": 300,
        "x": axis(0, width * len(fakes), "x₁, each from its own middle", marks=names),
        "y": axis(-extent, extent, marks={-1: "−1", 0: "0", 1: "1"}),
        "lines": lines,
    }
