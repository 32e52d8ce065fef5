"""The script of a run as a Jupyter notebook, with a picture of the samples at its end."""

import json
import textwrap

import numpy as np

from wgan_demo.gan.export.script import HEAD, parts, title_of
from wgan_demo.gan.runs.recording import Recording

PLOT = """try:
    import matplotlib.pyplot as plt
except ImportError:
    print("matplotlib is not installed: no picture, but `samples` are there.")
else:
    {draw}
    plt.show()"""
# How samples in each kind of space are drawn.
DRAW = {
    "line": """plt.hist([trainer.real(512).numpy()[:, 0], samples[:, 0]], 40, label=["real", "generated"])
    plt.legend()""",
    "plane": """plt.scatter(*trainer.real(512).numpy().T, 8, label="real")
    plt.scatter(*samples.T, 8, marker="^", label="generated")
    plt.axis("equal")
    plt.legend()""",
    "images": """grid, rows = samples[:64, 0].reshape(8, 8, *samples.shape[2:]), 8 * samples.shape[2]
    plt.imshow(grid.transpose(0, 2, 1, 3).reshape(rows, -1), "gray_r", vmin=-1, vmax=1)
    plt.axis("off")""",
}


def notebook(recording: Recording, points: np.ndarray | None = None) -> str:
    """The script as cells of nbformat 4. Points and errors: see `parts`."""
    cells = [("markdown", f"# {title_of(recording)}\n\n{HEAD}")]
    for part in parts(recording, points):
        # Only the first part quotes what a user called the data: as code, where Markdown and HTML mean nothing.
        words = part.words if part.title != "Settings" else ""
        if "\n" in words:  # typed, with formulas in it
            words = textwrap.indent(words, "    ")
        cells.append(
            ("markdown", "\n\n".join([f"## {part.title}", words, *(f"$${x}$$" for x in part.formulas)]).strip())
        )
        cells.append(("code", part.code if words else f"# {part.words}\n{part.code}"))
    cells += [("markdown", "## Samples"), ("code", PLOT.format(draw=DRAW[recording.space.kind]))]
    document = {
        "cells": [
            {"cell_type": kind, "id": f"cell-{i}", "metadata": {}, "source": text.splitlines(keepends=True)}
            | ({"execution_count": None, "outputs": []} if kind == "code" else {})
            for i, (kind, text) in enumerate(cells)
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
