"""What the shift (static/shift) draws, packed: P and Q as they are at theta = 0, and every distance against theta."""

from collections.abc import Mapping

import numpy as np

from wgan_demo.distances.at_theta import Pair
from wgan_demo.distances.one_dim import ShiftCurves
from wgan_demo.measures import PointMasses
from wgan_demo.plots.distances import outline, stems, visible_range
from wgan_demo.plots.message import encode
from wgan_demo.plots.theme import CRITIC, SOURCE, TARGET

COLORS = {"p": SOURCE, "q": TARGET, "area": CRITIC}
GRID = 400  # points of a distribution function


def parts(pair: Pair, curves: ShiftCurves) -> tuple[dict, list[dict[str, np.ndarray]]]:
    """Header and groups of arrays of a pair: outlines "p", "q" and distribution functions "P", "Q" as "x" and "y", and
    over theta (k,) each distance and its slope; infinite where they are.

    An atom stands as a bar as high as its share, on the scale of the densities' highest point.
    """
    shapes, tops, ends = {}, [], []
    for name, side in (("p", pair.p), ("q", pair.q)):
        low, high = visible_range(side)
        ends.append((float(low), float(high)))
        x, y = stems(side) if isinstance(side, PointMasses) else outline(side, low, high)
        y = np.nan_to_num(y)
        shapes |= {f"{name} x": x, f"{name} y": y}
        tops.append(y.max())
        places = np.linspace(low, high, GRID)
        if isinstance(side, PointMasses):  # both ends of each jump
            atoms = side.atoms()[0]
            places = np.sort(np.concatenate([places, np.nextafter(atoms, -np.inf), atoms]))
        shapes |= {f"{name.upper()} x": places, f"{name.upper()} y": side.cdf(places)}
    (p_low, p_high), (q_low, q_high) = ends
    margin = 0.05 * max(p_high - p_low, q_high - q_low, 1e-9) if p_high > p_low or q_high > q_low else 1.0
    atoms = [isinstance(side, PointMasses) for side in (pair.p, pair.q)]
    title = "density, 1 / unit of x" + "; of an atom its mass" * any(atoms)
    header = {
        "title": "mass of an atom, no unit" if all(atoms) else title,
        "range": [min(p_low, q_low) - margin, max(p_high, q_high) + margin],
        "q": [q_low - margin, q_high],
        "middle": (q_low + q_high) / 2,
        "top": 1.1 * float(max(tops)),
        "colors": COLORS,
        "x": pair.x_name,
        "most": pair.theta_max,
    }
    over_theta = {"theta": curves.theta} | curves.values
    over_theta |= {f"{name} slope": slope for name, slope in curves.slopes.items()}
    return header, [_doubles(shapes), _doubles(over_theta)]


def pack(made: tuple[dict, list[dict[str, np.ndarray]]], now: Mapping) -> bytes:
    """The message of what `parts` made, with what belongs to one theta."""
    header, groups = made
    return encode({**header, **now}, groups)


def _doubles(arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: np.asarray(values, np.float64) for name, values in arrays.items()}
